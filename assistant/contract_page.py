"""The reference page of the JSON contract (契约说明), made from the models themselves: ``docs/contract.md``.

``python -m assistant.contract_page docs/contract.md docs/contract-discretion.md`` writes both pages; a test fails while
they are not current.
"""

from __future__ import annotations

import sys
import types
import typing
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from assistant import contract
from assistant.discretion import contract as desk
from corpus import errors
from corpus.vocabulary import STATE_ZH

_SHAPES = (
    contract.SearchRequest,
    contract.SearchResult,
    contract.Cell,
    contract.Material,
    contract.SearchResponse,
    contract.AskRequest,
    contract.Sentence,
    contract.AnswerCitation,
    contract.Removed,
    contract.StandardLink,
    contract.CuratedMark,
    contract.AskResponse,
    contract.CiteRequest,
    contract.ParsedCitation,
    contract.CiteResult,
    contract.CiteResponse,
    contract.QuoteCheck,
    contract.CheckedCitation,
    contract.CheckResponse,
    contract.Problem,
)

_INTRODUCTION = """\
# The JSON contract

Generated from `assistant/contract.py`; write it anew with
`python -m assistant.contract_page docs/contract.md docs/contract-discretion.md`.

These shapes are what `--json` prints and what the API speaks. Fields may be added; none is renamed or removed, so
ignore what you do not know. Days are `YYYY-MM-DD`. Spans `[start, end)` count characters (Unicode code points) from 0.

## At the command line

Each of these prints JSON on standard output and anything else on standard error.

| command | prints |
| --- | --- |
| `eassistant search QUESTION --json` | one `SearchResponse` |
| `eassistant search --batch FILE.jsonl --top-k N --json` | for each line a `SearchResponse` with its `id` |
| `eassistant ask QUESTION --json` | one `AskResponse` |
| `eassistant ask --batch FILE.jsonl --json` | for each line an `AskResponse` with its `id` |
| `eassistant cite TEXT [--as-of D] --json` | one `CiteResponse` |
| `eassistant check-citations FILE [--as-of D] --json` | one `CheckResponse` |
| `eassistant discretion … --json` | the shapes of [contract-discretion.md](contract-discretion.md) |

A line of a batch is `{id, question, as_of?, region?, law?, shelf?}`; further fields are passed over. A bad line is
reported on standard error as `FILE:LINE: …`, the others go on, and the exit code is 1. `--as-of`, `--region`, `--law`
and `--shelf` stand in for what a line leaves out. With `--json` an error is a `Problem` on standard error.

## Over HTTP

`eassistant serve` speaks the same shapes; `/docs` on a running server describes every route. `POST /api/ask` with
`Accept: text/event-stream` (or `?stream=1`) sends the answer as server-sent events `notes`, `sentence`, `citation`,
`removed`, and last `done` with the whole `AskResponse`, or `error` with a `Problem`. Errors are
`application/problem+json`.
"""

_EXIT_CODES = """\
## Exit codes

0 is success. 1 also stands for a finished command with something to look at: a bad line of a batch, a citation that is
not in force, a failed check. 2 is also a wrong command line.
"""


_DESK_SHAPES = tuple(
    shape
    for shape in vars(desk).values()
    if isinstance(shape, type) and issubclass(shape, BaseModel) and shape.__module__ == desk.__name__
)

_DESK_INTRODUCTION = """\
# The JSON contract of the discretion desk

Generated from `assistant/discretion/contract.py` together with `contract.md`, whose conventions hold here too. Sums are
yuan as decimal text, weights and totals percentage points as decimal text. Keys of records (`standard`, `key`) are
`<version id>/<record id>`.

| command | prints | route |
| --- | --- | --- |
| `eassistant discretion find TEXT --json` | one `FindResponse` | `POST /api/discretion/find` |
| `eassistant discretion compute [FILE] --json` | one `ComputeResponse` | `POST /api/discretion/compute` |
| `eassistant discretion check [FILE] --json` | one `CheckResponse` | `POST /api/discretion/check` |
| `eassistant discretion explain [FILE] --json` | one `ExplainResponse` | `POST /api/discretion/explain` |
| `eassistant discretion audit [DOCUMENT] --json` | a list of `AuditResponse` | `POST /api/discretion/audit` |

`compute`, `check` and `explain` read their request as a JSON object from a file, from standard input or from
`--request`, and options stand over what it says. Under `/api/discretion`, `POST explain.docx` gives the explanation as
a document, `GET standards`, `standards/KEY` and `items` list what is held, and `GET review`, `PUT` and
`DELETE corrections/KEY` and `GET pictures/KEY` serve the records that need a person.

## Shapes
"""


def desk_page() -> str:
    """The page of the discretion desk as Markdown."""
    return "\n".join([_DESK_INTRODUCTION, *(_shape(model) for model in _DESK_SHAPES)])


def contract_page() -> str:
    """The whole page as Markdown."""
    states = "\n".join(f"| `{state.value}` | {words} |" for state, words in STATE_ZH.items())
    parts = [
        _INTRODUCTION,
        f"## States\n\n`state` and `status` take these values:\n\n| value | meaning |\n| --- | --- |\n{states}\n",
        _exit_codes(),
        "## Shapes\n",
        *(_shape(model) for model in _SHAPES),
    ]
    return "\n".join(parts)


def _exit_codes() -> str:
    kinds: list[type[errors.EAssistantError]] = [errors.EAssistantError, *_descendants(errors.EAssistantError)]
    ours = sorted((k for k in kinds if k.__module__ == errors.__name__), key=lambda k: (k.exit_code, k.code))
    rows = "\n".join(f"| {k.exit_code} | `{k.code}` | {(k.__doc__ or '').splitlines()[0]} |" for k in ours)
    return f"{_EXIT_CODES}\n| exit code | `code` of the problem | meaning |\n| --- | --- | --- |\n{rows}\n"


def _descendants(kind: type[errors.EAssistantError]) -> list[type[errors.EAssistantError]]:
    return [d for child in kind.__subclasses__() for d in (child, *_descendants(child))]


def _shape(model: type[BaseModel]) -> str:
    rows = []
    for name, field in model.model_fields.items():
        need = "" if field.is_required() else "?"
        rows.append(f"| `{name}{need}` | {_type(field.annotation)} | {field.description or ''} |".replace("\n", " "))
    summary = (model.__doc__ or "").strip().splitlines()[0]
    table = "\n".join(["| field | type | meaning |", "| --- | --- | --- |", *rows])
    return f"### `{model.__name__}`\n\n{summary}\n\n{table}\n"


def _type(annotation: Any) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is typing.Annotated:
        return _type(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_type(a) for a in arguments)
    if origin is list:
        return f"list of {_type(arguments[0])}"
    if origin is dict:
        return f"{_type(arguments[0])} → {_type(arguments[1])}"
    if origin is tuple:
        return "[start, end]"
    names: dict[Any, str] = {
        types.NoneType: "null",
        str: "text",
        int: "integer",
        float: "number",
        bool: "true or false",
    }
    return names.get(annotation) or str(annotation.__name__)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(contract_page(), encoding="utf-8")
    Path(sys.argv[2]).write_text(desk_page(), encoding="utf-8")
