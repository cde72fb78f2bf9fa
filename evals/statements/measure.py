"""How many broken statements verification catches, and how many true ones it drops."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.verification import Source, SupportCheck, Verdict, repaired

from ..statistics import Figure, share
from .making import Article, Made, sources_of


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a statement: shown with these sentences, or dropped for these reasons."""

    made: Made
    shown: bool
    citations: tuple[int, ...]
    verdict: Verdict
    seconds: float

    @property
    def right(self) -> bool:
        """Whether that was right.

        A true statement is right when shown, a broken one when dropped. A true statement with
        a wrong citation is right when dropped or when it got the sentence that carries it.
        """
        if not self.made.broken:
            return self.shown
        if self.made.broken == "wrong citation":
            return not self.shown or self.made.right in self.citations
        return not self.shown


def judge(
    made: Sequence[Made], check: SupportCheck, progress: Callable[[int, int], None] | None = None
) -> list[Judged]:
    """Verify every statement against its article, with repair, as an answer would be."""
    evidence: dict[str, list[Source]] = {}
    found = []
    for done, one in enumerate(made, 1):
        name = one.article.name
        if name not in evidence:
            evidence = {name: sources_of(one.article)}
        begun = time.perf_counter()
        citations, verdict = repaired(one.text, (one.cited,), evidence[name], check)
        found.append(
            Judged(one, verdict.supported, citations, verdict, time.perf_counter() - begun)
        )
        if progress:
            progress(done, len(made))
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of statement: how many of them were dealt with rightly."""

    kind: str
    broken: bool
    figure: Figure


def rows(judged: Iterable[Judged]) -> list[Row]:
    """Shown among the true ones by form, caught among the broken ones by kind, and both in all."""
    kinds: dict[tuple[bool, str], list[bool]] = {}
    for one in judged:
        made = one.made
        kinds.setdefault((bool(made.broken), made.broken or made.form), []).append(one.right)
        kinds.setdefault((bool(made.broken), "all"), []).append(one.right)
    return [
        Row(kind, broken, share(sum(right), len(right)))
        for (broken, kind), right in sorted(
            kinds.items(), key=lambda item: (item[0][0], item[0][1] == "all", item[0][1])
        )
    ]


def groups(made: Iterable[Article]) -> list[str]:
    """The names of the articles' groups in order."""
    return list(dict.fromkeys(article.group for article in made))
