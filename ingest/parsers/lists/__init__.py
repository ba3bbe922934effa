"""Parsers of lists (清单): item, risk-point, no-penalty lists, benchmarks and catalogues, a row of a table each."""

from ingest.parsers.lists.parse import parse_list
from ingest.parsers.lists.recognise import has_articles, kind_of_headers, kind_of_title, looks_like_list

__all__ = ["has_articles", "kind_of_headers", "kind_of_title", "looks_like_list", "parse_list"]
