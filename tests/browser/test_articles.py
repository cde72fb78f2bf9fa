"""The library's panel: adding, choosing, opening and removing articles."""

from pathlib import Path

from browser.conftest import ask, open_page, save
from playwright.sync_api import Browser, Page, expect

FERRY = "The ferry Solvei sank off Brunsholm in 1911. All 62 passengers were saved."
DROP = """([name, text]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, { type: "text/plain" }));
  document.querySelector("#files button").dispatchEvent(
    new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


def add(page: Page, *files: Path) -> str:
    """Upload files and give what is told of them, a line each."""
    if not page.locator("#files").is_visible():
        page.locator("#add button").first.click()
    page.set_input_files("#files input[type=file]", [str(file) for file in files])
    # The field is emptied when all are done.
    page.wait_for_selector("#files input[type=file]", state="detached")
    page.wait_for_selector("#files input[type=file]", state="attached")
    expect(page.locator("#told .told")).to_have_count(len(files))
    return page.locator("#told").inner_text()


def test_each_file_is_told_of_by_itself(page: Page, tmp_path: Path) -> None:
    good = tmp_path / "ferry.txt"
    good.write_text(FERRY)
    disguised = tmp_path / "picture.txt"
    disguised.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    foreign = tmp_path / "table.xyz"
    foreign.write_text("1,2,3")
    large = tmp_path / "large.txt"
    large.write_text("The tower of Mirefell is tall. " * 60_000)
    lines = add(page, good, disguised, foreign, large).splitlines()
    assert lines[0].startswith("Added: ")
    assert "not a text" in lines[1]
    assert ".xyz" in lines[2]
    assert "large.txt has 1.8 MB; the largest file taken has 1 MB" in lines[3]
    row = page.locator("#articles li", has_text="ferry")
    assert "13 words" in row.inner_text()
    assert row.locator("input").is_checked()
    save(page, "uploads")
    ask(page, "How many passengers of the Solvei were saved?")
    assert "62" in page.locator("#chat .answer").last.inner_text()
    page.set_input_files("#files input[type=file]", str(good))
    expect(page.locator("#told")).to_contain_text("Already in the library", timeout=60_000)
    shown = page.locator("#articles li", has_text="Shells, missiles").inner_text()
    assert "Footnote · 2024-10-30 · 1,092 words" in shown


def test_drag_and_drop(page: Page) -> None:
    page.locator("#add button").first.click()
    page.wait_for_selector("#files button")
    page.evaluate(DROP, ["lighthouse.txt", "The lighthouse of Kolvik is lit by 9 lamps."])
    expect(page.locator("#told")).to_contain_text("Added: ", timeout=60_000)
    expect(page.locator("#articles")).to_contain_text("lighthouse")


def test_a_file_is_cancelled_while_it_is_read(page: Page, tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text(
        "\n\n".join(f"Ship number {n} of the fleet carried {n * 7} barrels." for n in range(15_000))
    )
    page.locator("#add button").first.click()
    page.wait_for_selector("#files button")
    before = page.locator("#articles li").count()
    page.set_input_files("#files input[type=file]", str(long))
    expect(page.locator("#told")).to_contain_text("Reading 1 of 1, long.txt", timeout=60_000)
    page.locator("#cancel").click()
    expect(page.locator("#told")).to_contain_text("Cancelled; 1 of 1 not added", timeout=60_000)
    assert page.locator("#articles li").count() == before


def test_pasted_opened_removed_and_brought_back(page: Page) -> None:
    page.locator("#add button").first.click()
    page.fill("#title-paste input, #title-paste textarea", "A mill in Sundal")
    page.fill("#paste textarea", "The mill of Sundal was built in 1733 by the miller Aksel.")
    page.locator("#add-text").click()
    row = page.locator("#articles li", has_text="A mill in Sundal")
    row.wait_for()
    row.get_by_role("button", name="Open").click()
    expect(page.locator("#source h2")).to_have_text("A mill in Sundal")
    expect(page.locator("#source .back")).to_be_hidden()
    count = page.locator("#articles li").count()
    row.get_by_role("button", name="Remove").click()
    expect(page.locator("#articles li")).to_have_count(count - 1)
    ask(page, "When was the mill of Sundal built?")
    assert "1733" not in page.locator("#chat .answer").last.inner_text()
    page.locator("#undo").click()
    expect(page.locator("#articles li")).to_have_count(count)
    ask(page, "When was the mill of Sundal built?")
    assert "1733" in page.locator("#chat .answer").last.inner_text()


def test_a_conversation_asks_the_articles_it_chose(
    page: Page, browser: Browser, server: str
) -> None:
    box = page.locator("#articles li", has_text="Shells, missiles").locator("input")
    with page.expect_response(lambda r: "queue/join" in r.url or "/run/" in r.url):
        box.uncheck()
    page.wait_for_timeout(500)
    ask(page, "Who leads North Korea?")
    assert "Kim" not in page.locator("#chat .answer").last.locator(".said").inner_text()
    page.reload()
    page.wait_for_selector("#chat .answer")
    assert not box.is_checked()
    other = browser.new_context()
    try:
        second = open_page(other, server)
        ask(second, "Who leads North Korea?")
        assert "Kim Jong Un" in second.locator("#chat .answer").last.inner_text()
    finally:
        other.close()
    page.locator("#fresh").click()
    expect(box).to_be_checked()
