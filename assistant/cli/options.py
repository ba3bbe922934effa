"""Options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="YYYY-MM-DD", help="适用日期，默认今天。The day whose law is asked for."),
]
Region = Annotated[str | None, typer.Option("--region", help="地区，如 宁波市；含所属省。Region, with its province.")]
Shelf = Annotated[
    str | None, typer.Option("--shelf", help="只查一个书架：法规、实务、案例。One shelf: law, practice or cases.")
]
Law = Annotated[str | None, typer.Option("--law", help="只查这一部法。Limit to one law, by title or short name.")]
TopK = Annotated[int, typer.Option("--top-k", help="最多返回几条。Number of results.")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]
Batch = Annotated[
    Path | None,
    typer.Option(
        "--batch",
        metavar="FILE.jsonl",
        help="逐行读取 {id, question, as_of?, region?, law?}，逐行输出 JSON；- 为标准输入。"
        "One request a line in, one JSON line out; - reads standard input.",
    ),
]
