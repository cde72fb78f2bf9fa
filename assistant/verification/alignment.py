"""A statement laid beside its source word by word: what took the place of what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..attribution import REPORT, SPEECH
from .caution import NEGATION, NO_DENIAL, plain
from .words import ROLE_NAMES, Token, is_content, known, stems, tokens

SPOKEN = re.compile(rf"(?:{SPEECH}|{REPORT})", re.IGNORECASE)
DONE = re.compile(
    r"\w{2,}ed|won|led|met|beat|built|bought|sold|sent|gave|took|made|held|found|wrote|shot|hit|paid|lent"
    r"|taught|caught|fought|sought|left|lost|drove|chose|knew|saw|ran|brought|became|struck|threw"
)
# Beyond this many words a passage is reworded, and nothing takes a single place in it.
SMALL = 6
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s(?:\w+ly\s)?\w+(?:ed|en|wn|nt|ld|ught|un|ung|ade|ut|et|it|ot|on|ven|ound|old|ed)\b(?=.{0,60}\bby\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the source (``was``) in whose place the statement has others (``now``).

    ``close`` where the words on both sides are the same, or the sentence ends there.
    """

    was: tuple[Token, ...]
    now: tuple[Token, ...]
    close: bool


def changes(statement: str, source: str) -> list[Change]:
    """The differences between two texts in order (Ratcliff & Obershelp 1988, on word stems)."""
    said, told = tokens(plain(statement)), tokens(plain(source))
    matcher = SequenceMatcher(None, [t.stem for t in told], [t.stem for t in said], autojunk=False)
    codes = matcher.get_opcodes()
    found = []
    for place, (kind, a, b, c, d) in enumerate(codes):
        if kind == "equal":
            continue
        before = place == 0 or codes[place - 1][0] == "equal"
        after = place + 1 == len(codes) or codes[place + 1][0] == "equal"
        found.append(Change(told[a:b], said[c:d], before and after))
    return found


def exchanged_names(statement: str, texts: Sequence[str]) -> list[str]:
    """The names that stand where the source has another name.

    A surname for a full name, a title before a name, and the exchange of places that the
    passive voice brings are no exchange.
    """
    source = " ".join(texts)
    here, there = stems([statement]), stems([source])
    turned = bool(PASSIVE.search(plain(statement))) != bool(PASSIVE.search(plain(source)))
    wrong = []
    names = {t.stem for text in (statement, *texts) for t in tokens(plain(text)) if t.name}
    end = tokens(plain(source))[-1:]
    for change in changes(statement, source):
        if len(change.now) > SMALL:
            continue
        # Of a long passage left out, only the words that touch what was kept are in its place.
        near = change.was
        if len(near) > SMALL:
            near = near[:2] if near[-1:] == end else near[-2:]
        was = [t for t in near if _named(t, names) and t.text.lower() not in ROLE_NAMES]
        now = [t for t in change.now if _named(t, names) and t.text.lower() not in ROLE_NAMES]
        lost = [t for t in was if not known(t, stems(x.text for x in change.now))]
        new = [t for t in now if not known(t, stems(x.text for x in change.was))]
        if not lost or not new:
            continue
        # Both stand in both texts: moved, unless each has the other's place in one voice.
        moved = all(known(t, there) for t in new) and all(known(t, here) for t in lost)
        if moved and (turned or not _swapped(statement, source, lost[-1], new[-1])):
            continue
        wrong.append(" ".join(t.text for t in new))
    if not wrong and not turned:
        wrong += _reversed(statement, source)
    return wrong


def _named(token: Token, names: set[str]) -> bool:
    """Whether a word names; at the beginning of a sentence, where it does so elsewhere too."""
    if token.name or not token.text[0].isupper() or not is_content(token):
        return token.name
    return token.start > 0 or token.stem in names or len(names) > 0


def _reversed(statement: str, source: str) -> list[str]:
    """A name that stands behind another one and the same verb that it stands before in the source.

    Words of saying are no such verb: who says it may stand at either end.
    """
    said, told = _places(statement), _places(source)
    verbs = {t.stem for t in tokens(plain(source)) if DONE.fullmatch(t.text)}
    names = [stem for stem, (_, name) in said.items() if name and stem in told]
    # "Ukraine's … Ukrainian" for "Ukrainian … Ukraine": one name in two forms.
    forms = [stem[:5] for stem in {*said, *told}]
    names = [stem for stem in names if forms.count(stem[:5]) == 1]
    for one in names:
        for other in names:
            a, b = said[one][0], said[other][0]
            c, d = told[one][0], told[other][0]
            if not (a < b and c > d):
                continue
            between = {s for s, (p, _) in said.items() if a < p < b and s in verbs}
            behind = {s for s, (p, _) in told.items() if d < p < c and s in verbs}
            if between & behind:
                return [one]
    return []


def _places(text: str) -> dict[str, tuple[int, bool]]:
    """The place of every word that stands once and carries meaning, and whether it names."""
    places: dict[str, list[tuple[int, bool]]] = {}
    for place, token in enumerate(tokens(plain(text))):
        if is_content(token) and not SPOKEN.fullmatch(token.text):
            named = token.name or (token.text[0].isupper() and place == 0)
            places.setdefault(token.stem, []).append((place, named))
    return {stem: found[0] for stem, found in places.items() if len(found) == 1}


def _swapped(statement: str, source: str, lost: Token, new: Token) -> bool:
    """Whether the order of two names differs between the texts, with the same words between."""
    said = [t.stem for t in tokens(plain(statement))]
    told = [t.stem for t in tokens(plain(source))]
    try:
        order = said.index(new.stem) < said.index(lost.stem)
        other = told.index(new.stem) < told.index(lost.stem)
        low, high = sorted((said.index(new.stem), said.index(lost.stem)))
        first, last = sorted((told.index(new.stem), told.index(lost.stem)))
    except ValueError:
        return False
    between = set(said[low + 1 : high]) & set(told[first + 1 : last])
    return order != other and bool(between)


def turned_negation(statement: str, texts: Sequence[str]) -> str:
    """A negation that was put in or taken out between words that stayed; "" for none."""
    source = " ".join(texts)
    lost, gained = [], []
    for change in changes(statement, source):
        was, now = _denies(change.was), _denies(change.now)
        if bool(was) == bool(now):
            continue
        if now:
            gained.append((now, change))
        elif change.now or _inside(source, change):
            lost.append((was, change))
    if lost and gained:
        # "Neither has" and "have not": the same denial in another place.
        return ""
    for word, change in (*lost, *gained):
        if change.close and len(change.was) <= SMALL and len(change.now) <= SMALL:
            return word
    return ""


def _inside(source: str, change: Change) -> bool:
    """Whether words that were left out had said words on both sides: no clause of their own."""
    told = tokens(plain(source))
    if not change.was or change.was[-1] is told[-1] or change.was[0] is told[0]:
        return False
    left = plain(source)[change.was[-1].end : change.was[-1].end + 1]
    return left not in ",;:.)" and len(change.was) <= 2


def _denies(words: Sequence[Token]) -> str:
    text = " ".join(t.text.replace("’", "'") for t in words)
    if NO_DENIAL.search(text):
        return ""
    match = NEGATION.search(text)
    return match.group() if match else ""
