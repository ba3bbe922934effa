"""An OpenAI-compatible endpoint on this machine that answers as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]
DONE = b"data: [DONE]\n\n"


class Endpoint:
    """What the server does with a request, and what it got."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.authorizations: list[str | None] = []
        self.paths: list[str] = []
        self.released = threading.Event()
        self.answer: Answer = lambda handler: None


def chunk(content: str | None = None, finish: str | None = None, **delta: Any) -> bytes:
    """One event of a streamed reply."""
    if content is not None:
        delta["content"] = content
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    body = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(body)}\n\n".encode()


def reply(text: str) -> Answer:
    """A whole reply, character by character."""
    return stream(*map(chunk, text), chunk(finish="stop"), DONE)


def stream(*chunks: bytes, ended: bool = True) -> Answer:
    """Send chunks as they are; ``ended`` false: announce more than is sent, and hang up."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = b"".join(chunks)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Content-Length", str(len(body) if ended else len(body) + 100))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def piece_by_piece(chunks: Iterator[bytes], wait: Callable[[], object]) -> Answer:
    """Send chunks one after the other with a wait before each, until they or the reader are gone."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        for piece in chunks:
            wait()
            try:
                handler.wfile.write(piece)
            except OSError:
                return

    return answer


def refuse(status: int) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = json.dumps({"error": {"message": "no"}}).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def served(endpoint: Endpoint) -> Iterator[str]:
    """The endpoint's base URL while it serves."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            endpoint.requests.append(json.loads(self.rfile.read(length)))
            endpoint.authorizations.append(self.headers["Authorization"])
            endpoint.paths.append(self.path)
            endpoint.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        endpoint.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
