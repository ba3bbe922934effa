"""Page script: see ``ui.citing``."""

from ui.citing import show_page

show_page()
