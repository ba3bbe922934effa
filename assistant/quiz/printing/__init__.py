"""Papers for the printer (试卷打印): question paper, answer sheet, key with citations; DOCX and PDF."""

from __future__ import annotations

from assistant.quiz.paper_contract import Paper, Part, PrintFormat
from assistant.quiz.printing.docx import write_docx
from assistant.quiz.printing.layout import lay_out
from assistant.quiz.printing.pdf import write_pdf


def print_paper(paper: Paper, part: Part, form: PrintFormat, variant: str) -> bytes:
    """The file. Raises NotFound for a variant that the paper does not have."""
    sheet = lay_out(paper, part, variant)
    return write_docx(sheet) if form is PrintFormat.DOCX else write_pdf(sheet)


__all__ = ["print_paper"]
