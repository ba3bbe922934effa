"""Where documents come from (来源): each module reads one source into ``SourceText`` values, judging nothing."""

from ingest.sources.text import SourceRow, SourceText

__all__ = ["SourceRow", "SourceText"]
