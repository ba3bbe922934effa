"""Records as JSON and back (裁量数据的存取): exact both ways, and strict, for people's corrections come this way too.

Fractions are text (``"100/3"``), decimals are text (``"0.05"``), dates ISO text, enums their value; fields at their
default are left out of the JSON and may be left out by people. Unknown fields, wrong types and values that cannot be
are refused with the path of the field.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Any

from corpus.discretion.model import ApplicationRules, DiscretionRecords, DiscretionStandard, ExemptionItem
from corpus.errors import InvalidInput

Record = DiscretionStandard | ExemptionItem | ApplicationRules | DiscretionRecords

KINDS: Mapping[str, type[Record]] = {
    "standard": DiscretionStandard,
    "item": ExemptionItem,
    "rules": ApplicationRules,
    "records": DiscretionRecords,
}

_HINTS: dict[type[Any], dict[str, Any]] = {}  # of the record types, read once


def to_json(record: Record) -> dict[str, object]:
    """``record`` as plain JSON data; ``from_json`` gives an equal record back."""
    return _dataclass_to_json(record)


def from_json(kind: str, data: Mapping[str, object]) -> Record:
    """The record of ``kind`` (standard, item, rules, records) that ``data`` describes.

    Raises InvalidInput with the field's path (``formulas[1].multiplier``) and what to write instead.
    """
    if kind not in KINDS:
        raise InvalidInput(f"没有“{kind}”这种记录。", remedy="可用的种类：" + "、".join(KINDS) + "。")
    record: Record = _read_dataclass(KINDS[kind], data, "")
    return record


# ---- writing -----------------------------------------------------------------------------------------------


def _dataclass_to_json(value: Any) -> dict[str, object]:
    return {
        field.name: _to_json(getattr(value, field.name))
        for field in fields(value)
        if _is_required(field) or getattr(value, field.name) != _default(field)
    }


def _to_json(value: Any) -> object:
    if is_dataclass(value):
        return _dataclass_to_json(value)
    if isinstance(value, tuple):
        return [_to_json(member) for member in value]
    if isinstance(value, StrEnum):
        return value.value
    return str(value) if isinstance(value, Fraction | Decimal | dt.date) else value


# ---- reading -----------------------------------------------------------------------------------------------


def _read_dataclass(kind: type[Any], data: object, where: str) -> Any:
    if not isinstance(data, Mapping):
        raise _wrong(where, "应为对象", "{…}")
    known = {field.name: field for field in fields(kind)}
    unknown = [str(name) for name in data if name not in known]
    if unknown:
        raise InvalidInput(
            f"不认识的字段：{'、'.join(unknown)}。",
            where=where or "记录",
            remedy=f"可用字段：{'、'.join(known)}。",
        )
    missing = [name for name, field in known.items() if _is_required(field) and name not in data]
    if missing:
        raise InvalidInput(f"缺少字段：{'、'.join(missing)}。", where=where or "记录", remedy="请补上后重试。")
    hints = _hints(kind)
    values = {str(name): _read(hints[str(name)], value, _join(where, str(name))) for name, value in data.items()}
    return kind(**values)


def _read(hint: Any, value: object, where: str) -> Any:
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        members = typing.get_args(hint)
        if value is None:
            if type(None) in members:
                return None
            raise _wrong(where, "不能为空", "一个值")
        (only,) = (member for member in members if member is not type(None))
        return _read(only, value, where)
    if origin is tuple:
        return _read_tuple(typing.get_args(hint), value, where)
    if is_dataclass(hint):
        return _read_dataclass(typing.cast(type[Any], hint), value, where)
    return _read_plain(hint, value, where)


def _read_tuple(members: tuple[Any, ...], value: object, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise _wrong(where, "应为列表", "[…]")
    if len(members) == 2 and members[1] is Ellipsis:
        return tuple(_read(members[0], member, f"{where}[{i}]") for i, member in enumerate(value))
    if len(value) != len(members):
        raise _wrong(where, f"应有 {len(members)} 个值", "名称和值各一个")
    return tuple(
        _read(kind, member, f"{where}[{i}]") for i, (kind, member) in enumerate(zip(members, value, strict=True))
    )


def _read_plain(hint: Any, value: object, where: str) -> object:
    if hint is Fraction:
        return _fraction(value, where)
    if hint is Decimal:
        return _decimal(value, where)
    if hint is dt.date:
        return _date(value, where)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        try:
            return hint(typing.cast(str, value))
        except ValueError:
            choices = "、".join(member.value for member in hint)
            raise _wrong(where, f"“{value}”不在可选值之内", choices) from None
    if hint is bool:
        if isinstance(value, bool):
            return value
        raise _wrong(where, "应为是或否", "true 或 false")
    if hint is int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise _wrong(where, "应为整数", "1")
    if isinstance(value, str):
        return value
    raise _wrong(where, "应为文字", "“…”")


def _fraction(value: object, where: str) -> Fraction:
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            pass
    raise _wrong(where, f"“{value}”不是百分点数", "整数或文字，例如 20、“12.5”、“100/3”")


def _decimal(value: object, where: str) -> Decimal:
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and number >= 0:
            return number
    raise _wrong(where, f"“{value}”不是金额或倍数", "以元为单位的数字，例如 50000；比例写成小数文字，例如“0.05”")


def _date(value: object, where: str) -> dt.date:
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise _wrong(where, f"“{value}”不是日期", "“2022-01-01”")


def _wrong(where: str, what: str, example: str) -> InvalidInput:
    return InvalidInput(f"{what}。", where=where or "记录", remedy=f"请写成：{example}。")


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _hints(kind: type[Any]) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    return _HINTS[kind]


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _default(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default
