"""Training pairs (训练样本): a question and a passage of the article that answers it.

Three sources: laymen's consultations with their articles (STARD, train part without the held fifth), the spoken
questions that come with the project, and links inside the corpus (a penalty clause and the duty it names).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.store import CorpusStore
from corpus.vocabulary import Provision
from evals.adhoc_index import passages_of
from evals.corpus_files import CorpusArticle, Query
from ingest.passages import short_title, split_into_passages
from ingest.spoken import SpokenQuestions, text_mark

HELD_FOLD, FOLDS = 0, 5
"""Of the questions of STARD's train part, the fold that is reported on and never learnt from, by ``fold_of``."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, the passages of one article that answers it, and what else answers it.

    ``group`` names what the article is about: pairs of one group are put into one batch, where they are each other's
    hard negatives. ``right`` are the keys (law, article) of all articles that answer the question; ``wrong`` are
    passages of articles that the searches confuse with them.
    """

    question: str
    passages: tuple[str, ...]
    key: tuple[str, str]
    group: str
    right: frozenset[tuple[str, str]]
    source: str
    wrong: tuple[str, ...] = ()


def fold_of(question: str) -> int:
    """The fold of a question, by its words alone, so that it stays the same whatever the file looks like."""
    return int(hashlib.sha256(question.encode()).hexdigest(), 16) % FOLDS


def consultations(
    corpus: Sequence[CorpusArticle], queries: Iterable[Query], mined: Mapping[str, Sequence[str]] | None = None
) -> Iterator[Pair]:
    """A pair for every article of every question outside the held fold, with ``mined`` wrong ones by its id."""
    articles = {article.id: article for article in corpus}
    for query in queries:
        if fold_of(query.question) == HELD_FOLD:
            continue
        gold = [articles[i] for i in query.gold if i in articles]
        right = frozenset(article_key(a.law, a.article) for a in gold)
        confused = [articles[i] for i in (mined or {}).get(query.id, ())]
        wrong = tuple(passages_of(a)[0].index_text for a in confused if article_key(a.law, a.article) not in right)
        for article in gold:
            texts = tuple(p.index_text for p in passages_of(article))
            key = article_key(article.law, article.article)
            yield Pair(query.question, texts, key, key[0], right, "stard", wrong)


def spoken(store: CorpusStore, questions: Iterable[SpokenQuestions]) -> Iterator[Pair]:
    """A pair for every spoken question whose article the store holds in the words it was written for."""
    wanted: dict[tuple[str, str, str], list[str]] = {}
    for entry in questions:
        if entry.text is not None:
            wanted.setdefault((entry.law, entry.article, entry.text), []).extend(entry.asks)
    titles = {d.id: d.title for d in store.documents()}
    title_of = {v.id: titles[v.document_id] for v in store.versions()}
    laws = {law for law, _, _ in wanted}
    for provision in store.all_provisions():
        title = title_of.get(provision.version_id, "")
        law = short_title(title)
        if law not in laws:
            continue
        asks = wanted.pop((law, provision.label, text_mark(provision.text)), ())
        key = article_key(law, provision.label)
        texts = passage_texts(title, provision) if asks else ()
        for ask in dict.fromkeys(asks):
            yield Pair(ask, texts, key, law, frozenset({key}), "spoken")


def passage_texts(title: str, provision: Provision) -> tuple[str, ...]:
    """What the index holds of a provision."""
    return tuple(p.index_text for p in split_into_passages(title, provision))


def article_key(law: str, article: str) -> tuple[str, str]:
    """Law without 中华人民共和国, article as printed."""
    return short_title(law.strip()), article.strip()
