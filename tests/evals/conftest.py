from __future__ import annotations

import pytest
from hypothesis import settings
from mill import make_run

from evals.results import Run

# Speed is not what these properties are about, and the machine may be busy.
settings.register_profile("evals", deadline=None)
settings.load_profile("evals")


@pytest.fixture
def run() -> Run:
    return make_run()
