"""Page script: see ``ui.desk.page``."""

from ui.desk.page import show_page

show_page()
