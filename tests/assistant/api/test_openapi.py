"""The OpenAPI document says of every route what a caller needs: words, permission, refusals, examples that fit."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import jsonschema_rs
import pytest

from assistant.accounts.roles import Permission
from assistant.api.app import create_app
from assistant.api.errors import MEDIA_TYPE
from assistant.api.openapi import operations
from assistant.api.permission import permission_of
from assistant.runtime import Runtime
from assistant.settings import Settings


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The application with every area of a real installation, nothing loaded."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    runtime = Runtime.open(settings)
    yield create_app(runtime.services(), settings)
    runtime.close()


@pytest.fixture(scope="module")
def document(app: Any) -> dict[str, Any]:
    return app.openapi()


@pytest.fixture(scope="module")
def described(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every operation by method and path."""
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def _at_fault(described: dict[str, dict[str, Any]], fault: Any) -> dict[str, Any]:
    return {name: found for name, operation in described.items() if (found := fault(operation))}


def test_every_operation_has_words_of_both_languages_and_a_known_tag(document, described):
    known = {tag["name"] for tag in document["tags"]}

    def fault(operation):
        words = (operation.get("summary", ""), operation.get("description", ""))
        both = all(re.search(r"[\u4e00-\u9fff]", w) and re.search(r"[A-Za-z]{2}", w) for w in words)
        return not both or not operation.get("tags") or not set(operation["tags"]) <= known

    assert not _at_fault(described, fault)


def test_operation_ids_are_unique_and_do_not_depend_on_paths(described):
    ids = Counter(operation["operationId"] for operation in described.values())
    assert not [name for name, count in ids.items() if count > 1]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in ids)


def test_every_route_names_its_permission(app):
    assert not [f"{method} {path}" for method, path, route in operations(app) if permission_of(route) is None]


def test_every_refusal_is_a_problem_with_an_example(described):
    def fault(operation):
        refused = {s: r for s, r in operation["responses"].items() if s.isdecimal() and int(s) >= 400}
        needed = {"422", "429", "500", "503"}
        if operation["x-permission"] != Permission.PUBLIC.value:
            needed |= {"401", "403"}
        bad = [s for s, r in refused.items() if list(r["content"]) != [MEDIA_TYPE]]
        bad += [s for s, r in refused.items() if r["content"][MEDIA_TYPE]["example"]["status"] != int(s)]
        return sorted((needed - refused.keys()) | set(bad))

    assert not _at_fault(described, fault)


def _bodies(operation: dict[str, Any]) -> list[dict[str, Any]]:
    described = [operation.get("requestBody", {}), *operation["responses"].values()]
    return [content for body in described for content in body.get("content", {}).values()]


def test_every_request_answer_and_parameter_has_an_example(described):
    def fault(operation):
        bare = [
            c
            for c in _bodies(operation)
            if c.get("schema", {}).get("format") != "binary" and not {"example", "examples"} & c.keys()
        ]
        required = [p for p in operation.get("parameters", ()) if p.get("required")]
        return bare or [p["name"] for p in required if not {"example", "examples"} & p.keys()]

    assert not _at_fault(described, fault)


def test_every_example_fits_its_shape(document, described):
    def examples(content: dict[str, Any]) -> list[Any]:
        found = [content["example"]] if "example" in content else []
        return found + [e["value"] for e in content.get("examples", {}).values()]

    def fault(operation):
        places = [*_bodies(operation), *operation.get("parameters", ())]
        wrong = []
        for place in places:
            schema = place.get("schema", {})
            if not schema or schema.get("format") == "binary":
                continue
            validator = jsonschema_rs.validator_for({**schema, "components": document["components"]})
            for example in examples(place):
                wrong += [
                    f"{place.get('name', '')}{e.instance_path}: {e.message}" for e in validator.iter_errors(example)
                ]
        return wrong

    assert not _at_fault(described, fault)


def test_every_field_of_a_request_is_described_and_bounded(document, described):
    """What is written into a request has words on what it is, and text has a longest length."""
    shapes = document["components"]["schemas"]

    def fields(schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            schema = shapes[schema["$ref"].rsplit("/", 1)[-1]]
        return schema.get("properties", {})

    def fault(operation):
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        asked = {**fields(body), **{p["name"]: p["schema"] | p for p in operation.get("parameters", ())}}
        return sorted(name for name, field in asked.items() if name != "accept" and not _described(field, shapes))

    assert not _at_fault(described, fault)


def _described(field: dict[str, Any], shapes: dict[str, Any]) -> bool:
    if field.get("description"):
        return True
    refs = [f["$ref"] for f in (field, *field.get("anyOf", ()), field.get("items", {})) if "$ref" in f]
    return any(shapes[ref.rsplit("/", 1)[-1]].get("description") for ref in refs)
