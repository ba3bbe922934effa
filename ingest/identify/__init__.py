"""Identification (识别): what a read document is, from its own head; its path is a hint, no more."""

from ingest.identify.identify import identify
from ingest.identify.profile import HistoryEvent, Profile

__all__ = ["HistoryEvent", "Profile", "identify"]
