"""Conversations: asked again, edited, copied, judged, kept."""

import json
import subprocess
import sys
from pathlib import Path

from browser.conftest import ROOT, Model, ask, open_page, save, serving
from playwright.sync_api import Browser, BrowserContext, Page, expect

from evals.questions import load_questions
from index import Library

WORK = "Where does Olena Guseinova work?"
LEADS = "Who leads North Korea?"
FRONT = "How many North Koreans might be fighting at the front next year?"


def questions(page: Page) -> list[str]:
    return page.locator("#chat .asked").all_inner_texts()


def test_examples_are_of_the_article_and_are_answered(page: Page) -> None:
    shown = page.locator("#examples button").all_inner_texts()
    assert len(shown) >= 3
    assert "What did Nico Lange say?" in shown
    page.locator("#examples button").first.click()
    page.wait_for_selector("#chat .answer.answered")
    assert questions(page) == [shown[0]]
    box = page.locator("#articles li", has_text="Shells, missiles").locator("input")
    box.uncheck()
    expect(page.locator("#examples")).not_to_contain_text("Nico Lange")


def test_retry_and_edit_replace_the_last_question_only_by_an_answer(page: Page) -> None:
    ask(page, LEADS)
    ask(page, WORK)
    page.locator("#retry").click()
    expect(page.locator("#stop")).to_be_disabled()
    page.wait_for_timeout(1500)
    assert questions(page) == [LEADS, WORK]
    page.locator("#edit").click()
    expect(page.locator("#question textarea")).to_have_value(WORK)
    assert questions(page) == [LEADS]
    page.reload()
    page.wait_for_selector("#chat .answer")
    expect(page.locator("#chat .asked")).to_have_count(2)
    page.locator("#edit").click()
    expect(page.locator("#question textarea")).to_have_value(WORK)
    ask(page, "What did Nico Lange say?")
    assert questions(page) == [LEADS, "What did Nico Lange say?"]
    page.reload()
    page.wait_for_selector("#chat .answer")
    assert questions(page) == [LEADS, "What did Nico Lange say?"]


def test_a_copied_answer_has_its_footnotes(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, WORK)
    page.locator("#chat button.copy").last.click()
    expect(page.locator("#chat button.copy").last).to_have_text("Copied")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[-2].endswith("[1]")
    assert lines[-1].startswith("[1] “")
    assert "<" not in "".join(lines)


def test_judgements_become_evaluation_questions(page: Page, folder: Path, tmp_path: Path) -> None:
    ask(page, LEADS)
    page.get_by_label("dislike").or_(page.get_by_title("Dislike")).last.click()
    page.fill("#reason textarea, #reason input", "It gives no title")
    page.locator("#reason textarea, #reason input").press("Enter")
    expect(page.locator("#reason")).to_be_hidden()
    ask(page, WORK)
    page.get_by_label("like", exact=True).or_(page.get_by_title("Like", exact=True)).last.click()
    page.wait_for_selector("#reason")
    records = [json.loads(line) for line in (folder / "feedback.jsonl").read_text().splitlines()]
    assert [(r["question"], r["liked"], r["reason"]) for r in records] == [
        (LEADS, False, ""),
        (LEADS, False, "It gives no title"),
        (WORK, True, ""),
    ]
    # The page holds its library, so the command reads a copy of what was judged.
    with Library(tmp_path / "copy") as copy:
        (copy.folder / "feedback.jsonl").write_bytes((folder / "feedback.jsonl").read_bytes())
    output = tmp_path / "questions.jsonl"
    command = [sys.executable, "-m", "assistant", "feedback", "export", "-o", str(output)]
    done = subprocess.run(
        [*command, "--library", str(tmp_path / "copy")],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert "1 disliked" in done.stderr
    (loaded,) = load_questions(output)
    assert loaded.question == WORK
    assert "Hankuk" in loaded.answers[0]


def test_kept_searched_renamed_exported_deleted(page: Page) -> None:
    ask(page, LEADS)
    page.locator("#fresh").click()
    expect(page.locator("#chat .asked")).to_have_count(0)
    ask(page, WORK)
    names = page.locator("#conversations button.open")
    expect(names).to_have_text([WORK, LEADS])
    search = page.locator("#search input, #search textarea")
    search.press_sequentially("Hankuk")
    expect(names).to_have_text([WORK])
    search.press("Control+a")
    search.press("Delete")
    expect(names).to_have_text([WORK, LEADS])

    page.once("dialog", lambda dialog: dialog.accept("Her university"))
    page.get_by_role("button", name=f"Rename {WORK}").click()
    expect(names).to_have_text(["Her university", LEADS])
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Export Her university").click()
    download = downloading.value
    assert download.suggested_filename == "her-university.md"
    text = Path(download.path()).read_text(encoding="utf-8")
    assert text.startswith("# Her university\n\n**Where does Olena Guseinova work?**")
    assert "[^1]\n" in text
    assert "\n[^1]: “Guseinova works at Hankuk University" in text
    save(page, "conversations")

    names.last.click()
    expect(page.locator("#chat .asked")).to_have_text([LEADS])
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name=f"Delete {LEADS}").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=f"Delete {LEADS}").click()
    expect(names).to_have_text(["Her university"])
    expect(page.locator("#chat .asked")).to_have_count(0)
    page.reload()
    expect(names).to_have_text(["Her university"])


def test_the_state_is_seen_and_a_stop_stops(
    context: BrowserContext, written: str, model: Model
) -> None:
    model.go.clear()
    page = open_page(context, written)
    page.evaluate(
        """() => {
          window.stages = new Set();
          new MutationObserver(() => document.querySelectorAll("#chat .stage").forEach((each) =>
            window.stages.add(each.firstChild.textContent.trim()))).observe(
              document.querySelector("#chat"), { childList: true, subtree: true });
        }"""
    )
    page.fill("#question textarea", FRONT)
    page.press("#question textarea", "Enter")
    page.wait_for_function("window.stages.has('Writing…')")
    assert "Reading…" in page.evaluate("[...window.stages]")
    assert "openai-like" in page.locator("#chat .stage .who").inner_text()
    page.fill("#question textarea", "typed while it writes")
    save(page, "writing")
    # Another browser is answered while this one waits.
    other = context.browser.new_context()  # type: ignore[union-attr]
    second = open_page(other, written)
    ask(second, WORK)
    assert "Hankuk" in second.locator("#chat .answer").last.inner_text()
    other.close()
    page.locator("#stop").click()
    expect(page.locator("#chat .answer.untold")).to_contain_text("Stopped", timeout=5_000)
    expect(page.locator("#question textarea")).to_have_value("typed while it writes")
    expect(page.locator("#stop")).to_be_disabled()
    model.go.set()
    page.locator("#retry").click()
    page.wait_for_selector("#chat .answer.answered")
    assert questions(page) == [FRONT]
    assert "Checking…" in page.evaluate("[...window.stages]")


def test_who_is_answering_is_shown_and_set(
    context: BrowserContext, written: str, model: Model
) -> None:
    model.go.set()
    page = open_page(context, written)
    expect(page.locator("#title .answering")).to_contain_text("openai-like")
    ask(page, WORK)
    answer = page.locator("#chat .answer").last
    assert "answered by local" in answer.locator(".chips").inner_text()
    # What a model writes is text: its image is struck out or shown, never drawn or fetched.
    assert page.locator("#chat img").count() == 0
    assert page.evaluate("window.attacked") is None
    assert page.strangers == []  # type: ignore[attr-defined]
    asked = len(model.requests)
    page.locator("#settings button").first.click()
    page.locator("#by").get_by_label("the embedded reader").check()
    expect(page.locator("#title .answering")).to_contain_text("the embedded reader")
    page.locator("#passages input[type=number]").fill("1")
    ask(page, LEADS)
    answer = page.locator("#chat .answer").last
    assert "answered by the embedded reader" in answer.locator(".chips").inner_text()
    assert len(model.requests) == asked
    assert "Share link: off" in page.locator("#settings").inner_text()


def test_a_restart_keeps_the_conversations(browser: Browser, tmp_path: Path) -> None:
    library = tmp_path / "library"
    context = browser.new_context()
    context.set_default_timeout(60_000)
    with serving(library, []) as address:
        page = open_page(context, address)
        ask(page, LEADS)
        kept = page.locator("#chat .answer").last.inner_text()
    port = address.rsplit(":", 1)[1]
    # The same browser comes back another day: only what it stores is left of it.
    state = context.storage_state()
    context.close()
    context = browser.new_context(storage_state=state)
    context.set_default_timeout(60_000)
    with serving(library, [], FOOTNOTE_PORT=port) as address:
        page = open_page(context, address)
        expect(page.locator("#chat .asked")).to_have_text([LEADS])
        assert page.locator("#chat .answer").last.inner_text() == kept
        search = page.locator("#search input, #search textarea")
        search.press_sequentially("Kim Jong")
        names = page.locator("#conversations button.open")
        expect(names).to_have_text([LEADS])
        page.once("dialog", lambda dialog: dialog.accept("The leader"))
        page.get_by_role("button", name=f"Rename {LEADS}").click()
        expect(names).to_have_text(["The leader"])
        # The next question is understood in the light of what was said before the restart.
        search.press("Control+a")
        search.press("Delete")
        ask(page, "What about Ukraine?")
        assert len(questions(page)) == 2
    context.close()


def set_passages(page: Page, count: int) -> None:
    for _ in range(10):
        # A slider takes its first value once more a moment after its panel was opened: what is
        # typed before that, faster than any person could, is lost.
        page.locator("#passages input[type=number]").fill(str(count))
        page.locator("#passages input[type=number]").press("Tab")
        page.wait_for_timeout(300)
        if page.locator("#passages input[type=range]").input_value() == str(count):
            break
    expect(page.locator("#passages input[type=range]")).to_have_value(str(count))
    # The page sends a slider's value a moment after it has changed.
    page.wait_for_timeout(500)


def test_as_many_passages_are_read_as_are_set(page: Page) -> None:
    page.locator("#settings button").first.click()
    set_passages(page, 1)
    asked = "Which expert said that hard facts are scarce?"
    ask(page, asked)
    assert "The articles do not say" in page.locator("#chat .answer").last.inner_text()
    set_passages(page, 8)
    ask(page, asked)
    assert "Nico Lange" in page.locator("#chat .answer").last.inner_text()
