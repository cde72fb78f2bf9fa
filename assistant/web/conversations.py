"""Conversations kept across restarts, each under the secret id of the browser that had it."""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Sequence
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
            database.execute(
                "create table if not exists choice (conversation text primary key, documents text)"
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

    def replace_last(self, browser: str, conversation: str, turn: Turn) -> None:
        """Put a turn in the place of the last one; the old one stays until the new one is kept."""
        if not self.turns(browser, conversation):
            self.append(browser, conversation, turn)
            return
        content = json.dumps(turn_to_dict(turn), ensure_ascii=False)
        with self._lock, self._database as database:
            database.execute(
                "update turn set content = ? where conversation = ?"
                " and place = (select max(place) from turn where conversation = ?)",
                (content, conversation, conversation),
            )

    def choose(self, conversation: str, documents: Sequence[str] | None) -> None:
        """Keep which articles a conversation asks; None: whichever there are."""
        with self._lock, self._database as database:
            if documents is None:
                database.execute("delete from choice where conversation = ?", (conversation,))
            else:
                database.execute(
                    "insert into choice values (?, ?)"
                    " on conflict (conversation) do update set documents = excluded.documents",
                    (conversation, json.dumps(list(documents))),
                )

    def chosen(self, conversation: str) -> list[str] | None:
        """The articles a conversation asks; None: whichever there are."""
        with self._lock:
            row = self._database.execute(
                "select documents from choice where conversation = ?", (conversation,)
            ).fetchone()
        return json.loads(row[0]) if row else None

    def name(self, browser: str, conversation: str) -> str:
        """The name of a conversation, empty for one that is not kept."""
        with self._lock:
            row = self._database.execute(
                "select name from conversation where id = ? and browser = ?",
                (conversation, browser),
            ).fetchone()
        return str(row[0]) if row else ""

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
                for table in ("turn", "choice"):
                    database.execute(
                        f"delete from {table} where conversation = ?",  # noqa: S608 - our names
                        (conversation,),
                    )


def new_id() -> str:
    """An id that nobody can guess."""
    return uuid.uuid4().hex


def _literal(search: str) -> str:
    return search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
