"""The quiz bank, papers and attempts"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quiz_attempts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("paper_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(length=64), nullable=False),
        sa.Column("department", sa.String(length=100), nullable=False),
        sa.Column("variant", sa.String(length=1), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("started_at", sa.String(length=40), nullable=False),
        sa.Column("ends_at", sa.String(length=40), nullable=False),
        sa.Column("submitted_at", sa.String(length=40), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("score", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("paper_id", "person_id", "ordinal", name="uq_quiz_attempts_ordinal"),
    )
    with op.batch_alter_table("quiz_attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_attempts_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quiz_attempts_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quiz_attempts_started_at"), ["started_at"], unique=False)
        batch_op.create_index("ix_quiz_attempts_state_ends_at", ["state", "ends_at"], unique=False)

    op.create_table(
        "quiz_item",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("point", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=400), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("blocked", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("quiz_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_item_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_quiz_item_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_quiz_item_state"), ["state"], unique=False)

    op.create_table(
        "quiz_observed",
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("difficulty", sa.String(length=20), nullable=True),
        sa.Column("discrimination", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("item_id"),
    )
    op.create_table(
        "quiz_papers",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.String(length=40), nullable=True),
        sa.Column("closes_at", sa.String(length=40), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", sa.String(length=20), nullable=False),
        sa.Column("variants", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("quiz_papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_papers_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_quiz_papers_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quiz_papers_state"), ["state"], unique=False)

    op.create_table(
        "quiz_practices",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("person_name", sa.String(length=64), nullable=False),
        sa.Column("department", sa.String(length=100), nullable=False),
        sa.Column("started_at", sa.String(length=40), nullable=False),
        sa.Column("last_at", sa.String(length=40), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("quiz_practices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_practices_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quiz_practices_started_at"), ["started_at"], unique=False)

    op.create_table(
        "quiz_item_cited",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["quiz_item.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", "document_id"),
    )
    with op.batch_alter_table("quiz_item_cited", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_item_cited_document_id"), ["document_id"], unique=False)

    op.create_table(
        "quiz_item_history",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["quiz_item.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", "number"),
    )
    op.create_table(
        "quiz_paper_items",
        sa.Column("paper_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("points", sa.String(length=20), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["quiz_papers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("paper_id", "position"),
    )
    with op.batch_alter_table("quiz_paper_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_paper_items_item_id"), ["item_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("quiz_paper_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_paper_items_item_id"))

    op.drop_table("quiz_paper_items")
    op.drop_table("quiz_item_history")
    with op.batch_alter_table("quiz_item_cited", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_item_cited_document_id"))

    op.drop_table("quiz_item_cited")
    with op.batch_alter_table("quiz_practices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_practices_started_at"))
        batch_op.drop_index(batch_op.f("ix_quiz_practices_person_id"))

    op.drop_table("quiz_practices")
    with op.batch_alter_table("quiz_papers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_papers_state"))
        batch_op.drop_index(batch_op.f("ix_quiz_papers_person_id"))
        batch_op.drop_index(batch_op.f("ix_quiz_papers_created_at"))

    op.drop_table("quiz_papers")
    op.drop_table("quiz_observed")
    with op.batch_alter_table("quiz_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_item_state"))
        batch_op.drop_index(batch_op.f("ix_quiz_item_kind"))
        batch_op.drop_index(batch_op.f("ix_quiz_item_changed_at"))

    op.drop_table("quiz_item")
    with op.batch_alter_table("quiz_attempts", schema=None) as batch_op:
        batch_op.drop_index("ix_quiz_attempts_state_ends_at")
        batch_op.drop_index(batch_op.f("ix_quiz_attempts_started_at"))
        batch_op.drop_index(batch_op.f("ix_quiz_attempts_person_id"))
        batch_op.drop_index(batch_op.f("ix_quiz_attempts_paper_id"))

    op.drop_table("quiz_attempts")
