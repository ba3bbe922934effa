"""The library MuPDF (PyMuPDF), whose Python face is only partly typed; silent, as its complaints are told in notes."""

from __future__ import annotations

from typing import Any

import pymupdf

mupdf: Any = pymupdf
FAULTS: tuple[type[Exception], ...] = (
    *(RuntimeError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError, AssertionError),
    mupdf.mupdf.FzErrorBase,
)
"""What a damaged file provokes in MuPDF and in the Python around it."""


def hush() -> None:
    """Keeps MuPDF's messages from standard error; what was repaired is asked of the document instead."""
    mupdf.TOOLS.mupdf_display_errors(False)
    mupdf.TOOLS.mupdf_display_warnings(False)
