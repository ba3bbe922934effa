"""The commands of ``eassistant eval`` (评测命令): each prints a Markdown report and writes JSON where asked.

Thin: reading options, showing progress, and calling the modules of ``evals``.
"""

from evals.cli import corpora, every, questions
from evals.cli.common import app

__all__ = ["app", "corpora", "every", "questions"]
