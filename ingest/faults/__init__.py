"""Faults of sources (来源缺陷): detection and repair of what is certain, a report of the rest; nothing is lost.

Pure: a delivered law goes in, provisions and findings come out. One step per kind of fault, in this order: which rows
are articles at all, headings at the end of articles, missing articles, annexes, white space, doubles and lengths.
"""

from ingest.faults.mending import MendedLaw, mend

__all__ = ["MendedLaw", "mend"]
