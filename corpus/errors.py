"""The project's one error family.

Every message says what was wrong, where, and what to do next; ``retryable`` says whether the same call can
succeed later without anybody changing anything.
"""

from __future__ import annotations


class EAssistantError(Exception):
    """Root of every error this project raises on purpose.

    ``what`` is the fault, ``where`` the place (file, page, row, article), ``remedy`` the next step for the reader.
    ``code`` is a stable machine word used by the API's problem details and the command line's ``--json``.
    """

    code = "error"
    exit_code = 1
    http_status = 500
    retryable = False

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what, where, remedy)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{remedy}"


class InvalidInput(EAssistantError):
    """The caller's words cannot be used: an empty question, a date that does not exist, an unknown law filter."""

    code = "invalid_input"
    exit_code = 2
    http_status = 422


class NotFound(EAssistantError):
    """What an id or path names is not held: a document, a provision."""

    code = "not_found"
    exit_code = 2
    http_status = 404


class NotAuthenticated(EAssistantError):
    """Nobody is logged in, or the session or token is unknown, expired or revoked."""

    code = "not_authenticated"
    exit_code = 8
    http_status = 401


class Forbidden(EAssistantError):
    """The person is known and may not do this."""

    code = "forbidden"
    exit_code = 8
    http_status = 403


class Conflict(EAssistantError):
    """The thing is no longer in the state that the request takes for granted."""

    code = "conflict"
    exit_code = 2
    http_status = 409


class TooManyRequests(EAssistantError):
    """More requests, or more failed log-ins, than the settings allow in a span of time."""

    code = "too_many_requests"
    http_status = 429
    retryable = True
    retry_after_s: int | None = None


class SourceUnreadable(EAssistantError):
    """A source (file, package data) is missing, damaged or not of the expected shape."""

    code = "source_unreadable"
    exit_code = 3


class StoreUnavailable(EAssistantError):
    """The data folder or the relational store cannot be read or written (missing, full, corrupt, locked)."""

    code = "store_unavailable"
    exit_code = 4
    http_status = 503


class StillPreparing(EAssistantError):
    """The laws are not loaded yet; the same request succeeds a little later."""

    code = "preparing"
    exit_code = 4
    http_status = 503
    retryable = True


class IndexMismatch(EAssistantError):
    """The vector index was made by another encoder, passage text or format than the one now in use."""

    code = "index_mismatch"
    exit_code = 5
    http_status = 503


class IndexUnavailable(EAssistantError):
    """The vector index cannot be opened: another process owns it, or it is damaged."""

    code = "index_unavailable"
    exit_code = 5
    http_status = 503
    retryable = True


class EncoderUnavailable(EAssistantError):
    """The dense encoder's weights are missing or cannot be read."""

    code = "encoder_unavailable"
    exit_code = 6
    http_status = 503


class GeneratorUnavailable(EAssistantError):
    """The optional chat model did not answer; the composed answer is complete without it."""

    code = "generator_unavailable"
    http_status = 502
    retryable = True


class ServerUnavailable(EAssistantError):
    """A command needed the running server and could not reach it."""

    code = "server_unavailable"
    exit_code = 7
    http_status = 503
    retryable = True
