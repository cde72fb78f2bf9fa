"""A figure asked about is denied by the figure that the source gives for the same thing."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from index import Metadata

TEXT = (
    "The old mill at Elba ground 30 tonnes of corn a week. Its wheel is about 6 metres wide. "
    "The families waited eleven days for the verdict. "
    "The new bridge may cost $5.5 million in all. Ana Ruiz, 42, opened the museum on 3 May."
)


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant(library=tmp_path_factory.mktemp("mill") / "library") as assistant:
        for summary in assistant.library.documents():
            assistant.library.remove(summary.id)
        assistant.library.add_text(TEXT, Metadata("The mill at Elba"))
        yield assistant


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Did the old mill grind 45 tonnes of corn a week?", "No"),
        ("Is it true that the wheel is 9 metres wide?", "No"),
        ("Did the families wait twelve days for the verdict?", "No"),
        ("Did the families wait eleven days for the verdict?", "Yes"),
        ("Did the old mill grind 30 tonnes of corn a week?", "Yes"),
        ("Did Ana Ruiz, 57, open the museum on 3 May?", "No"),
        ("Did the old mill grind more than 20 tonnes of corn a week?", None),
        ("Did the old mill employ 45 people?", None),
    ],
)
def test_a_figure_decides(mill: Assistant, question: str, short: str | None) -> None:
    answer = mill.ask(question)
    assert answer.short == short, answer.text


def test_a_cautious_figure_denies_nothing(mill: Assistant) -> None:
    answer = mill.ask("Will the new bridge cost $9.5 million in all?")
    assert answer.text.startswith("Not certain:")
    assert "may cost $5.5 million" in answer.citations[0].quote
