"""One running instance (运行实例): the store, the index and the service of a data folder, built from the settings.

The owner of the data folder has one of these. It serves as soon as the laws are loaded; loading, the lexical index
and the dense encodings are prepared in this order, in the background of a server or in the foreground of a command.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from functools import cached_property

from assistant.accounts.principal import Principal
from assistant.api.health import for_part
from assistant.api.services import Services
from assistant.areas import Areas
from assistant.assembly import assemble_desk, assemble_service
from assistant.background import Report, Stop, Task, TaskRunner, TaskStopped
from assistant.contract import Health, HealthStatus, IndexStatus, Preparation, Stage
from assistant.discretion.desk import DiscretionDesk
from assistant.discretion.gate import DeskGate
from assistant.gate import Gate
from assistant.generator import make_writer
from assistant.index_slot import IndexSlot
from assistant.loaded import is_loaded
from assistant.readable_views import ReadableViews
from assistant.settings import Settings
from assistant.uploads.service import CorpusCare
from assistant.userdata import UserData
from assistant.version import version
from assistant.warming import warm_up
from corpus.encoders.base import DenseEncoder, SparseEncoder
from corpus.encoders.cache import EncodingCache
from corpus.encoders.factory import make_dense_encoder, make_reranker, make_sparse_encoder
from corpus.encoders.reranker import Reranker
from corpus.errors import EAssistantError
from corpus.index import IndexState, erase_index, open_index
from corpus.store import CorpusStore
from corpus.store.remembering import RememberingStore
from ingest.indexing import IndexBuilder, index_fingerprint
from ingest.load import LoadProgress, load_national_laws

log = logging.getLogger(__name__)

_STATUS: dict[Stage, HealthStatus] = {"ready": "ready", "failed": "degraded", "stopped": "degraded"}


class Runtime:
    """The instance: ``assistant`` is the service, ``desk`` the discretion desk, ``areas`` what people have beside them.

    The instance itself is ``Operations``.
    """

    def __init__(self, settings: Settings, store: CorpusStore, userdata: UserData, instance: str = "") -> None:
        self._settings = settings
        self._store = store
        self.userdata = userdata
        self._instance = instance
        self._runner = TaskRunner()
        self._slot = IndexSlot()
        self._words_ready = False
        self._dense_ready = False
        self.assistant = Gate(self._runner.state)
        self.desk = DeskGate(self._runner.state)
        self.views = ReadableViews(store, self.assistant, self.desk, self._runner.state)
        self.areas = Areas(
            settings,
            store,
            userdata,
            self.views,
            searchable=lambda: self._words_ready,
            dense=self._ready_dense,
            check_quiz=self._check_quiz,
        )
        self._opened_desk: DiscretionDesk | None = None

    @classmethod
    def open(cls, settings: Settings, *, instance: str = "") -> Runtime:
        """Open the stores of an owned data folder; everything else follows in ``prepare``. Raises StoreUnavailable."""
        store = CorpusStore.open(settings.store_url)
        return cls(settings, store, UserData.open(settings.userdata_url), instance)

    def services(self) -> Services:
        """What the API speaks to."""
        return self.areas.services(self, self.health_of, self.corpora)

    # ---- preparation -------------------------------------------------------------------------------------------

    def prepare(self, report: Callable[[Preparation], None], *, dense: bool) -> None:
        """Prepare in the foreground, reporting progress. Raises what fails."""
        self._runner.run(self._tasks(dense=dense), report)

    def load(self, report: Callable[[Preparation], None]) -> None:
        """Load the laws in the foreground if that is due, and nothing else. Raises what fails."""
        self._runner.run([self._loading], report)

    def read_only(self, report: Callable[[Preparation], None]) -> None:
        """Load the laws if that is due and open the views, without any index: reading works, searching does not."""
        self._runner.run(self._reading, report)

    def prepare_in_background(self) -> None:
        """Prepare in a thread; what fails is kept for ``health``. Uploads and retirements go on afterwards."""
        self._runner.start(self._tasks(dense=True))
        self.corpora.start()
        self.areas.start()

    def rebuild_index(self) -> Preparation:
        erase = Task("lexical", "正在删去旧索引", lambda _report, _stop: self.erase_index())
        self._runner.start([erase, *self._tasks(dense=True)])
        return self._runner.state()

    def _tasks(self, *, dense: bool) -> Sequence[Task]:
        tasks = [*self._reading, Task("lexical", "正在建立关键词索引", self._sync)]
        if not dense:
            return tasks
        checking = Task("lexical", "正在核对题库依据", lambda _report, _stop: self._check_quiz())
        return [*tasks, checking, *self._afterwards]

    @property
    def _reading(self) -> Sequence[Task]:
        """What must be done before provisions can be read."""
        return [self._loading, Task("starting", "正在启动服务", self._assemble)]

    @property
    def _afterwards(self) -> Sequence[Task]:
        """What need not be waited for once questions are answered by words: search by meaning, reranking, topics."""
        return [
            Task("dense", "正在进行语义编码", self._encode),
            Task("dense", "正在编码裁量标准", self._encode_records),
            Task("dense", "正在准备精排", lambda _report, _stop: self._prepare_reranking()),
            Task("dense", "正在预热检索", lambda _report, stop: self._warm_up(stop)),
            Task("dense", "正在整理百科", lambda _report, _stop: self.areas.encyclopedias.prepare()),
        ]

    @property
    def _loading(self) -> Task:
        return Task("loading", "正在装载法律", self._load)

    def _load(self, report: Report, stop: Stop) -> None:
        if is_loaded(self._store):
            return
        self.views.close()

        def advance(progress: LoadProgress) -> None:
            report(progress.done, progress.total)
            if stop():
                raise TaskStopped("装载已停止。")

        load_national_laws(self._store, today=self._settings.current_day(), progress=advance)

    def _assemble(self, _report: Report, _stop: Stop) -> None:
        texts = RememberingStore(self._store)
        self._opened_desk = assemble_desk(
            self._store,
            self._settings.current_day,
            self._settings.region,
            originals=self._settings.originals_dir,
            dense=self._ready_dense,
            cache=self._desk_cache,
            texts=texts,
        )
        service = assemble_service(
            self._store,
            self._slot,
            self._sparse,
            self._ready_dense,
            self._settings.current_day,
            lambda: self._words_ready,
            make_writer(self._settings.generator),
            self._settings.region,
            self._opened_desk,
            texts,
            self._reranking,
        )
        texts.warm()
        self.views.open(service, self._opened_desk)

    def _sync(self, report: Report, stop: Stop) -> None:
        self.open_index()
        with closing(self._cache()) as cache:
            self._builder(cache).sync(progress=report, stop=stop)
        self._words_ready = True
        self._note_dense()

    def _encode(self, report: Report, stop: Stop) -> None:
        with closing(self._cache()) as cache:
            self._builder(cache).encode(progress=report, stop=stop)
        self._note_dense()

    def _check_quiz(self) -> None:
        """Block the items whose law has changed, release those whose law is as it was; the bank itself looks again
        at every item that is used."""
        if not self.loaded():
            return
        try:
            self.areas.quiz.check_all()
        except EAssistantError as error:
            log.warning("the quiz bank could not be checked against the law: %s", error)

    def _warm_up(self, stop: Stop) -> None:
        if self.loaded():
            warm_up(self.assistant, self.desk, stop)

    def _encode_records(self, _report: Report, stop: Stop) -> None:
        if self._opened_desk is not None:
            self._opened_desk.prepare_meaning(stop=stop)

    # ---- changes of the corpus while it is served ----------------------------------------------------------------

    @cached_property
    def corpora(self) -> CorpusCare:
        settings = self._settings
        return CorpusCare(
            self, self.userdata, settings.home, settings.limits, self.views.desk, recorder=self.areas.auditlog
        )

    @property
    def store(self) -> CorpusStore:
        return self._store

    def today(self) -> dt.date:
        return self._settings.current_day()

    def loaded(self) -> bool:
        return self.assistant.is_open

    def exclusive(self) -> AbstractContextManager[object]:
        return self._runner.alone

    def stopping(self) -> bool:
        return self._runner.stop_asked

    def renew(self, advance: Report) -> None:
        """Answer from the store as it is now; from the old snapshot, which its own index serves, until then."""
        stop = self.stopping
        if self._slot.index is None or not self._words_ready:
            self._assemble(advance, stop)
            self._check_quiz()
            return
        with closing(self._cache()) as cache:
            builder = self._builder(cache)
            if self._dense_ready:
                builder.encode_ahead(progress=advance, stop=stop)
            builder.sync(stop=stop, turn=lambda: self._assemble(advance, stop))
        self._check_quiz()
        if self._dense_ready:
            self._note_dense()
            self._encode_records(advance, stop)
        else:
            self._runner.start(self._afterwards)

    # ---- index -------------------------------------------------------------------------------------------------

    def open_index(self) -> None:
        """Open the index, empty if new. Raises IndexMismatch, IndexUnavailable, EncoderUnavailable."""
        if self._slot.index is not None:
            return
        fingerprint = index_fingerprint(self._sparse, self._dense)
        try:
            index = open_index(self._settings.qdrant, self._settings.index_dir, fingerprint, self._dense.dimension)
        except EAssistantError as error:
            self._slot.fail(error)
            raise
        self._slot.put(index)
        self._note_dense()

    def erase_index(self) -> None:
        """Delete the index, whatever made it; searches find nothing until it is rebuilt."""
        self._words_ready = False
        self._dense_ready = False
        index = self._slot.take()
        if index is not None:
            index.close()
        erase_index(self._settings.qdrant, self._settings.index_dir)

    def _note_dense(self) -> None:
        state = self._index_state()
        self._dense_ready = state is not None and 0 < state.points == state.dense_points

    def _index_state(self) -> IndexState | None:
        return self._slot.index.state() if self._slot.index is not None else None

    def _builder(self, cache: EncodingCache) -> IndexBuilder:
        assert self._slot.index is not None
        return IndexBuilder(self._store, self._slot.index, self._sparse, self._dense, cache)

    def _cache(self) -> EncodingCache:
        return EncodingCache(self._settings.encodings_path)

    @cached_property
    def _desk_cache(self) -> EncodingCache:
        """Open as long as the instance: the desk encodes anew what a person corrects."""
        return self._cache()

    @cached_property
    def _sparse(self) -> SparseEncoder:
        return make_sparse_encoder(self._settings.sparse)

    @cached_property
    def _dense(self) -> DenseEncoder:
        return make_dense_encoder(self._settings.encoder, self._settings.models_dir)

    def _ready_dense(self) -> DenseEncoder | None:
        """The encoder once every passage is encoded."""
        return self._dense if self._dense_ready else None

    def _prepare_reranking(self) -> None:
        """Convert the reranker ahead of the first question, where it is wanted."""
        self._reranking()

    def _reranking(self) -> Reranker | None:
        """The reranker where it is wanted. Without it the order of the searches stands."""
        return self._reranker if self._settings.retrieval.reranking else None

    @cached_property
    def _reranker(self) -> Reranker | None:
        try:
            return make_reranker(self._settings.encoder, self._settings.models_dir)
        except EAssistantError as error:
            log.warning("provisions are not reranked: %s", error)
            return None

    # ---- state ---------------------------------------------------------------------------------------------------

    def health(self) -> Health:
        preparation = self._runner.state()
        return Health(
            status=_STATUS.get(preparation.stage, "preparing"),
            version=version(),
            corpus=self._store.counts(),
            index=self.index_status(),
            dense_ready=self._dense_ready,
            model=self._settings.generator.model if self._settings.generator.enabled else None,
            encoder=self._settings.encoder.model,
            preparation=preparation,
            today=self._settings.current_day(),
            instance=self._instance,
            searchable=self._words_ready,
        )

    def health_of(self, person: Principal) -> Health:
        """The state as a person sees it: numbers count what they may read."""
        if not self.views.hidden(person):
            return self.health()
        return for_part(self.health(), self.views.of(person).once("counts", CorpusStore.counts))

    def index_status(self) -> IndexStatus:
        state = self._index_state()
        encoding = self._runner.state().stage == "dense"
        pace = self._runner.rate() if encoding else None
        return IndexStatus(
            points=state.points if state else 0,
            dense_points=state.dense_points if state else 0,
            total=self._store.count_served_passages(),
            encoding=encoding,
            rate=pace[0] if pace else None,
            eta=pace[1] if pace else None,
        )

    # ---- the end -------------------------------------------------------------------------------------------------

    def ask_to_stop(self) -> None:
        """Ask the background to stop; returns at once."""
        self._runner.ask_to_stop()
        self.areas.ask_to_stop()

    def finished(self, within_s: float) -> bool:
        """Whether the background work has ended, waiting at most so long."""
        if "corpora" in self.__dict__ and not self.corpora.worker.end(within_s):
            return False
        return self.areas.finished(within_s) and self._runner.join(within_s)

    def close(self) -> None:
        """Let go of index and store; the background must have ended."""
        index = self._slot.take()
        if index is not None:
            index.close()
        if "_desk_cache" in self.__dict__:
            self._desk_cache.close()
        self._store.close()
        self.userdata.close()
