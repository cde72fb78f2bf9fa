"""A statement laid beside its source word by word: what took the place of what."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..attribution import REPORT, SPEECH
from ..reader.support import stem
from .caution import NEGATION, NO_DENIAL, plain
from .quantities import Amount, amounts
from .words import ROLE_NAMES, SAYING, Token, content, is_content, known, stems, tokens

SPOKEN = re.compile(rf"(?:{SPEECH}|{REPORT})", re.IGNORECASE)
DONE = re.compile(
    r"\w{2,}ed|won|led|met|beat|built|bought|sold|sent|gave|took|made|held|found|wrote|shot|hit|paid|lent"
    r"|taught|caught|fought|sought|left|lost|drove|chose|knew|saw|ran|brought|became|struck|threw"
)
# Beyond this many words a passage is reworded, and nothing takes a single place in it.
SMALL = 6
CLAUSE = re.compile(r"[,;:]\s|\b(?:and|but|while)\b")
NEAR = 3
DONE_BY = re.compile(
    r"\b(?:is|are|was|were|been|being|be|got)\s(?:\w+ly\s)?(?P<done>\w{3,})\b[^,;]{0,30}?\sby\b",
    re.IGNORECASE,
)
BE_BEFORE = re.compile(r"\b(?:is|are|was|were|been|being|be|got)\s(?:\w+ly\s)?$", re.IGNORECASE)
WANTED = re.compile(
    r"\b(?P<verb>wants?|wanted|asks?|asked|urges?|urged|tells?|told|orders|ordered|expects?|expected|invites?|invited"
    r"|allows?|allowed|forces?|forced|helps?|helped|advises?|advised)\s(?P<whom>[^,;]{2,50}?)\sto\s",
    re.IGNORECASE,
)
PARTICIPLES = {
    "beaten": "beat", "given": "gave", "taken": "took", "written": "wrote", "seen": "saw", "known": "knew",
    "chosen": "chose", "driven": "drove", "stolen": "stole", "broken": "broke", "spoken": "spoke",
    "shown": "showed", "drawn": "drew", "eaten": "ate", "forgiven": "forgave", "overthrown": "overthrew",
}  # fmt: skip
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
    words = [t for text in (statement, *texts) for t in tokens(plain(text))]
    # What stands in small letters too is capital only where a sentence begins.
    small = {t.stem for t in words if t.text[0].islower()}
    names = {t.stem for t in words if t.name} - small
    end = tokens(plain(source))[-1:]
    for change in changes(statement, source):
        if len(change.now) > SMALL:
            continue
        # Of a long passage left out, only the words that touch what was kept are in its place.
        near = change.was
        if len(near) > SMALL:
            near = near[:2] if near[-1:] == end else near[-2:]
        was, now = (
            [
                t
                for t in side
                if _named(t, names)
                and t.text.lower() not in ROLE_NAMES
                and (t.stem not in small or (t.name and t.start > 0))
            ]
            for side in (near, change.now)
        )
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


def exchanged_amounts(statement: str, texts: Sequence[str]) -> str:
    """A number that stands beside the words of another number of the source; "" for none.

    "$2,000 a month and a bonus of $20,000" does not say that the bonus is $2,000.
    """
    said = plain(statement)
    ours = [a for a in amounts(said) if a.unit != "ordinal"]
    for text in map(plain, texts):
        theirs = [a for a in amounts(text) if a.unit != "ordinal"]
        for one in ours:
            own = [a for a in theirs if _equal(one, a)]
            others = [a for a in theirs if a.unit == one.unit and not _equal(one, a)]
            if not own or not others:
                continue
            near = _around(said, one)
            best = max(len(near & _around(text, a)) for a in own)
            counted = _counted(said, one)
            here, away = ([_counted(text, a) for a in side] for side in (own, others))
            if counted and (counted in here) != (counted in away):
                if counted in away:
                    return said[one.start : one.end]
                continue
            if any(len(near & _around(text, other)) > best for other in others):
                return said[one.start : one.end]
    return ""


def _counted(text: str, amount: Amount) -> str:
    """The word of meaning just behind a number, which it counts; "" where none is near."""
    near = [t for t in tokens(text) if t.start >= amount.end][:2]
    return next((t.stem for t in near if is_content(t)), "")


def exchanged_word(
    statement: str, texts: Sequence[str], unlike: Callable[[str, Sequence[str]], bool]
) -> str:
    """A word that no source has, in the place of a word that it is not like; "" for none.

    ``unlike`` tells whether a word is far in sense from all of some others.
    """
    present = stems(texts)
    for text in texts:
        for change in changes(statement, text):
            was = [t.text.lower() for t in change.was if is_content(t) and not t.name]
            now = [t for t in change.now if is_content(t)]
            if not change.close or not was or len(change.was) > SMALL or len(now) != 1:
                continue
            new = now[0]
            if new.name or new.start == 0 or new.stem in SAYING or known(new, present):
                continue
            if unlike(new.text.lower(), was):
                return new.text
    return ""


def turned_voice(statement: str, texts: Sequence[str]) -> str:
    """Who does and to whom it is done exchanged by the passive voice; "" where it is not."""
    said = plain(statement)
    for text in map(plain, texts):
        for passive, active, ours in ((said, text, True), (text, said, False)):
            for match in DONE_BY.finditer(passive):
                verb = _root(match.group("done"))
                places = [
                    t
                    for t in tokens(active)
                    if _root(t.text) == verb and not BE_BEFORE.search(active[: t.start])
                ]
                by = _first(passive, match.end())
                if len(places) == 1 and by:
                    behind = _first(active, places[0].end)
                    before = {t.stem for t in tokens(active) if t.end <= places[0].start}
                    if by & behind and not by & before:
                        return match.group() if ours else places[0].text
    return ""


def _root(word: str) -> str:
    """One form for a verb's past and participle."""
    low = word.lower()
    return stem(PARTICIPLES.get(low, low))


def _first(text: str, place: int) -> set[str]:
    """The nearest words of meaning behind a place."""
    return {t.stem for t in [t for t in tokens(text) if t.start >= place and is_content(t)][:2]}


def turned_wish(statement: str, texts: Sequence[str]) -> str:
    """Who wants exchanged with from whom it is wanted: "he wants the firm to pay"; "" if not."""
    said = plain(statement)
    for text in map(plain, texts):
        for ours in WANTED.finditer(said):
            for theirs in WANTED.finditer(text):
                if stem(ours.group("verb")) != stem(theirs.group("verb")):
                    continue
                who = {t.stem for t in content(said) if t.end <= ours.start("verb")}
                of_whom = {t.stem for t in content(theirs.group("whom"))}
                theirs_who = {t.stem for t in content(text) if t.end <= theirs.start("verb")}
                if who & of_whom and not who & theirs_who:
                    return ours.group()
    return ""


def _equal(one: Amount, other: Amount) -> bool:
    return (one.low, one.high, one.unit) == (other.low, other.high, other.unit)


def _around(text: str, amount: Amount) -> frozenset[str]:
    """The nearest words of meaning in the clause of a number."""
    low = max((m.end() for m in CLAUSE.finditer(text, 0, amount.start)), default=0)
    stop = CLAUSE.search(text, amount.end)
    high = stop.start() if stop else len(text)
    words = [t for t in tokens(text) if is_content(t) and low <= t.start < high]
    before = [t.stem for t in words if t.end <= amount.start][-NEAR:]
    return frozenset(before + [t.stem for t in words if t.start >= amount.end][:NEAR])


def turned_negation(statement: str, texts: Sequence[str]) -> str:
    """A negation that was put in or taken out between words that stayed; "" for none."""
    source = " ".join(texts)
    lost, gained = [], []
    found = changes(statement, source)
    left_out = {t.stem for change in found if _denies(change.was) for t in change.was}
    for change in found:
        was, now = _denies(change.was), _denies(change.now)
        denied = {t.stem for t in change.now if is_content(t)}
        if now and denied and denied <= left_out:
            continue  # the same denial, moved
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
