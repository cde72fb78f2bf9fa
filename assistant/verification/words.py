"""The words of a statement that carry its meaning: names, quotations and everything else."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..reader.support import QUESTION_WORDS, WORD, stem

FUNCTION_WORDS = QUESTION_WORDS | frozenset(
    [
        "after",
        "again",
        "against",
        "already",
        "although",
        "among",
        "anyone",
        "around",
        "away",
        "become",
        "before",
        "being",
        "between",
        "both",
        "came",
        "come",
        "down",
        "each",
        "either",
        "else",
        "enough",
        "even",
        "ever",
        "every",
        "few",
        "first",
        "former",
        "further",
        "get",
        "got",
        "having",
        "here",
        "herself",
        "himself",
        "however",
        "i'm",
        "including",
        "instead",
        "it's",
        "itself",
        "just",
        "later",
        "least",
        "less",
        "like",
        "likely",
        "made",
        "make",
        "may",
        "maybe",
        "might",
        "must",
        "near",
        "nearly",
        "neither",
        "never",
        "next",
        "no",
        "none",
        "nor",
        "not",
        "nothing",
        "now",
        "off",
        "often",
        "once",
        "only",
        "onto",
        "others",
        "per",
        "perhaps",
        "possibly",
        "put",
        "quite",
        "rather",
        "really",
        "same",
        "self",
        "several",
        "shall",
        "since",
        "some",
        "something",
        "still",
        "that's",
        "there's",
        "though",
        "through",
        "thus",
        "together",
        "too",
        "toward",
        "towards",
        "until",
        "upon",
        "used",
        "very",
        "via",
        "was",
        "wasn't",
        "well",
        "were",
        "what's",
        "within",
        "without",
        "yet",
        "according",
        "reportedly",
        "allegedly",
        "apparently",
        "almost",
        "approximately",
        "roughly",
        "percent",
        "also",
        "us",
        "took",
        "take",
        "taken",
        "went",
        "go",
        "gone",
        "going",
        "did",
        "done",
        "doing",
    ]
)
QUOTED = re.compile(r"[“\"]([^“”\"]{2,}?)[”\"]")
# Words that say that something is said: they may change with the sentence's form.
SAYING = frozenset(
    stem(word)
    for word in (
        "say said says state stated tell told add added note noted write wrote written view "
        "opinion remark comment saying stating adding words quote explain explained mention mentioned"
    ).split()
)
ROLE_NAMES = frozenset(
    "president minister chancellor secretary mayor senator governor general professor doctor dr mr mrs ms "
    "king queen prince princess judge captain".split()
)
SHORT_FORMS = {"us": "unitedstates", "usa": "unitedstates", "uk": "unitedkingdom",
               "eu": "europeanunion", "un": "unitednations"}  # fmt: skip
LONG_FORMS = {
    ("unite", "state"): "unitedstates",
    ("unit", "state"): "unitedstates",
    ("unit", "kingdom"): "unitedkingdom",
    ("european", "union"): "europeanunion",
    ("unit", "nation"): "unitednations",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence with its stem and place; ``name`` where it seems to name someone."""

    text: str
    stem: str
    start: int
    end: int
    name: bool


@lru_cache(maxsize=4096)
def tokens(sentence: str) -> tuple[Token, ...]:
    """The words of a sentence in order.

    A capital counts as a name anywhere but at the beginning of the sentence or of a quotation;
    at a beginning it counts when the next word is a name too, or when the word is an acronym.
    """
    plain = re.sub(r"\b((?:[A-Z]\.){2,})", lambda m: m.group().replace(".", "").ljust(
        len(m.group())), sentence)  # fmt: skip
    found: list[Token] = []
    matches = list(WORD.finditer(plain))
    for place, match in enumerate(matches):
        word = match.group()
        before = plain[: match.start()].rstrip()
        opens = place == 0 or before[-1:] in "“\"'‘.?!" or before.endswith((". ", "…"))
        capital = word[0].isupper() and word.lower() not in ("i", "i'm")
        acronym = len(word) > 1 and word.isupper()
        follows = (
            place + 1 < len(matches)
            and matches[place + 1].group()[0].isupper()
            and plain[match.end() : matches[place + 1].start()] in (" ", "-", "\u00a0")
            and word.lower() not in FUNCTION_WORDS
        )
        name = capital and (acronym or not opens or follows)
        if opens and word.lower() in FUNCTION_WORDS and not acronym:
            name = False
        found.append(Token(word, stem(word), match.start(), match.end(), name))
    return tuple(found)


def is_content(token: Token) -> bool:
    """Whether a word carries meaning of its own; numbers are checked apart."""
    return (
        (token.text.lower().replace("’", "'") not in FUNCTION_WORDS or token.name)
        and not token.text[0].isdigit()
        and len(token.text) > 1
    )


def content(sentence: str) -> list[Token]:
    """The words that carry meaning, in order."""
    return [token for token in tokens(sentence) if is_content(token)]


def stems(texts: Iterable[str]) -> frozenset[str]:
    """The stems of all words of the texts, with both forms of well-known short names."""
    found: set[str] = set()
    for text in texts:
        words = [token.stem for token in tokens(text)]
        found.update(words)
        found.update(form for pair, form in LONG_FORMS.items() if _has(words, pair))
        for token in tokens(text):
            if token.text.isupper() and token.text.lower() in SHORT_FORMS:
                found.add(SHORT_FORMS[token.text.lower()])
        found.update(_initials(text))
        for word in words:
            found.update(part for part in word.split("-") if part)
    return frozenset(found)


def _has(words: Sequence[str], pair: tuple[str, str]) -> bool:
    return any(pair == two for two in itertools.pairwise(words))


def _initials(text: str) -> Iterable[str]:
    """The acronyms that runs of names spell: "Munich Security Conference" gives "msc"."""
    run: list[str] = []
    for token in (*tokens(text), None):
        if token is not None and token.text[0].isupper():
            run.append(token.text[0].lower())
            continue
        if len(run) > 1:
            yield "".join(run)
        run = []


def known(token: Token, present: frozenset[str]) -> bool:
    """Whether a word stands among stems; "Korean" is known where "Korea" stands."""
    if token.stem in present:
        return True
    if token.text.isupper() and SHORT_FORMS.get(token.text.lower()) in present:
        return True
    if token.name and any(token.stem in form and form in present for form in LONG_FORMS.values()):
        return True
    if token.name and len(token.stem) > 3:
        low = token.stem
        return any(
            len(other) > 3
            and (low.startswith(other[: max(4, len(other) - 2)]) or other.startswith(low))
            and abs(len(low) - len(other)) <= 4
            for other in present
            if other[:4] == low[:4]
        )
    return False


def flat(text: str) -> str:
    """A text with one form of space, quotation mark and dash, in lower case."""
    plain = re.sub(r"[“”„«»]", '"', text)
    plain = re.sub(r"[‘’]", "'", plain)
    plain = re.sub(r"[–—‐‑]", "-", plain)
    return re.sub(r"\s+", " ", plain).strip().lower()


def wrong_quotations(statement: str, sources: Sequence[str]) -> list[str]:
    """The quotations of a statement that stand in none of the sources word for word.

    An omission ("…") may part a quotation; the mark at its end is the writer's own.
    """
    texts = [flat(text) for text in sources]
    # A quotation may run over two neighbouring sentences.
    texts.append(" ".join(texts))
    wrong = []
    for match in QUOTED.finditer(statement):
        parts = re.split(r"\s*(?:\(?\[?(?:…|\.\.\.)\]?\)?)\s*", flat(match.group(1)))
        parts = [part.strip(" .,;:!?'") for part in parts]
        if not any(all(part in text for part in parts) for text in texts):
            wrong.append(match.group(1))
    return wrong
