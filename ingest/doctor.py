"""The doctor (体检): what in the store a person should know before quoting from it, each with a remedy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.store import CorpusStore
from corpus.store.soundness import astray_passages, unfindable_provisions
from corpus.store.sources import FileState, SourceFile, SourceFiles
from corpus.validity.wording import format_title
from corpus.vocabulary import DateBasis, Document, Finding, FindingKind, Severity, Shelf, SourceStatus, Version

SAMPLES = 5

_LOAD = "请运行 eassistant load national-laws 或 eassistant ingest。"
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
    FindingKind.TRUNCATED: "文本到中途为止，其后的条文不能引用",
    FindingKind.TEXT_DIFFERS: "同一文本的两个来源文字不一",
    FindingKind.NEEDS_REVIEW: "已读出，但不完全有把握，需对照原件",
    FindingKind.OCR_TEXT: "识别自图像，引用前需对照原件",
    FindingKind.UNDATED: "来源没有日期",
    FindingKind.UNKNOWN_PROVISION: "所引条款未能对应到所收文本",
    FindingKind.OLDER_THAN_LAW: "所解释的法律其后已修改或者废止",
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
    """All checks, the most serious first: files, faults of the sources by kind, dates, doubles, passages, ``extra``.

    Texts whose files are gone are history and not examined.
    """
    documents = {d.id: d for d in store.documents()}
    versions = [v for v in store.versions() if v.retired is None]
    held = {v.id: v for v in versions}
    served = [v for v in versions if not v.withheld and documents[v.document_id].kind.shelf is Shelf.LAW]
    checks = [
        _loaded(store),
        *_files(SourceFiles(store).all()),
        *_source_faults([f for f in store.findings() if f.version_id in held], held),
        _commencement_unknown(documents, served),
        _end_unknown(documents, served),
        _same_title(documents.values()),
        *_passages(store),
        *(check(store) for check in extra),
    ]
    return sorted(checks, key=lambda c: _ORDER.index(c.severity))


def _check(
    name: str, severity: Severity, message: str, places: Sequence[str], remedy: str = "", more: str = ""
) -> Check:
    """A check that passes where there are no ``places``; ``more`` is added to their number."""
    if not places:
        return Check(name, Severity.INFO, f"未发现：{message}。")
    told = f"{message}（{len(places)} 处{more}）。"
    return Check(name, severity, told, remedy, len(places), tuple(places[:SAMPLES]))


def _loaded(store: CorpusStore) -> Check:
    counts = store.counts()
    if not counts["documents"]:
        return Check("store.empty", Severity.ERROR, "语料库是空的。", _LOAD)
    message = f"语料库有文件 {counts['documents']} 件、文本 {counts['versions']} 份、条文 {counts['provisions']} 条。"
    return Check("store.empty", Severity.INFO, message)


def _files(files: Sequence[SourceFile]) -> list[Check]:
    """Ingested files that gave nothing, or not with certainty; () where none was ever ingested."""
    if not files:
        return []
    failed = [f for f in files if f.state is FileState.FAILED]
    doubtful = [f for f in files if f.state is FileState.NEEDS_REVIEW]
    return [
        _check(
            "files.failed",
            Severity.WARNING,
            "文件未能读取",
            [_failure(f) for f in failed],
            "请按每个文件的提示处理后再次运行 eassistant ingest；逐件的原因见导入报告。",
        ),
        _check(
            "files.needs_review",
            Severity.WARNING,
            "文件已读取，但需对照原件复核",
            [f.path for f in doubtful],
            "eassistant corpus show 列出每件文件的具体缺陷。",
        ),
    ]


def _failure(file: SourceFile) -> str:
    failure = file.report.get("failure")
    what = failure.get("what", "") if isinstance(failure, dict) else str(failure or "")
    return f"{file.path}：{what}" if what else file.path


def _source_faults(findings: Sequence[Finding], held: Mapping[str, Version]) -> list[Check]:
    """One check per kind of fault: how many, in how many documents, and samples from different documents."""
    by_kind: dict[FindingKind, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_kind[finding.kind].append(finding)
    checks = []
    for kind, found in by_kind.items():
        found.sort(key=lambda f: _ORDER.index(f.severity))
        severity = found[0].severity
        remedy = Counter(f.remedy for f in found if f.severity is severity).most_common(1)[0][0]
        first = {held[f.version_id].document_id: f for f in reversed(found)}
        apart = sorted(first.values(), key=lambda f: _ORDER.index(f.severity))
        chosen = [*apart, *(f for f in found if first[held[f.version_id].document_id] is not f)]
        places = [f"{f.where}：{f.message}" for f in chosen]
        more = f"，涉及 {len(first)} 件文件" if len(found) > 1 else ""
        checks.append(_check(f"source.{kind}", severity, _FAULTS[kind], places, remedy, more))
    return checks


def _commencement_unknown(documents: Mapping[str, Document], versions: Sequence[Version]) -> Check:
    unknown = [v for v in versions if v.validity.commencement.basis in _OPEN]
    return _check(
        "validity.commencement_unknown",
        Severity.WARNING,
        "文本的施行日期不能从语料中确定",
        _titles(documents, unknown),
        "引用前请查官方文本的施行日期。",
    )


def _end_unknown(documents: Mapping[str, Document], versions: Sequence[Version]) -> Check:
    over = (SourceStatus.REPEALED, SourceStatus.SUPERSEDED)
    unknown = [v for v in versions if v.validity.source_status in over and v.validity.end.basis in _OPEN]
    return _check(
        "validity.end_unknown",
        Severity.WARNING,
        "文本已失效，但何日失效不能从语料中确定",
        _titles(documents, unknown),
        "按行为时的法律处理时，请查官方文本的失效日期。",
    )


def _same_title(documents: Iterable[Document]) -> Check:
    """Titles that two documents of one place bear; those of different places are told apart by the region."""
    titles = Counter((d.title, d.region) for d in documents)
    doubles = [f"{format_title(title)}（{region}）" for (title, region), count in titles.items() if count > 1]
    return _check(
        "documents.same_title",
        Severity.WARNING,
        "不同文件同名，按名称引用时不能确定指哪一件",
        doubles,
        "引用时请写明制定机关或公布日期。",
    )


def _passages(store: CorpusStore) -> list[Check]:
    """Every passage must lie inside its provision, and every provision with words must have one."""
    again = f"{_LOAD}如仍如此，请重建语料库。"
    return [
        _check("passages.astray", Severity.ERROR, "检索片段不在其条文之内", astray_passages(store), again),
        _check("passages.missing", Severity.ERROR, "条文没有检索片段，检索不到", unfindable_provisions(store), again),
    ]


def _titles(documents: Mapping[str, Document], versions: Iterable[Version]) -> list[str]:
    def place(version: Version) -> str:
        return f"{format_title(documents[version.document_id].title)}（{version.validity.published or '公布日期不详'}）"

    return [place(v) for v in versions]
