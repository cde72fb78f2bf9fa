"""``python -m assistant`` is the command ``footnote``."""

from .cli import main

main()
