from __future__ import annotations

import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from mill import SENTENCES, make_answer, make_result
from playwright.sync_api import Browser
from rich.console import Console

from evals.questions import Question, QuestionSetError
from evals.report import other_figures, print_report, write_markdown, write_page
from evals.results import Run, load_run, save_run
from evals.summary import summarise
from evals.usage import Price, Usage


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
    result = make_result(question, replace(answer, citations=(replace(moved, start=1),)))
    assert result.scores.citation_exact == 0
    assert result.missing == ("Never said.",)


def test_stand_alone_questions_must_not_be_changed() -> None:
    question = Question(
        "q", "who", "Who built it?", True, ("Ana Ruiz",), history=("What?",), stands_alone=True
    )
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
    assert summary.stages["reading"].median.value == pytest.approx(0.05)
    assert summary.stages["reading"].high.low == pytest.approx(0.05)
    assert summary.rank.value == 1


def test_small_types_are_warned_of(run: Run) -> None:
    results = tuple(
        replace(r, question=replace(r.question, id=f"{r.question.id}-{place}"))
        for place in range(15)
        for r in run.results
    )
    said = " ".join(summarise(replace(run, results=results)).warnings)
    assert "under 30: unanswerable (15), who (15)" in said
    assert "a share may be off by" in said
    assert "a difference under 10.0% cannot be told" in said
    assert "found four times in five" in said


def test_every_figure_has_its_interval(run: Run) -> None:
    summary = summarise(replace(run, results=run.results * 3))
    figures = [*summary.total.figures.values(), summary.rank]
    figures += [figure for row in summary.rows for figure in row.figures.values()]
    figures += [f for time in summary.stages.values() for f in (time.median, time.high)]
    for figure in figures:
        assert (figure.value is None) == (figure.low is None) == (figure.high is None)


def test_a_reader_that_stood_in_for_a_model_is_told(run: Run) -> None:
    written = replace(run, settings={"llm": "openai:some"})
    assert any(
        "4 of 4 questions were answered by the reader" in w for w in summarise(written).warnings
    )


def test_tokens_and_cost(run: Run) -> None:
    used = replace(
        run,
        price=Price(2.0, 10.0),
        results=tuple(replace(r, usage=Usage(1, 1000, 50, False)) for r in run.results),
    )
    summary = summarise(used)
    assert summary.usage["tokens sent"].value == 1000
    assert summary.usage["cost"].value == pytest.approx(0.0025)
    assert other_figures(summary)["tokens received a question"] == "50 (50–50)"
    assert any("counted here instead" in warning for warning in summary.warnings)
    assert summarise(run).usage == {}


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
    opened = page.locator(".question:visible")
    assert opened.locator("mark").inner_text() == SENTENCES[2]
    cited = opened.locator("dd", has=page.locator("mark")).inner_text()
    assert SENTENCES[1] in cited
    assert SENTENCES[2] in opened.locator("dt:has-text('gold evidence') + dd").inner_text()
    stages = opened.locator(".stages").inner_text()
    for told in ("searching", "recall@5 1.00", "evidence rank 1", "reading", "token F1 0.00", "50"):
        assert told in stages
    page.select_option("#type", "")
    page.select_option("#verdict", "")
    page.fill("#words", "bought")
    assert page.locator(".question:visible").count() == 1
    page.locator("summary", has_text="More figures").click()
    assert page.locator("svg polyline").is_visible()
    page.close()
    assert len(requests) == 1


@pytest.mark.browser
def test_page_asks_for_nothing_whatever_an_answer_holds(tmp_path: Path, browser: Browser) -> None:
    bait = '<img src="http://127.0.0.1:9/x.png"><script src="http://127.0.0.1:9/x.js"></script>'
    question = Question("q", "who", f"Who? {bait}", True, ("Ana Ruiz",), (), (SENTENCES[0],))
    answer = replace(make_answer(f"Who? {bait}", 0, bait, 0.9), text=f"{bait} [1]")
    run = Run(bait, "2024", 1.0, {}, "f", (make_result(question, answer),) * 2)
    write_page(tmp_path / "run.html", run, summarise(run))
    requests: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "run.html").as_uri())
    page.locator(".question summary").first.click()
    assert bait in page.locator(".question").first.inner_text()
    page.wait_for_load_state("networkidle")
    page.close()
    assert len(requests) == 1
