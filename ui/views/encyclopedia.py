"""Page script: see ``ui.encyclopedia.page``."""

from ui.encyclopedia.page import show_page

show_page()
