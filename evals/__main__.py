"""``python -m evals``: the same as ``footnote eval``."""

import sys

from .cli import main

sys.exit(main(sys.argv[1:]))
