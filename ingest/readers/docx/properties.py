"""Document properties (文档属性) of a Word file: what its author or program says of it, a hint and no fact."""

from __future__ import annotations

from ingest.readers.docx.package import Package

_KEPT = frozenset(
    {"title", "subject", "creator", "keywords", "description", "lastmodifiedby", "created", "modified", "company"}
)


def properties(package: Package) -> dict[str, str]:
    """The properties that hold words, keys lower case: title, creator, created, modified, company."""
    found: dict[str, str] = {}
    for path in ("docProps/core.xml", "docProps/app.xml"):
        root = package.part(path)
        for element in () if root is None else root:
            key = element.tag.rsplit("}", 1)[-1].lower() if isinstance(element.tag, str) else ""
            text = (element.text or "").strip()
            if key in _KEPT and text:
                found.setdefault(key, text)
    return found
