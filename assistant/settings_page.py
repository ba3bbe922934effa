"""The reference page of the settings (设置说明), made from the settings themselves: ``docs/settings.md``.

``python -m assistant.settings_page docs/settings.md`` writes it; a test fails while it is not current.
"""

from __future__ import annotations

import sys
import types
import typing
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from assistant.settings import DELIMITER, ENV_PREFIX, SETTINGS_FILE, Settings

_INTRODUCTION = f"""\
# Settings

Generated from `assistant/settings.py`; write it anew with `python -m assistant.settings_page docs/settings.md`.

Each setting is an environment variable, or a key of the file `{SETTINGS_FILE}` in the data folder
(`[qdrant]` with `url = "…"`). A variable wins over the file. Unknown names are refused in both. The data folder itself
is named by `{ENV_PREFIX}HOME` only.
"""


def settings_page() -> str:
    """The whole page as Markdown."""
    plain = {name: f for name, f in Settings.model_fields.items() if _section(f) is None}
    parts = [_INTRODUCTION, _table("", plain)]
    for name, field in Settings.model_fields.items():
        section = _section(field)
        if section is not None:
            summary = (section.__doc__ or "").strip().splitlines()[0]
            parts.append(f"## `[{name}]`\n\n{summary}\n\n{_table(name, section.model_fields)}")
    return "\n".join(parts)


def _table(section: str, fields: typing.Mapping[str, FieldInfo]) -> str:
    rows = ["| variable | type | default | meaning |", "| --- | --- | --- | --- |"]
    for name, field in fields.items():
        variable = ENV_PREFIX + (DELIMITER.join((section, name)) if section else name).upper()
        cells = (f"`{variable}`", _type(field.annotation) + _bounds(field), _default(field), field.description or "")
        rows.append("| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |")
    return "\n".join(rows) + "\n"


def _section(field: FieldInfo) -> type[BaseModel] | None:
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _type(annotation: Any) -> str:
    if get_origin(annotation) in (typing.Union, types.UnionType):
        return " or ".join(_type(a) for a in get_args(annotation) if a is not types.NoneType)
    if get_origin(annotation) is Literal:
        return " or ".join(f"`{a}`" for a in get_args(annotation))
    names: dict[Any, str] = {SecretStr: "secret", str: "text", int: "integer", float: "number"}
    return names.get(annotation) or str(annotation.__name__).lower()


def _bounds(field: FieldInfo) -> str:
    words = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
    found = [f"{sign} {getattr(m, name)}" for m in field.metadata for name, sign in words.items() if hasattr(m, name)]
    return f" ({', '.join(found)})" if found else ""


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "the platform's folder for user data, e.g. `~/.local/share/eassistant`"
    return "none" if field.default is None else f"`{field.default}`"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(settings_page(), encoding="utf-8")
