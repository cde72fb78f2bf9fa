import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.verification import Fault, Source, SupportCheck, repaired, source_at, verify
from assistant.verification.quantities import amounts, dates, wrong_amounts
from assistant.verification.words import stems
from corpus import articles
from index.article import label
from index.loading import load

CHECK = SupportCheck()
ARTICLE = (
    "The council of Harlund approved the Ost Bridge on 4 March 2024.",
    "It may cost between $1.7 billion and $5.5 billion, the engineer Tomas Brandt warned.",
    "As many as 12,000 ferry passengers cross the river every day.",
    "Neither Norbau nor Kessel has confirmed these figures.",
    "Mayor Ann Lee told Harbour News that the city will not raise taxes.",
    "“We trusted the wrong engineers,” she added.",
    "Norbau built the northern pier, which was finished in 2019.",
    "Last year Norbau bought Kessel for 40 million euros.",
)
SOURCES = [source_at(ARTICLE, place, "A bridge for Harlund") for place in range(len(ARTICLE))]

TRUE = [
    (0, "The Ost Bridge was approved by the council of Harlund on March 4, 2024."),
    (0, "In March 2024 the council of Harlund approved the Ost Bridge."),
    (1, "Tomas Brandt warned that it may cost $1.7 to $5.5 billion."),
    (1, "According to Tomas Brandt, it might cost up to 5.5 billion dollars."),
    (2, "Up to 12 thousand ferry passengers cross the river every day."),
    (3, "Norbau and Kessel have not confirmed these figures."),
    (4, "Ann Lee said that the city won’t raise taxes."),
    (5, "Ann Lee said: “We trusted the wrong engineers.”"),
    (6, "Norbau built the northern pier."),
    (7, "Norbau bought Kessel last year for €40 million."),
]
BROKEN = [
    (0, "The council of Harlund approved the Ost Bridge on 5 March 2024.", Fault.NUMBER),
    (0, "The council of Harlund approved the Ost Bridge on 4 March 2023.", Fault.NUMBER),
    (0, "The council of Harlund approved the Kessel Bridge on 4 March 2024.", Fault.NAME),
    (0, "The council of Harlund did not approve the Ost Bridge.", Fault.NEGATION),
    (1, "It may cost between $1.7 million and $5.5 million, Tomas Brandt warned.", Fault.NUMBER),
    (1, "It may cost $5.5 billion, Tomas Brandt warned.", Fault.NUMBER),
    (1, "It will cost between $1.7 billion and $5.5 billion, Tomas Brandt warned.", Fault.HEDGE),
    (1, "It may cost between $1.7 billion and $5.5 billion, Ann Lee warned.", Fault.SPEAKER),
    (2, "12,000 ferry passengers cross the river every day.", Fault.NUMBER),
    (2, "At least 12,000 ferry passengers cross the river every day.", Fault.NUMBER),
    (3, "Norbau and Kessel have confirmed these figures.", Fault.NEGATION),
    (4, "Ann Lee said that the city will raise taxes.", Fault.NEGATION),
    (4, "The city will not raise taxes.", Fault.SPEAKER),
    (5, "Ann Lee said: “We trusted the right engineers.”", Fault.QUOTATION),
    (6, "Norbau built the northern pier, which cost several lives.", Fault.SUPPORT),
    (6, "The river is home to rare otters.", Fault.SUPPORT),
    (7, "Last year Kessel bought Norbau for 40 million euros.", Fault.NAME),
    (7, "Last year Norbau sold Kessel for 40 million euros.", Fault.SUPPORT),
    (7, "Last year Norbau bought Kessel for 40 million dollars.", Fault.NUMBER),
]


@pytest.mark.parametrize(("place", "statement"), TRUE)
def test_what_the_sentence_says_stands(place: int, statement: str) -> None:
    assert verify(statement, [SOURCES[place]], CHECK).problems == ()


@pytest.mark.parametrize(("place", "statement", "fault"), BROKEN)
def test_what_the_sentence_does_not_say_falls(place: int, statement: str, fault: Fault) -> None:
    faults = {problem.fault for problem in verify(statement, [SOURCES[place]], CHECK).problems}
    assert fault in faults
    assert not repaired(statement, (place,), SOURCES, CHECK)[1].supported


@pytest.mark.parametrize(("place", "statement"), TRUE)
def test_a_wrong_citation_is_put_right(place: int, statement: str) -> None:
    wrong = (place + 3) % len(SOURCES)
    places, verdict = repaired(statement, (wrong,), SOURCES, CHECK)
    assert verdict.supported
    assert places == (place,)


def test_without_a_sentence_nothing_stands() -> None:
    assert verify("Norbau built the pier.", [], CHECK).problems[0].fault is Fault.CITATION
    assert not verify("", [SOURCES[0]], CHECK).supported


@pytest.mark.parametrize(
    "nonsense",
    [
        "�I���) �\x17...}?�_%�}?ᰋ",
        "Norbau built �\ufffd the pier.",
        "Norbau built \x07 the pier.",
        "Norbau] built the northern pier",
        "Norbau",
        "The pier.",
        "They are there and so on.",
        "the of and to the",
        "Norbau built built the northern pier.",
        "pier built 2019. which the finished northern was in Norbau",
    ],
)
def test_what_nobody_can_read_as_a_statement_does_not_stand(nonsense: str) -> None:
    assert not verify(nonsense, [SOURCES[6]], CHECK).supported


@settings(deadline=None)
@given(st.text(max_size=80))
def test_a_text_without_a_word_of_the_source_does_not_stand(text: str) -> None:
    if stems([text]) & stems([SOURCES[6].text]):
        return
    assert not verify(text, [SOURCES[6]], CHECK).supported


@settings(deadline=None)
@given(st.lists(st.integers(-5, 500), max_size=6))
def test_only_sentences_that_were_given_are_cited(cited: list[int]) -> None:
    places, _ = repaired("Norbau built the northern pier.", cited, SOURCES, CHECK)
    assert set(places) <= set(range(len(SOURCES)))


def test_half_a_truth_in_each_of_two_sentences_is_no_truth() -> None:
    sources = [Source("Ann Lee visited Oslo."), Source("Tomas Brandt bought a horse.")]
    assert not repaired("Ann Lee bought a horse.", (0, 1), sources, CHECK)[1].supported


def _shipped() -> list[tuple[list[Source], int]]:
    found = []
    for path in articles():
        loaded = load(path)
        words = [
            " ".join(loaded.text[s.start : s.end].split())
            for s in label(loaded.text, loaded.metadata).sentences
            if s.kind == "body"
        ]
        found += [([source_at(words, n)], n) for n in range(len(words))]
    return found


SHIPPED = _shipped()


def test_most_sentences_of_the_shipped_article_stand_on_themselves() -> None:
    held = [verify(sources[0].text, sources, CHECK).supported for sources, _ in SHIPPED]
    assert sum(held) / len(held) >= 0.97


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "bound"),
    [
        ("as many as 12,000 men", 12_000, 12_000, "", "most"),
        ("between $1.7 and $5.5 billion", 1.7e9, 5.5e9, "dollar", ""),
        ("$1.7 billion to $5.5 billion", 1.7e9, 5.5e9, "dollar", ""),
        ("over 5 billion US dollars", 5e9, 5e9, "dollar", "least"),
        ("about 40 per cent", 40, 40, "percent", "about"),
        ("twenty-five kilometres", 25, 25, "kilometer", ""),
        ("a dozen eggs", 12, 12, "", ""),
        ("2.4m people", 2.4e6, 2.4e6, "", ""),
        ("the third man", 3, 3, "ordinal", ""),
        ("thousands of men", 1000, 1000, "", "vague"),
    ],
)
def test_amounts(text: str, low: float, high: float, unit: str, bound: str) -> None:
    found = amounts(text)[0]
    assert (found.low, found.high, found.unit, found.bound) == (low, high, unit, bound)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("on November 5, 2024", (2024, 11, 5)),
        ("on 5 November 2024", (2024, 11, 5)),
        ("2024-11-05", (2024, 11, 5)),
        ("in June", (None, 6, None)),
        ("in May 2023", (2023, 5, None)),
        ("since 1999", (1999, None, None)),
    ],
)
def test_dates(text: str, parts: tuple[int | None, ...]) -> None:
    found = dates(text)[0]
    assert (found.year, found.month, found.day) == parts


@settings(deadline=None)
@given(st.integers(2, 10**12), st.sampled_from(["", " percent", " miles", " dollars"]))
def test_a_number_agrees_with_itself_and_with_no_other(value: int, unit: str) -> None:
    text = f"It had {value:,}{unit} then."
    assert wrong_amounts(text, [text]) == []
    assert wrong_amounts(text, [f"It had {value + 1:,}{unit} then."])
    assert wrong_amounts(text, [f"It had {value:,} kilograms then."])
