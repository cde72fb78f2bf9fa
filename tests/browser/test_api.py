"""The running page as other programs use it, one of them and many at once."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
from browser.conftest import serving
from gradio_client import Client

ASKERS = 50
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


async def asked(client: httpx.AsyncClient, question: str) -> dict[str, Any]:
    """One question by plain HTTP: post it, then read the events until the answer."""
    posted = await client.post("/gradio_api/call/ask", json={"data": [question, []]})
    posted.raise_for_status()
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
            answers = await asyncio.gather(
                *(asked(client, f"How high is the toll at {place}?") for place in places)
            )
    for place, answer in zip(places, answers, strict=True):
        assert f"{20 + PLACES.index(place)} crowns" in answer["short"], (place, answer["text"])
