"""The chat's likes and dislikes become a set that runs on the articles they are about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import Assistant, Turn
from assistant.cli import app
from assistant.feedback import keep_feedback
from evals.cli import main
from evals.questions import QuestionSetError, load_questions

ARTICLE = "# The mill\n\nAna Ruiz built the mill in 1840. It ground 30 tonnes of corn a week."


def test_feedback_runs_as_a_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = tmp_path / "library"
    with Assistant(library=library) as assistant:
        assistant.library.add_text(ARTICLE)
        for question, liked in (
            ("Who built the mill?", True),
            ("How many tonnes of corn did it grind?", False),
        ):
            answer = assistant.ask(question)
            assert answer.answered
            keep_feedback(assistant.library.folder, Turn(question, answer), liked)
    path = tmp_path / "set" / "chat.jsonl"
    path.parent.mkdir()
    done = CliRunner().invoke(
        app, ["feedback", "export", "--disliked", "-o", str(path), "--library", str(library)]
    )
    assert done.exit_code == 0, done.output
    # Of what was disliked nobody knows yet what is right: the line is named until it is told.
    with pytest.raises(QuestionSetError, match=r"chat\.jsonl, line 2: .*needs answers"):
        load_questions(path)
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert "fill in answers" in records[1]["note"]
    records[1]["answers"] = ["30"]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert main(["-q", str(path), "-o", str(tmp_path / "out"), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["total"]["figures"]
    assert figures["right"]["value"] == 1
    assert figures["evidence cited"]["value"] == 1
