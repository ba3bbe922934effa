"""What people have beside answers (各项服务): accounts, the record, notes of their own, the quiz, put together.

All but the accounts and the record are made when they are first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property

from assistant.accounts.local import LocalAccounts
from assistant.accounts.principal import Principal
from assistant.api.services import Services
from assistant.auditlog.desk_recording import RecordingDesk
from assistant.auditlog.log import audit_log_of
from assistant.auditlog.recording import recording
from assistant.contract import Health, Operations
from assistant.conversations.service import ConversationService
from assistant.conversations.store import ConversationStore
from assistant.curated.service import CuratedService
from assistant.curated.serving import curated_first
from assistant.encyclopedia.views import ReadableEncyclopedias
from assistant.favourites.service import FavouritesService
from assistant.feedback.service import FeedbackService
from assistant.generator import make_writer
from assistant.handbook.service import HandbookService
from assistant.page_pictures.drawing import PagePictures
from assistant.personal.acts import NamedActs
from assistant.personal.contract import PersonalArea
from assistant.personal.conversations import ConversationArea
from assistant.personal.retention import Retention, older_than
from assistant.personal.service import Office, PersonalDataService
from assistant.quiz.bank.service import QuizBankService
from assistant.quiz.bank.shelf import ReadableShelf
from assistant.quiz.papers.service import PaperService
from assistant.quiz.papers.store import PaperStore
from assistant.quiz.taking.service import ExamService
from assistant.readable_views import ReadableViews
from assistant.readers.service import ReadersService
from assistant.refused.collecting import refusals_noted
from assistant.refused.service import RefusedService
from assistant.settings import Settings
from assistant.uploads.contract import Corpora
from assistant.userdata import UserData
from assistant.views import Layer, LayeredViews
from corpus.encoders.base import DenseEncoder
from corpus.store import CorpusStore

_EXAM_SWEEP_S = 60.0


class Areas:
    """The areas of one instance, over its stores and what its views read.

    ``searchable`` says whether the lexical index is ready; ``dense`` gives the encoder once search by meaning is;
    ``check_quiz`` compares the quiz bank with the law, daily.
    """

    def __init__(
        self,
        settings: Settings,
        store: CorpusStore,
        userdata: UserData,
        views: ReadableViews,
        *,
        searchable: Callable[[], bool],
        dense: Callable[[], DenseEncoder | None],
        check_quiz: Callable[[], None],
    ) -> None:
        self.accounts = LocalAccounts(userdata, settings.accounts)
        self.auditlog = audit_log_of(settings, userdata)
        self._settings = settings
        self._store = store
        self._userdata = userdata
        self._views = views
        self._searchable = searchable
        self._dense = dense
        self._check_quiz = check_quiz

    def services(self, operations: Operations, health_of: Callable[[Principal], Health], corpora: Corpora) -> Services:
        """What the API speaks to."""
        settings = self._settings
        views = LayeredViews(
            self._views,
            self._layers(),
            lambda person, desk: RecordingDesk(desk, person, self.auditlog, self._store.revision),
        )
        conversations = ConversationStore(self._userdata)
        favourites = FavouritesService(
            self._userdata,
            self._views,
            read_topic=lambda person, item: self.encyclopedias.of(person).item(item).item.title,
            conversation_of=lambda person, message: conversations.message(person.id, message).conversation_id,
        )
        handbooks = HandbookService(self._userdata, settings.current_day)
        return Services(
            views=views,
            unrecorded=self._views,
            operations=operations,
            health_of=health_of,
            accounts=self.accounts,
            authenticator=self.accounts.authenticator,
            auditlog=self.auditlog,
            recorder=self.auditlog,
            readers=ReadersService(self._store, self._views, self.auditlog),
            pictures=PagePictures(self._store, settings.originals_dir),
            feedback=self._feedback,
            curated=self._curated,
            refused=self._refused,
            favourites=favourites,
            handbooks=handbooks,
            personal=self._personal({"entries": favourites, "handbooks": handbooks}),
            corpora=corpora,
            quiz=self.quiz,
            papers=PaperService(self._paper_store, self.quiz, self.exams, self._may_read_all),
            exams=self.exams,
            encyclopedias=self.encyclopedias,
            conversations=ConversationService(
                conversations, views, settings.current_day, make_writer(settings.generator), unrecorded=self._views
            ),
        )

    def _personal(self, noted: dict[str, PersonalArea]) -> PersonalDataService:
        areas: dict[str, PersonalArea] = {
            "conversations": ConversationArea(self._userdata),
            "feedback": self._feedback,
            **noted,
            "exams": self.exams.area,
        }
        office = Office(
            acts={"acts": NamedActs(self._userdata), "exam_attempts": self.exams.named},
            accounts=self.accounts.directory,
            auditlog=self.auditlog,
        )
        return PersonalDataService(areas, office=office)

    def _layers(self) -> tuple[Layer, ...]:
        """What stands around every person's assistant, the first innermost."""
        settings = self._settings
        return (
            refusals_noted(self._refused, self._searchable),
            curated_first(self._curated, self._dense, settings.current_day, settings.region),
            recording(self.auditlog, self._store.revision),
        )

    @cached_property
    def encyclopedias(self) -> ReadableEncyclopedias:
        """The encyclopedia, as each person may read it."""
        return ReadableEncyclopedias(self._views, self._settings.current_day, self._settings.region)

    @cached_property
    def _feedback(self) -> FeedbackService:
        return FeedbackService(self._userdata, self._store.counts)

    @cached_property
    def _curated(self) -> CuratedService:
        two_people = self._settings.review.two_people
        noted = self._feedback.made_into
        return CuratedService(self._userdata, self._settings.current_day, two_people=two_people, noted=noted)

    @cached_property
    def _refused(self) -> RefusedService:
        return RefusedService(self._userdata, self._settings.current_day, self._settings.review.refused_days)

    @cached_property
    def quiz(self) -> QuizBankService:
        """The quiz bank."""
        settings = self._settings
        return QuizBankService(
            self._userdata,
            ReadableShelf(self._views, settings.current_day, settings.region),
            two_people=settings.review.two_people,
            recorder=self.auditlog,
            observed=lambda ids: self.exams.observed.of(ids),
            writer=make_writer(settings.generator),
        )

    @cached_property
    def exams(self) -> ExamService:
        """Taking papers and practising."""
        return ExamService(self._userdata, self._paper_store, self.quiz, self._may_read_all)

    @cached_property
    def _paper_store(self) -> PaperStore:
        return PaperStore(self._userdata)

    def _may_read_all(self, person: Principal, documents: Collection[str]) -> bool:
        return self._views.hidden(person).isdisjoint(documents)

    # ---- what goes on in the background ----------------------------------------------------------------------------

    @cached_property
    def retention(self) -> Retention:
        """Deletes personal data whose time is over, at the start and daily."""
        conversations = ConversationStore(self._userdata).erase_before
        kept_days = self._settings.accounts.keep_conversations_days
        return Retention([older_than(kept_days, conversations), self.auditlog.erase_expired, self._check_quiz])

    @cached_property
    def _exam_sweep(self) -> Retention:
        """Submits exams whose time is over, every minute."""
        return Retention([self.exams.sweep], _EXAM_SWEEP_S, "exams whose time is over were not submitted")

    def start(self) -> None:
        """Begin what is done by the clock."""
        self.retention.start()
        self._exam_sweep.start()

    def ask_to_stop(self) -> None:
        """Ask what runs to stop; returns at once."""
        if "quiz" in self.__dict__:
            self.quiz.jobs.ask_to_stop()
        self.retention.ask_to_stop()
        if "_exam_sweep" in self.__dict__:
            self._exam_sweep.ask_to_stop()

    def finished(self, within_s: float) -> bool:
        """Whether all of it has ended, waiting at most so long for each."""
        if "quiz" in self.__dict__ and not self.quiz.jobs.join(within_s):
            return False
        if "_exam_sweep" in self.__dict__ and not self._exam_sweep.join(within_s):
            return False
        return self.retention.join(within_s)
