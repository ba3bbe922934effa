"""Repeal clauses (废止条款) as texts state them."""

from __future__ import annotations

import re

from corpus.validity.facts import RepealClause


def read_repeals(text: str) -> list[RepealClause]:
    """Read the titles a text repeals as a whole (《…法》同时废止)."""
    clauses: list[RepealClause] = []
    for sentence in re.split(r"[。；]", re.sub(r"\s+", "", text)):
        if re.search(r"(?:同时|予以)废止$", sentence):
            clauses += [
                RepealClause(t, qualified="日" in sentence.split("《")[0])
                for t in re.findall(r"《([^》]+)》", sentence)
            ]
    return clauses
