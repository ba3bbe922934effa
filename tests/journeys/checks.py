"""What holds on every page: no serious accessibility fault, nothing loaded from elsewhere, nothing wider than the screen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe

SCREENSHOTS = "EASSISTANT_SCREENSHOTS"
"""Environment variable: the folder to which the run writes its screenshots; none are written without it."""
_SERIOUS = {"serious", "critical"}


def check_page(visit: Any, name: str) -> None:
    """Judge the page as it stands, and keep a picture of it where pictures are wanted."""
    visit.settled()
    folder = os.environ.get(SCREENSHOTS)
    if folder:
        visit.page.screenshot(path=Path(folder) / f"{name}-{visit.size}.png")
    assert visit.foreign == []
    wide = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} is {wide} px wider than the screen"
    found = Axe().run(visit.page).response["violations"]
    faults = [
        f"{v['id']} ({v['impact']}): {n['html'][:160]}" for v in found if v["impact"] in _SERIOUS for n in v["nodes"]
    ]
    assert not faults, "\n".join([name, *faults])
