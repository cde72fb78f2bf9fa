"""The benchmark of the check's delay times statements that are really shown."""

from __future__ import annotations

from pathlib import Path

from evals.first_statement import measure
from index import Library, Metadata

TEXT = (
    "Ana Ruiz built the mill in 1840. It ground 30 tonnes of corn a week. Nobody lives there now."
)


def test_every_sentence_is_timed_but_the_first(tmp_path: Path) -> None:
    with Library(tmp_path / "library") as library:
        library.add_text(TEXT, Metadata("The mill"))
        found = measure(library, pace=2000, quiet=True)
    assert 1 <= len(found) <= 12
    assert all(one.writing > 0 and one.kept_back > 0 for one in found)


def test_only_as_many_as_wanted_are_timed(tmp_path: Path) -> None:
    with Library(tmp_path / "library") as library:
        library.add_text(TEXT, Metadata("The mill"))
        assert len(measure(library, pace=2000, most=1, quiet=True)) <= 8
