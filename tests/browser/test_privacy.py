"""Nothing leaves the machine: neither the page nor the server speaks to anybody else."""

import json
import os
from pathlib import Path

from browser.conftest import ask, open_page, serving
from playwright.sync_api import Browser, expect

# Runs in the server before anything else and writes down whom it wants to speak to.
WATCH = """
import json, os, sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        with open(os.environ["SPOKEN_TO"], "a") as file:
            file.write(json.dumps([event, repr(arguments[-1 if event == "socket.connect" else 0])]) + "\\n")

sys.addaudithook(watch)
watch("socket.connect", ("watching from 127.0.0.1",))
"""
NEAR = ("127.", "localhost", "::1", "0.0.0.0", "None", "/")  # noqa: S104


def test_the_server_and_the_page_speak_to_nobody(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    spoken = tmp_path / "spoken"
    spoken.touch()
    article = tmp_path / "mill.txt"
    article.write_text("The old mill at Elba was built in 1840 by Ana Ruiz.", encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH", ""))))
    context = browser.new_context()
    context.set_default_timeout(60_000)
    settings = {"PYTHONPATH": path, "SPOKEN_TO": str(spoken)}
    with serving(tmp_path / "library", [], **settings) as address:
        page = open_page(context, address)
        page.locator("#add button").first.click()
        page.set_input_files("#files input[type=file]", str(article))
        expect(page.locator("#articles")).to_contain_text("mill")
        ask(page, "Who built the old mill at Elba?")
        assert "Ana Ruiz" in page.locator("#chat .answer").last.inner_text()
        page.locator("#chat a.cite").last.click()
        page.wait_for_selector("#quoted")
        assert page.strangers == []  # type: ignore[attr-defined]
    context.close()
    tried = [json.loads(line) for line in spoken.read_text(encoding="utf-8").splitlines()]
    assert "watching" in tried[0][1]
    assert [one for one in tried if not any(near in one[1] for near in NEAR)] == []
