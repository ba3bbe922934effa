"""A temporary index over any corpus (临时索引): the product's passages, encoders and index, somebody else's articles.

Encodings are kept in a cache, so a run that was stopped goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from corpus.encoders.base import DenseEncoder, SparseEncoder
from corpus.encoders.cache import EncodingCache
from corpus.index.base import OPEN_END, IndexPoint, VectorIndex
from corpus.store.repository import passage_digest
from corpus.vocabulary import NATION, SPOKEN_MARK, EffectLevel, Passage, Provision, Shelf
from evals.corpus_files import CorpusArticle
from ingest.faults.numbering import read_label
from ingest.passages import split_into_passages
from ingest.spoken import SpokenQuestions, text_mark

T = TypeVar("T")

_COURTS = ("最高人民法院", "最高人民检察院")
_LAW_ENDINGS = ("法", "法典", "修正案", "编")

CHUNK = 512
"""Passages encoded and kept at once: what a stop can lose."""

Progress = Callable[[str, int, int], None]
"""Called with the stage (passages, dense, index), the number done, and the number in all."""


def passages_of(article: CorpusArticle) -> list[Passage]:
    """The passages of an article as the product cuts them; their ``provision_id`` is the article's id."""
    label = article.article.strip()
    provision = Provision(
        id=article.id, version_id="", ordinal=1, label=label, text=article.text, article=read_label(label)
    )
    return split_into_passages(article.law, provision)


def level_of(title: str) -> EffectLevel:
    """The effect level that a title tells: 司法解释 by its author, 法律 by its last character, else 行政法规."""
    if title.startswith(_COURTS):
        return EffectLevel.JUDICIAL_INTERPRETATION
    return EffectLevel.LAW if title.endswith(_LAW_ENDINGS) else EffectLevel.ADMINISTRATIVE_REGULATION


Asks = Mapping[tuple[str, str], Sequence[str]]
"""Spoken questions by article label and mark of the words they were written for."""


def asks_by_words(entries: Iterable[SpokenQuestions]) -> Asks:
    """The project's spoken questions, to be found by an article's words whatever its corpus calls the law."""
    found: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        if entry.text is not None:
            found.setdefault((entry.article, entry.text), []).extend(entry.asks)
    return found


def asked_passages(article: CorpusArticle, asks: Asks) -> list[Passage]:
    """The spoken questions of an article, as the product puts them beside it."""
    asked = asks.get((article.article.strip(), text_mark(article.text)), ())
    return [
        Passage(f"{article.id}{SPOKEN_MARK}{n}", article.id, 0, len(article.text), ask)
        for n, ask in enumerate(dict.fromkeys(asked), start=1)
    ]


def fill_index(
    articles: Sequence[CorpusArticle],
    index: VectorIndex,
    sparse: SparseEncoder,
    dense: tuple[DenseEncoder, EncodingCache] | None,
    progress: Progress,
    asks: Asks | None = None,
) -> int:
    """Put every article into ``index`` and return the number of passages; without ``dense``, words only.

    With ``asks`` the spoken questions that belong to an article's words stand beside it, as in the product.
    """
    passages: list[tuple[CorpusArticle, Passage]] = []
    for done, article in enumerate(articles, start=1):
        own = [*passages_of(article), *asked_passages(article, asks or {})]
        passages += [(article, passage) for passage in own]
        if done % 5000 == 0 or done == len(articles):
            progress("passages", done, len(articles))
    if dense is not None:
        _encode([p.index_text for _, p in passages], *dense, progress)
    done = 0
    for chunk in _chunks(passages):
        texts = {passage_digest(p.index_text): p.index_text for _, p in chunk}
        vectors = dense[1].get_many(dense[0].id, texts) if dense is not None else {}
        index.upsert(
            IndexPoint(
                passage_id=passage.id,
                provision_id=article.id,
                version_id=article.id,
                document_id=article.law,
                digest=passage_digest(passage.index_text),
                level=level_of(article.law).value,
                region=NATION,
                shelf=Shelf.LAW.value,
                served_from=0,
                served_until=OPEN_END,
                sparse=sparse.encode_passage(passage.index_text),
                dense=vectors.get(passage_digest(passage.index_text)),
            )
            for article, passage in chunk
        )
        done += len(chunk)
        progress("index", done, len(passages))
    if dense is None:
        index.optimise()
    else:
        index.warm()  # in memory the search is exact, and no graph need be built
    return len(passages)


def _encode(texts: Sequence[str], encoder: DenseEncoder, cache: EncodingCache, progress: Progress) -> None:
    by_digest = {passage_digest(text): text for text in texts}
    missing = cache.missing(encoder.id, by_digest)
    done = len(by_digest) - len(missing)
    progress("dense", done, len(by_digest))
    # longest first: what a batch is padded to shrinks steadily, and the estimate of the time left errs on the safe side
    missing.sort(key=lambda digest: (-len(by_digest[digest]), digest))
    for chunk in _chunks(missing):
        vectors = encoder.encode_passages([by_digest[digest] for digest in chunk])
        cache.put_many(encoder.id, dict(zip(chunk, vectors, strict=True)))
        done += len(chunk)
        progress("dense", done, len(by_digest))


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
