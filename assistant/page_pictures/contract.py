"""What is said of a page picture (页面图像), and who gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

PAGE, PAGES, MARKED = "Passage-Page", "Passage-Pages", "Passage-Marked"
"""Headers of a picture over HTTP: the page shown, the pages there are, whether the words were found on it."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """``png`` of ``page``; ``pages`` are those the provision may stand on. ``marked``: its words were found here."""

    png: bytes
    page: int
    pages: tuple[int, ...]
    marked: bool


class Pictures(Protocol):
    """The pictures of pages (页面图像)."""

    def picture(self, provision_id: str, page: int | None = None) -> PagePicture:
        """The picture of ``page``, by default the first of the provision.

        Raises NotFound for an unknown provision, a source without pages, a page on which the provision cannot stand,
        and where no original is kept; SourceUnreadable for an original that is damaged.
        """
        ...
