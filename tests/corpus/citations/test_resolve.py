"""What a citation stands for on a day: every state, on a small invented corpus."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from corpus.citations import NameTable, Resolution, Resolver, format_citation
from corpus.store import CorpusStore, DocumentRecord, VersionText
from corpus.store.repository import AmendedArticle
from corpus.vocabulary import (
    ArticleNumber,
    DateBasis,
    DatedFact,
    Document,
    DocumentKind,
    EffectLevel,
    Finding,
    FindingKind,
    Provision,
    Severity,
    SourceStatus,
    State,
    Validity,
    Version,
)

TODAY = dt.date(2026, 11, 21)
FOREVER = DatedFact(None, DateBasis.OWN_TEXT)
BY_CODE = "《示范法典》第十条"


def day(text: str, basis: DateBasis = DateBasis.OWN_TEXT, evidence: str = "《示范法》第五条") -> DatedFact:
    return DatedFact(dt.date.fromisoformat(text), basis, evidence)


def version(
    version_id: str, published: str, commencement: DatedFact, end: DatedFact = FOREVER, first: DatedFact | None = None
) -> Version:
    validity = Validity(
        dt.date.fromisoformat(published), commencement, end, SourceStatus.UNSTATED, first or commencement
    )
    return Version(version_id, version_id.split("-")[0], validity, "test")


def texts(version_id: str, articles: dict[str, str]) -> list[Provision]:
    """Provisions from ``label`` → text; 第五条之一 counts as an insertion."""
    numbers = {label: ArticleNumber(*n) for label, n in LABELS.items()}
    return [
        Provision(f"{version_id}/{label}", version_id, ordinal, label, text, numbers.get(label))
        for ordinal, (label, text) in enumerate(articles.items(), start=1)
    ]


LABELS = {
    "第一条": (1, 0),
    "第二条": (2, 0),
    "第三条": (3, 0),
    "第三条之一": (3, 1),
    "第四条": (4, 0),
    "第六条": (6, 0),
}
LISTS = "有下列情形之一的：\n（一）甲；\n（二）乙。\n下列情形除外：\n（一）丙；\n（二）丁；\n（三）戊。"


def document(document_id: str, title: str) -> Document:
    return Document(document_id, title, DocumentKind.STATUTE, EffectLevel.LAW)


def gap(version_id: str, number: int) -> Finding:
    return Finding(
        FindingKind.NUMBERING_GAP,
        Severity.ERROR,
        version_id,
        "《示范法典》第五条",
        "来源缺失第五条，该条不能引用。",
        article=ArticleNumber(number),
    )


SUPERSEDED = day("2025-03-01", DateBasis.SUCCESSOR_TEXT)
REPEALED = day("2026-08-15", DateBasis.REPEALING_TEXT, BY_CODE)
TITLES = {
    "kept": "示范法",
    "renewed": "示范市场法",
    "gone": "示范水法",
    "code": "示范法典",
    "late": "示范食品法",
    "changed": "示范刑法",
    "amend": "示范刑法修正案（二）",
}
VERSIONS: list[tuple[Version, dict[str, str]]] = [
    (
        version("kept-1", "2020-01-01", day("2020-06-01")),
        {"第一条": "一。", "第二条": "二一。\n二二。", "第三条": LISTS, "第三条之一": "插。", "第四条": "四。"},
    ),
    (
        version("renewed-1", "2015-01-01", day("2015-06-01"), SUPERSEDED),
        {"第一条": "同。", "第二条": "旧二。", "第三条": "移。"},
    ),
    (
        version("renewed-2", "2024-12-01", day("2025-03-01")),
        {"第一条": "同。", "第二条": "新二。", "第四条": "移。"},
    ),
    (version("gone-1", "2010-01-01", day("2010-06-01"), REPEALED), {"第一条": "旧水。"}),
    (version("code-1", "2026-03-12", day("2026-08-15")), {"第一条": "典。", "第四条": "四。", "第六条": "六。"}),
    (version("late-1", "2025-01-01", day("2025-06-01"), first=day("2009-06-01")), {"第一条": "食。"}),
    (version("changed-1", "2020-01-01", day("2020-06-01")), {"第一条": "改前。", "第二条": "未改。"}),
    (version("amend-1", "2023-12-29", day("2024-03-01")), {"条目一": "将第一条修改为：“改后。”", "条目二": "施行。"}),
]


def records() -> list[DocumentRecord]:
    return [
        DocumentRecord(
            document(document_id, title),
            [
                VersionText(v, v.id, texts(v.id, articles), [], [gap(v.id, 5)] if v.id == "code-1" else [])
                for v, articles in VERSIONS
                if v.document_id == document_id
            ],
        )
        for document_id, title in TITLES.items()
    ]


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resolver]:
    store = CorpusStore.open(f"sqlite:///{tmp_path_factory.mktemp('resolve') / 'corpus.db'}")
    for record in records():
        store.save(record)
    store.replace_amended_articles(
        [AmendedArticle("changed-1", ArticleNumber(1), "amend-1/条目一", dt.date(2024, 3, 1))]
    )
    yield Resolver(store, NameTable.from_documents(store.documents()))
    store.close()


def resolve(resolver: Resolver, text: str, as_of: str = "2026-11-21") -> Resolution:
    (resolution,) = resolver.cite(text, as_of=dt.date.fromisoformat(as_of), today=TODAY).resolutions
    return resolution


@pytest.mark.parametrize(
    ("text", "as_of", "state", "words"),
    [
        ("示范法第一条", "2026-11-21", State.IN_FORCE, "一。"),
        ("示范法第二条第二款", "2026-11-21", State.IN_FORCE, "二二。"),
        ("示范法第三条第二款第三项", "2026-11-21", State.IN_FORCE, "（三）戊。"),
        ("示范法第三条之一", "2026-11-21", State.IN_FORCE, "插。"),
        ("示范法第一条", "2019-01-01", State.NOT_YET_IN_FORCE, "一。"),
        ("示范法第五条", "2026-11-21", State.NO_SUCH_ARTICLE, None),
        ("示范法第一条之一", "2026-11-21", State.NO_SUCH_ARTICLE, None),
        ("示范法第二条第三款", "2026-11-21", State.NO_SUCH_ARTICLE, None),
        ("示范法第二条第一款第一项", "2026-11-21", State.NO_SUCH_ARTICLE, None),
        ("示范法第三条第一款第三项", "2026-11-21", State.NO_SUCH_ARTICLE, None),
        ("示范法第三条第二项", "2026-11-21", State.AMBIGUOUS, None),
        ("示范市场法第二条", "2025-02-28", State.AMENDED, "旧二。"),
        ("示范市场法第二条", "2025-03-01", State.IN_FORCE, "新二。"),
        ("示范市场法第一条", "2025-02-28", State.IN_FORCE, "同。"),
        ("示范水法第一条", "2026-08-14", State.IN_FORCE, "旧水。"),
        ("示范水法第一条", "2026-08-15", State.REPEALED, "旧水。"),
        ("示范法典第一条", "2026-08-14", State.NOT_YET_IN_FORCE, "典。"),
        ("示范法典第一条", "2026-08-15", State.IN_FORCE, "典。"),
        ("示范法典第五条", "2026-11-21", State.GAP_IN_SOURCE, None),
        ("示范法典第二条", "2026-11-21", State.NO_SUCH_ARTICLE, None),
        ("示范食品法第一条", "2024-06-01", State.VERSION_NOT_IN_CORPUS, None),
        ("示范食品法第九条", "2024-06-01", State.VERSION_NOT_IN_CORPUS, None),
        ("示范刑法第一条", "2024-02-29", State.AMENDED, "改前。"),
        ("示范刑法第一条", "2024-03-01", State.VERSION_NOT_IN_CORPUS, None),
        ("示范刑法第二条", "2024-03-01", State.IN_FORCE, "未改。"),
        ("某某法第一条", "2026-11-21", State.NOT_IN_CORPUS, None),
        ("物业条例第一条", "2026-11-21", State.NOT_IN_CORPUS, None),
        ("安全法第一条", "2026-11-21", State.AMBIGUOUS, None),
        ("第一条", "2026-11-21", State.AMBIGUOUS, None),
        ("本法第一条", "2026-11-21", State.AMBIGUOUS, None),
        ("前款", "2026-11-21", State.AMBIGUOUS, None),
        ("示范水法", "2026-11-21", State.REPEALED, None),
        ("《示范法》", "2026-11-21", State.IN_FORCE, None),
    ],
)
def test_state_and_words_of_the_day(resolver: Resolver, text: str, as_of: str, state: State, words: str | None) -> None:
    resolution = resolve(resolver, text, as_of)
    assert (resolution.state, resolution.text) == (state, words)
    assert resolution.reason


def test_a_text_that_is_not_held_is_never_stood_in_for(resolver: Resolver) -> None:
    resolution = resolve(resolver, "示范食品法第一条", "2024-06-01")
    assert (resolution.provision, resolution.version, resolution.text) == (None, None, None)
    assert resolution.current
    assert resolution.current.text == "食。"


def test_an_amended_article_shows_both_texts(resolver: Resolver) -> None:
    resolution = resolve(resolver, "示范市场法第二条", "2025-02-28")
    assert resolution.current
    assert (resolution.text, resolution.current.text) == ("旧二。", "新二。")
    assert resolution.successor == "《示范市场法》（2024年12月1日公布的文本）"


def test_words_that_moved_to_another_number_are_found(resolver: Resolver) -> None:
    resolution = resolve(resolver, "示范市场法第三条", "2025-02-28")
    assert (resolution.state, resolution.current, resolution.text) == (State.AMENDED, None, "移。")
    assert resolution.note == "文字相同的现行条文是第四条。"


def test_an_article_that_only_the_later_text_has_is_told_so(resolver: Resolver) -> None:
    resolution = resolve(resolver, "示范市场法第四条", "2025-02-28")
    assert (resolution.state, resolution.text) == (State.NO_SUCH_ARTICLE, None)
    assert resolution.note == "现行文本中有第四条。"


def test_a_repealed_article_names_its_successor(resolver: Resolver) -> None:
    resolution = resolve(resolver, "示范水法第一条")
    assert resolution.successor == "《示范法典》"
    assert "2026年8月15日" in resolution.reason
    assert BY_CODE in resolution.reason


def test_an_article_changed_by_an_amendment_names_the_amending_provision(resolver: Resolver) -> None:
    resolution = resolve(resolver, "示范刑法第一条")
    assert resolution.successor == "《示范刑法修正案（二）》条目一"
    assert resolution.earlier
    assert resolution.earlier.text == "改前。"
    assert resolution.current is None


def test_amendments_are_cited_by_article_though_printed_by_entry(resolver: Resolver) -> None:
    resolution = resolve(resolver, "示范刑法修正案（二）第二条")
    assert (resolution.state, resolution.text) == (State.IN_FORCE, "施行。")
    assert format_citation(resolution.citation) == "《示范刑法修正案（二）》条目二"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("示范法第五条", "该法共4条，没有第五条。"),
        ("示范法典第二条", "该法共6条，没有第二条。"),
        ("示范法第二条第三款", "第二条共2款，没有第三款。"),
        ("示范法第二条第一款第一项", "第二条第一款没有列项。"),
        ("示范法第三条第一款第三项", "第三条第一款共2项，没有第三项。"),
        ("示范法第三条第一款第一项第一目", "第三条第一款第一项没有列目。"),
        ("示范法第三条第二项", "第三条的第一款、第二款都列有项，请写明是哪一款。"),
        ("某某法第一条", "语料中没有《某某法》。"),
        ("物业条例第一条", "语料中没有《物业管理条例》。"),
        ("示范法典第五条", "来源缺失第五条，该条不能引用。"),
    ],
)
def test_reasons_say_what_there_is_instead(resolver: Resolver, text: str, reason: str) -> None:
    assert resolve(resolver, text).reason == reason


def test_an_ambiguous_item_lists_the_candidates(resolver: Resolver) -> None:
    candidates = resolve(resolver, "示范法第三条第三项").candidates
    assert [format_citation(c) for c in candidates] == ["《示范法》第三条第二款第三项"]
    assert len(resolve(resolver, "示范法第三条第一项").candidates) == 2


def test_an_ambiguous_name_lists_the_candidates(resolver: Resolver) -> None:
    candidates = [format_citation(c) for c in resolve(resolver, "诉讼法第五条").candidates]
    assert candidates == [f"《中华人民共和国{name}诉讼法》第五条" for name in ("行政", "民事", "刑事")]


def test_a_similar_title_is_offered_but_not_taken(resolver: Resolver) -> None:
    resolution = resolve(resolver, "示范市场发展法第一条")
    assert resolution.state is State.NOT_IN_CORPUS
    assert "未据以作答" in resolution.note


# ---- several citations in one text -------------------------------------------------------------------------


def cited(resolver: Resolver, text: str, context: str | None = None) -> list[tuple[str, State]]:
    result = resolver.cite(text, as_of=TODAY, today=TODAY, context_document_id=context)
    return [(format_citation(r.citation), r.state) for r in result.resolutions]


def test_a_list_is_resolved_member_by_member(resolver: Resolver) -> None:
    assert cited(resolver, "示范法第一条、第九条和示范水法第一条") == [
        ("《示范法》第一条", State.IN_FORCE),
        ("《示范法》第九条", State.NO_SUCH_ARTICLE),
        ("《示范水法》第一条", State.REPEALED),
    ]


def test_a_range_takes_in_the_inserted_articles_of_the_law(resolver: Resolver) -> None:
    assert [c for c, _ in cited(resolver, "示范法第二条至第四条")] == [
        f"《示范法》{label}" for label in ("第二条", "第三条", "第三条之一", "第四条")
    ]


def test_this_law_is_the_law_named_before_and_the_note_says_so(resolver: Resolver) -> None:
    (_, _), (_, (second,)) = resolver.cite(
        "依据《示范法》第一条。该法第二条另有规定。", as_of=TODAY, today=TODAY
    ).resolved
    assert format_citation(second.citation) == "《示范法》第二条"
    assert second.note == "“该法第二条”按上文“示范法”理解。"


def test_an_article_without_law_goes_on_only_in_the_same_sentence(resolver: Resolver) -> None:
    assert cited(resolver, "依据《示范法》第一条，并违反第二条。又违反第四条。") == [
        ("《示范法》第一条", State.IN_FORCE),
        ("《示范法》第二条", State.IN_FORCE),
        ("第四条", State.AMBIGUOUS),
    ]


@pytest.mark.parametrize("other", ["市局文件", "国发〔2021〕5号", "总局令第2号", "车间守则牌子"])
def test_an_article_of_some_other_text_is_not_given_to_the_law_named_before(resolver: Resolver, other: str) -> None:
    assert cited(resolver, f"依据示范法第一条，参照{other}第二条")[1] == ("第二条", State.AMBIGUOUS)


def test_inside_a_document_articles_belong_to_it(resolver: Resolver) -> None:
    assert cited(resolver, "违反本法第一条、第三十条，第四条除外", context="kept") == [
        ("《示范法》第一条", State.IN_FORCE),
        ("《示范法》第三十条", State.NO_SUCH_ARTICLE),
        ("《示范法》第四条", State.IN_FORCE),
    ]


def test_a_law_named_without_article_is_cited_as_a_whole(resolver: Resolver) -> None:
    assert cited(resolver, "按示范水法怎么处理") == [("《示范水法》", State.REPEALED)]


def test_a_name_defined_in_the_text_is_read_so(resolver: Resolver) -> None:
    text = "《示范水法》（以下简称《水法》）规定，依照《水法》第一条处罚"
    assert cited(resolver, text)[1] == ("《示范水法》第一条", State.REPEALED)


def test_another_edition_than_that_of_the_day_is_told(resolver: Resolver) -> None:
    assert "引用注明2015年文本" in resolve(resolver, "示范市场法（2015年制定）第一条").note
    assert resolve(resolver, "示范市场法（2024年修订）第一条").note == ""


def test_text_without_citations_gives_nothing(resolver: Resolver) -> None:
    assert resolver.cite("明天会不会下暴雨？", as_of=TODAY, today=TODAY).resolved == ()


def test_candidates_of_documents_with_one_title(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = CorpusStore.open(f"sqlite:///{tmp_path_factory.mktemp('twins') / 'corpus.db'}")
    for document_id in ("甲", "乙"):
        v = version(f"{document_id}-1", "2020-01-01", day("2020-06-01"))
        store.save(
            DocumentRecord(document(document_id, "示范条例"), [VersionText(v, "", texts(v.id, {"第一条": "x"}), [])])
        )
    twins = Resolver(store, NameTable.from_documents(store.documents()))
    resolution = resolve(twins, "示范条例第一条")
    store.close()
    assert resolution.state is State.AMBIGUOUS
    assert resolution.text is None
