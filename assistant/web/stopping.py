"""Work that a user can stop while it runs."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

Step = TypeVar("Step")
Report = Callable[[Step], None]
PATIENCE = 0.05


class Stopped(Exception):
    """The user stopped the work."""


class Stops:
    """Who is working on what, so that somebody else's click can stop it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[Hashable, set[threading.Event]] = defaultdict(set)

    @contextmanager
    def running(self, key: Hashable) -> Iterator[threading.Event]:
        """An event that is set when the work under ``key`` is to stop, or has been left."""
        stop = threading.Event()
        with self._lock:
            self._running[key].add(stop)
        try:
            yield stop
        finally:
            stop.set()
            with self._lock:
                self._running[key].discard(stop)
                if not self._running[key]:
                    del self._running[key]

    def stop(self, key: Hashable) -> None:
        """Stop all that runs under ``key``."""
        with self._lock:
            for stop in self._running.get(key, ()):
                stop.set()


class _Over(Generic[Step]):
    """What the work ended with."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def steps_of(
    work: Callable[[Report[Step]], None], stop: threading.Event, grace: float = 0.0
) -> Iterator[Step]:
    """What ``work`` reports, as it reports it, from a thread of its own.

    Once ``stop`` is set, the work's next report raises Stopped inside it, and so does this
    iterator, at once or after at most ``grace`` seconds in which the work may end by itself.
    An error of the work is raised here.
    """
    told: SimpleQueue[Step | _Over[Step]] = SimpleQueue()

    def report(step: Step) -> None:
        if stop.is_set():
            raise Stopped
        told.put(step)

    def run() -> None:
        error: BaseException | None = None
        try:
            work(report)
        except BaseException as raised:
            # Raised again where it is waited for.
            error = raised
        told.put(_Over(error))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    while True:
        try:
            step = told.get(timeout=PATIENCE)
        except Empty:
            if stop.is_set():
                thread.join(grace)
                raise Stopped from None
            continue
        if isinstance(step, _Over):
            if step.error is not None:
                raise step.error
            return
        if stop.is_set():
            thread.join(grace)
            raise Stopped
        yield step
