"""A run that was stopped goes on where it was, and nothing kept outlives a change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Settings
from evals.questions import Question
from evals.results import Result
from evals.resuming import resume_run, run_key
from evals.sources import Articles

QUESTIONS = [
    Question(f"q{number}", "who", text, answerable=False, articles=("mill.md",))
    for number, text in enumerate(("Who sold the mill?", "Who burnt it?", "Who drew it?"))
]


class Stopped(Exception):
    pass


@pytest.fixture
def articles(tmp_path: Path) -> Articles:
    (tmp_path / "mill.md").write_text("# Mill\n\nAna Ruiz built the mill in 1840.", "utf-8")
    return Articles((tmp_path,))


def test_a_stopped_run_goes_on(articles: Articles, tmp_path: Path) -> None:
    def stop(done: int, _: int) -> None:
        if done == 2:
            raise Stopped

    cache = tmp_path / "cache"
    with pytest.raises(Stopped):
        resume_run(QUESTIONS, articles, Settings(), "one", cache, stop)
    (parts,) = cache.iterdir()
    kept = parts.read_text(encoding="utf-8")
    assert kept.count("\n") == 2
    # As if the machine had stopped while the third answer was written.
    parts.write_text(kept + kept[:100], encoding="utf-8")
    progress: list[int] = []
    run, fresh = resume_run(
        QUESTIONS, articles, Settings(), "one", cache, lambda done, _: progress.append(done)
    )
    assert progress == [2, 3]
    assert fresh
    assert [r.question.id for r in run.results] == ["q0", "q1", "q2"]
    again, fresh = resume_run(QUESTIONS, articles, Settings(), "two", cache)
    assert not fresh
    assert again.results == run.results
    assert again.name == "two"
    assert [path.suffix for path in cache.iterdir()] == [".json"]


def test_failures_are_asked_again(
    articles: Articles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evals import run as running

    ask = running._Asker.result

    def fail(self: running._Asker, question: Question) -> Result:
        found = ask(self, question)
        return replace(found, failure="broken") if question.id == "q1" else found

    monkeypatch.setattr(running._Asker, "result", fail)
    run, _ = resume_run(QUESTIONS, articles, Settings(), "one", tmp_path / "cache")
    assert [r.failure for r in run.results] == ["", "broken", ""]
    monkeypatch.undo()
    asked: list[int] = []
    run, fresh = resume_run(
        QUESTIONS, articles, Settings(), "one", tmp_path / "cache", lambda d, _: asked.append(d)
    )
    assert fresh
    assert asked == [2, 3]
    assert not any(r.failure for r in run.results)


def test_what_answers_depend_on_is_in_the_key(articles: Articles, tmp_path: Path) -> None:
    key = run_key(QUESTIONS, articles, Settings())
    assert run_key(QUESTIONS, articles, Settings(passages=8)) == key
    assert run_key(QUESTIONS, articles, Settings(passages=9)) != key
    assert run_key(QUESTIONS[:2], articles, Settings()) != key
    (tmp_path / "mill.md").write_text("# Mill\n\nIvo Kern built the mill in 1841.", "utf-8")
    assert run_key(QUESTIONS, articles, Settings()) != key


def test_an_answer_of_the_reader_is_no_answer_of_a_model(
    articles: Articles, tmp_path: Path
) -> None:
    # Nobody listens on this port, so that the reader stands in.
    settings = Settings(llm="openai-like:http://127.0.0.1:9/v1")
    run, _ = resume_run(QUESTIONS[:1], articles, settings, "one", tmp_path / "cache")
    assert run.results[0].fell_back(settings.llm)
    assert not list((tmp_path / "cache").glob("*.json"))
