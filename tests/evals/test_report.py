from __future__ import annotations

import io
from html.parser import HTMLParser
from pathlib import Path

import pytest
from mill import SENTENCES, make_answer, make_result
from playwright.sync_api import Browser
from rich.console import Console

from evals.questions import Question, QuestionSetError
from evals.report import print_report, write_markdown, write_page
from evals.results import Run, load_run, save_run
from evals.summary import summarise


def test_a_run_is_judged(run: Run) -> None:
    who, when, none, wrong = run.results
    assert [r.verdict for r in run.results] == ["right", "right", "refused rightly", "wrong"]
    assert (who.scores.f1, who.scores.citation_exact, who.scores.evidence_cited) == (1, 1, True)
    assert who.scores.ranking is not None
    assert who.scores.ranking.first_rank == 1
    assert when.scores.full_right is True
    assert none.scores.evidence_cited is None
    assert wrong.excerpts[0].quote == SENTENCES[2]
    assert wrong.excerpts[0].before.endswith(f"{SENTENCES[1]} ")


def test_a_tampered_citation_is_not_exact() -> None:
    question = Question("q", "who", "Who?", True, ("Ana Ruiz",), (), ("Never said.",))
    answer = make_answer("Who?", 0, "Ana Ruiz", 0.9)
    moved = answer.citations[0]
    from dataclasses import replace

    result = make_result(question, replace(answer, citations=(replace(moved, start=1),)))
    assert result.scores.citation_exact == 0
    assert result.missing == ("Never said.",)


def test_stand_alone_questions_must_not_be_changed() -> None:
    question = Question(
        "q", "who", "Who built it?", True, ("Ana Ruiz",), history=("What?",), stands_alone=True
    )
    from dataclasses import replace

    answer = make_answer("Who built it?", 0, "Ana Ruiz", 0.9)
    assert make_result(question, answer).scores.changed is False
    turned = replace(answer, understood_as="Who built the dam?")
    assert make_result(question, turned).scores.changed is True


def test_runs_are_kept(run: Run, tmp_path: Path) -> None:
    save_run(tmp_path / "runs" / "one.json", run, summarise(run).to_dict())
    assert load_run(tmp_path / "runs" / "one.json") == run
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"other\.json is not a run"):
        load_run(tmp_path / "other.json")


def test_summary(run: Run) -> None:
    summary = summarise(run)
    assert [row.type for row in summary.rows] == ["unanswerable", "when", "who"]
    assert summary.total.figures["right"].value == 0.75
    assert summary.total.figures["refused rightly"].value == 1
    assert summary.total.figures["AUROC answerable"].value == 1
    assert summary.total.figures["follow-ups right"].count == 1
    assert any("only 4 questions" in warning for warning in summary.warnings)
    assert summary.stages["reading"] == (0.05, 0.05)


def test_terminal_report(run: Run) -> None:
    console = Console(file=io.StringIO(), width=140)
    print_report(run, summarise(run), console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "75.0%" in printed
    assert "unanswerable" in printed


def test_markdown_report(run: Run, tmp_path: Path) -> None:
    write_markdown(tmp_path / "run.md", run, summarise(run))
    text = (tmp_path / "run.md").read_text(encoding="utf-8")
    assert "| **all** | 4 | 75.0%" in text
    assert "| When did <i>it</i> freeze? | wrong | 1855 | 1856 |" in text
    assert "\n\n\n" not in text


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]


def test_page_is_self_contained_and_escaped(run: Run, tmp_path: Path) -> None:
    write_page(tmp_path / "run.html", run, summarise(run))
    text = (tmp_path / "run.html").read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(text)
    assert reader.links == []
    assert "link" not in reader.tags
    assert "<i>it</i>" not in text
    assert f"<mark>{SENTENCES[0]}</mark>" in text
    assert text.count('class="question"') == 4


@pytest.mark.browser
def test_page_filters(run: Run, tmp_path: Path, browser: Browser) -> None:
    write_page(tmp_path / "run.html", run, summarise(run))
    requests: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "run.html").as_uri())
    page.select_option("#type", "when")
    assert page.locator(".question:visible").count() == 2
    page.select_option("#verdict", "wrong")
    assert page.locator(".question:visible").count() == 1
    page.locator(".question:visible summary").click()
    assert page.locator(".question:visible mark").is_visible()
    page.close()
    assert len(requests) == 1
