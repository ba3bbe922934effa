"""What the API speaks to (接口所用的服务), handed to ``create_app`` as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.accounts.contract import Accounts, Authenticator, NoAccounts
from assistant.accounts.principal import Principal
from assistant.auditlog.contract import AuditLogReader, NoRecorder, Recorder
from assistant.contract import Health, Operations
from assistant.conversations.contract import Conversations
from assistant.curated.contract import CuratedDesk
from assistant.encyclopedia.views import Encyclopedias
from assistant.favourites.contract import Favourites
from assistant.feedback.contract import FeedbackDesk
from assistant.handbook.contract import Handbooks
from assistant.page_pictures.contract import Pictures
from assistant.personal.contract import PersonalDataDesk
from assistant.quiz.contract import QuizBank
from assistant.quiz.paper_contract import Exams, Papers
from assistant.readers.contract import ReadersDesk
from assistant.refused.contract import RefusedDesk
from assistant.uploads.contract import Corpora
from assistant.views import Views


@dataclass(frozen=True, kw_only=True)
class Services:
    """The services behind the routes; an area that is None has no routes (stand-ins of tests leave some out)."""

    views: Views
    unrecorded: Views | None = None
    """The same without the record of what people look at, for what the program itself looks up to check or show what
    was written before; None where nothing is recorded."""
    operations: Operations
    health_of: Callable[[Principal], Health] | None = None
    """The state as a person may see it; None where everybody may see all of it."""
    pictures: Pictures | None = None
    readers: ReadersDesk | None = None
    accounts: Accounts | None = None
    encyclopedias: Encyclopedias | None = None
    conversations: Conversations | None = None
    feedback: FeedbackDesk | None = None
    curated: CuratedDesk | None = None
    refused: RefusedDesk | None = None
    favourites: Favourites | None = None
    handbooks: Handbooks | None = None
    personal: PersonalDataDesk | None = None
    corpora: Corpora | None = None
    quiz: QuizBank | None = None
    papers: Papers | None = None
    exams: Exams | None = None
    auditlog: AuditLogReader | None = None
    recorder: Recorder = field(default_factory=NoRecorder)
    authenticator: Authenticator = field(default_factory=NoAccounts)
