"""The originals of a library, as they were added: the truth that every index is made from."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from .document import Metadata


@dataclass(frozen=True, slots=True)
class Original:
    """A file's content with its name, where it came from, and what the user said of it.

    ``key`` is the SHA-256 of all of it.
    """

    key: str
    content: bytes
    name: str
    origin: str
    metadata: Metadata

    @classmethod
    def of(
        cls, content: bytes, name: str, origin: str, metadata: Metadata | None = None
    ) -> Original:
        """The original with its key."""
        facts = metadata or Metadata()
        origin = origin.encode("utf-8", "replace").decode()
        record = json.dumps([name, origin, asdict(facts)], ensure_ascii=False)
        key = hashlib.sha256(content + b"\0" + record.encode("utf-8", "ignore")).hexdigest()
        return cls(key, content, name, origin, facts)


class Originals:
    """Originals in ``sources/``, content-addressed; removed ones wait in ``removed/``."""

    def __init__(self, folder: Path) -> None:
        self._kept = folder / "sources"
        self._removed = folder / "removed"
        self._kept.mkdir(exist_ok=True)
        self._removed.mkdir(exist_ok=True)

    def __iter__(self) -> Iterator[Original]:
        """The kept originals, oldest first."""
        records = sorted(self._kept.glob("*.json"), key=lambda p: (p.stat().st_mtime_ns, p.name))
        for path in records:
            # A deletion that a crash cut short leaves a record without its content.
            if path.with_suffix("").exists():
                yield _read(path)

    def keep(self, original: Original) -> None:
        """Write an original; its record goes last, so that a record always has its content."""
        if self.holds(original.key):
            return
        _write(self._kept / original.key, original.content)
        record = {
            "name": original.name,
            "origin": original.origin,
            "metadata": asdict(original.metadata),
        }
        text = json.dumps(record, ensure_ascii=False)
        _write(self._kept / f"{original.key}.json", text.encode("utf-8", "ignore"))

    def holds(self, key: str) -> bool:
        """Whether an original of this key is kept."""
        return (self._kept / f"{key}.json").exists()

    def discard(self, key: str) -> None:
        """Delete an original that a newer version has replaced."""
        (self._kept / f"{key}.json").unlink(missing_ok=True)
        (self._kept / key).unlink(missing_ok=True)

    def set_aside(self, key: str, identity: str) -> None:
        """Move an original to the removed ones, under its document's id.

        It is in both places for a moment, so that a crash leaves it in at least one.
        """
        record, content = self._kept / f"{key}.json", self._kept / key
        if record.exists() and content.exists():
            _write(self._removed / identity, content.read_bytes())
            _write(self._removed / f"{identity}.json", record.read_bytes())
            self.discard(key)

    def set_aside_ids(self) -> set[str]:
        """The ids of the removed documents."""
        return {path.stem for path in self._removed.glob("*.json")}

    def set_aside_original(self, identity: str) -> Original | None:
        """The removed original of a document, or None."""
        record = self._removed / f"{Path(identity).name}.json"
        return _read(record) if record.exists() else None

    def forget_set_aside(self, identity: str) -> None:
        """Delete a removed original that has been brought back."""
        (self._removed / f"{Path(identity).name}.json").unlink(missing_ok=True)
        (self._removed / Path(identity).name).unlink(missing_ok=True)


def _read(record: Path) -> Original:
    facts = json.loads(record.read_text(encoding="utf-8"))
    content = record.with_suffix("").read_bytes()
    return Original.of(content, facts["name"], facts["origin"], Metadata(**facts["metadata"]))


def _write(path: Path, content: bytes) -> None:
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
