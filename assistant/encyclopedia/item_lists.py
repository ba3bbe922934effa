"""Items of a list that the corpus holds (执法事项清单、权责清单): rows matched to acts that the law punishes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.encyclopedia.contract import ItemSource
from assistant.encyclopedia.items import ReadItem
from assistant.encyclopedia.records import Place
from corpus.vocabulary import WHOLE_ARTICLE, Document, Provision, ProvisionPath

_TITLE = ("执法事项名称", "事项名称", "行政处罚事项", "违法行为", "权力事项名称", "职权名称", "项目名称", "事项")
_BASIS = ("实施依据", "设定依据", "处罚依据", "法律依据", "法定依据", "依据")
_CODE = ("事项编码", "项目编码", "职权编码", "编码")
_FIELD = ("执法领域", "领域", "执法类别", "部门")

ReadPlaces = Callable[[str, str], Sequence[tuple[Place, ProvisionPath]]]


def list_items(
    document: Document,
    rows: Sequence[Provision],
    read_places: ReadPlaces,
    by_place: Mapping[Place, Sequence[ReadItem]],
) -> Iterator[ReadItem]:
    """The items of a list, each with the punished act that its basis names, where the law read has it."""
    for row in rows:
        cells = dict(row.fields)
        title = _cell(cells, _TITLE)
        if not title:
            continue
        places = read_places(_cell(cells, _BASIS), document.region)
        matched = _matched(title, places, by_place)
        law = matched.document if matched else document
        yield ReadItem(
            id=_row_id(document.id, _cell(cells, _CODE), title),
            title=title,
            source=ItemSource.LIST,
            document=law,
            penalty=matched.penalty if matched else _cell(cells, _BASIS),
            provision=matched.provision if matched else None,
            field=_cell(cells, _FIELD) or (matched.field if matched else ""),
            region=document.region,
            sanctions=matched.sanctions if matched else (),
            act=matched.act if matched else None,
            row=row,
            list_document=document,
            path=matched.path if matched else WHOLE_ARTICLE,
        )


def _matched(
    title: str, places: Sequence[tuple[Place, ProvisionPath]], by_place: Mapping[Place, Sequence[ReadItem]]
) -> ReadItem | None:
    """The act of the law that a row is about: that of the 款、项 cited, else the one whose words are most alike."""
    candidates: list[ReadItem] = []
    for place, path in places:
        here = by_place.get(place, ())
        exact = [i for i in here if path.item is not None and i.path.item == path.item and _paragraph(i, path)]
        candidates += exact or [i for i in here if _paragraph(i, path)] or here
    if not candidates:
        return None
    return max(candidates, key=lambda item: _alike(title, item.title))


def _paragraph(item: ReadItem, path: ProvisionPath) -> bool:
    return path.paragraph is None or item.path.paragraph in (None, path.paragraph)


def _alike(one: str, other: str) -> float:
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return len(a & b) / (len(a | b) or 1)


def _cell(cells: Mapping[str, str], names: Sequence[str]) -> str:
    """The cell whose column is one of the names, or ends with one (责任主体·处罚依据)."""
    for name in names:
        for column, text in cells.items():
            if column.split("·")[-1].strip() == name and text.strip():
                return text.strip()
    return ""


def _row_id(document_id: str, code: str, title: str) -> str:
    key = "\n".join((document_id, code, title))
    return f"l-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
