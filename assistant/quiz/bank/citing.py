"""Citations written in words, bound to the provisions they mean (依据解析)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence

from assistant.quiz.bank.shelf import Shelf
from assistant.quiz.contract import ItemCitation
from assistant.quiz.material import SourceText, cite
from corpus.citations import Resolution
from corpus.errors import InvalidInput
from corpus.structure import span_of
from corpus.vocabulary import STATE_ZH, WHOLE_ARTICLE, Provision, ProvisionPath, State

MOST_CITATIONS = 12

_IN_FORCE = (State.IN_FORCE, State.AMENDED)
_MATERIAL = re.compile(r"《(?P<title>.+)》(?P<label>[^《》]+)")


def bound(
    shelf: Shelf, cites: Sequence[str], day: dt.date, regions: Collection[str], known: Sequence[ItemCitation] = ()
) -> list[ItemCitation]:
    """What the words cite on a day. ``known`` citations keep their quotation where the same provision is cited.

    Raises InvalidInput naming every one that means no provision in force.
    """
    found: list[ItemCitation] = []
    faults: list[str] = []
    for words in cites:
        try:
            found += _of_words(shelf, words.strip(), day, regions, known)
        except InvalidInput as error:
            faults.append(f"“{words}”：{error.what}")
    if faults:
        raise InvalidInput(
            "依据核对不上：" + "".join(faults),
            where="/cites",
            remedy="请写成“《行政处罚法》第三十三条第一款”的样子，并核对条号。",
        )
    return list({(c.provision_id, c.span): c for c in found}.values())


def resolvable(
    shelf: Shelf, cites: Sequence[str], day: dt.date, regions: Collection[str]
) -> tuple[list[ItemCitation], list[str]]:
    """What of the words can be bound, and those that cannot."""
    found: list[ItemCitation] = []
    missing: list[str] = []
    for words in cites:
        try:
            found += bound(shelf, [words], day, regions)
        except InvalidInput:
            missing.append(words)
    return list({(c.provision_id, c.span): c for c in found}.values()), missing


def found_in(shelf: Shelf, text: str, day: dt.date, regions: Collection[str]) -> list[ItemCitation]:
    """The provisions in force that a text cites, as an explanation does; what cannot be told is left out."""
    if not text.strip():
        return []
    found = []
    for resolution in shelf.resolver.cite(text, as_of=day, today=shelf.shelves.today(), regions=regions).resolutions:
        try:
            found.append(_of_law(shelf, resolution, day))
        except InvalidInput:
            continue
    return list({(c.provision_id, c.span): c for c in found}.values())[:MOST_CITATIONS]


def _of_words(
    shelf: Shelf, words: str, day: dt.date, regions: Collection[str], known: Sequence[ItemCitation]
) -> list[ItemCitation]:
    for citation in known:
        if words == citation.citation and (kept := _known(shelf, citation, day)) is not None:
            return [kept]
    if (material := _of_material(shelf, words, day)) is not None:
        return [material]
    resolved = shelf.resolver.cite(words, as_of=day, today=shelf.shelves.today(), regions=regions).resolutions
    if not resolved:
        raise InvalidInput("没有读出法律名称和条号。")
    return [_of_law(shelf, resolution, day) for resolution in resolved]


def _of_law(shelf: Shelf, resolution: Resolution, day: dt.date) -> ItemCitation:
    provision, version = resolution.provision, resolution.version
    if resolution.state not in _IN_FORCE:
        raise InvalidInput(f"{STATE_ZH[resolution.state]}。{resolution.reason}")
    if provision is None or version is None:
        raise InvalidInput("请写明是哪一条。")
    text = shelf.shelves.text(version.document_id, day)
    if text is None or text.version.id != version.id:
        raise InvalidInput("当日没有施行的文本。")
    return _citation(text, provision, resolution.citation.path)


def _citation(text: SourceText, provision: Provision, path: ProvisionPath) -> ItemCitation:
    start, end = span_of(provision.text, path) or (0, len(provision.text))
    return cite(text, provision, start, end, path)


def _known(shelf: Shelf, citation: ItemCitation, day: dt.date) -> ItemCitation | None:
    """A citation the item had before, where its words still stand in the text of the day."""
    text = shelf.shelves.text(citation.document_id, day)
    place = citation.provision_id.partition("/")[2]
    provision = next((p for p in text.provisions if p.id.partition("/")[2] == place), None) if text else None
    if text is None or provision is None:
        return None
    start = provision.text.find(citation.quotation)
    if start < 0:
        return None
    fresh = cite(text, provision, start, start + len(citation.quotation))
    return fresh.model_copy(update={"citation": citation.citation})


def _of_material(shelf: Shelf, words: str, day: dt.date) -> ItemCitation | None:
    """A row or section of a benchmark, a list or a case: 《…裁量基准》序号12."""
    match = _MATERIAL.fullmatch(words)
    if match is None:
        return None
    title = match["title"].replace("〈", "《").replace("〉", "》")
    for document in shelf.shelves.catalogue.material_titled(title):
        text = shelf.shelves.text(document.id, day)
        for provision in text.provisions if text else ():
            if provision.label == match["label"] and text is not None:
                return _citation(text, provision, WHOLE_ARTICLE)
    return None
