"""Options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="YYYY-MM-DD", help="适用日期，默认今天。The day whose law is asked for."),
]
Region = Annotated[str | None, typer.Option("--region", help="地区全称，如 广东省。Region, by its full name.")]
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
