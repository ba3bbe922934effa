"""Files of items as the bank takes them in and gives them out (题库文件)."""

from __future__ import annotations

import datetime as dt

from assistant.quiz.contract import Format, ItemContent, WriteRequest

MEDIA: dict[Format, str] = {
    Format.MOODLE_XML: "application/xml",
    Format.GIFT: "text/plain; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.TXT: "text/plain; charset=utf-8",
}
_ENDINGS: dict[Format, str] = {
    Format.MOODLE_XML: ".xml",
    Format.GIFT: ".gift",
    Format.XLSX: ".xlsx",
    Format.TXT: ".txt",
}


def file_name(form: Format, day: dt.date) -> str:
    """题库-2026-11-21.xlsx"""
    return f"题库-{day.isoformat()}{_ENDINGS[form]}"


def as_request(draft: ItemContent | WriteRequest) -> WriteRequest:
    """What a file says of an item, as if a person had written it; its citations in words."""
    if isinstance(draft, WriteRequest):
        return draft
    return WriteRequest(
        kind=draft.kind,
        form=draft.form,
        point=draft.point,
        stem=draft.stem,
        options=draft.options,
        key=draft.key,
        explanation=draft.explanation,
        cites=list(dict.fromkeys(c.citation for c in draft.citations)),
        difficulty=draft.difficulty,
        field=draft.tags.field[:60],
        more=[tag[:60] for tag in draft.tags.more if tag],
    )
