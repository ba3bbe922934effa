"""Sections of a case (案例的栏目): 基本案情, 裁判结果, 典型意义 … in the ways in which they are printed.

A section's name stands as a heading, in 【】, with a number before it, with a colon after it, or alone on its line.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from ingest.parsers.wording import plain, without_emphasis
from ingest.readers.model import Paragraph


class SectionKind(StrEnum):
    """What a section of a case tells (栏目性质)."""

    FACTS = "facts"  # 基本案情
    CLAIMS = "claims"  # 申请人请求
    INQUIRY = "inquiry"  # 调查处理
    RESULT = "result"  # 处理结果
    GIST = "gist"  # 裁判要点、关键词
    REASONS = "reasons"  # 裁判理由
    SIGNIFICANCE = "significance"  # 典型意义
    BASIS = "basis"  # 相关法条
    OTHER = "other"  # a heading of the case's own


_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、．.])\s*"
)
_BRACKETED = re.compile(r"^[【〔\[](?P<name>[^】〕\]]{2,14})[】〕\]][:：]?\s*(?P<rest>.*)$", re.DOTALL)
_COLON = re.compile(r"^(?P<name>[^\s:：，。]{2,12})[:：]\s*(?P<rest>.*)$", re.DOTALL)
_LONGEST_OWN_NAME = 16  # 关于本案应当适用哪一条


@dataclass(frozen=True, slots=True)
class SectionHead:
    """The head of a section: its name as printed, what it tells, and the words that follow on the same line."""

    name: str
    kind: SectionKind
    rest: str = ""


def section_head(paragraph: Paragraph) -> SectionHead | None:
    """The section that a paragraph opens, None for running text and for the names of cases.

    Unknown names count where the print leaves no doubt: in 【】, or as a short heading below the first level.
    """
    text = without_emphasis(paragraph.text)
    if bracketed := _BRACKETED.match(text):
        name = bracketed["name"].strip()
        return SectionHead(name, kind_of(name) or SectionKind.OTHER, bracketed["rest"].strip())
    bare = _NUMBER.sub("", text).strip()
    if kind := kind_of(bare.rstrip("：:")):
        return SectionHead(bare.rstrip("：:").strip(), kind)
    colon = _COLON.match(bare)
    if colon and (kind := kind_of(colon["name"])):
        return SectionHead(colon["name"], kind, colon["rest"].strip())
    return _own_heading(paragraph, bare)


def _own_heading(paragraph: Paragraph, words: str) -> SectionHead | None:
    short = 2 <= len(words) <= _LONGEST_OWN_NAME and not words.endswith(("案", "。", "；"))
    if paragraph.level is None or paragraph.level < 2 or paragraph.title or not short:
        return None
    return None if re.match(r"(?:典型)?案例|指导", words) else SectionHead(words, SectionKind.OTHER)


def kind_of(name: str) -> SectionKind | None:
    """What a section of this name tells; None where the name is not one of the known ones."""
    return _kinds().get(plain(name))


@cache
def _kinds() -> dict[str, SectionKind]:
    """Name → kind, from the table shipped with the package."""
    table = tomllib.loads(files("ingest.parsers").joinpath("case_sections.toml").read_text(encoding="utf-8"))
    return {name: SectionKind(kind) for kind, names in table.items() for name in names}
