"""A real server in a process of its own, and a real Chromium."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from writer.conftest import Handler, LocalServer

ROOT = Path(__file__).parents[2]
ARTEFACTS = ROOT / "tests" / "artefacts"
MARKUP = '<img src="https://example.org/said.png" onerror="window.attacked=1"> Hankuk University'
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
def serving(
    library: Path, articles: list[Path], log: Path | None = None, **settings: str
) -> Iterator[str]:
    """The page in a process of its own on a library with the articles; gives its address.

    ``settings`` are environment variables; what the program prints is kept in ``log``.
    """
    environment = {
        **os.environ,
        "FOOTNOTE_PORT": "0",
        **settings,
        "FOOTNOTE_LIBRARY": str(library),
        "NO_PROXY": "127.0.0.1,localhost",
    }
    command = [sys.executable, "-m", "assistant", "add", *map(str, articles)]
    if articles:
        subprocess.run(command, env=environment, check=True, cwd=ROOT)
    process = subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    line = ""
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://" in line, line
        yield line.split()[-1]
    finally:
        process.terminate()
        process.wait(30)
        if log is not None and process.stdout is not None:
            log.write_text(line + process.stdout.read(), encoding="utf-8")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the library that the tests share."""
    return tmp_path_factory.mktemp("web") / "library"


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[str]:
    attack = folder.parent / "attack.md"
    attack.write_text(ATTACK, encoding="utf-8")
    with serving(folder, [attack], FOOTNOTE_UPLOAD_MEGABYTES="1") as address:
        yield address


class Model(LocalServer):
    """A language model that repeats the sentence asked for, and is slow when told to be."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()
        self.behaviours = [self.answer]

    def answer(self, handler: Handler, body: dict[str, Any]) -> None:
        prompt = body["messages"][-1]["content"]
        question = prompt.rsplit("Question:", 1)[-1]
        wanted = "12,000" if "front" in question else "Hankuk"
        line = next(line for line in prompt.splitlines() if wanted in line and line[:1] == "[")
        number, words = line[1:].split("] ", 1)
        handler.begin_stream()
        handler.send_piece(f"{words} ")
        if "front" in question:
            self.go.wait(60)
        handler.send_piece(f"[{number}]\n{MARKUP} [{number}]\n")
        handler.end_stream()


@pytest.fixture(scope="session")
def model() -> Iterator[Model]:
    local = Model()
    threading.Thread(target=local.serve_forever, daemon=True).start()
    yield local
    local.shutdown()
    local.server_close()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory, model: Model) -> Iterator[str]:
    """A page whose answers a language model writes."""
    folder = tmp_path_factory.mktemp("written") / "library"
    llm = {"FOOTNOTE_LLM": f"openai-like:{model.url}", "OPENAI_LIKE_API_KEY": "none"}
    with serving(folder, [], **llm) as address:
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
    opened.wait_for_function("document.querySelector('#articles')?.textContent.trim()")
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
