"""A question set as parametrised pytest tests, one for each question.

In a ``conftest.py``::

    pytest_plugins = ["evals.pytest_plugin"]

and on the command line ``pytest --footnote-questions SET.jsonl`` (or the ini value
``footnote_questions``). A test that asks for ``footnote_result`` is run once for every question::

    def test_answer(footnote_result):
        assert footnote_result.verdict in ("right", "refused rightly")

All questions are asked once, in one run, at the first test that needs a result.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .questions import QuestionSetError
from .results import Result, Run
from .sources import load_sets

RUN: pytest.StashKey[Run] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option and the ini value that name the question files."""
    parser.addoption(
        "--footnote-questions", action="append", metavar="FILE", help="A question set to test."
    )
    parser.addini("footnote_questions", "Question sets to test.", "paths", [])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for every question of the sets."""
    if "footnote_result" not in metafunc.fixturenames:
        return
    try:
        questions = load_sets(question_files(metafunc.config))[0]
    except QuestionSetError as error:
        raise pytest.UsageError(str(error)) from error
    metafunc.parametrize("footnote_result", [q.id for q in questions], indirect=True)


@pytest.fixture
def footnote_result(request: pytest.FixtureRequest) -> Result:
    """The result of the question this test is for."""
    run = _run(request.config)
    return next(r for r in run.results if r.question.id == request.param)


def question_files(config: pytest.Config) -> list[Path]:
    """The files named on the command line, or else in the ini file."""
    named = config.getoption("--footnote-questions")
    if named:
        return [Path(name) for name in named]
    return [Path(path) for path in config.getini("footnote_questions")]


def _run(config: pytest.Config) -> Run:
    if RUN not in config.stash:
        from .run import run_questions

        questions, articles = load_sets(question_files(config))
        config.stash[RUN] = run_questions(questions, articles, name="pytest")
    return config.stash[RUN]
