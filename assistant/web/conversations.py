"""Conversations kept across restarts, each under the secret id of the browser that had it."""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ..answers import Turn, turn_from_dict, turn_to_dict

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the list of conversations."""

    id: str
    name: str
    updated: str


class Conversations:
    """The conversations of a library's users. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path, check_same_thread=False)
        with self._database as database:
            database.execute(
                "create table if not exists conversation"
                " (id text primary key, browser text, name text, updated text)"
            )
            database.execute(
                "create table if not exists turn"
                " (conversation text, place integer, content text,"
                " primary key (conversation, place))"
            )

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def append(self, browser: str, conversation: str, turn: Turn) -> None:
        """Keep a turn; the first one names its conversation."""
        with self._lock, self._database as database:
            name = " ".join(turn.question.split())[:LONGEST_NAME]
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            database.execute(
                "insert into conversation values (?, ?, ?, ?)"
                " on conflict (id) do update set updated = excluded.updated",
                (conversation, browser, name, now),
            )
            place = database.execute(
                "select count(*) from turn where conversation = ?", (conversation,)
            ).fetchone()[0]
            content = json.dumps(turn_to_dict(turn), ensure_ascii=False)
            database.execute("insert into turn values (?, ?, ?)", (conversation, place, content))

    def turns(self, browser: str, conversation: str) -> list[Turn]:
        """The turns of a conversation, oldest first; none of another browser's."""
        with self._lock:
            rows = self._database.execute(
                "select content from turn join conversation on id = conversation"
                " where id = ? and browser = ? order by place",
                (conversation, browser),
            ).fetchall()
        return [turn_from_dict(json.loads(content)) for (content,) in rows]

    def undo(self, browser: str, conversation: str) -> Turn | None:
        """Take back the last turn of a conversation and return it."""
        turns = self.turns(browser, conversation)
        if not turns:
            return None
        with self._lock, self._database as database:
            database.execute(
                "delete from turn where conversation = ? and place = ?",
                (conversation, len(turns) - 1),
            )
        return turns[-1]

    def list(self, browser: str, search: str = "") -> list[Kept]:
        """The browser's conversations, newest first, those whose name or words hold ``search``."""
        with self._lock:
            rows = self._database.execute(
                "select distinct id, name, updated from conversation left join turn"
                " on id = conversation where browser = ?"
                " and (name like ? escape '\\' or content like ? escape '\\')"
                " order by updated desc",
                (browser, *[f"%{_literal(search)}%"] * 2),
            ).fetchall()
        return [Kept(*row) for row in rows]

    def rename(self, browser: str, conversation: str, name: str) -> None:
        """Give a conversation another name."""
        with self._lock, self._database as database:
            database.execute(
                "update conversation set name = ? where id = ? and browser = ?",
                (" ".join(name.split())[:LONGEST_NAME] or "Untitled", conversation, browser),
            )

    def delete(self, browser: str, conversation: str) -> None:
        """Delete a conversation with its turns."""
        with self._lock, self._database as database:
            gone = database.execute(
                "delete from conversation where id = ? and browser = ?", (conversation, browser)
            )
            if gone.rowcount:
                database.execute("delete from turn where conversation = ?", (conversation,))


def new_id() -> str:
    """An id that nobody can guess."""
    return uuid.uuid4().hex


def _literal(search: str) -> str:
    return search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
