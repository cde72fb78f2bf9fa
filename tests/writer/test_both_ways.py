"""The same questions answered by the reader alone and with a model, side by side."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from evals.cli import main

from .conftest import KEY, Behaviour, Handler, LocalServer, fails

QUESTIONS = (
    {"id": "a", "type": "number", "question": "How many North Koreans might fight at the front?",
     "answers": ["12,000", "up to 12,000"], "article": "north-korea-russia-arms.md",
     "evidence": ["Up to 12,000 North Koreans might be fighting at the front next year"]},
    {"id": "b", "type": "unanswerable", "question": "How many tanks has Norway delivered?",
     "answerable": False, "article": "north-korea-russia-arms.md"},
)  # fmt: skip
TRUE = "Up to 12,000 North Koreans might be fighting at the front next year."
FALSE = "North Korea has delivered 7,400 tanks to Oslo."


def tells_a_truth_and_a_lie(handler: Handler, body: dict[str, Any]) -> None:
    """Copies the sentence that it was given, if it was, and adds one that stands nowhere."""
    given = re.search(r"\[(\d+)\] Up to 12,000", body["messages"][-1]["content"])
    number = given.group(1) if given else "1"
    handler.begin_stream()
    handler.send_piece(f"{TRUE} [{number}]\n{FALSE} [{number}]\n")
    handler.end_stream()


@pytest.fixture
def asked(tmp_path: Path, server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("OPENAI_LIKE_API_KEY", KEY)
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, QUESTIONS)), encoding="utf-8")
    out = str(tmp_path / "out")
    return ["-q", str(path), "--llm", f"openai-like:{server.url}", "-o", out, "--json"]


def run(server: LocalServer, arguments: list[str], behaviour: Behaviour) -> int:
    server.behaviours = [behaviour]
    return main(arguments)


def test_both_ways_stand_side_by_side(
    asked: list[str], server: LocalServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(server, asked, tells_a_truth_and_a_lie) == 0
    told = json.loads(capsys.readouterr().out)
    figures = told["model"]["total"]["figures"]
    assert figures["citation exact"]["value"] == 1
    assert told["written"]["by_model"]["value"] is not None
    assert told["written"]["struck_out"]["value"] >= 0.5
    assert {change["measure"] for change in told["comparison"]["changes"]} >= {"right"}
    assert all("p_value" in change["paired"] for change in told["comparison"]["changes"])
    assert {"gained", "lost"} <= told["comparison"].keys()
    assert told["written"]["sent"]["value"] > 100
    assert told["written"]["received"]["value"] > 10
    for name in ("reader.json", "model.json", "reader.html", "model.html", "compare.html"):
        assert (tmp_path / "out" / name).exists(), name
    pages = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir())
    assert KEY not in pages
    model = json.loads((tmp_path / "out" / "model.json").read_text(encoding="utf-8"))
    first = model["run"]["results"][0]["answer"]
    assert "12,000" in first["text"]
    assert "7,400" not in first["text"]


def test_the_terminal_and_the_page_tell_the_models_part(
    asked: list[str], server: LocalServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(server, asked[:-1], tells_a_truth_and_a_lie) == 0
    page = (tmp_path / "out" / "compare.html").read_text(encoding="utf-8")
    for text in (capsys.readouterr().out, page):
        assert "struck out by the check" in text
        assert "Tokens for a question" in text
    assert "reader → model" in page


def test_a_model_that_answers_nothing_is_no_result(
    asked: list[str], server: LocalServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(server, asked, fails(401, "bad key")) == 2
    assert "answered no question" in capsys.readouterr().err


def test_a_model_that_cannot_be_loaded_is_told_before_anything_is_asked(
    asked: list[str], server: LocalServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*asked[:2], "--llm", "nosuch:model", *asked[4:]]) == 2
    assert "nosuch" in capsys.readouterr().err
    assert server.requests == []
