"""Page script: see ``ui.library``."""

from ui.library import show_page

show_page()
