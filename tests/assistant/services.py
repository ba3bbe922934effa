"""Stand-ins bundled as the services that the API speaks to."""

from __future__ import annotations

from typing import Any

from assistant.api.services import Services
from assistant.discretion.contract import Desk
from assistant.views import OpenViews


def services_of(stand_in: Any, desk: Desk, **more: Any) -> Services:
    """Services over a stand-in that is assistant and operations at once."""
    return Services(views=OpenViews(stand_in, desk), operations=stand_in, **more)
