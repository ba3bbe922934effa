"""The doctor (体检): what in the store a person should know before quoting from it, each with a remedy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.store import CorpusStore
from corpus.vocabulary import DateBasis, Finding, FindingKind, Severity, SourceStatus, Version

SAMPLES = 5

_LOAD = "请运行 eassistant load national-laws。"
_OPEN = (DateBasis.UNKNOWN, DateBasis.NOT_BEFORE, DateBasis.NOT_AFTER)
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)

_FAULTS: dict[FindingKind, str] = {
    FindingKind.NUMBERING_GAP: "来源缺条，缺失的条文不能引用",
    FindingKind.FOREIGN_TAIL: "条文之末混有别条的残文，已移出",
    FindingKind.STRAY_HEADING: "编名印在前一条之末，已移到其后各条之上",
    FindingKind.BROKEN_LINE: "句中断行，已接上",
    FindingKind.STRAY_BLANK: "字间多余空格，已删去",
    FindingKind.EMBEDDED_ARTICLE: "条文之中另有条号，或所载是其他文件的条文",
    FindingKind.ANNEX_IN_ARTICLE: "附件印在条文之中，已单列",
    FindingKind.OVERLONG: "条文过长，可能混入了其他内容",
    FindingKind.DUPLICATE_LABEL: "同一文本中条号重复",
    FindingKind.NUMBER_COLLISION: "来源的数字条号不分“之一”，已按所印条号区分",
    FindingKind.DATE_CONFLICT: "来源标注的日期与正文不符",
    FindingKind.STATUS_CONFLICT: "来源标注的时效性与日期不符",
    FindingKind.TEXT_OUTDATED: "条文已被修改，语料中没有修改后的文本",
    FindingKind.EMPTY_TEXT: "条文没有文字",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check (检查项): a stable machine name, how serious, what was found in Chinese, and what to do.

    ``count`` 0 with severity INFO is a passed check; ``samples`` are at most five places.
    """

    name: str
    severity: Severity
    message: str
    remedy: str = ""
    count: int = 0
    samples: tuple[str, ...] = ()


ExtraCheck = Callable[[CorpusStore], Check]
"""A check that another package contributes, e.g. whether the vector index fits the store."""


def examine(store: CorpusStore, extra: Iterable[ExtraCheck] = ()) -> list[Check]:
    """All checks, the most serious first: faults of the sources by kind, dates, doubles, passages, then ``extra``."""
    versions = store.versions()
    checks = [
        _loaded(store),
        *_source_faults(store.findings()),
        _commencement_unknown(store, versions),
        _end_unknown(store, versions),
        _same_title(store),
        *_passages(store),
        *(check(store) for check in extra),
    ]
    return sorted(checks, key=lambda c: _ORDER.index(c.severity))


def _check(name: str, severity: Severity, message: str, places: Sequence[str], remedy: str = "") -> Check:
    """A check that passes where there are no ``places``."""
    if not places:
        return Check(name, Severity.INFO, f"未发现：{message}。")
    return Check(name, severity, f"{message}（{len(places)} 处）。", remedy, len(places), tuple(places[:SAMPLES]))


def _loaded(store: CorpusStore) -> Check:
    counts = store.counts()
    if not counts["documents"]:
        return Check("store.empty", Severity.ERROR, "语料库是空的。", _LOAD)
    message = f"语料库有文件 {counts['documents']} 件、文本 {counts['versions']} 份、条文 {counts['provisions']} 条。"
    return Check("store.empty", Severity.INFO, message)


def _source_faults(findings: Sequence[Finding]) -> list[Check]:
    by_kind: dict[FindingKind, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_kind[finding.kind].append(finding)
    checks = []
    for kind, found in by_kind.items():
        severity = min((f.severity for f in found), key=_ORDER.index)
        serious = [f for f in found if f.severity is severity]
        remedy = Counter(f.remedy for f in serious).most_common(1)[0][0]
        places = [f"{f.where}：{f.message}" for f in sorted(found, key=lambda f: _ORDER.index(f.severity))]
        checks.append(_check(f"source.{kind}", severity, _FAULTS[kind], places, remedy))
    return checks


def _commencement_unknown(store: CorpusStore, versions: Sequence[Version]) -> Check:
    unknown = [v for v in versions if v.validity.commencement.basis in _OPEN]
    return _check(
        "validity.commencement_unknown",
        Severity.WARNING,
        "文本的施行日期不能从语料中确定",
        _titles(store, unknown),
        "引用前请查官方文本的施行日期。",
    )


def _end_unknown(store: CorpusStore, versions: Sequence[Version]) -> Check:
    over = (SourceStatus.REPEALED, SourceStatus.SUPERSEDED)
    unknown = [v for v in versions if v.validity.source_status in over and v.validity.end.basis in _OPEN]
    return _check(
        "validity.end_unknown",
        Severity.WARNING,
        "文本已失效，但何日失效不能从语料中确定",
        _titles(store, unknown),
        "按行为时的法律处理时，请查官方文本的失效日期。",
    )


def _same_title(store: CorpusStore) -> Check:
    titles = Counter(d.title for d in store.documents())
    doubles = [f"《{title}》" for title, count in titles.items() if count > 1]
    return _check(
        "documents.same_title",
        Severity.WARNING,
        "不同文件同名，按名称引用时不能确定指哪一件",
        doubles,
        "引用时请写明制定机关或公布日期。",
    )


def _passages(store: CorpusStore) -> list[Check]:
    """Every passage must lie inside its provision, and every provision with words must have one."""
    lengths: dict[str, int] = {}
    wordless = set()
    for provision in store.all_provisions():
        lengths[provision.id] = len(provision.text)
        if not provision.text.strip():
            wordless.add(provision.id)
    seen = set()
    astray = []
    for passage, _ in store.passages():
        seen.add(passage.provision_id)
        if not 0 <= passage.start < passage.end <= lengths.get(passage.provision_id, -1):
            astray.append(passage.id)
    missing = [provision_id for provision_id in lengths if provision_id not in seen and provision_id not in wordless]
    return [
        _check("passages.astray", Severity.ERROR, "检索片段不在其条文之内", astray, f"{_LOAD}如仍如此，请重建语料库。"),
        _check("passages.missing", Severity.ERROR, "条文没有检索片段，检索不到", missing, _LOAD),
    ]


def _titles(store: CorpusStore, versions: Iterable[Version]) -> list[str]:
    titles = {d.id: d.title for d in store.documents()}
    return [f"《{titles[v.document_id]}》（{v.validity.published or '公布日期不详'}）" for v in versions]
