"""The page of the API for people (接口说明页): the OpenAPI document as plain HTML, made here, loading nothing.

It runs no script, so it needs no exception from the content security policy and nobody else's code.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

_STYLE = """
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h1, h2, h3 { line-height: 1.3; }
summary { cursor: pointer; padding: .35rem 0; }
details { border-top: 1px solid #ccc; }
details > div { padding: 0 0 1rem 1rem; }
code, pre { font: 14px/1.5 ui-monospace, monospace; }
pre { background: #f4f4f4; overflow-x: auto; padding: .6rem; max-height: 24rem; }
table { border-collapse: collapse; width: 100%; }
td, th { border: 1px solid #ddd; padding: .25rem .5rem; text-align: left; vertical-align: top; }
.method { display: inline-block; min-width: 4.2rem; font-weight: 600; }
"""
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_CSP = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_INTRODUCTION = (
    '<p>机器可读的同一文档：<a href="/openapi.json">/openapi.json</a>。除注明“无需登录”的外，请求须带 '
    "<code>Authorization: Bearer 令牌</code>（未启用账户时不需要）。"
    "Same document for programs: /openapi.json.</p>"
)


def add_docs_page(app: FastAPI) -> None:
    """Serve the page at ``/docs``."""

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(docs_page(app.openapi()), headers={"Content-Security-Policy": _CSP})


def docs_page(document: Mapping[str, Any]) -> str:
    """The whole page; every word of the document is escaped."""
    info = document["info"]
    parts = [
        f"<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{escape(info['title'])}</title>"
        f'<meta name=viewport content="width=device-width"><style>{_STYLE}</style>',
        f"<h1>{escape(info['title'])} {escape(info['version'])}</h1>{_paragraphs(info['description'])}{_INTRODUCTION}",
    ]
    for tag in document["tags"]:
        operations = list(_operations(document, tag["name"]))
        if operations:
            parts.append(f'<h2 id="{escape(tag["name"])}">{escape(tag.get("description", tag["name"]))}</h2>')
            parts += operations
    return "".join(parts)


def _operations(document: Mapping[str, Any], tag: str) -> Iterator[str]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if tag in operation.get("tags", ()):
                yield _operation(method, path, operation)


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> str:
    permission = "无需登录 public" if operation.get("x-permission") == "public" else operation.get("x-permission", "")
    body = operation.get("requestBody", {})
    return (
        f'<details id="{escape(operation["operationId"])}"><summary><span class=method>{escape(method.upper())}</span> '
        f"<code>{escape(path)}</code> {escape(operation.get('summary', ''))}</summary><div>"
        f"{_paragraphs(operation.get('description', ''))}<p>权限 permission：<code>{escape(permission)}</code></p>"
        f"{_parameters(operation.get('parameters', ()))}"
        f"{_contents('请求正文 Request body', body) if body else ''}"
        f"{''.join(_contents(_status_line(s, r), r) for s, r in operation['responses'].items())}"
        "</div></details>"
    )


def _status_line(status: str, response: Mapping[str, Any]) -> str:
    return f"{status} {response.get('description', '')}"


def _parameters(parameters: Any) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(p['name'])}</code>{'*' if p.get('required') else ''}<td>{escape(p['in'])}"
        f"<td>{escape(p.get('description') or p.get('schema', {}).get('description', ''))}"
        f"<td><code>{escape(_json(p['example'])) if 'example' in p else ''}</code>"
        for p in parameters
    )
    return f"<table><tr><th>参数<th>位置<th>说明<th>示例{rows}</table>" if rows else ""


def _contents(title: str, body: Mapping[str, Any]) -> str:
    shown = [f"<h3>{escape(title)}</h3>"]
    for media, content in body.get("content", {}).items():
        examples = [content["example"]] if "example" in content else []
        examples += [e["value"] for e in content.get("examples", {}).values()]
        shown.append(f"<p><code>{escape(media)}</code></p>")
        shown += [f"<pre>{escape(_json(example))}</pre>" for example in examples]
    return "".join(shown)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(p)}</p>" for p in text.split("\n\n") if p.strip())


def _json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
