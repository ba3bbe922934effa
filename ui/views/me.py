"""Page script: see ``ui.me.page``."""

from ui.me.page import show_page

show_page()
