"""Alembic environment of the user data: runs on the connection that ``corpus.store.migrate`` hands over."""

from alembic import context

import assistant.accounts.schema
import assistant.auditlog.schema
import assistant.conversations.schema
import assistant.curated.schema
import assistant.favourites.schema
import assistant.feedback.schema
import assistant.handbook.schema
import assistant.refused.schema  # noqa: F401  its tables
import assistant.uploads.schema  # noqa: F401  its tables
from assistant.userdata.schema import Base
from assistant.userdata.store import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
