"""What a statement may not make of its source: all of some, a fact of a wish, after of before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verification import Fault, Source, SupportCheck, repaired, verify
from assistant.verification.quantities import amounts, same_value

CHECK = SupportCheck()
SOME = "Some of the ferries, which are older than the bridge, will be sold in May."
MOST = "Most of the money comes from the harbour company and from the state."
MORE = "The tram needs more power than the old trains did."
FEWER = "Ever fewer sailors live in Harlund, because the mill pays better."
ONLY = "Norbau repaired the pier and the lamps in 2019."
LARGEST = "Kessel is the largest private employer in Harlund."
UNTIL = "The ferries run until the bridge opens in June."
SINCE = "Traffic has grown by a fifth since the mill closed."
WANTS = "The mayor wants to close the mill next year."
CALLS = "The council called on Norbau to repay the loan."
IF = "If the frost returns, the pier must be closed for a month."
AS_LONG = "The plan is popular only as long as the toll stays low."
EVIDENCE = "An inspector spoke of evidence that the cables had rusted in the salt air."
PAY = "A driver earns 2,000 crowns a month, and a bonus of 500 crowns comes on top."
BEAT = "Norbau beat three rivals for the contract."
ASKS = "Brandt asked the council to pay for the lamps."
NEITHER = "Neither Norbau nor Kessel has confirmed the sale."
PROOF = "There is no proof of 300 cracks in the pier."
ACT = "Lee called on the firms to act at once and not to let the pier rot."

FALSE = [
    (SOME, "All of the ferries will be sold in May.", Fault.SCOPE),
    (SOME, "The ferries will be sold in May.", Fault.SCOPE),
    (MOST, "The money comes entirely from the state.", Fault.SCOPE),
    (MORE, "The tram needs less power than the old trains did.", Fault.SCOPE),
    (MORE, "The old trains needed more power than the tram.", Fault.SCOPE),
    (FEWER, "Ever more sailors live in Harlund, because the mill pays better.", Fault.SCOPE),
    (FEWER, "The mill pays better because ever fewer sailors live in Harlund.", Fault.ORDER),
    (ONLY, "Norbau repaired only the lamps in 2019.", Fault.SCOPE),
    (LARGEST, "Kessel is the largest employer in Harlund.", Fault.SCOPE),
    (UNTIL, "The ferries run after the bridge opens in June.", Fault.ORDER),
    (SINCE, "Traffic had grown by a fifth before the mill closed.", Fault.ORDER),
    (SINCE, "Traffic has grown by a quarter since the mill closed.", Fault.NUMBER),
    (WANTS, "The mayor closed the mill.", Fault.HEDGE),
    (WANTS, "The mayor wants to close the mill this year.", Fault.ORDER),
    (CALLS, "Norbau will repay the loan.", Fault.HEDGE),
    (IF, "The pier must be closed for a month.", Fault.HEDGE),
    (AS_LONG, "The plan is popular.", Fault.HEDGE),
    (EVIDENCE, "The cables had rusted in the salt air.", Fault.HEDGE),
    (PAY, "A driver earns 500 crowns a month, and a bonus of 2,000 crowns comes on top.", Fault.NUMBER),
    (BEAT, "Norbau was beaten by three rivals for the contract.", Fault.ROLE),
    (ASKS, "The council asked Brandt to pay for the lamps.", Fault.ROLE),
    (NEITHER, "Norbau has confirmed the sale, but Kessel has not.", Fault.NEGATION),
    (PROOF, "There is no proof of cracks in the pier.", Fault.NEGATION),
    (ACT, "Lee called on the firms not to act at once and to let the pier rot.", Fault.NEGATION),
]  # fmt: skip
TRUE = [
    (SOME, "Some of the ferries will be sold in May."),
    (MOST, "Most of the money comes from the state and the harbour company."),
    (FEWER, "Because the mill pays better, ever fewer sailors live in Harlund."),
    (ONLY, "Norbau repaired the lamps in 2019."),
    (LARGEST, "The largest private employer in Harlund is Kessel."),
    (UNTIL, "Until the bridge opens in June, the ferries run."),
    (SINCE, "Since the mill closed, traffic has grown by 20 percent."),
    (WANTS, "The mayor plans to close the mill next year."),
    (CALLS, "Norbau should repay the loan, the council demanded."),
    (IF, "The pier must be closed for a month if the frost returns."),
    (EVIDENCE, "According to an inspector, there is evidence that the cables had rusted."),
    (PAY, "A driver earns 2,000 crowns a month plus a bonus of 500 crowns."),
    (BEAT, "Three rivals were beaten by Norbau for the contract."),
    (ASKS, "The council was asked to pay for the lamps."),
    (NEITHER, "Norbau and Kessel have not confirmed the sale."),
]


@pytest.mark.parametrize(("source", "statement", "fault"), FALSE)
def test_what_reaches_too_far_falls(source: str, statement: str, fault: Fault) -> None:
    assert fault in {
        problem.fault for problem in verify(statement, [Source(source)], CHECK).problems
    }
    evidence = [Source(source), Source("The harbour of Harlund lies by the sea.")]
    assert not repaired(statement, (0,), evidence, CHECK)[1].supported


@pytest.mark.parametrize(("source", "statement"), TRUE)
def test_what_says_the_same_in_another_way_stands(source: str, statement: str) -> None:
    problems = verify(statement, [Source(source)], CHECK).problems
    assert {p.fault for p in problems} <= {Fault.SUPPORT}, problems


@pytest.mark.parametrize("source", [source for source, _ in TRUE])
def test_a_source_says_what_it_says(source: str) -> None:
    assert verify(source, [Source(source)], CHECK).problems == ()


def test_he_is_whom_the_sentence_before_begins_with() -> None:
    before = "Ann Lee met Tomas Brandt in Oslo."
    source = Source("She does not expect the bridge to open in June.", before)
    assert verify("Ann Lee does not expect the bridge to open in June.", [source], CHECK).supported
    wrong = verify("Tomas Brandt does not expect the bridge to open in June.", [source], CHECK)
    assert Fault.NAME in {problem.fault for problem in wrong.problems}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("half of the men", "50 percent of the men", True),
        ("a third of them", "33 % of them", True),
        ("a third of them", "30 % of them", False),
        ("two thousand five hundred men", "2,500 men", True),
        ("the twenty-first man", "the 21st man", True),
        ("a dozen men", "12 men", True),
        ("one and a half million", "2 million", False),
    ],
)
def test_numbers_in_words(one: str, other: str, same: bool) -> None:
    found = any(same_value(a, b) for a in amounts(one) for b in amounts(other))
    assert found is same


@given(st.integers(1, 99), st.sampled_from(["", " thousand", " million"]))
def test_a_number_in_words_is_the_number_in_digits(value: int, scale: str) -> None:
    small = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen"
    ).split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    word = small[value] if value < 20 else tens[value // 10 - 2]
    if value >= 20 and value % 10:
        word += f"-{small[value % 10]}"
    if word == "one" and not scale:
        return
    [said], [source] = amounts(f"{word}{scale} men"), amounts(f"{value}{scale} men")
    assert same_value(said, source)
