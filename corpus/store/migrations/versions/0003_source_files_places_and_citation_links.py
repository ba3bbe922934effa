"""Files as sources, where a provision stands in its file, texts withheld, and citations across documents"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added one by one: a table that SQLite must rebuild comes back with its constraints in any order.
    op.add_column("versions", sa.Column("annotation", sa.Text(), nullable=False, server_default=""))
    op.add_column("versions", sa.Column("retired", sa.Date(), nullable=True))
    op.add_column("versions", sa.Column("shadowed_by", sa.String(length=64), nullable=True))
    op.add_column("provisions", sa.Column("place", sa.Text(), nullable=False, server_default=""))
    op.add_column("provisions", sa.Column("page", sa.Integer(), nullable=True))
    op.add_column("provisions", sa.Column("ocr", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("provisions", sa.Column("fields", sa.Text(), nullable=True))

    op.create_table(
        "source_files",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("format", sa.String(length=16), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("read_as", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Date(), nullable=False),
        sa.Column("retired", sa.Date(), nullable=True),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("path", "digest"),
    )
    with op.batch_alter_table("source_files", schema=None) as batch_op:
        for column in ("path", "digest", "state"):
            batch_op.create_index(batch_op.f(f"ix_source_files_{column}"), [column], unique=False)

    op.create_table(
        "version_sources",
        sa.Column("version_id", sa.String(length=64), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["source_files.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("version_id", "source_id"),
    )
    with op.batch_alter_table("version_sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_version_sources_source_id"), ["source_id"], unique=False)

    op.create_table(
        "citation_links",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("from_provision_id", sa.String(length=160), nullable=False),
        sa.Column("to_document_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("insertion", sa.Integer(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["from_provision_id"], ["provisions.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("citation_links", schema=None) as batch_op:
        for column in ("from_provision_id", "to_document_id"):
            batch_op.create_index(batch_op.f(f"ix_citation_links_{column}"), [column], unique=False)


def downgrade() -> None:
    for table in ("citation_links", "version_sources", "source_files"):
        op.drop_table(table)
    with op.batch_alter_table("provisions", schema=None) as batch_op:
        for column in ("fields", "ocr", "page", "place"):
            batch_op.drop_column(column)
    with op.batch_alter_table("versions", schema=None) as batch_op:
        for column in ("shadowed_by", "retired", "annotation"):
            batch_op.drop_column(column)
