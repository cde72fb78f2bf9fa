"""The web chat as its users meet it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.conftest import ask, open_page, save
from playwright.sync_api import BrowserContext, Page

PARTS = ("Shells", "Footnote project", "2024-10-30", "north-korea-russia-arms.md")
QUESTION = "Where does Olena Guseinova work?"


def quoted(page: Page) -> str:
    return str(page.locator("#quoted").evaluate("mark => mark.textContent"))


def test_a_citation_opens_its_exact_words(page: Page) -> None:
    ask(page, QUESTION)
    link = page.locator("#chat a.cite").last
    quote = link.locator(".tip .quote").evaluate("tip => tip.textContent")
    assert not link.locator(".tip").is_visible()
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
    header = page.locator("#source header")
    assert {"Shells", "Footnote project", "2024-10-30", "north-korea-russia-arms.md"} <= {
        part for part in PARTS if part in header.inner_text()
    }
    page.locator("button.back").click()
    assert page.evaluate("document.activeElement.classList.contains('cite')")


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press a key until the focus stands on what the selector names."""
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{key} does not reach {selector}")


def test_with_the_keyboard_only(page: Page) -> None:
    page.focus("#question textarea")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .answer.answered a.cite")
    tab_to(page, "#chat a.cite", "Shift+Tab")
    assert page.locator("#chat a.cite .tip").last.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_selector("#quoted")
    page.wait_for_function("document.activeElement.id === 'quoted'")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('#chat a.cite')")
    tab_to(page, "#question textarea")
    tab_to(page, "#articles input", "Shift+Tab")
    page.keyboard.press("Space")
    assert page.locator("#articles input:checked").count() < page.locator("#articles input").count()


def test_what_a_screen_reader_is_told(page: Page) -> None:
    ask(page, QUESTION)
    link = page.locator("#chat a.cite[aria-label]").last
    quote = link.locator(".quote").evaluate("tip => tip.textContent")
    assert link.get_attribute("aria-label") == f"Footnote 1: {quote}"
    page.wait_for_selector('#chat [data-testid=bot][aria-label="Answer"]')
    assert page.locator("#chat [role=log][aria-live=polite]").count() == 1
    assert page.locator("[role=region][aria-label=Source]").count() == 1


def test_a_refusal_shows_what_is_closest(page: Page) -> None:
    ask(page, "What is the boiling point of nitrogen?")
    answer = page.locator("#chat .answer").last
    assert "not say" in answer.inner_text()
    assert answer.locator(".short").count() == 0
    assert "Closest in the source" in answer.inner_text()
    quote = answer.locator(".closest a.cite .quote").first.evaluate("tip => tip.textContent")
    answer.locator(".closest a.cite").first.click()
    page.wait_for_selector("#quoted")
    assert quoted(page) == quote
    save(page, "refusal")


def test_the_confidence_in_a_word_and_in_a_number(page: Page) -> None:
    ask(page, QUESTION)
    chip = page.locator("#chat .answer details.chip").last
    assert chip.inner_text().split()[0] in ("high", "medium", "low")
    assert "%" not in chip.inner_text()
    chip.locator("summary").click()
    assert "%" in chip.inner_text()


def test_who_says_it_and_what_is_not_confirmed(page: Page) -> None:
    ask(page, "What did Nico Lange say?")
    answer = page.locator("#chat .answer").last
    assert "according to Nico Lange" in answer.locator(".chips").inner_text()
    ask(page, "How many North Koreans might be fighting at the front next year?")
    answer = page.locator("#chat .answer").last
    assert "a limit, not an exact figure: “up to”" in answer.locator(".chips").inner_text()
    label = answer.locator("a.cite[aria-label]").last.get_attribute("aria-label")
    assert "a limit, not an exact figure" in str(label)
    ask(page, "Summarise the article")
    answer = page.locator("#chat .answer").last
    marks = answer.locator(".said > .caveat").all_inner_texts()
    assert "reported, not confirmed: “may”" in marks
    save(page, "summary")


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
        back = page.locator("button.back").bounding_box()
        assert back is not None
        assert 0 <= back["y"] <= height - back["height"]
        page.locator("button.back").click()
        page.wait_for_function("document.activeElement.matches('#chat a.cite')")
    finally:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_barrier(browser, server: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1380, "height": 860}, color_scheme=scheme)
    context.set_default_timeout(60_000)
    try:
        page = open_page(context, server)
        assert serious(page) == []
        ask(page, "Summarise the article")
        ask(page, "What is the boiling point of nitrogen?")
        page.locator("#chat a.cite").last.click()
        page.wait_for_selector("#quoted")
        page.locator("#add button").first.click()
        page.locator("#settings button").first.click()
        page.wait_for_selector("#passages input")
        page.wait_for_timeout(700)
        assert serious(page) == []
    finally:
        context.close()


def serious(page: Page) -> list[dict[str, object]]:
    """What axe-core calls serious or critical."""
    return [
        {"id": v["id"], "where": [n["html"][:200] for n in v["nodes"]][:3]}
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]


def test_the_policy_keeps_everything_inside(page: Page, server: str) -> None:
    response = page.request.get(server)
    assert "default-src 'self'" in response.headers["content-security-policy"]
    refused = page.evaluate(
        """async () => {
          const refused = [];
          document.addEventListener("securitypolicyviolation", (e) =>
            refused.push(e.effectiveDirective));
          document.body.append(Object.assign(new Image(), { src: "https://example.org/a.png" }));
          const script = document.createElement("script");
          script.src = "https://example.org/a.js";
          document.body.append(script);
          await fetch("https://example.org/").catch(() => {});
          await new Promise((done) => setTimeout(done, 500));
          return refused.sort();
        }"""
    )
    assert refused == ["connect-src", "img-src", "script-src-elem"]
    assert "google" not in response.text()
    assert '"analytics_enabled":true' not in response.text().replace(" ", "")
