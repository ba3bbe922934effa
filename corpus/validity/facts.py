"""What the derivation of validity in time (时间效力) takes and gives: plain frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.store.repository import AmendedArticle as AmendedArticle
from corpus.vocabulary import (
    ArticleNumber,
    Document,
    Finding,
    Provision,
    SourceStatus,
    State,
    Validity,
    Version,
)


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What one source row says about one text (文本), before anything is derived.

    ``row_effective`` is the source's own commencement column, often that of the first enactment; never trusted alone.
    """

    version_id: str
    document: Document
    published: dt.date | None
    row_effective: dt.date | None
    source_status: SourceStatus
    provisions: Sequence[Provision]
    annotation: str = ""  # 题注
    row_evidence: str = "来源数据行"  # what ``row_effective`` was read from, for people


@dataclass(frozen=True, slots=True)
class RepealClause:
    """One title that a text repeals (废止条款): 《中华人民共和国水污染防治法》…同时废止.

    ``qualified`` is true where a date, an issuer or an approval stands before the title, so that an older text may
    be meant (1950年6月29日中央人民政府颁布的《中华人民共和国工会法》). ``day`` is the day the clause itself names;
    None: the repeal takes effect when the repealing text commences (同时废止).
    """

    title: str
    qualified: bool
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AmendmentTarget:
    """One article of a law that an amendment or a decision changes (修改对象), with the provision that says so.

    ``added``: the number is new (作为第一百三十四条之一).
    ``renumbered_to``: the article moves (将第十八条改为第十九条).
    """

    title: str  # full official title of the law changed, as the amending text gives it
    article: ArticleNumber
    provision_id: str  # of the amending text
    added: bool = False
    renumbered_to: ArticleNumber | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """All that was derived over a set of texts: validity per version id, articles amended, faults found."""

    validities: Mapping[str, Validity]
    amended_articles: Sequence[AmendedArticle]
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Standing:
    """Standing of a document on a day (当日效力): its state, the text for that day (or the nearest to show), why.

    ``successor`` is the next text held, which has replaced ``version`` (AMENDED) or will (IN_FORCE). ``ended_by`` is
    the citation of the provision that repeals the document, ``changed_by`` the ids of the provisions that amend an
    article. ``certain`` is false where the sources leave open what was so on that day; ``reason`` (Chinese, shown to
    officers, with every date and its source) then says what.
    """

    state: State
    version: Version | None
    reason: str
    successor: Version | None = None
    ended_by: str = ""
    changed_by: tuple[str, ...] = ()
    certain: bool = True
