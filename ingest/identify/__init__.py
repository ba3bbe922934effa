"""Identification (识别): what a read document is, from its own head; the path is a hint that never wins over the text."""

from ingest.identify.identify import identify
from ingest.identify.profile import HistoryEvent, Profile

__all__ = ["HistoryEvent", "Profile", "identify"]
