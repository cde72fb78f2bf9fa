"""``python app.py``: the web chat, the same as ``footnote serve``."""

import sys

from assistant.cli import app

if __name__ == "__main__":
    app(["serve", *sys.argv[1:]])
