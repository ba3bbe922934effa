"""A bound on how long a reply of the chat model may come in (答复时限), whatever it is made of.

A read timeout bounds each wait for bytes. A service that sends comments to keep the connection, or a line without
end, never lets one expire and never completes a piece after which the time could be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from httpx2 import ReadTimeout, Response, SyncByteStream


class BoundedStream(SyncByteStream):
    """The bytes of ``inner`` until ``is_over``; then ReadTimeout."""

    def __init__(self, inner: SyncByteStream, is_over: Callable[[], bool]) -> None:
        self._inner = inner
        self._is_over = is_over

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._inner:
            if self._is_over():
                raise ReadTimeout("the reply did not end in time")
            yield piece

    def close(self) -> None:
        self._inner.close()


def bounded_by(seconds: float, clock: Callable[[], float]) -> Callable[[Response], None]:
    """A hook for responses: each is read for so many seconds at most."""

    def bound(response: Response) -> None:
        ends = clock() + seconds
        if isinstance(response.stream, SyncByteStream):
            response.stream = BoundedStream(response.stream, lambda: clock() > ends)

    return bound
