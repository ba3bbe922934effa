"""The contents of a text (目录): parts, chapters and sections with their articles, as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

from assistant.contract import ProvisionLink
from assistant.encyclopedia.contract import ContentsNode
from corpus.vocabulary import Provision


def contents_of(provisions: Sequence[Provision]) -> list[ContentsNode]:
    """The headings of a text, nested; what stands before the first heading is a node without title."""
    root = ContentsNode(title="")
    open_nodes: list[tuple[int, ContentsNode]] = []  # level of the heading, from 0 for 编
    headings: tuple[str | None, ...] = ()
    for provision in provisions:
        own: tuple[str | None, ...] = astuple(provision.heading)
        if own != headings:
            same = next((at for at, (a, b) in enumerate(zip(own, headings, strict=False)) if a != b), 0)
            open_nodes = [(level, node) for level, node in open_nodes if level < same]
            for level, title in enumerate(own):
                if title and level >= same:
                    node = ContentsNode(title=title)
                    (open_nodes[-1][1] if open_nodes else root).children.append(node)
                    open_nodes.append((level, node))
            headings = own
        holder = open_nodes[-1][1] if open_nodes else _untitled(root)
        holder.articles.append(
            ProvisionLink(provision_id=provision.id, article=provision.label, heading=str(provision.heading))
        )
    return root.children


def _untitled(root: ContentsNode) -> ContentsNode:
    if not root.children or root.children[-1].title:
        root.children.append(ContentsNode(title=""))
    return root.children[-1]
