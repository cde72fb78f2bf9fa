"""Who says a sentence: apposition, inversion, pronouns, and words that only look like speech."""

import pytest

from assistant.attribution import speaker_of


@pytest.mark.parametrize(
    ("sentences", "speaker"),
    [
        (["Its spokesman, Paul Orme, said that most roads should open on Friday."], "Paul Orme"),
        (["Its manager, Paul Orme, said that 230 people would work there."], "Paul Orme"),
        (["Marine biologist Ann Lee of the University of Oslo called it a treasure."], "Ann Lee"),
        (["The head of the harbour, Paul Orme, disputes this: nobody asked, he says."], "Paul Orme"),
        (["Ann Lee, a lawyer, rejected the plan.", "Similar claims could follow, she expects."], "Ann Lee"),
        (["Divers at the harbour looked at the wreck.", "They confirmed that it is old."], "Divers"),
        (["In 2023 the police said that a ship was missing."], "the police"),
        (["The notes were never checked."], ""),
        (["Dozens of similar claims could follow."], ""),
        (["The state will pay for the bridge."], ""),
    ],
)  # fmt: skip
def test_the_last_sentence_has_this_speaker(sentences: list[str], speaker: str) -> None:
    assert speaker_of(sentences, len(sentences) - 1) == speaker
