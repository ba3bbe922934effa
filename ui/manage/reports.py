"""What an upload is and does, as HTML (试算报告): files with their texts, doubts and effects."""

from __future__ import annotations

from assistant.uploads.contract import (
    UPLOAD_STATE_ZH,
    CheckedFile,
    CheckedText,
    ReceivedFile,
    Remark,
    Upload,
    UploadState,
    outcome_words,
)
from corpus.clock import local
from corpus.readers import Readers
from corpus.vocabulary import KIND_ZH, DateBasis, Shelf
from ingest.loading.report import CHANGE_ZH, OUTCOME_ZH, Change, Outcome
from ui.markup import badge, block, element, tag, text
from ui.words import Badge

TONES: dict[UploadState, str] = {
    UploadState.CHECKED: "changed",
    UploadState.STORED: "good",
    UploadState.FAILED: "bad",
    UploadState.DISCARDED: "missing",
}
_OUTCOME_TONES = {
    Outcome.PARSED: "good",
    Outcome.UNCHANGED: "good",
    Outcome.NEEDS_REVIEW: "changed",
    Outcome.FAILED: "bad",
    Outcome.NOTHING_TO_CITE: "missing",
}
_OUTCOMES = {**OUTCOME_ZH, Outcome.PARSED: "可以入库", Outcome.NEEDS_REVIEW: "可以入库，需核对"}
_RECORDS = {"standards": "裁量标准 {} 项", "items": "清单条目 {} 项", "rules": "裁量适用规则"}
_REMARKS_SHOWN = 8


def state_badge(upload: Upload) -> str:
    return badge(Badge(UPLOAD_STATE_ZH[upload.state], TONES.get(upload.state, "changed")))


def upload_html(upload: Upload) -> str:
    """An upload in a few lines: what it holds, its state, who may read it."""
    names = [f.name for f in upload.files if f.refused is None]
    title = "、".join(names[:3]) + (f" 等 {len(names)} 个文件" if len(names) > 3 else "")
    readers = Readers(frozenset(upload.departments), frozenset(upload.regions))
    facts = [f"{local(upload.created_at):%Y-%m-%d %H:%M}", upload.person]
    facts += [f"缺省地区：{upload.region}"] if upload.region else []
    facts += [f"只限{readers}"] if not readers.everyone else []
    counts = "，".join(f"{_OUTCOMES[outcome]} {count}" for outcome, count in outcome_words(upload.checked).items())
    return block(
        element("div", text(title), "ea-title"),
        element("div", state_badge(upload) + "".join(tag(fact) for fact in facts), "ea-tags"),
        element("p", text("；".join(filter(None, (counts, upload.message)))), "ea-quiet"),
        css="ea-card",
    )


def refused_html(files: list[ReceivedFile]) -> str:
    """The files that were not taken, each with the reason."""
    refused = [f for f in files if f.refused is not None]
    if not refused:
        return ""
    lines = "".join(
        element("li", element("b", text(f.name)) + text(f"：{f.refused.message}{f.refused.remedy}"))
        for f in refused
        if f.refused
    )
    return block(
        element("div", f"有 {len(refused)} 个文件没有收下", "ea-notice-title"),
        element("ul", lines),
        css="ea-notice ea-problem",
    )


def differences_html(upload: Upload) -> str:
    """What the last dry run shows otherwise than the one before."""
    if not upload.differences:
        return ""
    lines = "".join(element("li", text(line)) for line in upload.differences)
    return block(element("div", "与上一次试算的不同", "ea-notice-title"), element("ul", lines), css="ea-notice ea-wait")


def file_title(file: CheckedFile) -> str:
    """The line of a file: what came out, its name, its size."""
    pages = f"，{file.pages} 页" if file.pages else ""
    outcome = "已排除" if file.excluded else _OUTCOMES[file.outcome]
    return f"{outcome}｜{file.name}（{size_words(file.size)}{pages}）"


def file_html(file: CheckedFile) -> str:
    """A file with its texts and remarks."""
    shown = badge(Badge(_OUTCOMES[file.outcome], _OUTCOME_TONES.get(file.outcome, "changed")))
    format_ = tag(file.format.upper()) if file.format else ""
    return block(
        element("div", shown + format_, "ea-tags"),
        "".join(text_html(t) for t in file.texts),
        remarks_html("需要核对或不能读取的地方" if file.texts else "原因", file.troubles, file.name),
        remarks_html("读取说明", file.notes, file.name, quiet=True),
    )


def text_html(held: CheckedText) -> str:
    """One text: what it is, from when it applies, what it holds, what it changes."""
    tone = "changed" if held.change is Change.NEW_VERSION else "good"
    tags = [badge(Badge(CHANGE_ZH[held.change], tone))]
    tags.append(tag(held.level if held.shelf is Shelf.LAW else KIND_ZH[held.kind]))
    tags.append(tag(held.region))
    dates = [f"公布：{held.published.isoformat() if held.published else '文件未写明'}"]
    if held.shelf is Shelf.LAW or held.effective_from:
        dates.append(f"施行：{_effective(held)}")
    counts = [f"可引用 {held.provisions} {'条' if held.shelf is Shelf.LAW else '条（行）'}"]
    counts += [words.format(held.records[kind]) for kind, words in _RECORDS.items() if held.records.get(kind)]
    effects = "".join(element("li", text(effect)) for effect in held.effects)
    return element(
        "div",
        element("div", text(f"《{held.title}》"), "ea-title")
        + element("div", "".join(tags), "ea-tags")
        + element("div", text("；".join([*dates, *counts])), "ea-quiet")
        + (element("ul", effects) if effects else ""),
        "ea-version",
    )


def remarks_html(title: str, remarks: list[Remark], name: str, *, quiet: bool = False) -> str:
    """Remarks as a list; after the first ones, how many more."""
    if not remarks:
        return ""
    lines = [element("li", text(_remark_words(r, name))) for r in remarks[:_REMARKS_SHOWN]]
    if len(remarks) > _REMARKS_SHOWN:
        lines.append(element("li", f"另有 {len(remarks) - _REMARKS_SHOWN} 处，入库后在“待核对”中逐条列出。"))
    return element("div", element("div", text(title), "ea-lead") + element("ul", "".join(lines)), "ea-quiet" * quiet)


def size_words(size: int) -> str:
    """A size for people: 512 B, 43 KB, 1.4 MB."""
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.0f} KB" if size < 1024**2 else f"{size / 1024**2:.1f} MB"


def _remark_words(remark: Remark, name: str) -> str:
    place = f"{remark.place}：" if remark.place and remark.place != name else ""
    if place and remark.place in remark.message:
        place = ""
    return f"{place}{remark.message}{remark.remedy}"


def _effective(held: CheckedText) -> str:
    if held.effective_from is None:
        return "本文未写明，入库时与其他文件对照推定"
    sure = held.effective_basis is DateBasis.OWN_TEXT
    return held.effective_from.isoformat() + ("" if sure else "（推定）")
