"""The running page as other programs use it, one of them and many at once."""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from browser.conftest import ROOT, Model, serving
from gradio_client import Client
from gradio_client.exceptions import AppError
from playwright.sync_api import Browser

ASKERS = 50
AT_ONCE = 4
PLACES = ("Ostrand", "Velmark", "Brunsholm", "Tarnby", "Kolvik", "Sundal", "Mirefell", "Hagdorp")


def test_with_the_gradio_client(server: str) -> None:
    client = Client(server, verbose=False)
    answer = client.predict("Who leads North Korea?", api_name="/ask")
    assert answer["short"] == "Kim Jong Un"
    citation = answer["citations"][0]
    source = client.predict(citation["document"], api_name="/read_source")
    assert source["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert len(client.predict(api_name="/list_articles")) == 2
    assert "Kookmin" in client.predict("Kookmin University", 1, api_name="/search")[0]["text"]


def readme(language: str, words: str) -> str:
    """The README's example in a language that holds some words."""
    blocks = re.findall(
        rf"```{language}\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    return str(next(block for block in blocks if words in block))


def test_the_examples_of_the_readme(server: str) -> None:
    names: dict[str, Any] = {}
    example = readme("python", "gradio_client").replace("http://127.0.0.1:7860", server)
    exec(example, names)  # noqa: S102 - our own README
    assert names["answer"]["answered"]
    posted, events = re.split(
        r"\n(?=curl)", readme("sh", "EVENT_ID").replace("http://127.0.0.1:7860", server).strip()
    )
    shell = ["bash", "-c"]
    event = json.loads(subprocess.run([*shell, posted], capture_output=True, check=True).stdout)
    events = events.replace("EVENT_ID", event["event_id"])
    told = subprocess.run([*shell, events], capture_output=True, check=True, text=True).stdout
    assert "event: complete" in told
    assert names["answer"]["text"] in json.loads(told.split("data: ")[-1])[0]["text"]


def test_the_endpoints_say_their_types_and_refuse_in_words(server: str) -> None:
    client = Client(server, verbose=False)
    endpoints = client.view_api(return_format="dict")["named_endpoints"]
    assert set(endpoints) == {"/ask", "/search", "/list_articles", "/read_source"}
    types = {
        parameter["parameter_name"]: parameter["python_type"]["type"]
        for endpoint in endpoints.values()
        for parameter in endpoint["parameters"]
    }
    assert types == {
        "question": "str",
        "history": "None | list[str]",
        "limit": "int",
        "document": "str",
    }
    given = {name: each["returns"][0]["python_type"]["type"] for name, each in endpoints.items()}
    assert given["/ask"].startswith("dict(question: str, text: str, outcome: Literal['answered'")
    assert "citations: list[dict(number: int, document: str, " in given["/ask"]
    assert given["/search"].startswith("list[dict(document: str, text: str, start: int")
    assert "metadata: dict(title: str, author: str" in given["/list_articles"]
    assert "text: str" in given["/read_source"]
    with pytest.raises(AppError, match="no document nothing"):
        client.predict("nothing", api_name="/read_source")
    with pytest.raises(AppError, match="blank"):
        client.predict("  ", api_name="/ask")


async def asked(client: httpx.AsyncClient, question: str) -> dict[str, Any]:
    """One question by plain HTTP: post it, then read the events until the answer."""
    posted = await client.post("/gradio_api/call/ask", json={"data": [question, []]})
    posted.raise_for_status()
    return await told(client, posted)


async def told(client: httpx.AsyncClient, posted: httpx.Response) -> dict[str, Any]:
    """The answer to what was posted."""
    events = await client.get(f"/gradio_api/call/ask/{posted.json()['event_id']}")
    name, data = events.text.strip().split("\n")[-2:]
    assert name == "event: complete", events.text
    answer: dict[str, Any] = json.loads(data.removeprefix("data: "))[0]
    return answer


async def test_fifty_askers_each_get_their_own_answer(tmp_path: Path) -> None:
    articles = []
    for number, place in enumerate(PLACES):
        path = tmp_path / f"{place}.txt"
        path.write_text(
            f"The bridge of {place} opened in {1900 + number}. It is crossed by {300 + number} "
            f"cars a day, and the toll at {place} is {20 + number} crowns.",
            encoding="utf-8",
        )
        articles.append(path)
    with serving(tmp_path / "library", articles) as address:
        async with httpx.AsyncClient(base_url=address, timeout=300) as client:
            places = [PLACES[number % len(PLACES)] for number in range(ASKERS)]
            done: list[int] = []

            async def one(number: int, posted: httpx.Response) -> dict[str, Any]:
                answer = await told(client, posted)
                done.append(number)
                return answer

            # Asked in this order.
            posted = [
                await client.post(
                    "/gradio_api/call/ask",
                    json={"data": [f"How high is the toll at {place}?", []]},
                )
                for place in places
            ]
            answers = await asyncio.gather(*(one(n, post) for n, post in enumerate(posted)))
    for place, answer in zip(places, answers, strict=True):
        assert f"{20 + PLACES.index(place)} crowns" in answer["short"], (place, answer["text"])
    # First come, first served, but for those who are answered at the same time.
    late = [abs(place - number) for place, number in enumerate(done)]
    assert max(late) <= 2 * AT_ONCE, done


async def test_one_slow_answer_does_not_stop_the_others(written: str, model: Model) -> None:
    model.go.clear()
    async with httpx.AsyncClient(base_url=written, timeout=120) as client:
        slow = asyncio.create_task(
            asked(client, "How many North Koreans might be fighting at the front next year?")
        )
        await asyncio.sleep(0.5)
        question = "Where does Olena Guseinova work?"
        others = await asyncio.gather(*(asked(client, question) for _ in range(6)))
        assert not slow.done()
        assert all("Hankuk" in answer["text"] for answer in others)
        model.go.set()
        assert "12,000" in (await slow)["text"]


def test_a_login_from_the_environment(browser: Browser, tmp_path: Path) -> None:
    login = {"FOOTNOTE_USER": "reader", "FOOTNOTE_PASSWORD": "open sesame"}
    with serving(tmp_path / "library", [], **login) as address:
        for path in ("/config", "/gradio_api/info"):
            assert httpx.get(address + path).status_code == 401
        refused = httpx.post(
            f"{address}/gradio_api/call/ask", json={"data": ["Who wrote this?", []]}
        )
        assert refused.status_code == 401
        assert "Pyongyang" not in httpx.get(address).text
        context = browser.new_context()
        try:
            page = context.new_page()
            strangers: list[str] = []
            page.on(
                "request",
                lambda r: None if r.url.startswith((address, "data:")) else strangers.append(r.url),
            )
            page.goto(address)
            page.get_by_label("username").fill("reader")
            page.get_by_label("password").fill("wrong")
            page.get_by_role("button", name="Login").click()
            page.get_by_text("Incorrect").wait_for()
            page.goto(address)
            page.get_by_label("username").fill("reader")
            page.get_by_label("password").fill("open sesame")
            page.get_by_role("button", name="Login").click()
            page.wait_for_selector("#question textarea")
            assert strangers == []
        finally:
            context.close()
        client = Client(address, auth=("reader", "open sesame"), verbose=False)
        assert client.predict(api_name="/list_articles")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"FOOTNOTE_HOST": "0.0.0.0"}, "set FOOTNOTE_USER and FOOTNOTE_PASSWORD"),  # noqa: S104
        ({}, "Footnote is open at http://127.0.0.1:"),
    ],
)
def test_where_it_listens_and_what_it_says(
    tmp_path: Path, settings: dict[str, str], told: str
) -> None:
    with serving(tmp_path / "library", [], log=tmp_path / "log", **settings) as address:
        port = int(address.rsplit(":", 1)[1])
        # Another address of this machine.
        assert answers_at("127.0.0.2", port) == bool(settings)
    said = (tmp_path / "log").read_text()
    assert told in said
    assert ("Anyone who reaches" in said) == bool(settings)


def answers_at(host: str, port: int) -> bool:
    with socket.socket() as tried:
        tried.settimeout(5)
        return tried.connect_ex((host, port)) == 0


def test_half_a_login_is_refused(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**os.environ, "FOOTNOTE_LIBRARY": str(tmp_path / "l"), "FOOTNOTE_USER": "reader"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "Error: Set both FOOTNOTE_USER and FOOTNOTE_PASSWORD, or neither of them."
    )


def test_a_share_link_needs_a_login(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "serve", "--share", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "FOOTNOTE_LIBRARY": str(tmp_path / "l")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: A share link opens the library to anyone who has it")


def test_without_the_relay_the_page_goes_on(tmp_path: Path) -> None:
    # No proxy leads anywhere, so the relay cannot be reached, whatever network there is.
    nowhere = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY"), "http://127.0.0.1:9")
    login = {"FOOTNOTE_USER": "reader", "FOOTNOTE_PASSWORD": "open sesame"}
    place = {"FOOTNOTE_LIBRARY": str(tmp_path / "l"), "FOOTNOTE_PORT": "0", "FOOTNOTE_SHARE": "1"}
    with subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**os.environ, **nowhere, **login, **place},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        assert "Gradio's relay cannot be reached" in process.stdout.readline()
        assert httpx.get(f"{address}/config", trust_env=False).status_code == 401
        process.terminate()


def test_an_upload_has_a_limit_at_the_door(server: str) -> None:
    large = httpx.post(
        f"{server}/gradio_api/upload", files={"files": ("large.txt", b"a" * 5 * 1024 * 1024)}
    )
    assert large.status_code == 413
