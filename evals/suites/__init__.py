"""The suites (评测套件) of ``eassistant eval all``: what is measured, with what, and the report of all of them."""
