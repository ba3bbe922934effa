"""Page script: see ``ui.asking``."""

from ui.asking import show_page

show_page()
