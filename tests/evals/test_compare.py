from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from mill import make_run
from playwright.sync_api import Browser

from evals.cli import GATE_FAILED, check_gate, main, spread
from evals.compare import compare, write_comparison
from evals.gate import failures, flips, parse_limit
from evals.questions import QuestionSetError
from evals.results import Run, in_short, load_run, save_run
from evals.summary import summarise


def many(run: Run, times: int) -> Run:
    """The run with every question asked so often, each under its own id."""
    return replace(
        run,
        results=tuple(
            replace(r, question=replace(r.question, id=f"{r.question.id}-{place}"))
            for place in range(times)
            for r in run.results
        ),
    )


def test_comparison_finds_the_flips() -> None:
    found = compare(make_run("old"), make_run("new", when_right=False))
    assert [one.question.id for one, _ in found.lost] == ["when"]
    assert found.gained == []
    right = next(change for change in found.changes if change.measure == "right")
    assert right.paired.difference == -0.25
    assert not right.paired.significant
    assert found.losses == []
    assert found.smallest is None


def test_the_same_run_does_not_differ(run: Run) -> None:
    assert all(change.paired.p_value == 1 for change in compare(run, run).changes)


def test_runs_of_other_sets_are_not_compared(run: Run) -> None:
    with pytest.raises(QuestionSetError, match="no question in common"):
        compare(run, many(run, 1))
    first = run.results[0]
    other = replace(first, question=replace(first.question, question="Who else?"))
    with pytest.raises(QuestionSetError, match="no question in common"):
        compare(run, replace(run, results=(other,)))
    found = compare(run, replace(run, results=(other, *run.results[1:])))
    assert found.left_out == ("who",)
    assert len(found.pairs) == len(run.results) - 1


def test_page_shows_both_answers(tmp_path: Path) -> None:
    write_comparison(tmp_path / "c.html", compare(make_run("<old>"), make_run("new", False)))
    text = (tmp_path / "c.html").read_text(encoding="utf-8")
    assert "&lt;old&gt;" in text
    assert "<i>it</i>" not in text
    assert 'data-kinds="lost changed"' in text


def test_limits() -> None:
    assert parse_limit("0.9") == ("right", 0.9)
    assert parse_limit("citation exact=100%") == ("citation exact", 1.0)
    for wrong in ("right", "right=2", "right=-1", ""):
        with pytest.raises(QuestionSetError, match="is no limit"):
            parse_limit(wrong)


def test_gate_fails_under_a_limit(run: Run) -> None:
    summary = summarise(run)
    assert failures(summary, [("right", 0.7)], None) == []
    assert failures(summary, [("right", 0.8)], None) == ["right is 75.0%, under 80.0%."]
    assert failures(summary, [("false answers", 0.0)], None) == []
    with pytest.raises(QuestionSetError, match="no measure 'rihgt'"):
        failures(summary, [("rihgt", 0.8)], None)


def test_gate_fails_on_a_significant_loss_only() -> None:
    old, new = make_run("old"), make_run("new", when_right=False)
    assert failures(summarise(new), [], compare(old, new)) == []
    old, new = many(old, 6), many(new, 6)
    found = failures(summarise(new), [], compare(old, new))
    assert any(reason.startswith("right fell by 25.0%") for reason in found)
    lost = flips(compare(old, new))
    assert lost[0] == "No longer right: And when? (when-0) 1840 → (refused wrongly)"
    assert len(lost) == 6
    assert flips(compare(new, old))[0].startswith("Now right: And when?")


def test_command_gates_on_a_baseline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = many(make_run("old"), 6), many(make_run("new", when_right=False), 6)
    save_run(tmp_path / "kept.json", in_short(old), indent=None)
    assert load_run(tmp_path / "kept.json").results[0].excerpts == ()
    summary = summarise(new)
    against = load_run(tmp_path / "kept.json")
    with pytest.raises(typer.Exit) as stopped:
        check_gate(new, summary, [], against)
    assert stopped.value.exit_code == GATE_FAILED
    said = capsys.readouterr().err
    assert said.count("No longer right: And when?") == 6
    assert "Not passed: right fell by 25.0% against the baseline, from 75.0%" in said
    check_gate(old, summarise(old), [("right", 0.7)], against)
    assert "Passed." in capsys.readouterr().err


def test_several_values_of_one_option() -> None:
    assert spread(["--vary", "passages=3,5", "llm=none", "-o", "out"]) == [
        "--vary", "passages=3,5", "--vary", "llm=none", "-o", "out",
    ]  # fmt: skip
    assert spread(["new", "a.md"]) == ["new", "a.md"]
    assert spread(["--robustness", "all", "--json"]) == ["--robustness", "all", "--json"]


def test_types_with_most_flips_come_first() -> None:
    rows = compare(make_run("old"), make_run("new", when_right=False)).by_type
    assert (rows[0].type, rows[0].lost, rows[0].gained, rows[0].count) == ("when", 1, 0, 2)


@pytest.mark.browser
def test_page_puts_answers_and_citations_side_by_side(tmp_path: Path, browser: Browser) -> None:
    write_comparison(tmp_path / "c.html", compare(make_run("old"), make_run("new", False)))
    requests: list[str] = []
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "c.html").as_uri())
    assert page.locator("svg circle").count() == len(compare(make_run(), make_run()).changes)
    page.select_option("#show", "lost")
    assert page.locator(".question:visible").count() == 1
    page.locator(".question:visible summary").click()
    old, new = page.locator(".question:visible .pair > div").all()
    assert "Ana Ruiz built the mill" in old.locator("mark").inner_text()
    assert "refused wrongly" in new.inner_text()
    left, right = old.bounding_box(), new.bounding_box()
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]
    page.close()
    assert len(requests) == 1


def test_command_compares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_run(tmp_path / "a.json", make_run("old"))
    save_run(tmp_path / "b.json", make_run("new", when_right=False))
    files = [str(tmp_path / "a.json"), str(tmp_path / "b.json")]
    assert main(["--compare", *files, "-o", str(tmp_path), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["lost"] == ["when"]
    assert (tmp_path / "compare.html").exists()
    assert main(["--compare", *files, "-o", str(tmp_path)]) == 0
    assert "No longer right" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--compare", "none.json", "none.json"],
        ["--questions", "none.jsonl"],
        ["squad", "none.json"],
        ["--no-such-option"],
    ],
)
def test_errors_are_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said.strip()
    assert "Traceback" not in said
