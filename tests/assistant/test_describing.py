"""Who somebody is, in the source's words."""

from pathlib import Path

import pytest

from assistant.describing import describe, person_asked
from assistant.naming import kind_asked, named_of_kind
from index import Library

TEXT = (
    "Mayor Ann Lee opened the bridge in May. Per Olsen, a baker from Tarnby, was the first to "
    "cross it. Mia Berg teaches history at Tarnby College, and she wrote about the old bridge. "
    "Jon Dahl, who is chief engineer at the Ostrand Institute, built it. The German minister and "
    "two guests from Ostrand University came too."
)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is Ann Lee?", "Ann Lee"),
        ("who's jon dahl", "jon dahl"),
        ("Who is the author?", None),
        ("Who is responsible for the bridge?", None),
        ("Who built it?", None),
    ],
)
def test_whether_a_person_is_asked_about(question: str, name: str | None) -> None:
    assert person_asked(question) == name


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Ann Lee", "Mayor Ann Lee"),
        ("Per Olsen", "a baker from Tarnby"),
        ("olsen", "a baker from Tarnby"),
        ("Mia Berg", "teaches history at Tarnby College"),
        ("Jon Dahl", "chief engineer at the Ostrand Institute"),
        ("Eva Holm", None),
    ],
)
def test_how_the_source_introduces_them(tmp_path: Path, name: str, told: str | None) -> None:
    with Library(tmp_path / "library") as library:
        document = library.add_text(TEXT).document
    found = describe(name, [document])
    assert (found and document.text[found.start : found.end]) == told


def test_everything_named_of_a_kind(tmp_path: Path) -> None:
    with Library(tmp_path / "library") as library:
        document = library.add_text(TEXT).document
    assert kind_asked("Which colleges are mentioned in the article?") == "college"
    assert kind_asked("Which college is best?") is None
    assert [c.span for c in named_of_kind("university", [document])] == ["Ostrand University"]
    assert [c.span for c in named_of_kind("country", [document])] == ["German"]
