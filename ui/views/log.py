"""Page script: see ``ui.auditlog.page``."""

from ui.auditlog.page import show_page

show_page()
