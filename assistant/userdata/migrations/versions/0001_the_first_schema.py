"""The first schema of user data"""

from alembic import op

import assistant.accounts.schema
import assistant.auditlog.schema
import assistant.conversations.schema  # noqa: F401  its tables
import assistant.curated.schema  # noqa: F401  its tables
import assistant.favourites.schema  # noqa: F401  its tables
import assistant.feedback.schema  # noqa: F401  its tables
import assistant.handbook.schema  # noqa: F401  its tables
import assistant.refused.schema  # noqa: F401  its tables
import assistant.uploads.schema  # noqa: F401  its tables
from assistant.userdata.schema import Base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    Base.metadata.create_all(op.get_bind())


def downgrade() -> None:
    Base.metadata.drop_all(op.get_bind())
