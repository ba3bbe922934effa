"""Citations of law (引用): four verbs, four modules.

``parse`` finds what people write, ``names`` says which document a name means, ``resolve`` says what a citation
stands for on a day, ``format`` writes the canonical form.
"""

from corpus.citations.format import format_article, format_citation, format_path, format_title
from corpus.citations.found import Anchor, FoundCitation
from corpus.citations.names import HowRead, NameMatch, NameMention, NameTable, prefer_region
from corpus.citations.parse import find_citations
from corpus.citations.resolve import Resolution
from corpus.citations.resolver import CiteResult, Resolver

__all__ = [
    "Anchor",
    "CiteResult",
    "FoundCitation",
    "HowRead",
    "NameMatch",
    "NameMention",
    "NameTable",
    "Resolution",
    "Resolver",
    "find_citations",
    "format_article",
    "format_citation",
    "format_path",
    "format_title",
    "prefer_region",
]
