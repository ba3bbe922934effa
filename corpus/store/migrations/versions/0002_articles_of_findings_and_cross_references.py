"""The article a finding concerns, and the articles that name each other"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source_effective", sa.Date(), nullable=True))

    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("insertion", sa.Integer(), nullable=False, server_default="0"))

    op.create_table(
        "cross_references",
        sa.Column("from_provision_id", sa.String(length=160), nullable=False),
        sa.Column("to_provision_id", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["from_provision_id"], ["provisions.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_provision_id"], ["provisions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("from_provision_id", "to_provision_id"),
    )
    with op.batch_alter_table("cross_references", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cross_references_to_provision_id"), ["to_provision_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("cross_references", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cross_references_to_provision_id"))

    op.drop_table("cross_references")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_column("insertion")
        batch_op.drop_column("number")

    with op.batch_alter_table("versions", schema=None) as batch_op:
        batch_op.drop_column("source_effective")
