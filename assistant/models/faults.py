"""What a provider's errors mean: which pass, how long to wait, and what to tell the user.

Providers' packages are optional, so their exceptions are known by what they carry (an HTTP
status, a cause) and not by their class.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 20.0
PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_UNREACHED = ("ConnectError", "APIConnectionError", "ConnectionRefusedError", "ConnectTimeout")
_BROKEN = ("RemoteProtocolError", "ReadError", "IncompleteRead", "APIError", "WriteError")


class ModelError(Exception):
    """A language model that cannot be used; the message says why and what to do.

    ``too_long`` is set where the model's context window was too small for what it was sent.
    """

    def __init__(self, message: str, *, too_long: bool = False) -> None:
        super().__init__(message)
        self.too_long = too_long


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def status_of(error: BaseException) -> int | None:
    """The HTTP status an error carries, or None."""
    for one in _chain(error):
        status = getattr(one, "status_code", None)
        if isinstance(status, int) and status > 0:
            return status
    return None


def _names(error: BaseException) -> set[str]:
    return {kind.__name__ for one in _chain(error) for kind in type(one).__mro__}


def _timed_out(error: BaseException) -> bool:
    return any("Timeout" in name for name in _names(error))


def is_passing(error: BaseException) -> bool:
    """Whether the same request may succeed later."""
    if isinstance(error, ModelError):
        return False
    status = status_of(error)
    if status is not None:
        return status in PASSING
    names = _names(error)
    return _timed_out(error) or bool(names & {*_UNREACHED, *_BROKEN, "ConnectionError"})


def retry_after(error: BaseException) -> float | None:
    """The seconds a server asked to wait (RFC 9110, section 10.2.3), at most 20; else None."""
    for one in _chain(error):
        headers = getattr(getattr(one, "response", None), "headers", None)
        value = headers.get("retry-after") if headers is not None else None
        if not value:
            continue
        try:
            seconds = float(value)
        except ValueError:
            try:
                seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
            except ValueError:
                continue
        return max(0.0, min(seconds, LONGEST_WAIT))
    return None


def explain(error: BaseException) -> ModelError:
    """The error in one sentence of our own.

    A server's message is not repeated: it may hold the key it was sent.
    """
    if isinstance(error, ModelError):
        return error
    status = status_of(error)
    words = " ".join(str(one) for one in _chain(error)).lower()
    if status in (400, 413, 422) and any(
        sign in words for sign in ("context", "too long", "too large", "maximum", "token")
    ):
        return ModelError(
            "The language model's context window is too small for the article's sentences; "
            "choose a model with a larger one.",
            too_long=True,
        )
    if status in (401, 403):
        return ModelError(
            "The language model's server refused the key; check the key in the environment."
        )
    if status == 404:
        return ModelError(
            "The language model's server does not know the model; check its name in FOOTNOTE_LLM."
        )
    if status == 429:
        return ModelError(
            "The language model's server takes no more requests for now; try again later."
        )
    if status is not None:
        return ModelError(
            f"The language model's server failed with status {status}; try again later."
        )
    if _timed_out(error):
        return ModelError("The language model did not answer in time; try again later.")
    if _names(error) & {*_UNREACHED, "ConnectionError"}:
        return ModelError(
            "The language model's server cannot be reached; check that it runs and its address."
        )
    return ModelError("The language model's server sent an answer that cannot be read.")
