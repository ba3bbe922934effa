"""What texts say about fines as data, and the corrections that people make to it"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "discretion_records",
        sa.Column("version_id", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("version_id", "ordinal"),
        sa.UniqueConstraint("version_id", "record_id"),
    )
    with op.batch_alter_table("discretion_records", schema=None) as batch_op:
        for column in ("kind", "needs_review"):
            batch_op.create_index(batch_op.f(f"ix_discretion_records_{column}"), [column], unique=False)

    op.create_table(
        "discretion_corrections",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("document_title", sa.Text(), nullable=False),
        sa.Column("version_id", sa.String(length=64), nullable=False),
        sa.Column("record_id", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("read_digest", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("corrected_by", sa.Text(), nullable=False),
        sa.Column("corrected_at", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "record_id"),
    )


def downgrade() -> None:
    op.drop_table("discretion_corrections")
    op.drop_table("discretion_records")
