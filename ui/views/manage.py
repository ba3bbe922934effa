"""Page script: see ``ui.manage.page``."""

from ui.manage.page import show_page

show_page()
