"""Files into canonical text with metadata."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import charset_normalizer
import puremagic
import yaml

from .article import canonical, parse_date
from .document import Metadata
from .errors import UnreadableFile

LARGEST_FILE = 20 * 1024 * 1024
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".pdf")
FENCE = "---"
# Control characters that no text file holds; a few in many are a damaged text, more a binary.
CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 27})
BINARY_SHARE = 0.01
# What an HTML page says of its encoding, looked for where the HTML standard looks.
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
DECLARED_WITHIN = 1024
COMMON_ENCODINGS = ("cp1252", "cp1250")
COHERENCE_TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class Loaded:
    """A canonical text with what is known of it from outside the text."""

    text: str
    metadata: Metadata


def load(path: Path, largest: int = LARGEST_FILE) -> Loaded:
    """The article in a file: .txt, .md, .html or .pdf.

    Raises UnreadableFile, in one sentence, for a file that is missing, a folder, empty, larger
    than ``largest`` bytes, of another kind, binary, damaged, or without text.
    """
    return parse(read_bytes(path, largest), path.name)


def read_bytes(path: Path, largest: int = LARGEST_FILE) -> bytes:
    """The file's content. Raises UnreadableFile where it cannot be had."""
    try:
        if path.is_dir():
            raise UnreadableFile(f"{path} is a folder; give the files in it.")
        size = path.stat().st_size
        if size > largest:
            raise UnreadableFile(
                f"{path.name} has {size / 1048576:.1f} MB; the largest file taken has "
                f"{largest / 1048576:.0f} MB."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"There is no file {path}; check the path.") from None
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror or error}.") from None


def parse(content: bytes, name: str) -> Loaded:
    """The article in a file's content; ``name`` gives the kind by its ending.

    Raises UnreadableFile as ``load`` does.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableFile(
            f"{name} is not a kind of file that can be read; give .txt, .md, .html or .pdf."
        )
    if not content.strip():
        raise UnreadableFile(f"{name} is empty; there is nothing to ask about.")
    is_pdf = content.lstrip()[:5] == b"%PDF-"
    if is_pdf != (suffix == ".pdf"):
        what = "a PDF" if is_pdf else "no PDF"
        raise UnreadableFile(f"{name} is {what}, whatever its name says; rename it or convert it.")
    if is_pdf:
        loaded = _pdf(content, name)
    else:
        text = decode(content, name)
        readers: dict[str, Callable[[str, str], Loaded]] = {".html": _html, ".htm": _html}
        loaded = readers.get(suffix, _plain)(text, name)
    loaded = replace(loaded, text=canonical(loaded.text))
    if not any(letter.isalnum() for letter in loaded.text):
        raise UnreadableFile(f"{name} holds no text; there is nothing to ask about.")
    source = loaded.metadata.source or name
    return replace(loaded, metadata=replace(loaded.metadata, source=source))


def decode(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16, or the encoding its bytes look like.

    Raises UnreadableFile for content that is no text.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise UnreadableFile(f"{name} is damaged UTF-16 text; save it as UTF-8.") from None
    controls = sum(content.count(bytes([code])) for code in CONTROLS)
    if controls > BINARY_SHARE * len(content):
        raise UnreadableFile(
            f"{name} is not a text but {_guess(content)}; give .txt, .md, .html or .pdf."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _declared(content) or _likeliest(content)
    if text is None:
        raise UnreadableFile(f"The encoding of {name} is unknown; save it as UTF-8.")
    return text


def _declared(content: bytes) -> str | None:
    found = DECLARED.search(content[:DECLARED_WITHIN])
    if found is None:
        return None
    try:
        return content.decode(codecs.lookup(found.group(1).decode()).name)
    except (LookupError, UnicodeDecodeError):
        return None


def _likeliest(content: bytes) -> str | None:
    matches = charset_normalizer.from_bytes(content)
    best = matches.best()
    # Where nothing tells the encodings of one family apart, the commonest one is meant.
    likely = {
        match.encoding: match
        for match in matches
        if best is not None
        and match.chaos <= best.chaos
        and match.coherence >= best.coherence - COHERENCE_TOLERANCE
    }
    best = next((likely[name] for name in COMMON_ENCODINGS if name in likely), best)
    return str(best) if best is not None else None


def _guess(content: bytes) -> str:
    try:
        kind = puremagic.from_string(content).lstrip(".").upper()
    except puremagic.PureError:
        kind = ""
    return f"{kind or 'binary'} data"


def _plain(text: str, name: str) -> Loaded:
    lines = text.lstrip("\ufeff").split("\n")
    if lines[0].strip() != FENCE:
        return Loaded(text, Metadata())
    end = next((i for i in range(1, len(lines)) if lines[i].strip() in (FENCE, "...")), None)
    if end is None:
        return Loaded(text, Metadata())
    try:
        front = yaml.safe_load("\n".join(lines[1:end]))
    except yaml.YAMLError:
        raise UnreadableFile(
            f"The front matter of {name} is not valid YAML; correct it or take it out."
        ) from None
    if not isinstance(front, dict):
        return Loaded(text, Metadata())
    body = "\n".join(lines[end + 1 :]).lstrip("\n")
    return with_header(body, _facts(front), _date_words(front.get("date")))


def _facts(front: dict[str, Any]) -> Metadata:
    def words(*names: str) -> str:
        value = next((front[name] for name in names if front.get(name)), "")
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value).strip()

    return Metadata(
        title=words("title", "headline"),
        author=words("author", "authors", "byline"),
        date=_date_iso(front.get("date")),
        site=words("site", "publisher", "publication"),
        source=words("source", "url", "link"),
    )


def _date_iso(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return parse_date(str(value)) if value else ""


def _date_words(value: object) -> str:
    """The date as people write it, as it stands in the rendered header."""
    if isinstance(value, datetime | date):
        return f"{value.day} {value.strftime('%B %Y')}"
    words = str(value or "").strip()
    iso = parse_date(words)
    if iso and words[:10] == iso[:10]:
        day = datetime.fromisoformat(iso)
        return f"{day.day} {day.strftime('%B %Y')}"
    return words


def with_header(body: str, facts: Metadata, date_words: str) -> Loaded:
    """The body behind a rendered header, so that its facts can be cited like any sentence."""
    lines = [
        facts.title,
        f"By {facts.author}" if facts.author else "",
        date_words,
        facts.site,
    ]
    header = "".join(f"{line}\n\n" for line in lines if line)
    return Loaded(header + body, facts)


def _html(text: str, name: str) -> Loaded:
    # Imported here: lxml and its kin take most of a second and only HTML needs them.
    import trafilatura

    found = trafilatura.bare_extraction(
        text, with_metadata=True, include_comments=False, include_tables=False, favor_recall=True
    )
    if found is None:
        plain = trafilatura.html2txt(text)
        if not plain.strip():
            raise UnreadableFile(f"{name} holds no article text; there is nothing to ask about.")
        return Loaded(plain, Metadata())
    facts = found.as_dict() if hasattr(found, "as_dict") else dict(found)
    body = trafilatura.extract(
        text, include_comments=False, include_tables=False, favor_recall=True
    ) or str(facts.get("text") or "")
    metadata = Metadata(
        title=str(facts.get("title") or ""),
        author=str(facts.get("author") or "").replace(";", ","),
        date=_date_iso(facts.get("date")),
        site=str(facts.get("sitename") or facts.get("hostname") or ""),
        source=str(facts.get("url") or ""),
    )
    return with_header(body, metadata, _date_words(facts.get("date")))


def _pdf(content: bytes, name: str) -> Loaded:
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(f"{name} is locked by a password; unlock it first.")
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        info = reader.metadata
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableFile(f"{name} is a damaged PDF; open and save it again.") from None
    if not text.strip():
        raise UnreadableFile(f"{name} has no text layer; it would need text recognition first.")
    facts = Metadata(
        title=str((info and info.title) or "").strip(),
        author=str((info and info.author) or "").strip(),
    )
    return with_header(text, facts, "") if facts.title else Loaded(text, facts)


def facts_to_json(facts: Metadata) -> str:
    """Metadata as one line of JSON, to keep beside an original that does not hold it."""
    return json.dumps({name: getattr(facts, name) for name in facts.__slots__}, ensure_ascii=False)
