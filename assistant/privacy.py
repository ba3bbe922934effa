"""Nothing phones home (不外传): switches off every usage report and look-up of the libraries we use.

``keep_to_this_machine`` runs before anything else in every entry point, because the libraries read these switches
when they are imported. Values set by the operator on purpose are left alone only where they are stricter.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

_SWITCHES = {
    "HAYSTACK_TELEMETRY_ENABLED": "False",  # haystack.telemetry: posthog events
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true",  # its welcome looks up the machine's public address
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


def keep_to_this_machine() -> None:
    """Switch off usage statistics, and hub look-ups until ``allow_hub`` is called for a hub model."""
    os.environ.update(_SWITCHES | _OFFLINE)


def is_hub_model(model: str, bundled: Collection[str]) -> bool:
    """Whether an encoder's name can only mean a model on a hub: neither a bundled one nor a folder."""
    return model not in bundled and not Path(model).expanduser().exists()


def allow_hub() -> None:
    """Let the hub library download: only when the operator named a hub model in the settings."""
    for name in _OFFLINE:
        os.environ.pop(name, None)
