"""Laws named again (依据指代): 该法第六十条, 该条第三款 spelled out with the title, so that words stand alone."""

from __future__ import annotations

import re

_NAMED = re.compile(
    r"《(?P<title>[^》]+)》(?:(?P<article>第[一二三四五六七八九十百千零〇]+条))?"
    r"|(?P<law>(?:该|同)(?:法典?|条例|办法|规定))(?P<its>第[一二三四五六七八九十百千零〇]+条)"
    r"|(?P<same>(?:该|同)条)(?=第[一二三四五六七八九十]+[款项])"
)


def spelled_out(words: str, before: str = "") -> str:
    """``words`` with 该法第…条 and 该条第…款 under the law's title; ``before`` are the words that stand before them."""
    title = article = ""
    told: list[str] = []
    at = 0
    whole = before + words
    for found in _NAMED.finditer(whole):
        named = found.group()
        if found["title"]:
            title, article = found["title"], found["article"] or article
        elif found["law"] and title:
            article = found["its"]
            named = f"《{title}》{article}"
        elif found["same"] and title and article:
            named = f"《{title}》{article}"
        if found.start() >= len(before):
            told += [whole[max(at, len(before)) : found.start()], named]
            at = found.end()
    return "".join([*told, whole[max(at, len(before)) :]])
