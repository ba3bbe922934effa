"""A sample of quiz items for a blind check (试题盲检抽样): every item with the whole text of what it cites.

    python -m evals.quiz_sample HOME --count 60 --seed 20261122 --out SAMPLE.md

Items are built from each source on its own and drawn over kinds and sources in turn, so that no kind and no law makes
up the sample. A person reads the sheet and judges; ``docs/quiz-check.md`` has the judgements.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Annotated

import typer

from assistant.quiz.builder import build
from assistant.quiz.contract import BLANK, KIND_ZH, POINT_ZH, BuildRequest, ItemContent, ItemKind
from assistant.quiz.gathering import Shelves
from assistant.quiz.twins import choice_of, rests_on
from corpus.errors import InvalidInput
from corpus.store import CorpusStore

SOURCES = (
    *("行政处罚法", "行政强制法", "食品安全法", "消防法", "治安管理处罚法", "道路交通安全法", "药品管理法"),
    *("安全生产法", "生态环境法典", "广告法", "裁量基准", "免罚清单", "案例"),
)
"""General law, eight laws of fields, benchmarks, no-penalty lists and cases."""
_OF_EACH_KIND = 6
"""Items of each kind built from one source; the sample is drawn from these."""

Pool = Mapping[ItemKind, Mapping[str, Sequence[ItemContent]]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An item of the sample with the source it was built from."""

    source: str
    content: ItemContent


def draw(pool: Pool, count: int, seed: int) -> list[Drawn]:
    """``count`` items, or all there are: the kinds take turns; of a kind the source drawn from least comes first."""
    chance = Random(seed)
    left = {
        kind: {source: chance.sample(list(items), len(items)) for source, items in pool[kind].items() if items}
        for kind in ItemKind
        if kind in pool
    }
    ranks = {source: chance.random() for source in sorted({s for of_kind in left.values() for s in of_kind})}
    of_kind: Counter[tuple[ItemKind, str]] = Counter()
    of_source: Counter[str] = Counter()
    drawn: list[Drawn] = []
    truths: Counter[bool | None] = Counter()
    seen: set[object] = set()
    while len(drawn) < count and any(left.values()):
        for kind, sources in left.items():
            if not sources or len(drawn) == count:
                continue
            source = min(sources, key=lambda s: (of_kind[kind, s], of_source[s], ranks[s]))
            content = _next(sources[source], truths, seen)
            if content is not None:
                drawn.append(Drawn(source, content))
                truths[content.key.truth] += 1
                seen.add(_asked(content))
                seen.update(_sentences(content))
            of_kind[kind, source] += 1
            of_source[source] += 1
            if not sources[source]:
                del sources[source]
    order = list(ItemKind)
    return sorted(drawn, key=lambda d: order.index(d.content.kind))


def _next(items: list[ItemContent], truths: Mapping[bool | None, int], seen: Container[object]) -> ItemContent | None:
    """The next item of words not asked yet, of the rarer truth where there is one, as papers take them."""
    fresh = [item for item in items if _asked(item) not in seen and not any(s in seen for s in _sentences(item))]
    items[:] = fresh
    if not fresh:
        return None
    at = min(range(len(fresh)), key=lambda n: (fresh[n].key.truth is not None and truths[fresh[n].key.truth], -n))
    return items.pop(at)


def _asked(item: ItemContent) -> object:
    return choice_of(item) or item.stem


def _sentences(item: ItemContent) -> Sequence[object]:
    """The words that carry the key, of which a paper takes one item only; without a claim nothing is taken."""
    return rests_on(item) if item.claim is not None else ()


def build_pool(shelves: Shelves, sources: Sequence[str], seed: int) -> Pool:
    """Items of every kind from each source, as a trainer's build would issue them."""
    pool: dict[ItemKind, dict[str, list[ItemContent]]] = {kind: {} for kind in ItemKind}
    for source in sources:
        request = BuildRequest(sources=[source], kinds=dict.fromkeys(ItemKind, _OF_EACH_KIND), seed=seed)
        for content, _ in build(request, shelves.gather(request)).contents:
            pool[content.kind].setdefault(source, []).append(content)
    return pool


def sheet(drawn: Sequence[Drawn], store: CorpusStore) -> str:
    """The sample as Markdown: items, keys, reasons, and the whole provisions."""
    return "\n".join(_item(number, item, store) for number, item in enumerate(drawn, 1))


def _item(number: int, item: Drawn, store: CorpusStore) -> str:
    content = item.content
    lines = [f"## {number} {KIND_ZH[content.kind]}·{POINT_ZH[content.point]}（{item.source}）\n", f"{content.stem}\n"]
    reasons = {r.option: r.reason for r in content.refutations}
    for index, option in enumerate(content.options):
        mark = "✓" if index in content.key.correct else " "
        lines.append(
            f"- [{mark}] {chr(ord('A') + index)}. {option}" + (f"　※{reasons[index]}" if index in reasons else "")
        )
    lines += [
        f"\n答案：{_key(content)}",
        f"解析：{content.explanation}",
        *(f"- 计算：{line}" for line in content.working),
    ]
    for citation in content.citations:
        lines.append(f"\n> {citation.citation}：{citation.quotation}")
        provision = store.provision(citation.provision_id)
        if provision is not None:
            lines.append(f"\n全文（{citation.title}{citation.article}）：{provision.text}")
    return "\n".join(lines) + "\n"


def _key(content: ItemContent) -> str:
    key = content.key
    if key.truth is not None:
        return "正确" if key.truth else "错误"
    if key.blanks:
        return "；".join(" / ".join(accepted) for accepted in key.blanks) + f"（{content.stem.count(BLANK)}空）"
    if key.points:
        return "".join(f"\n- （{point.share}）{point.text}" for point in key.points)
    if key.amount is not None:
        return f"{key.amount}元"
    return "".join(chr(ord("A") + index) for index in key.correct)


def write_sample(home: Path, sources: Sequence[str], count: int, seed: int, today: dt.date, out: Path) -> list[Drawn]:
    """Build, draw and write the sheet from the corpus of a data folder."""
    from assistant.assembly import assemble_desk
    from assistant.catalogue import Catalogue

    database = home / "corpus.db"
    if not database.is_file():
        raise InvalidInput(f"{home} 中没有 corpus.db。", where=str(home), remedy="请给出已导入语料的数据文件夹。")
    store = CorpusStore.open(f"sqlite:///{database.resolve()}")
    try:
        shelves = Shelves(
            catalogue=Catalogue.read(store),
            store=store,
            desk=assemble_desk(store, lambda: today),
            today=lambda: today,
            region=None,
        )
        drawn = draw(build_pool(shelves, sources, seed), count, seed)
        out.write_text(sheet(drawn, store), encoding="utf-8")
    finally:
        store.close()
    return drawn


def main(
    home: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="A data folder with a corpus.")],
    out: Annotated[Path, typer.Option(help="Where to write the sheet.")],
    count: Annotated[int, typer.Option(min=1, help="How many items.")] = 60,
    seed: Annotated[int, typer.Option(help="Seed of building and drawing.")] = 1,
    source: Annotated[list[str] | None, typer.Option(help="A source; repeatable. Default: all of them.")] = None,
    today: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the law.")] = None,
) -> None:
    """Draw items over all kinds and sources and write them with the provisions they rest on."""
    day = today.date() if today else dt.date.today()
    drawn = write_sample(home, source or SOURCES, count, seed, day, out)
    kinds = Counter(item.content.kind for item in drawn)
    typer.echo(f"{len(drawn)}道：" + "，".join(f"{KIND_ZH[kind]}{number}" for kind, number in kinds.items()))
    typer.echo("，".join(f"{name}{number}" for name, number in Counter(item.source for item in drawn).items()))


if __name__ == "__main__":
    from evals.script import run_script

    run_script(main)
