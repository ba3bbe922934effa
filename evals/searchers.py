"""Searching a temporary corpus with the product's own pipeline (检索方法), or with one of its searches alone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.lexicon import Lexicon, load_lexicon
from assistant.retrieval.candidates import Candidate
from assistant.retrieval.features import Scored
from assistant.retrieval.pipeline import Asked, Order, build_pipeline
from assistant.retrieval.search import search_meaning, search_words
from assistant.understanding import UnderstoodQuestion, understand
from corpus.citations import NameTable
from corpus.encoders.base import DenseEncoder, SparseEncoder
from corpus.encoders.cache import EncodingCache
from corpus.encoders.factory import make_dense_encoder, make_reranker, make_sparse_encoder
from corpus.encoders.reranker import Reranker
from corpus.index import EVERYTHING, Fingerprint, Hit, VectorIndex
from corpus.index.edge import EdgeIndex
from corpus.vocabulary import Document, DocumentKind, Provision
from evals.adhoc_index import Progress, asks_by_words, fill_index, level_of
from evals.corpus_files import CorpusArticle
from evals.methods import Method
from evals.rankings import Ranking
from ingest.faults.numbering import read_label
from ingest.references import cross_references
from ingest.spoken import read_spoken_questions

if TYPE_CHECKING:
    from assistant.settings import Settings

_ANY_DAY = dt.date(1, 1, 1)  # an ad-hoc corpus has no dates; its articles are served whatever the day
_NO_DENSE_DIMENSION = 1
_PASSAGES_PER_ARTICLE = 8  # passages searched for each article wanted: several find the same one


@dataclass(frozen=True, slots=True)
class AdhocLaws:
    """What the pipeline looks up in the store and the catalogue, for articles that are in neither."""

    scored: Mapping[str, tuple[Provision, Document]]
    references: Mapping[str, Sequence[str]]
    names: NameTable

    @classmethod
    def of(cls, articles: Sequence[CorpusArticle]) -> AdhocLaws:
        documents = {a.law: Document(a.law, a.law, DocumentKind.STATUTE, level_of(a.law)) for a in articles}
        by_law: defaultdict[str, list[Provision]] = defaultdict(list)
        for a in articles:
            label = a.article.strip()
            by_law[a.law].append(
                Provision(a.id, a.law, len(by_law[a.law]) + 1, label, a.text, article=read_label(label))
            )
        references: defaultdict[str, list[str]] = defaultdict(list)
        for provisions in by_law.values():
            for source, target in cross_references(provisions):
                references[source].append(target)
        scored = {p.id: (p, documents[law]) for law, provisions in by_law.items() for p in provisions}
        return cls(scored, references, NameTable.from_documents(documents.values()))

    def lookup(self, candidates: Sequence[Candidate]) -> dict[str, Scored]:
        return {c.provision_id: Scored(c, *self.scored[c.provision_id]) for c in candidates}


class Searcher:
    """A filled index with a way to search it; ``search`` returns ids of articles, best first."""

    def __init__(
        self,
        method: Method,
        index: VectorIndex,
        sparse: SparseEncoder,
        dense: DenseEncoder | None,
        laws: AdhocLaws,
        *,
        lexicon: Lexicon,
        reranker: Reranker | None = None,
    ) -> None:
        self.passages = index.state().points
        self.models = {
            "sparse encoder": sparse.id,
            "dense encoder": dense.id if dense else "none",
            "reranker": reranker.id if reranker else "none",
        }
        self._method = method
        self._index = index
        self._sparse = sparse
        self._dense = dense
        self._laws = laws
        self.references = laws.references
        self._lexicon = lexicon
        self._pipeline = build_pipeline(index, sparse, lambda: dense, laws.lookup, laws.references, lambda: reranker)

    def search(self, question: str, limit: int) -> Ranking:
        if self._method is Method.WORDS:
            return _articles(
                search_words(self._index, self._sparse, question, EVERYTHING, limit * _PASSAGES_PER_ARTICLE)
            )[:limit]
        if self._method is Method.DENSE and self._dense is not None:
            return _articles(
                search_meaning(self._index, self._dense, question, EVERYTHING, limit * _PASSAGES_PER_ARTICLE)
            )[:limit]
        return [r.candidate.provision_id for r in self._order(self._understood(question)).ranked][:limit]

    def candidates(self, question: str) -> tuple[UnderstoodQuestion, list[Scored]]:
        """The question as understood, and what the searches find for it: what the ranking is fitted on."""
        understood = self._understood(question)
        return understood, list(self._order(understood).scored.values())

    def _understood(self, question: str) -> UnderstoodQuestion:
        return understand(question, as_of=_ANY_DAY, today=_ANY_DAY, names=self._laws.names, lexicon=self._lexicon)

    def _order(self, understood: UnderstoodQuestion) -> Order:
        asked = Asked(understood, EVERYTHING)
        replies: dict[str, Any] = self._pipeline.run(
            {name: {"asked": asked} for name in ("words", "statute", "meaning", "rank")}
        )
        order: Order = replies["rank"]["order"]
        return order


def _articles(hits: Sequence[Hit]) -> list[str]:
    return list(dict.fromkeys(hit.provision_id for hit in hits))


@contextmanager
def open_searcher(
    articles: Sequence[CorpusArticle],
    method: Method,
    settings: Settings,
    folder: Path,
    progress: Progress,
    *,
    spoken: bool = True,
) -> Iterator[Searcher]:
    """Index ``articles`` in ``folder`` with the encoders of the settings, and search them."""
    with open_searchers(articles, [method], settings, folder, progress, spoken=spoken) as searchers:
        yield searchers[method]


@contextmanager
def open_searchers(
    articles: Sequence[CorpusArticle],
    methods: Sequence[Method],
    settings: Settings,
    folder: Path,
    progress: Progress,
    *,
    spoken: bool = True,
) -> Iterator[dict[Method, Searcher]]:
    """Index ``articles`` in ``folder`` once, and search them by each of the methods.

    The project's spoken questions stand beside the articles they were written for, unless ``spoken`` is off.
    Dense encodings are kept under the data folder, in ``evals/encodings.db``.
    """
    sparse = make_sparse_encoder(settings.sparse)
    meaning = any(method.needs_meaning for method in methods)
    dense = make_dense_encoder(settings.encoder, settings.models_dir) if meaning else None
    asks = asks_by_words(read_spoken_questions()) if spoken else None
    fingerprint = Fingerprint(sparse.id, dense.id if dense else "none", "adhoc")
    with closing(EdgeIndex.open(folder, fingerprint, dense.dimension if dense else _NO_DENSE_DIMENSION)) as index:
        if dense is None:
            fill_index(articles, index, sparse, None, progress, asks)
        else:
            kept = settings.home / "evals"
            kept.mkdir(parents=True, exist_ok=True)
            with closing(EncodingCache(kept / "encodings.db")) as cache:
                fill_index(articles, index, sparse, (dense, cache), progress, asks)
        laws, lexicon = AdhocLaws.of(articles), load_lexicon()
        reranker = _reranker(settings) if Method.HYBRID in methods else None
        yield {
            method: Searcher(
                method,
                index,
                sparse,
                dense if method.needs_meaning else None,
                laws,
                lexicon=lexicon,
                reranker=reranker if method is Method.HYBRID else None,
            )
            for method in methods
        }


def _reranker(settings: Settings) -> Reranker | None:
    if not settings.retrieval.reranking:
        return None
    return make_reranker(settings.encoder, settings.models_dir)
