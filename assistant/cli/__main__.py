"""``python -m assistant.cli``: the command line without the installed script."""

from assistant.cli.main import app

app(prog_name="eassistant")
