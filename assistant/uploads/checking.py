"""What a dry run shows (试算结果): each file with its texts and what they would change, and what differs between two.

Pure, but for ``corpus_mark``, which reads the store.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from assistant.uploads.contract import CheckedFile, CheckedText, ReceivedFile, Remark
from corpus.store import CorpusStore
from corpus.store.sources import SourceFiles
from corpus.validity.wording import format_title
from corpus.vocabulary import DateBasis, DocumentKind, EffectLevel, Shelf
from ingest.loading.report import CHANGE_ZH, OUTCOME_ZH, FileLine, IngestReport, Merging, TextLine, Trouble

_MARK_CHARACTERS = 16
_UNNAMED = "另一份已收录的文本"
_WHICH_DAY = "日期不详"


def corpus_mark(store: CorpusStore) -> str:
    """A digest of what is held and served: a dry run is good for the corpus that it saw."""
    digests = store.version_digests()
    texts = sorted((v.id, v.document_id, digests.get(v.id, ""), v.withheld) for v in store.versions())
    files = sorted((f.id, f.state.value, f.read_as) for f in SourceFiles(store).all())
    return _digest([texts, files])


def checked_files(report: IngestReport, titles: Mapping[str, str]) -> list[CheckedFile]:
    """The files of a dry run; ``titles`` are those of the versions held before, by version id."""
    new = {t.version_id: _named(t) for f in report.files for t in f.texts}
    named = {**titles, **new}
    return [_checked_file(line, report.merging, named) for line in report.files if line.outcome.value != "retired"]


def check_mark(received: Sequence[ReceivedFile], checked: Sequence[CheckedFile], options: object) -> str:
    """What a person confirms: these bytes, read so, with these effects, under these options."""
    files = [(f.path, f.digest) for f in received if f.refused is None]
    shown = [f.model_dump(mode="json", exclude={"excluded"}) for f in checked]
    return _digest([files, shown, options])[:_MARK_CHARACTERS]


def differences(before: Sequence[CheckedFile], now: Sequence[CheckedFile]) -> list[str]:
    """What a later dry run shows differently, a line each."""
    return list(_differences({f.path: f for f in before}, {f.path: f for f in now}))


def _differences(before: Mapping[str, CheckedFile], now: Mapping[str, CheckedFile]) -> Iterator[str]:
    for path in sorted(before.keys() | now.keys()):
        old, new = before.get(path), now.get(path)
        if old is None or new is None:
            file = new or old
            assert file is not None
            yield f"{file.name}：{'此次多出' if old is None else '此次不再有'}。"
            continue
        if old.outcome is not new.outcome:
            yield f"{new.name}：原为{OUTCOME_ZH[old.outcome]}，现为{OUTCOME_ZH[new.outcome]}。"
        was, texts = {t.version_id: t for t in old.texts}, {t.version_id: t for t in new.texts}
        for gone in was.keys() - texts.keys():
            yield f"{new.name}：不再读出{format_title(was[gone].title)}。"
        for id_, text in texts.items():
            yield from _text_differences(new.name, was.get(id_), text)


def _text_differences(name: str, old: CheckedText | None, new: CheckedText) -> Iterator[str]:
    title = format_title(new.title)
    if old is None:
        yield f"{name}：新读出{title}（{CHANGE_ZH[new.change]}）。"
        return
    if old.change is not new.change:
        yield f"{name}：{title}原为{CHANGE_ZH[old.change]}，现为{CHANGE_ZH[new.change]}。"
    yield from (f"{name}：{effect}" for effect in new.effects if effect not in old.effects)
    yield from (f"{name}：不再有“{effect}”" for effect in old.effects if effect not in new.effects)


def _checked_file(line: FileLine, merging: Merging, named: Mapping[str, str]) -> CheckedFile:
    return CheckedFile(
        path=line.path,
        name=line.name,
        outcome=line.outcome,
        format=line.format,
        size=line.size,
        pages=line.pages,
        texts=[_checked_text(t, merging, named) for t in line.texts],
        troubles=[_remark(t) for t in line.troubles],
        notes=[_remark(n) for n in line.notes],
    )


def _checked_text(text: TextLine, merging: Merging, named: Mapping[str, str]) -> CheckedText:
    return CheckedText(
        version_id=text.version_id,
        document_id=text.document_id,
        title=text.title,
        kind=DocumentKind(text.kind),
        shelf=Shelf(text.shelf),
        level=EffectLevel(text.level),
        region=text.region,
        published=text.published,
        effective_from=text.effective_from,
        effective_basis=DateBasis(text.effective_basis) if text.effective_basis else DateBasis.UNKNOWN,
        provisions=text.provisions,
        records=dict(text.records),
        change=text.change,
        effects=list(_effects(text, merging, named)),
    )


def _effects(text: TextLine, merging: Merging, named: Mapping[str, str]) -> Iterator[str]:
    """What the text does to others, or others to it, in words."""
    id_ = text.version_id
    if id_ in merging.same_as_package:
        yield "与国家法律数据包中的文本逐字相同，只记作又一来源。"
    by = merging.shadowed.get(id_)
    if by is not None:
        yield f"同一日期另有文本，仍采用{named.get(by, _UNNAMED)}，本文本留存备查、不提供检索。"
    for other, served in sorted(merging.shadowed.items()):
        if served == id_ and other != id_:
            yield f"取代{named.get(other, _UNNAMED)}；被取代的文本留存备查。"
    if by is not None and by not in named:
        return  # what differs from a text that not everybody may read is its words
    for trouble in merging.differences:
        if format_title(text.title) == trouble.place or f"《{text.title}》" == trouble.place:
            yield trouble.message


def _named(text: TextLine) -> str:
    return f"{format_title(text.title)}（{text.published or _WHICH_DAY}）"


def _remark(trouble: Trouble) -> Remark:
    return Remark(
        kind=trouble.kind, place=trouble.place, message=trouble.message, remedy=trouble.remedy, text=trouble.text
    )


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, default=str).encode()).hexdigest()
