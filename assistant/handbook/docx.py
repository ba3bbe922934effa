"""A handbook as a Word file (执法手册): title page, contents, passages verbatim with their sources, list of sources.

The same input gives the same bytes: the days inside are the handbook's own, and the archive carries one fixed time.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from assistant.contract import ProvisionDetail
from assistant.handbook.contract import HandbookRequest, Heading, Passage
from assistant.word_document import HEI, KAI, LATIN, SONG, TEXT_WIDTH, add_field, new_document, write
from corpus.vocabulary import NATION, STATE_ZH, Shelf, State

_INDENT = Pt(24)  # two characters of 12 points
_GREY = RGBColor(0x55, 0x5B, 0x66)
_RED = RGBColor(0xB4, 0x23, 0x18)
_NOTE = "【编者说明，非条文】"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def write_handbook(request: HandbookRequest, provisions: Mapping[str, ProvisionDetail], as_of: dt.date) -> bytes:
    """The handbook as a .docx; ``provisions`` are those of its passages as they stand on the day."""
    document = new_document(12)
    _set_up(document, request, as_of)
    _title_page(document, request, as_of)
    _contents(document, request, provisions)
    _parts(document, request, provisions, as_of)
    _sources(document, request, provisions, as_of)
    out = io.BytesIO()
    document.save(out)
    return _with_fixed_times(out.getvalue())


def facts_of(detail: ProvisionDetail, as_of: dt.date) -> list[str]:
    """Rank, place, dates and state of a provision on the day, one fact each."""
    facts = [detail.weight if detail.shelf is not Shelf.LAW and detail.weight else detail.level.value]
    if detail.region != NATION:
        facts.append(detail.region)
    if detail.published:
        facts.append(f"{detail.published:%Y-%m-%d}公布")
    facts.append(f"{detail.effective_from:%Y-%m-%d}起施行" if detail.effective_from else "施行日期来源未载明")
    if detail.effective_until:
        facts.append(f"{detail.effective_until:%Y-%m-%d}起失效")
    facts.append(f"{as_of:%Y-%m-%d}{_state(detail)}")
    return facts


def _state(detail: ProvisionDetail) -> str:
    return "有效" if detail.status is State.IN_FORCE else f"：{STATE_ZH[detail.status]}"


# ---- parts -------------------------------------------------------------------------------------------------------


def _title_page(document: WordDocument, request: HandbookRequest, as_of: dt.date) -> None:
    for _ in range(7):
        document.add_paragraph()
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(title, request.title, size=28, font=HEI, bold=True)
    lines = ["执法手册", f"适用日期：{as_of:%Y年%-m月%-d日}"]
    lines += [f"编制：{request.unit}"] if request.unit else []
    for words in lines:
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_before = Pt(12)
        write(line, words, size=15)
    remark = document.add_paragraph()
    remark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    remark.paragraph_format.space_before = Pt(180)
    words = "条文逐字取自语料，状态以适用日期为准；标明“编者说明”的文字不是条文。引用前请核对原件。"
    write(remark, words, size=10.5, colour=_GREY)
    _break_page(document)


def _contents(document: WordDocument, request: HandbookRequest, provisions: Mapping[str, ProvisionDetail]) -> None:
    """Each entry leads to its place and tells its page; Word and LibreOffice fill in the pages."""
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(title, "目录", size=18, font=HEI, bold=True)
    for number, part in enumerate(request.parts):
        if isinstance(part, Heading):
            _entry(document, part.text, number, indent=0, bold=True)
        elif isinstance(part, Passage):
            _entry(document, provisions[part.provision_id].citation, number, indent=1)
    _entry(document, "资料来源", len(request.parts), indent=0, bold=True)
    _break_page(document)


def _entry(document: WordDocument, words: str, number: int, *, indent: int, bold: bool = False) -> None:
    line = document.add_paragraph()
    line.paragraph_format.left_indent = Pt(24 * indent)
    line.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _anchor(number))
    line._p.append(link)
    write(line, f"{words}\t", bold=bold, font=HEI if bold else SONG)
    add_field(line, f"PAGEREF {_anchor(number)} \\h")
    for run in line.runs:
        link.append(run._r)


def _parts(
    document: WordDocument, request: HandbookRequest, provisions: Mapping[str, ProvisionDetail], as_of: dt.date
) -> None:
    for number, part in enumerate(request.parts):
        if isinstance(part, Heading):
            heading = document.add_paragraph(style="Heading 1")
            _mark(heading, number)
            write(heading, part.text, size=16, font=HEI, bold=True)
        elif isinstance(part, Passage):
            _passage(document, provisions[part.provision_id], number, as_of)
        else:
            for line in part.text.split("\n"):
                paragraph = document.add_paragraph()
                paragraph.paragraph_format.left_indent = _INDENT
                write(paragraph, f"{_NOTE}{line}", size=11, font=KAI, colour=_GREY)


def _passage(document: WordDocument, detail: ProvisionDetail, number: int, as_of: dt.date) -> None:
    heading = document.add_paragraph(style="Heading 2")
    _mark(heading, number)
    write(heading, detail.citation, size=13, font=HEI, bold=True)
    facts = document.add_paragraph()
    facts.paragraph_format.keep_with_next = True
    write(facts, " · ".join(facts_of(detail, as_of)), size=10.5, colour=_GREY)
    remarks = [] if detail.status is State.IN_FORCE else [detail.note or STATE_ZH[detail.status]]
    for words in (*remarks, *detail.warnings):
        remark = document.add_paragraph()
        remark.paragraph_format.keep_with_next = True
        write(remark, f"注意：{words}", size=10.5, bold=True, colour=_RED)
    for words in detail.text.split("\n"):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = _INDENT
        write(paragraph, words)
    if detail.place:
        place = document.add_paragraph()
        place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write(place, f"（{detail.place}）", size=10.5, colour=_GREY)


def _sources(
    document: WordDocument, request: HandbookRequest, provisions: Mapping[str, ProvisionDetail], as_of: dt.date
) -> None:
    """Every text quoted from, once, with the articles taken from it."""
    _break_page(document)
    heading = document.add_paragraph(style="Heading 1")
    _mark(heading, len(request.parts))
    write(heading, "资料来源", size=16, font=HEI, bold=True)
    used = [provisions[p.provision_id] for p in request.parts if isinstance(p, Passage)]
    texts: dict[str, list[ProvisionDetail]] = {}
    for detail in used:
        texts.setdefault(detail.version_id, []).append(detail)
    for number, details in enumerate(texts.values(), 1):
        articles = "、".join(dict.fromkeys(d.article for d in details))
        facts = "，".join(facts_of(details[0], as_of))
        paragraph = document.add_paragraph()
        write(paragraph, f"{number}. 《{details[0].law.strip('《》')}》（{facts}）：{articles}。文本编号 ", size=11)
        write(paragraph, f"{details[0].version_id}。", size=11)


# ---- look --------------------------------------------------------------------------------------------------------


def _set_up(document: WordDocument, request: HandbookRequest, as_of: dt.date) -> None:
    document.sections[0].different_first_page_header_footer = True
    for name, size in (("Heading 1", 16), ("Heading 2", 13)):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.size = LATIN, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), HEI)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(4)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = request.title, request.unit, request.unit
    properties.created = properties.modified = dt.datetime.combine(as_of, dt.time())


def _anchor(number: int) -> str:
    return f"part{number}"


def _mark(paragraph: Paragraph, number: int) -> None:
    """A bookmark at the head of the paragraph, for the contents."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _anchor(number))
    end.set(qn("w:id"), str(number))
    paragraph._p.append(start)
    paragraph._p.append(end)


def _break_page(document: WordDocument) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _with_fixed_times(written: bytes) -> bytes:
    """The same archive, its members dated alike."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _FIXED_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return out.getvalue()
