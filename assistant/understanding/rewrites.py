"""A language model's rewrite of a follow-up, let in only with what the conversation holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['’-][^\W_]+)*")
LONGEST_REWRITE = 400
NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
ORDINARY = frozenset(
    "i the a an who what when where why how which whose whom is are was were did does do has have"
    " had can could will would should according in on at of and or if then there did tell".split()
)


def compare_rewrite(rewrite: str, conversation_texts: Iterable[str]) -> bool:
    """Whether every name and number of the rewrite stands in the conversation.

    Names are the words with a capital letter, the first word of a sentence included unless it
    is a question's ordinary opening. ``conversation_texts`` holds everything said so far, the
    question itself included. A blank or very long rewrite, or one of several lines, is refused.
    """
    text = rewrite.strip()
    if not text or len(text) > LONGEST_REWRITE or "\n" in text:
        return False
    known: set[str] = set()
    for said in conversation_texts:
        for word in WORD.findall(said):
            known |= _forms(word)
    for word in WORD.findall(text):
        named = any(letter.isupper() for letter in word) and word.lower() not in ORDINARY
        counted = any(letter.isdigit() for letter in word) or word.lower() in NUMBER_WORDS
        if (named or counted) and not _forms(word) & known:
            return False
    return True


def _forms(word: str) -> set[str]:
    """The forms under which a word counts as the same: possessives, plurals and number words."""
    plain = re.sub(r"['’]s?$", "", word.lower().replace("’", "'"))
    digits = plain.replace(",", "") if any(c.isdigit() for c in plain) else plain
    return {digits, NUMBER_WORDS.get(plain, digits)}
