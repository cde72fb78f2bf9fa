"""A library's folder: its mark, and the lock that keeps it to one process."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import filelock

from .errors import LibraryError, LibraryInUse

MARK = "library.json"
FORMAT = 1


def prepare(folder: Path) -> None:
    """Make a library's folder, or see that it is one. Raises LibraryError where it is not."""
    mark = folder / MARK
    try:
        if folder.exists() and not folder.is_dir():
            raise LibraryError(f"{folder} is a file, not a library; give a folder.")
        if mark.exists():
            known = json.loads(mark.read_text(encoding="utf-8")).get("format")
            if known != FORMAT:
                raise LibraryError(
                    f"The library in {folder} is of another version of Footnote; update Footnote."
                )
            return
        if folder.exists() and any(folder.iterdir()):
            raise LibraryError(
                f"{folder} is not a library and not empty; give a library or a new folder."
            )
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f"{MARK}.partial"
        partial.write_text(json.dumps({"format": FORMAT}), encoding="utf-8")
        partial.replace(mark)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its mark is damaged"
        raise LibraryError(f"The library in {folder} cannot be used: {reason}.") from None


def take_lock(folder: Path) -> filelock.BaseFileLock:
    """Take the folder for this process. Raises LibraryInUse, which names who holds it."""
    lock = filelock.FileLock(folder / "library.lock", timeout=0, thread_local=False)
    holder = folder / "library.holder"
    try:
        lock.acquire()
    except filelock.Timeout:
        try:
            who = holder.read_text(encoding="utf-8")
        except OSError:
            who = "another process"
        raise LibraryInUse(
            f"The library in {folder} is in use by {who}; close it first, or use another --library."
        ) from None
    except OSError as error:
        raise LibraryError(f"The library in {folder} cannot be locked: {error.strerror}.") from None
    command = " ".join([Path(sys.argv[0]).name or "python", *sys.argv[1:2]])
    holder.write_text(f"process {os.getpid()} ({command})", encoding="utf-8")
    return lock
