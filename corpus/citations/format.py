"""Writing citations (引用的规范写法): 《中华人民共和国行政处罚法》第三十三条第一款第二项."""

from __future__ import annotations

from corpus.numerals import format_number
from corpus.vocabulary import ArticleNumber, Citation, ProvisionPath


def format_article(article: ArticleNumber) -> str:
    """第三十三条; 第一百三十三条之一."""
    insertion = f"之{format_number(article.insertion)}" if article.insertion else ""
    return f"第{format_number(article.number)}条{insertion}"


def format_path(path: ProvisionPath) -> str:
    """第一款第二项第三目; empty for the whole article. Items are written without brackets: 第二项, not 第（二）项."""
    places = ((path.paragraph, "款"), (path.item, "项"), (path.subitem, "目"))
    return "".join(f"第{format_number(number)}{unit}" for number, unit in places if number is not None)


def format_title(title: str) -> str:
    """《…》, with 〈…〉 for titles inside the title."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》" if title else ""


def format_citation(citation: Citation) -> str:
    """The canonical text of ``citation``; ``parse`` reads it back to the same value."""
    unit = format_article(citation.article) if citation.article else (citation.label or "")
    return f"{format_title(citation.title)}{unit}{format_path(citation.path)}"
