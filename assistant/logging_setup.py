"""What the service writes to standard error (运行日志): lines for people, or one JSON object a line for programs.

Neither holds questions, bodies, names or addresses of people.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
from typing import Any, TextIO

from assistant.settings import LogSettings

EXTRA = "fields"
"""Attribute of a log record with further fields of the line: ``log.info("…", extra={EXTRA: {…}})``."""

_TEXT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def set_up_logging(settings: LogSettings, stream: TextIO | None = None) -> None:
    """Send the logs of the process to standard error as the settings say."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if settings.format == "json" else TextLines(_TEXT))
    logging.basicConfig(level=settings.level.upper(), handlers=[handler], force=True)
    logging.getLogger("haystack").setLevel(logging.ERROR)  # warns at length about snapshots of failed pipelines
    for chatty in (
        "httpx",
        "httpx2",
        "httpcore",
        "openai",
        "alembic",
        "uvicorn.access",
    ):  # each line may hold an address
        logging.getLogger(chatty).setLevel(logging.WARNING)


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, then the record's fields."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, EXTRA, {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class TextLines(logging.Formatter):
    """A line for people, with the record's fields as ``name=value``."""

    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, EXTRA, {})
        return " ".join((super().format(record), *(f"{name}={value}" for name, value in fields.items())))
