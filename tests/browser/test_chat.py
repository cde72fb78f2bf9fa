"""The web chat as its users meet it."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.conftest import ask, open_page, save
from playwright.sync_api import BrowserContext, Page

QUESTION = "Where does Olena Guseinova work?"


def quoted(page: Page) -> str:
    return str(page.locator("#quoted").evaluate("mark => mark.textContent"))


def test_a_citation_opens_its_exact_words(page: Page) -> None:
    ask(page, QUESTION)
    link = page.locator("#chat a.cite").last
    quote = link.locator(".tip").evaluate("tip => tip.textContent")
    link.hover()
    tip = link.locator(".tip").bounding_box()
    chat = page.locator("#chat").bounding_box()
    assert tip is not None
    assert chat is not None
    assert chat["x"] <= tip["x"]
    assert tip["x"] + tip["width"] <= chat["x"] + chat["width"]
    link.click()
    page.wait_for_selector("#quoted")
    assert quoted(page) == quote
    assert "Hankuk University" in quote
    page.wait_for_timeout(800)
    box = page.locator("#quoted").bounding_box()
    assert box is not None
    assert 0 < box["y"] < 860
    save(page, "citation")
    page.locator("button.back").click()
    assert page.evaluate("document.activeElement.classList.contains('cite')")


def test_with_the_keyboard_only(page: Page) -> None:
    page.focus("#question textarea")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .answer.answered a.cite")
    page.locator("#chat a.cite").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#quoted")
    assert page.evaluate("document.activeElement.id") == "quoted"


def test_a_refusal_shows_what_is_closest(page: Page) -> None:
    ask(page, "What is the boiling point of nitrogen?")
    answer = page.locator("#chat .answer").last
    assert "not say" in answer.inner_text()
    assert answer.locator(".short").count() == 0
    save(page, "refusal")


def test_a_reload_keeps_the_conversation(page: Page) -> None:
    ask(page, QUESTION)
    said = page.locator("#chat .answer").last.inner_text()
    page.reload()
    page.wait_for_selector("#chat .answer.answered")
    assert page.locator("#chat .answer").last.inner_text() == said


def test_two_browsers_stay_apart(page: Page, browser, server: str) -> None:
    ask(page, QUESTION)
    other = browser.new_context()
    try:
        second = open_page(other, server)
        assert second.locator("#chat .answer").count() == 0
        ask(second, "Who leads North Korea?")
        assert second.locator("#chat .asked").count() == 1
    finally:
        other.close()
    page.reload()
    page.wait_for_selector("#chat .answer")
    assert page.locator("#chat .asked").all_inner_texts() == [QUESTION]


def test_uploads_good_and_bad(page: Page, tmp_path: Path) -> None:
    good = tmp_path / "ferry.txt"
    good.write_text("The ferry Solvei sank off Brunsholm in 1911. All 62 passengers were saved.")
    bad = tmp_path / "picture.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    page.get_by_text("Articles", exact=True).click()
    page.set_input_files("#files input[type=file]", [str(good), str(bad)])
    page.wait_for_selector("#told .told >> nth=1")
    told = page.locator("#told").inner_text()
    assert "added" in told
    assert "not a text" in told
    ask(page, "How many passengers of the Solvei were saved?")
    assert "62" in page.locator("#chat .answer").last.inner_text()


def test_a_hostile_article_does_nothing(page: Page) -> None:
    ask(page, "How high was the fine paid by the crew of the Meridian?")
    answer = page.locator("#chat .answer").last
    assert "$4,000" in answer.inner_text()
    answer.locator("a.cite").first.click()
    page.wait_for_selector("#quoted")
    ask(page, '<img src="https://example.org/q.png" onerror="window.attacked=1"> who paid?')
    page.wait_for_timeout(1000)
    assert page.evaluate("window.attacked") is None
    assert page.locator("#chat img, #source img, #source script, #chat script").count() == 0
    assert page.strangers == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "width", "height", "scheme"),
    [("phone", 390, 800, "light"), ("dark", 1380, 860, "dark")],
)
def test_phone_and_dark(
    browser, server: str, name: str, width: int, height: int, scheme: str
) -> None:
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme
    )
    context.set_default_timeout(60_000)
    try:
        page = open_page(context, server)
        ask(page, QUESTION)
        page.locator("#chat a.cite").last.click()
        page.wait_for_selector("#quoted")
        page.wait_for_timeout(1200)
        save(page, name)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width + 1
        box = page.locator("#quoted").bounding_box()
        assert box is not None
        assert -20 < box["y"] < height
    finally:
        context.close()


def test_no_serious_barrier(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("#chat a.cite").last.click()
    page.wait_for_selector("#quoted")
    found = Axe().run(page).response["violations"]
    serious = [
        {"id": v["id"], "where": [n["html"][:160] for n in v["nodes"]][:3]}
        for v in found
        if v["impact"] in ("serious", "critical")
    ]
    assert serious == [], json.dumps(serious, indent=1)


def test_the_page_sends_nothing_elsewhere_and_says_so(page: Page, server: str) -> None:
    response = page.request.get(server)
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "img-src 'self' data: blob:" in policy
    assert page.strangers == []  # type: ignore[attr-defined]
