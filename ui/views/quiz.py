"""Page script: see ``ui.quiz.page``."""

from ui.quiz.page import show_page

show_page()
