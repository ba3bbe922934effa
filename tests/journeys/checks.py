"""What holds on every page: no serious accessibility fault, nothing from elsewhere, nothing wider than the screen."""

from __future__ import annotations

import io
import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from tests.journeys.visit import Visit

SCREENSHOTS = "EASSISTANT_SCREENSHOTS"
"""Environment variable: the folder to which the run writes its screenshots; none are written without it."""
PICTURES = {
    "ask-answer-phone",
    "ask-answer-desk",
    "ask-follow-up-phone",
    "provision-dialog-phone",
    "ask-curated-phone",
    "encyclopedia-desk",
    "provision-desk",
    "topic-phone",
    "comparison-desk",
    "discretion-desk",
    "upload-desk",
    "feedback-queue-desk",
    "handbook-desk",
}
"""The states that docs/pages.md shows."""
EVERY = "all"
"""Put after the folder (``shots:all``): a picture of every state, to look at."""
_SERIOUS = {"serious", "critical"}
_COLOURS = 64


def check_page(visit: Visit, name: str, *, axe: bool = True, settle: bool = True) -> None:
    """Judge the page as it stands, and keep a picture of it where pictures are wanted.

    ``axe`` False spares the accessibility check where a page differs little from one already judged; ``settle`` False
    is for pages that are not Streamlit's.
    """
    if settle:
        visit.settled()
    folder, _, every = os.environ.get(SCREENSHOTS, "").partition(":")
    shown = f"{name}-{visit.size}"
    if folder and (shown in PICTURES or every == EVERY):
        _keep(visit.page.screenshot(animations="disabled"), Path(folder) / f"{shown}.png")
    assert visit.foreign == [], name
    assert visit.complaints == [], name
    wide = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} is {wide} px wider than the screen"
    if not axe:
        return
    found = Axe().run(visit.page).response["violations"]
    faults = [
        f"{v['id']} ({v['impact']}): {n['html'][:200]}" for v in found if v["impact"] in _SERIOUS for n in v["nodes"]
    ]
    assert not faults, "\n".join([name, *faults])


def _keep(picture: bytes, path: Path) -> None:
    """A picture in few colours: small enough for the repository, and as readable."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
