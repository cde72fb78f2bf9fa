"""Figures come into the documents by a command, between two comments."""

from pathlib import Path

import pytest

from evals.figures import cell, fill


def test_words_between_the_comments_are_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("above\n<!-- peers -->\nold\n<!-- end of peers -->\nbelow\n", encoding="utf-8")
    fill(page, "peers", [r"new \1"])
    assert page.read_text(encoding="utf-8") == (
        "above\n<!-- peers -->\nnew \\1\n<!-- end of peers -->\nbelow\n"
    )


def test_a_page_without_the_place_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("nothing here", encoding="utf-8")
    with pytest.raises(ValueError, match="no place for peers"):
        fill(page, "peers", ["new"])
    assert page.read_text(encoding="utf-8") == "nothing here"


def test_a_figure_without_a_value_is_a_dash() -> None:
    assert cell(None) == "–"
    assert cell({"value": None, "low": None, "high": None}) == "–"
    assert cell({"value": 0.5, "low": 0.25, "high": 0.75}) == "50.0 (25–75)"
