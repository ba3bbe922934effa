"""A download is made when it is asked for, outside the page's own run: by then nobody's cookie can be read."""

from __future__ import annotations

import ast
from pathlib import Path

import ui

FILES = sorted(Path(ui.__file__).parent.rglob("*.py"))


def late_calls(tree: ast.AST) -> list[int]:
    """Lines on which a function handed over as ``data`` would ask for the service itself."""
    functions = [
        keyword.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "data" and isinstance(keyword.value, ast.Lambda)
    ]
    return [
        node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "service"
    ]


def test_the_service_is_asked_for_while_the_page_runs() -> None:
    assert len(FILES) > 50
    late = {path.name: lines for path in FILES if (lines := late_calls(ast.parse(path.read_text(encoding="utf-8"))))}
    assert late == {}


def test_one_that_asks_later_is_found() -> None:
    assert late_calls(ast.parse("st.download_button(label, data=lambda: service().mine.data())")) == [1]
