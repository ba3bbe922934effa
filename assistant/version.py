"""Version of the program (版本), from the installed distribution."""

from __future__ import annotations

from importlib import metadata


def version() -> str:
    """Version of the installed distribution ``eassistant``."""
    return metadata.version("eassistant")
