"""The report of a run as a Markdown page (导入报告), for people: what needs them first, then the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.vocabulary import KIND_ZH, DocumentKind
from ingest.loading.report import CHANGE_ZH, OUTCOME_ZH, Change, FileLine, IngestReport, Outcome, Trouble

_TOTALS_ZH = {"format": "格式（文件）", "shelf": "书架（文本）", "kind": "种类（文本）", "region": "地区（文本）"}
_LISTED_CHANGES = (Change.NEW_VERSION, Change.SAME_TEXT, Change.NEW_DOCUMENT)


def report_page(report: IngestReport) -> str:
    """The whole report; every file that fails, needs review, is gone or gives nothing to cite is named with why."""
    return "\n".join(_lines(report)) + "\n"


def summary(report: IngestReport) -> str:
    """One line: how many files had which outcome."""
    counts = "，".join(f"{OUTCOME_ZH[o]} {n}" for o, n in report.counts().items() if n)
    texts = [t for f in report.files for t in f.texts]
    provisions = sum(t.provisions for t in texts)
    read = f"；文本 {len(texts)} 份，条文和条目 {provisions} 条" if texts else ""
    return f"文件 {len(report.files)} 个：{counts or '无'}{read}。"


def _lines(report: IngestReport) -> Iterator[str]:
    yield "# 导入报告" + ("（试算，未写入）" if report.dry_run else "")
    yield ""
    yield f"- 日期：{report.day}"
    yield f"- 路径：{'、'.join(report.paths)}"
    yield f"- 用时：{report.seconds:.1f} 秒"
    yield f"- {summary(report)}"
    if report.stopped:
        yield "- **中途停止**：已读的文件已入库，其余未读；再次运行即继续。"
    yield from _troubled("失败的文件", report, Outcome.FAILED)
    yield from _troubled("需复核的文件", report, Outcome.NEEDS_REVIEW)
    yield from _differences(report.merging.differences)
    yield from _changes(report)
    yield from _troubled("无可引用内容的文件", report, Outcome.NOTHING_TO_CITE)
    yield from _gone(report)
    yield from _totals(report)
    yield from _notes(report.files)


def _troubled(title: str, report: IngestReport, outcome: Outcome) -> Iterator[str]:
    files = [f for f in report.files if f.outcome is outcome]
    if not files:
        return
    yield from ("", f"## {title}（{len(files)}）", "", "| 文件 | 位置 | 原因 | 处理 |", "|---|---|---|---|")
    for file in files:
        for trouble in file.troubles or (Trouble("", "", ""),):
            place = "" if trouble.place in (file.name, file.path) else trouble.place
            yield f"| {_cell(file.name)} | {_cell(place)} | {_cell(trouble.message)} | {_cell(trouble.remedy)} |"


def _differences(differences: Sequence[Trouble]) -> Iterator[str]:
    if not differences:
        return
    yield from ("", f"## 不同来源文字不一（{len(differences)}）", "")
    yield from ("| 文件 | 差异 | 处理 |", "|---|---|---|")
    for d in differences:
        yield f"| {_cell(d.place)} | {_cell(d.message)} | {_cell(d.remedy)} |"


def _changes(report: IngestReport) -> Iterator[str]:
    texts = [(t, f) for f in report.files for t in f.texts if t.change in _LISTED_CHANGES]
    if not texts:
        return
    yield from ("", f"## 新增与变化（{len(texts)}）", "")
    yield from ("| 变化 | 文件名称 | 种类 | 地区 | 公布 | 条数 | 来源 |", "|---|---|---|---|---|---|---|")
    texts.sort(key=lambda pair: (_LISTED_CHANGES.index(pair[0].change), pair[0].region, pair[0].title))
    for t, f in texts:
        kind = KIND_ZH[DocumentKind(t.kind)]
        yield (
            f"| {CHANGE_ZH[t.change]} | {_cell(t.title)} | {kind} | {t.region} | {t.published or '未注明'} "
            f"| {t.provisions} | {_cell(f.name)} |"
        )
    merging = report.merging
    yield ""
    yield (
        f"与国家法律数据包文字相同、并为一份的 {len(merging.same_as_package)} 份；因同日另有文本而留存不采用的 "
        f"{len(merging.shadowed)} 份；因文件移除或更换而停用的 {len(merging.retired)} 份；恢复使用的 "
        f"{len(merging.returned)} 份。"
    )


def _gone(report: IngestReport) -> Iterator[str]:
    files = [f for f in report.files if f.outcome is Outcome.RETIRED]
    if files:
        yield from ("", f"## 已移除的文件（{len(files)}）", "")
        yield from (f"- {_cell(f.name)}" for f in files)


def _totals(report: IngestReport) -> Iterator[str]:
    totals = report.totals()
    for name, title in _TOTALS_ZH.items():
        if totals[name]:
            yield from ("", f"## 按{title}", "", "| 项 | 数 |", "|---|---|")
            for value, count in totals[name].items():
                yield f"| {KIND_ZH[DocumentKind(value)] if name == 'kind' else value} | {count} |"


def _notes(files: Sequence[FileLine]) -> Iterator[str]:
    noted = [f for f in files if f.notes]
    if not noted:
        return
    yield from ("", f"## 读取说明（{len(noted)} 个文件）", "")
    for file in noted:
        yield f"- {_cell(file.name)}"
        for note in file.notes:
            place = f"{note.place}：" if note.place else ""
            words = f"“{_cell(note.text)}”" if note.text else ""
            yield f"  - {place}{_cell(note.message)}{words}"


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")
