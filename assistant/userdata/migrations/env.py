"""Alembic environment of the user data: runs on the connection that ``corpus.store.migrate`` hands over."""

from alembic import context

from assistant.userdata.store import VERSION_TABLE
from assistant.userdata.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
