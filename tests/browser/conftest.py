"""A real server in a process of its own, and a real Chromium."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
ARTEFACTS = ROOT / "tests" / "artefacts"
ATTACK = """---
title: <img src=x onerror="window.attacked=1"> & <script>window.attacked=1</script>
author: '"><svg onload="window.attacked=1">'
date: 2025-03-04
---

The harbour master <script>window.attacked=1</script> closed the port of Ostrand on Friday.

![x](https://example.org/leak.png) <img src="https://example.org/leak2.png" onerror="window.attacked=1">
A fine of $4,000 [click](javascript:window.attacked=1) was paid by the crew of the Meridian.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@contextmanager
def serving(library: Path, articles: list[Path]) -> Iterator[str]:
    """The page in a process of its own on a library with the articles; gives its address."""
    environment = {
        **os.environ,
        "FOOTNOTE_LIBRARY": str(library),
        "FOOTNOTE_PORT": "0",
        "NO_PROXY": "127.0.0.1,localhost",
    }
    command = [sys.executable, "-m", "assistant", "add", *map(str, articles)]
    subprocess.run(command, env=environment, check=True, cwd=ROOT)
    process = subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://" in line, line
        yield line.split()[-1]
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("web")
    attack = folder / "attack.md"
    attack.write_text(ATTACK, encoding="utf-8")
    with serving(folder / "library", [attack]) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1380, "height": 860})
    made.set_default_timeout(60_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, server: str) -> Page:
    return open_page(context, server)


def open_page(context: BrowserContext, server: str) -> Page:
    """The chat, ready; requests to other hosts are kept in ``page.strangers``."""
    opened = context.new_page()
    opened.strangers = []  # type: ignore[attr-defined]
    opened.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((server, server.replace("http", "ws"), "data:", "blob:"))
            else opened.strangers.append(request.url)  # type: ignore[attr-defined]
        ),
    )
    opened.goto(server)
    opened.wait_for_selector("#question textarea")
    # The page knows this browser's conversation once its articles are listed.
    opened.wait_for_selector("#examples button")
    opened.wait_for_timeout(1000)
    return opened


def ask(page: Page, question: str) -> None:
    """Type a question, send it with Enter, and wait for the whole answer."""
    before = page.locator("#chat .answer:not(.coming)").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function(
        "before => document.querySelectorAll('#chat .answer:not(.coming)').length > before",
        arg=before,
    )


def save(page: Page, name: str) -> None:
    """Keep a screenshot of a main state."""
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=str(ARTEFACTS / f"{name}.png"))
