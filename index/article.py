"""What is what on a page: headline, byline, date, headings, content, and furniture.

The canonical text keeps everything, so that offsets stay exact; each sentence is labelled, and
only content and header facts may support an answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dateutil import parser as date_parser

from .document import Kind, Metadata, Sentence
from .sentences import split_block, split_blocks

# Offsets in hours of the zones that news pages name (RFC 2822, and common European ones).
ZONES = {
    **{name: hours * 3600 for name, hours in (("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5))},
    **{name: hours * 3600 for name, hours in (("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7))},
    **{name: hours * 3600 for name, hours in (("ET", -5), ("PT", -8), ("AKST", -9), ("HST", -10))},
    **{name: hours * 3600 for name, hours in (("GMT", 0), ("UTC", 0), ("BST", 1), ("WET", 0))},
    **{name: hours * 3600 for name, hours in (("CET", 1), ("CEST", 2), ("EET", 2), ("EEST", 3))},
    **{name: hours * 3600 for name, hours in (("MSK", 3), ("JST", 9), ("KST", 9), ("SGT", 8))},
    **{name: int(hours * 3600) for name, hours in (("IST", 5.5), ("AEST", 10), ("AEDT", 11))},
}
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DATE_LIKE = re.compile(
    rf"\b{MONTH}\b|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b", re.I
)
DATE_LABEL = re.compile(
    r"^(?:first\s+)?(?:published|posted|(?:last\s+)?(?:updated|modified)|date|issued)"
    r"(?:\s+(?:on|at))?\s*[:\-–]?\s*|\s*\|\s*$",
    re.I,
)
READING_TIME = re.compile(
    r"[·|•,\-–]?\s*\d+\s*-?\s*min(?:ute)?s?\s*(?:read)?\s*$"
    r"|^\d+\s*-?\s*min(?:ute)?s?\s+read\b\s*[·|•,\-–]?\s*",
    re.I,
)
# British pages write 16.15 for 16:15.
DOTTED_TIME = re.compile(r"\b(\d{1,2})\.(\d\d)(?=\s*(?:[ap]\.?m\b|[A-Z]{2,4}\b))", re.I)
BYLINE = re.compile(
    r"^(?:(?:written|reported|text|story|words)\s+)?by:?\s+(?P<name>\S.{1,80}?)\s*$"
    r"|^author:\s*(?P<label>\S.{1,80}?)\s*$",
    re.I,
)
NAME_LINE = re.compile(
    r"^(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]*\s+){1,3}[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+"
    r"(?:(?:,|\s+and)\s+(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]*\s+){1,3}[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+)*$"
)
CREDIT = re.compile(
    r"^(?:(?:image|picture|photo|video)\s+(?:source|caption|credit)\s*,"
    r"|(?:image|images|photo|photos|picture|pictures|photograph|illustration|graphic|video|file photo)"
    r"(?:\s+(?:source|credit|by|courtesy(?:\s+of)?))?\s*[:©/]|photograph(?:ed)?\s+by\b|getty images\b"
    r"|credits?:|(?:ap|afp|reuters|epa|dpa)\s*(?:photo|/|$)|source:\s*(?:getty|reuters|ap|afp|epa)\b)"
    r"|(?:getty images|shutterstock|/\s*(?:reuters|afp|ap|epa|getty|dpa))\s*(?:[|/].*)?$",
    re.I,
)
# What an agency writes below its reports: Reporting by Ann Lee; Editing by ...
REPORTED = re.compile(r"^(?:reporting|written)\s+by\s+(?P<name>[^;.()]{3,80}?)\s*(?:[;.(]|$)", re.I)
IN_PLACE = re.compile(r"\s+in\s+[A-ZÀ-ÖØ-Þ][\w’'-]+(?:\s+[A-ZÀ-ÖØ-Þ][\w’'-]+)?$")
EMPHASIS = re.compile(r"(?<!\w)(?:\*{1,3}|_{1,3})(?=\S)|(?<=\S)(?:\*{1,3}|_{1,3})(?!\w)")
SECTIONS = frozenset(
    "analysis and arts breaking business climate culture economy education entertainment "
    "environment europe finance health home international latest lifestyle live local markets "
    "media money national news opinion politics science society sport sports tech technology "
    "travel uk us video world".split()
)
PUBLISHER = re.compile(
    r"\b(?:news|times|post|press|journal|herald|tribune|gazette|reuters|bbc|cnn|guardian)$", re.I
)
ROLE = re.compile(r"\b(?:correspondent|editor|reporter|staff|writer|columnist)\b", re.I)
COPYRIGHT = re.compile(r"^[\s©(c)]*(?:©|copyright\b|\(c\)\s+\d{4})", re.I)
DOMAIN = re.compile(
    r"\b(?:www\.)?((?:[a-z0-9-]+\.)+(?:com|org|net|info|news|eu|de|fr|uk|pl|tv|io|int|us|co))\b",
    re.I,
)
LEGAL = re.compile(
    r"all rights reserved|terms (?:of (?:use|service)|and conditions)|privacy policy|cookie (?:policy|settings)"
    r"|prior (?:and explicit |written )*consent|may not be (?:reproduced|republished|redistributed)"
    r"|(?:reproduction|republication|redistribution)\b.{0,80}\b(?:prohibited|requires|forbidden|without)"
    r"|we use cookies|accept (?:all )?cookies|this (?:web)?site uses cookies",
    re.I | re.S,
)
CONTROL = re.compile(
    r"^(?:share(?: this| on| via|$)|tweet(?: this)?$|facebook$|twitter$|whatsapp$|copy link$|email$|print(?: this)?$"
    r"|advertisement$|ad$|sponsored(?: content)?$|subscribe\b|sign up\b|sign in$|log ?in$|register(?: now)?$"
    r"|newsletter|get our (?:free )?(?:daily |weekly )?newsletter|follow us|download (?:our|the) app|join our"
    r"|skip to (?:main )?content|menu$|search$|home$|back to top|load more|show more|comments?(?: \(\d+\))?$"
    r"|leave a comment|click here|continue reading|story continues below|article continues below"
    r"|(?:first )?(?:published|posted|updated)$|last updated$|read (?:more|next|also)\s*[:|]"
    r"|see also\s*:|(?:additional )?(?:reporting|writing|editing) by\b|our standards:"
    r"|.{3,80} contributed (?:to this (?:report|article|story)|reporting)\b"
    r"|listen to (?:this )?article|save (?:article|for later)|bookmark|gift this article|tags?:|topics?:|filed under)",
    re.I,
)
TAIL = re.compile(
    r"^(?:related (?:content|articles?|stories|topics|news|posts?)|read (?:more|next|also)|more (?:from|on this|stories|news)\b.*"
    r"|you (?:may|might) (?:also )?(?:like|be interested)|most (?:read|popular|viewed)|recommended(?: for you)?"
    r"|see also|latest (?:news|stories)|trending(?: now)?|editor'?s'? picks?|top stories)\s*:?$",
    re.I,
)
ENDS_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+")
HEADER_BLOCKS = 14


@dataclass(frozen=True, slots=True)
class Labelled:
    """A canonical text's metadata and its labelled sentences."""

    metadata: Metadata
    sentences: tuple[Sentence, ...]


def canonical(text: str) -> str:
    """The one text that every offset refers to.

    Line ends become line feeds, the Unicode form NFC; byte order marks, NUL and lone surrogates
    go, as they cannot be stored. No-break spaces and typographic quotes stay as they are.
    """
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    text = text.encode("utf-8", "ignore").decode().replace("\ufeff", "").replace("\0", "")
    return unicodedata.normalize("NFC", text)


def plain(text: str) -> str:
    """A block on one line with plain spaces, to compare and match."""
    return re.sub(r"\s+", " ", text).strip()


def parse_date(text: str) -> str:
    """The ISO 8601 form of a date line, with time and offset where it has them; "" for none."""
    words = READING_TIME.sub("", DATE_LABEL.sub("", plain(text))).strip(" |·•,")
    words = DOTTED_TIME.sub(r"\1:\2", words)
    if not words or len(words) > 60 or not DATE_LIKE.search(words) or not re.search(r"\d", words):
        return ""
    try:
        first = date_parser.parse(words, tzinfos=ZONES, default=datetime(1, 1, 1))
        second = date_parser.parse(words, tzinfos=ZONES, default=datetime(2, 2, 2))
    except (ValueError, OverflowError, TypeError):
        return ""
    if first.date() != second.date():
        return ""
    timed = re.search(r"\d{1,2}:\d\d|\d\s*[ap]\.?m\b", words, re.I)
    return first.isoformat() if timed else first.date().isoformat()


def label(text: str, given: Metadata) -> Labelled:
    """Label every sentence of a canonical text and lift its metadata.

    ``given`` are facts known from outside the text (front matter, HTML, PDF); they win over what
    the page says, and lines that repeat them are labelled as theirs.
    """
    blocks = split_blocks(text)
    words = [EMPHASIS.sub("", plain(text[start:end])) for start, end in blocks]
    kinds = _kinds(words, given)
    found = Metadata(
        title=_first(words, kinds, Kind.TITLE),
        author=_author(_first(words, kinds, Kind.AUTHOR)),
        date=parse_date(_first(words, kinds, Kind.DATE)),
        site=_site(_first(words, kinds, Kind.SITE)),
    )
    metadata = replace(
        given,
        title=given.title or found.title,
        author=given.author or found.author,
        date=given.date or found.date,
        site=given.site or found.site,
    )
    sentences: list[Sentence] = []
    for (start, end), kind in zip(blocks, kinds, strict=True):
        heading = MARKDOWN_HEADING.match(text[start:end])
        if kind is Kind.BODY:
            sentences += [Sentence(low, high, kind) for low, high in split_block(text, start, end)]
        else:
            sentences.append(Sentence(start + (heading.end() if heading else 0), end, kind))
    return Labelled(metadata, tuple(sentences))


def _first(words: Sequence[str], kinds: Sequence[Kind], kind: Kind) -> str:
    found = next((w for w, k in zip(words, kinds, strict=True) if k is kind), "")
    return MARKDOWN_HEADING.sub("", found)


def _author(line: str) -> str:
    match = REPORTED.match(line) or BYLINE.match(line)
    name = next(filter(None, match.groups()), line) if match else line
    return IN_PLACE.sub("", name)


def _site(line: str) -> str:
    domain = DOMAIN.search(line)
    return domain.group(1) if domain else line


def _kinds(words: Sequence[str], given: Metadata) -> list[Kind]:
    kinds = [_furniture_or_body(w) for w in words]
    _mark_tail(words, kinds)
    body_from = _mark_header(words, kinds, given)
    for place, line in enumerate(words):
        if kinds[place] is Kind.BODY and (
            MARKDOWN_HEADING.match(line) or (place > body_from and _is_heading(words, kinds, place))
        ):
            kinds[place] = Kind.HEADING
    return kinds


def _furniture_or_body(line: str) -> Kind:
    if COPYRIGHT.match(line) and len(line) < 200:
        short = DOMAIN.search(line) and len(line) < 60 and not LEGAL.search(line)
        return Kind.SITE if short else Kind.FURNITURE
    bare = not any(letter.isalnum() for letter in line)
    short = len(line) < 120 and len(line.split()) <= 16
    if bare or (short and (CREDIT.search(line) or CONTROL.match(line) or TAIL.match(line))):
        return Kind.FURNITURE
    if LEGAL.search(line):
        return Kind.FURNITURE
    return Kind.BODY


def _mark_tail(words: Sequence[str], kinds: list[Kind]) -> None:
    """Behind "Related content" and the like, headlines of other pages follow up to prose."""
    for place, line in enumerate(words):
        if not TAIL.match(line):
            continue
        for after in range(place + 1, len(words)):
            if kinds[after] is Kind.BODY and (
                ENDS_SENTENCE.search(words[after]) or len(words[after].split()) > 18
            ):
                break
            if kinds[after] is Kind.BODY:
                kinds[after] = Kind.FURNITURE


def _mark_header(words: Sequence[str], kinds: list[Kind], given: Metadata) -> int:
    """Label title, byline, date, site and doubled lines at the top; returns the last such place."""
    zone = range(min(HEADER_BLOCKS, len(words)))
    last = _mark_title(words, kinds, given, zone)
    if given.author or given.date or given.site:
        last = max(last, _mark_given(words, kinds, given, zone))
    dated = next((i for i in zone if kinds[i] is Kind.BODY and parse_date(words[i])), None)
    if dated is not None and Kind.DATE not in kinds:
        kinds[dated] = Kind.DATE
        last = max(last, dated)
    # Without a date line the header ends where prose begins.
    end = dated + 2 if dated is not None else _prose_from(words, kinds, last)
    for place in range(last + 1, min(end, len(words))):
        if kinds[place] is Kind.BODY and parse_date(words[place]):
            kinds[place] = Kind.FURNITURE
    repeated = [
        i
        for i in range(min(end, len(words)))
        if kinds[i] is Kind.BODY
        and words.count(words[i]) > 1
        and not ENDS_SENTENCE.search(words[i])
    ]
    for place in repeated:
        kinds[place] = Kind.FURNITURE
        last = max(last, place)
    _mark_caption(words, kinds, max(end, HEADER_BLOCKS))
    if Kind.AUTHOR not in kinds:
        last = max(last, _mark_author(words, kinds, zone, end))
    return last


def _mark_author(words: Sequence[str], kinds: list[Kind], zone: range, end: int) -> int:
    """Label the byline, and what stands right below it; returns its place in the header, or -1."""
    places = [i for i in zone if kinds[i] is Kind.BODY]
    found = [i for i in places if BYLINE.match(words[i]) and _names(_author(words[i]))] or [
        i for i in reversed(places) if i < end and _names(IN_PLACE.sub("", words[i]))
    ]
    if not found:
        signed = [i for i, line in enumerate(words) if REPORTED.match(line)]
        for place in signed[:1]:
            kinds[place] = Kind.AUTHOR
        return -1
    kinds[found[0]] = Kind.AUTHOR
    below = found[0] + 1
    if below < len(words) and kinds[below] is Kind.BODY and len(words[below].split()) <= 6:
        if PUBLISHER.search(words[below]):
            kinds[below] = Kind.FURNITURE if Kind.SITE in kinds else Kind.SITE
            return below
        if ROLE.search(words[below]) and not ENDS_SENTENCE.search(words[below]):
            kinds[below] = Kind.FURNITURE
            return below
    return found[0]


def _names(words: str) -> bool:
    return bool(NAME_LINE.match(words)) or (
        BYLINE.match(f"By {words}") is not None
        and all(
            word[0].isupper() or word in ("and", "for", "of", "the", "de", "van", "von", "&")
            for word in words.split()
        )
    )


def _mark_title(words: Sequence[str], kinds: list[Kind], given: Metadata, zone: range) -> int:
    wanted = plain(given.title)
    open_places = [i for i in zone if kinds[i] is Kind.BODY]
    if not open_places:
        return -1
    bare = {i: MARKDOWN_HEADING.sub("", words[i]) for i in open_places}
    if wanted:
        same = [i for i in open_places if bare[i].casefold() == wanted.casefold()]
    else:
        labels = [i for i in open_places[:3] if _is_section(bare[i])]
        while labels and open_places[1:] and open_places[0] == labels[0]:
            kinds[labels.pop(0)] = Kind.FURNITURE
            open_places = open_places[1:]
        first = open_places[0]
        if len(bare[first]) > 220 or (ENDS_SENTENCE.search(bare[first]) and bare[first][-1] == "."):
            return -1
        # A section label glued to the headline: the clean headline follows.
        clean = next(
            (i for i in open_places[1:3] if len(bare[i]) >= 15 and bare[first].endswith(bare[i])),
            first,
        )
        same = [clean, *(i for i in open_places if i != clean and bare[i] == bare[clean])]
        if clean != first:
            kinds[first] = Kind.FURNITURE
    for number, place in enumerate(same):
        kinds[place] = Kind.TITLE if number == 0 else Kind.FURNITURE
    return max(same, default=-1)


def _is_section(line: str) -> bool:
    """Whether a line is a page's section label, such as World News or Business."""
    return all(word.casefold() in SECTIONS for word in re.findall(r"\w+", line))


def _mark_given(words: Sequence[str], kinds: list[Kind], given: Metadata, zone: range) -> int:
    last = -1
    for place in zone:
        if kinds[place] is not Kind.BODY:
            continue
        line = words[place]
        if given.author and _author(line).casefold() == given.author.casefold():
            kind = Kind.AUTHOR
        elif given.date and parse_date(line)[:10] == given.date[:10]:
            kind = Kind.DATE
        elif given.site and line.casefold() == given.site.casefold():
            kind = Kind.SITE
        else:
            continue
        kinds[place] = Kind.FURNITURE if kind in kinds else kind
        last = place
    return last


def _mark_caption(words: Sequence[str], kinds: list[Kind], end: int) -> None:
    """A short line right before a picture credit is the picture's caption."""
    for place in range(1, min(end, len(words))):
        if (
            kinds[place] is Kind.FURNITURE
            and CREDIT.search(words[place])
            and kinds[place - 1] is Kind.BODY
            and len(words[place - 1].split()) <= 14
            and not ENDS_SENTENCE.search(words[place - 1])
            and not MARKDOWN_HEADING.match(words[place - 1])
        ):
            kinds[place - 1] = Kind.FURNITURE


def _prose_from(words: Sequence[str], kinds: Sequence[Kind], last: int) -> int:
    for place in range(last + 1, len(words)):
        if kinds[place] is Kind.BODY and len(words[place].split()) > 18:
            return place
    return min(last + 4, len(words))


def _is_heading(words: Sequence[str], kinds: Sequence[Kind], place: int) -> bool:
    line = words[place]
    if len(line) > 90 or len(line.split()) > 12 or line[-1] in ".!,;…" or line[0] in "\"“'‘-•*":
        return False
    if line[-1] in "\"”’'" or re.match(r"\d+[.)]\s", line) or not line[0].isupper():
        return False
    after = next((i for i in range(place + 1, len(words)) if kinds[i] is not Kind.FURNITURE), None)
    if after is None or kinds[after] is not Kind.BODY:
        return False
    return len(words[after].split()) > 12 or bool(ENDS_SENTENCE.search(words[after]))
