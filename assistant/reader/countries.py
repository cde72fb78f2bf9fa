"""Countries under all their names: a question about Germany is met by "German", one about the US
by "American", and one about what Russia did by what Moscow did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from countryinfo import all_countries

# What the list of countries lacks, or what is shorter than a name that can be trusted.
MORE_NAMES = {
    "United States": ("US", "U.S.", "USA", "U.S.A.", "America"),
    "United Kingdom": ("UK", "U.K.", "Britain", "Briton"),
    "United Arab Emirates": ("UAE",),
    "Netherlands": ("Holland",),
    "Ukraine": ("Kiev",),
    "Czech Republic": ("Czechia",),
}
# Names that are as often a person, a dish, a verb or a part of another country.
AMBIGUOUS = frozenset(
    ("chad jordan georgia guinea niger dominica polish victory kingston san georgetown").split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A country named at ``[start, end)`` of a text; ``capital`` where its capital stands for it."""

    start: int
    end: int
    country: str
    capital: bool


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], dict[str, tuple[str, bool]]]:
    known: dict[str, tuple[str, bool]] = {}
    # The larger country first: its people are meant where two share a word for theirs.
    everyone = [country.info() for country in all_countries()]
    for facts in sorted(everyone, key=lambda facts: -(facts.get("population") or 0)):
        name = facts["name"]
        spellings = [s for s in facts.get("altSpellings") or () if len(s) > 4 and s.isascii()]
        demonym = facts.get("demonym") or ""
        for form in (name, *spellings, demonym, f"{demonym}s", *MORE_NAMES.get(name, ())):
            if len(form) > 1:
                known.setdefault(form.lower(), (name, False))
        capitals = facts.get("capital") or ()
        for capital in [capitals] if isinstance(capitals, str) else capitals:
            known.setdefault(capital.removesuffix(" D.C.").lower(), (name, True))
    known = {form: entry for form, entry in known.items() if form not in AMBIGUOUS}
    longest = sorted(known, key=len, reverse=True)
    return re.compile(
        rf"(?<![\w.])(?:{'|'.join(map(re.escape, longest))})(?![\w])", re.IGNORECASE
    ), known


def country_mentions(text: str) -> Iterator[Mention]:
    """The countries named in a text, in order, by name, people, abbreviation or capital."""
    pattern, known = _forms()
    for match in pattern.finditer(text):
        words = match.group()
        if len(words) < 4 and not words[0].isupper():
            continue  # "us" is a pronoun
        country, capital = known[words.lower()]
        yield Mention(match.start(), match.end(), country, capital)
