"""Where documents come from (来源): each module reads one source into ``SourceLaw`` values, judging nothing."""

from ingest.sources.law import SourceLaw, SourceRow

__all__ = ["SourceLaw", "SourceRow"]
