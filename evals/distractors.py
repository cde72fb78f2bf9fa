"""Made-up articles about other things, to put beside the one that is asked about."""

from __future__ import annotations

import random
from pathlib import Path

PLACES = (
    "Aldermoor", "Brackwater", "Corrin Bay", "Dunholm", "Eskdale Cross", "Farrow Hill",
    "Grenville", "Hollin Head", "Ivelstead", "Jorvale", "Kestrel Point", "Lindmere",
)  # fmt: skip
FIRST = ("Mara", "Tobias", "Ingrid", "Samuel", "Leila", "Oskar", "Nadia", "Felix", "Rosa", "Hugo")
LAST = ("Varga", "Lund", "Okafor", "Brandt", "Silva", "Novak", "Ferrer", "Hayes", "Quist", "Moreau")
SUBJECTS = (
    ("library", "reading room", "visitors", "books on loan"),
    ("harbour", "breakwater", "crews", "boats at anchor"),
    ("orchard", "cider press", "growers", "trees in blossom"),
    ("tram line", "depot", "passengers", "trams in service"),
    ("swimming bath", "glass roof", "swimmers", "lessons a week"),
    ("museum", "east wing", "curators", "objects on show"),
    ("mountain path", "rope bridge", "walkers", "signs along the way"),
    ("observatory", "dome", "astronomers", "nights of clear sky"),
)
SIDES = ("East", "West", "North", "South", "Green", "Old Town")
MONTHS = ("January", "March", "April", "June", "August", "September", "November")


def distractor_article(number: int) -> str:
    """The article of a number, always the same; no two of the first thousands are alike."""
    draw = random.Random(number)
    place = f"{draw.choice(PLACES)} {SIDES[number % len(SIDES)]}"
    subject, part, people, counted = SUBJECTS[number % len(SUBJECTS)]
    head = f"{draw.choice(FIRST)} {draw.choice(LAST)}"
    critic = f"{draw.choice(FIRST)} {draw.choice(LAST)}"
    date = f"{draw.randint(1, 28)} {draw.choice(MONTHS)} {draw.randint(1990, 2019)}"
    cost, count, share = draw.randint(2, 90), draw.randint(20, 9000), draw.randint(3, 97)
    return f"""---
title: The {subject} of {place} opens its new {part} ({number})
author: {draw.choice(FIRST)} {draw.choice(LAST)}
---

The {subject} of {place} opened its new {part} on {date}, after {draw.randint(2, 9)} years of work.

The town paid {cost} million crowns for it. {head}, who leads the project, said that the {people} \
had waited long enough, and that {count} {counted} were expected in the first season.

{critic}, a member of the town council, warned that only {share} per cent of the {people} had \
been asked. The council may vote on a second stage next year, according to its agenda.

The old {part}, built in {draw.randint(1850, 1960)}, will be kept as a store.
"""


def write_distractors(folder: Path, count: int) -> tuple[Path, ...]:
    """The first so many articles as files in a folder."""
    paths = []
    for number in range(count):
        path = folder / f"distractor-{number}.md"
        path.write_text(distractor_article(number), encoding="utf-8")
        paths.append(path)
    return tuple(paths)
