"""``eassistant corpus list``, ``show``, ``history`` and ``diff`` (馆藏): what is held, since when, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import connect
from assistant.cli.options import Json

if TYPE_CHECKING:
    from corpus.comparison import ArticleChange
    from corpus.inventory import Holding, Wanted
    from corpus.readers import Readers
    from corpus.store import CorpusStore
    from corpus.vocabulary import DatedFact, Finding, Version

Named = Annotated[str, typer.Argument(metavar="文件", help="文件的名称或编号。Title or id of a document.")]

_FINDINGS_SHOWN = 20


def list_documents(
    shelf: Annotated[str | None, typer.Option("--shelf", help="书架：法规、实务、案例。Shelf.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="文件种类，如 裁量基准 或 benchmark。Kind.")] = None,
    region: Annotated[str | None, typer.Option("--region", help="地区，如 宁波市、国家。Region.")] = None,
    level: Annotated[str | None, typer.Option("--level", help="效力位阶，如 地方性法规。Effect level.")] = None,
    state: Annotated[str | None, typer.Option("--state", help="当前状态，如 现行有效、已废止。State today.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="名称中的几个字。Part of the title.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="最多列出几件，0 为全部。How many; 0: all.")] = 50,
    as_json: Json = False,
) -> None:
    """列出所收文件，可按书架、种类、地区、位阶、状态筛选。List the documents held."""
    from assistant.cli.corpus_store import store_for_reading
    from assistant.cli.output import print_json
    from corpus.inventory import holdings
    from corpus.store.readers import limited_documents

    wanted = _wanted(shelf, kind, region, level, state, title)
    settings = connect.settings()
    with store_for_reading(settings) as store:
        found = holdings(store, settings.current_day(), wanted)
        limited = limited_documents(store)
    shown = found[:limit] if limit else found
    counts = _counts(found)
    if as_json:
        print_json({"total": len(found), "counts": counts, "documents": [_listed(h, limited) for h in shown]})
        return
    for holding in shown:
        _print_listed(holding)
        if holding.document.id in limited:
            typer.secho(f"   限{limited[holding.document.id]}", fg=typer.colors.YELLOW)
    if len(shown) < len(found):
        typer.secho(f"……另有 {len(found) - len(shown)} 件未列出（--limit 0 列出全部）。", dim=True)
    typer.echo(f"共 {len(found)} 件，文本 {sum(len(h.versions) for h in found)} 份。")
    for name, numbers in counts.items():
        if numbers:
            typer.echo(f"{_COUNTED[name]}：" + "，".join(f"{key} {count}" for key, count in numbers.items()))


_COUNTED = {"shelf": "书架", "kind": "种类", "region": "地区", "level": "位阶", "state": "状态"}
_REGIONS_COUNTED = 12


def _wanted(
    shelf: str | None, kind: str | None, region: str | None, level: str | None, state: str | None, title: str | None
) -> Wanted:
    from corpus.inventory import Wanted
    from corpus.regions import lineage
    from corpus.vocabulary import KIND_ZH, STATE_ZH, DocumentKind, EffectLevel, Shelf, State

    return Wanted(
        shelf=_one_of(shelf, "书架", {s: s.value for s in Shelf}),
        kind=_one_of(kind, "种类", {k: KIND_ZH[k] for k in DocumentKind}),
        region=_region(region, lineage) if region else None,
        level=_one_of(level, "位阶", {e: e.value for e in EffectLevel}),
        state=_one_of(state, "状态", {s: STATE_ZH[s] for s in State}),
        title=title,
    )


def _region(words: str, lineage: Any) -> str:
    """The region by its full name; a name that no table knows is taken as written, as documents may bear it."""
    from corpus.errors import InvalidInput
    from corpus.regions import regions_named

    try:
        return str(lineage(words)[-1])
    except InvalidInput:
        if regions_named(words):
            raise
        return words


def _one_of(words: str | None, what: str, names: dict[Any, str]) -> Any:
    """The value that a word means, by its own name or the Chinese one. Raises InvalidInput with all choices."""
    from corpus.errors import InvalidInput

    if words is None:
        return None
    for value, chinese in names.items():
        if words in (value.value, chinese):
            return value
    raise InvalidInput(f"没有“{words}”这一{what}。", remedy=f"可以写：{'、'.join(names.values())}。")


def _counts(found: list[Holding]) -> dict[str, dict[str, int]]:
    from collections import Counter

    from corpus.vocabulary import KIND_ZH, STATE_ZH

    keys = {
        "shelf": [h.document.kind.shelf.value for h in found],
        "kind": [KIND_ZH[h.document.kind] for h in found],
        "region": [h.document.region for h in found],
        "level": [h.document.level.value for h in found],
        "state": [STATE_ZH[h.standing.state] for h in found],
    }
    limits = {"region": _REGIONS_COUNTED}
    return {name: dict(Counter(values).most_common(limits.get(name))) for name, values in keys.items()}


def _listed(holding: Holding, limited: Mapping[str, Readers]) -> dict[str, Any]:
    document, standing = holding.document, holding.standing
    readers = limited.get(document.id)
    shown = standing.version
    return {
        "id": document.id,
        "title": document.title,
        "shelf": document.kind.shelf.value,
        "kind": document.kind.value,
        "level": document.level.value,
        "region": document.region,
        "issuer": document.issuer,
        "number": document.number,
        "state": standing.state.value,
        "certain": standing.certain,
        "versions": len(holding.versions),
        "withheld": len(holding.versions) - holding.served,
        "published": _day(shown.validity.published) if shown else None,
        "departments": sorted(readers.departments) if readers else [],
        "regions": sorted(readers.regions) if readers else [],
    }


def _print_listed(holding: Holding) -> None:
    from corpus.validity.wording import format_title
    from corpus.vocabulary import KIND_ZH, STATE_ZH

    document, standing = holding.document, holding.standing
    state = STATE_ZH[standing.state] + ("" if standing.certain else "（存疑）")
    facts = [document.kind.shelf.value, KIND_ZH[document.kind], document.level.value, document.region, state]
    texts = f"文本 {holding.served} 份" + (
        f"（另不提供 {len(holding.versions) - holding.served} 份）" if holding.served < len(holding.versions) else ""
    )
    typer.echo(typer.style(format_title(document.title), bold=True) + "  " + typer.style(document.id, dim=True))
    typer.secho("   " + " · ".join((*facts, texts)), dim=True)


def show_document(document: Named, as_json: Json = False) -> None:
    """一件文件：各份文本、来源文件与位置、来源缺陷。One document: texts, sources, faults."""
    from assistant.cli.corpus_store import store_for_reading
    from assistant.cli.output import print_json
    from corpus.inventory import holding_of
    from corpus.store.readers import readers_of

    settings = connect.settings()
    with store_for_reading(settings) as store:
        holding = holding_of(store, document, settings.current_day())
        texts = [_text(store, version) for version in holding.versions]
        findings = [f for v in holding.versions for f in store.findings(v.id)]
        limited = {holding.document.id: readers_of(store, holding.document.id)}
    if as_json:
        print_json(
            {
                **_listed(holding, limited),
                "reason": holding.standing.reason,
                "texts": texts,
                "findings": _findings(findings),
            }
        )
        return
    _print_listed(holding)
    for name, value in (("制定机关", holding.document.issuer), ("文号", holding.document.number)):
        if value:
            typer.echo(f"   {name}：{value}")
    typer.echo(f"   {holding.standing.reason}")
    for text in texts:
        _print_text(text)
        for source in text["sources"]:
            typer.echo(
                f"     来源：{source['path']}  " + typer.style(f"{source['format']}，{source['state']}", dim=True)
            )
        if not text["sources"]:
            typer.echo(f"     来源：{text['source']}")
        if text["places"]:
            typer.secho(f"     位置：{text['places']}", dim=True)
    if findings:
        typer.echo(f"来源缺陷 {len(findings)} 处：")
    for finding in findings[:_FINDINGS_SHOWN]:
        typer.secho(f"   {finding.where}：{finding.message}", fg=typer.colors.YELLOW)
        if finding.remedy:
            typer.secho(f"     处理：{finding.remedy}", dim=True)
    if len(findings) > _FINDINGS_SHOWN:
        typer.secho(f"   ……共 {len(findings)} 处（--json 列出全部）", dim=True)


def show_history(document: Named, as_json: Json = False) -> None:
    """一件文件的沿革：各份文本的公布、施行、失效日期及依据，不提供的原因。Its texts through time."""
    from assistant.cli.corpus_store import store_for_reading
    from assistant.cli.output import print_json
    from corpus.inventory import holding_of
    from corpus.validity.wording import format_title

    settings = connect.settings()
    with store_for_reading(settings) as store:
        holding = holding_of(store, document, settings.current_day())
        texts = [_text(store, version) for version in holding.versions]
    if as_json:
        print_json({"id": holding.document.id, "title": holding.document.title, "texts": texts})
        return
    typer.secho(format_title(holding.document.title), bold=True)
    for text in texts:
        _print_text(text)
        for name, fact in (
            ("施行", text["commencement"]),
            ("首次施行", text["first_commencement"]),
            ("失效", text["end"]),
        ):
            told = "：".join(filter(None, (fact["basis_zh"], fact["evidence"])))
            if fact["day"] or fact["evidence"]:
                typer.echo(f"     {name}：{fact['day'] or '日期不详'}（{told}）")
        if text["annotation"]:
            typer.secho(f"     题注：{text['annotation']}", dim=True)
    typer.echo(holding.standing.reason)


def _text(store: CorpusStore, version: Version) -> dict[str, Any]:
    from corpus.store.sources import FILE_STATE_ZH, SourceFiles

    validity = version.validity
    provisions = store.provisions(version.id)
    return {
        "id": version.id,
        "published": _day(validity.published),
        "commencement": _fact(validity.commencement),
        "first_commencement": _fact(validity.first_commencement),
        "end": _fact(validity.end),
        "served": not version.withheld,
        "withheld_reason": _withheld(version),
        "annotation": version.annotation,
        "source": version.source,
        "sources": [
            {"path": f.path, "format": f.format, "state": FILE_STATE_ZH[f.state], "sha256": f.digest}
            for f in SourceFiles(store).of_version(version.id)
        ],
        "provisions": len(provisions),
        "ocr": sum(p.ocr for p in provisions),
        "places": _places([p.place for p in provisions if p.place]),
    }


def _places(places: list[str]) -> str:
    if not places:
        return ""
    return places[0] if places[0] == places[-1] else f"{places[0]} 至 {places[-1]}"


def _withheld(version: Version) -> str:
    if version.retired:
        return f"来源文件已于 {version.retired} 移除"
    if version.shadowed_by:
        return f"同日另有文本 {version.shadowed_by}，以其为准"
    return ""


def _fact(fact: DatedFact) -> dict[str, Any]:
    from corpus.validity import BASIS_ZH

    return {
        "day": _day(fact.day),
        "basis": fact.basis.value,
        "basis_zh": BASIS_ZH[fact.basis],
        "evidence": fact.evidence,
    }


def _day(day: object) -> str | None:
    return str(day) if day else None


def _findings(findings: list[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "kind": f.kind.value,
            "severity": f.severity.value,
            "version": f.version_id,
            "where": f.where,
            "message": f.message,
            "remedy": f.remedy,
            "repaired": f.repaired,
            "text": f.text,
        }
        for f in findings
    ]


def _print_text(text: dict[str, Any]) -> None:
    published = f"{text['published']} 公布" if text["published"] else "公布日期不详"
    ocr = f"，其中识别自图像 {text['ocr']} 条" if text["ocr"] else ""
    typer.echo(f"   {published} · {text['provisions']} 条{ocr}  " + typer.style(text["id"], dim=True))
    if text["withheld_reason"]:
        typer.secho(f"     不提供：{text['withheld_reason']}", fg=typer.colors.YELLOW)


def diff_versions(
    document: Named,
    old: Annotated[
        str | None, typer.Argument(metavar="旧文本", help="公布日期或编号，默认倒数第二份。Older text.")
    ] = None,
    new: Annotated[
        str | None, typer.Argument(metavar="新文本", help="公布日期或编号，默认最新一份。Newer text.")
    ] = None,
    as_json: Json = False,
) -> None:
    """比较一件文件的两份文本：新增、删去、修改、条号变动，逐词标出。Compare two texts of a document."""
    from assistant.cli.corpus_store import store_for_reading
    from assistant.cli.output import print_json
    from corpus.comparison import CHANGE_ZH, ChangeKind, compare_texts, counts
    from corpus.inventory import holding_of
    from corpus.validity.wording import format_title

    settings = connect.settings()
    with store_for_reading(settings) as store:
        holding = holding_of(store, document, settings.current_day())
        earlier, later = _two(holding, old, new)
        changes = compare_texts(store.provisions(earlier.id), store.provisions(later.id))
    number = counts(changes)
    if as_json:
        print_json(
            {
                "id": holding.document.id,
                "title": holding.document.title,
                "old": {"id": earlier.id, "published": _day(earlier.validity.published)},
                "new": {"id": later.id, "published": _day(later.validity.published)},
                "counts": {kind.value: count for kind, count in number.items()},
                "changes": [_changed(c) for c in changes if c.kind is not ChangeKind.UNCHANGED],
            }
        )
        return
    days = (v.validity.published or "日期不详" for v in (earlier, later))
    typer.secho(f"{format_title(holding.document.title)} {' → '.join(str(d) for d in days)}", bold=True)
    for change in changes:
        if change.kind is not ChangeKind.UNCHANGED:
            _print_change(change)
    typer.echo("，".join(f"{CHANGE_ZH[kind]} {count}" for kind, count in number.items()) + "。")


def _two(holding: Holding, old: str | None, new: str | None) -> tuple[Version, Version]:
    from corpus.errors import InvalidInput
    from corpus.inventory import version_of
    from corpus.validity.wording import format_title

    held = [v for v in holding.versions if not v.withheld]
    if new is not None:
        later = version_of(holding, new)
    elif held:
        later = held[-1]
    else:
        later = holding.versions[-1]
    if old is not None:
        return version_of(holding, old), later
    before = held[: held.index(later)] if later in held else []
    if not before:
        raise InvalidInput(
            f"{format_title(holding.document.title)}没有更早的文本可以比较。",
            remedy="eassistant corpus history 列出所收文本；可写两份文本的公布日期或编号。",
        )
    return before[-1], later


def _changed(change: ArticleChange) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "old": change.old and {"label": change.old.label, "text": change.old.text},
        "new": change.new and {"label": change.new.label, "text": change.new.text},
        "edits": [{"kind": e.kind.value, "text": e.text} for e in change.edits],
    }


def _print_change(change: ArticleChange) -> None:
    from corpus.comparison import CHANGE_ZH, EditKind

    labels = list(dict.fromkeys(p.label for p in (change.old, change.new) if p))
    typer.echo(typer.style(f"{CHANGE_ZH[change.kind]}  ", dim=True) + typer.style(" → ".join(labels), bold=True))
    if change.edits:
        marks = {EditKind.SAME: "{}", EditKind.REMOVED: "[-{}-]", EditKind.ADDED: "{{+{}+}}"}
        colours = {EditKind.SAME: None, EditKind.REMOVED: typer.colors.RED, EditKind.ADDED: typer.colors.GREEN}
        words = (typer.style(marks[e.kind].format(e.text), fg=colours[e.kind]) for e in change.edits)
        typer.echo(_indented("".join(words)))
    elif change.old is None or change.new is None:
        alone = change.old or change.new
        typer.echo(_indented(alone.text if alone else ""))


def _indented(text: str) -> str:
    return "\n".join("   " + line for line in text.splitlines())
