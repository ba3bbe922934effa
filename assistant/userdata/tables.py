"""Every table of the user data (全部数据表): importing this module makes ``metadata`` whole."""

from __future__ import annotations

import assistant.accounts.schema
import assistant.auditlog.schema
import assistant.conversations.schema
import assistant.curated.schema
import assistant.favourites.schema
import assistant.feedback.schema
import assistant.handbook.schema
import assistant.quiz.bank.schema
import assistant.quiz.papers.schema
import assistant.quiz.taking.schema
import assistant.refused.schema
import assistant.uploads.schema  # noqa: F401  its tables, as those above
from assistant.userdata.schema import Base

metadata = Base.metadata
