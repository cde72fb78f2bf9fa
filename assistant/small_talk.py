"""Replies that no article has to give."""

from __future__ import annotations

from collections.abc import Sequence

from .understanding import Act


def converse(act: Act, titles: Sequence[str] = ()) -> str | None:
    """The reply to small talk, or None for an act that the articles have to answer.

    ``titles`` are those of the articles in hand; replies say what can be asked of them.
    """
    if act is Act.GREETING:
        return f"Hello. {_offer(titles)}"
    if act is Act.THANKS:
        return "You are welcome. Ask on whenever you like."
    if act is Act.GOODBYE:
        return "Goodbye. The articles stay in the library for next time."
    if act is Act.HELP:
        return (
            f"{_offer(titles)} Ask who, what, when, where, why or how many; follow up with "
            "“And the lowest?”, “Who said that?” or “Tell me more”. You can also ask for a "
            "summary, a list of everyone who is quoted, or a timeline. Every answer quotes its "
            "source, and what the source does not say is not answered."
        )
    if act is Act.EXPLAIN:
        return (
            "Putting things in other words needs a language model, and none is set up. I can "
            "quote what the article says: ask a question about it, or for a summary."
        )
    return None


def _offer(titles: Sequence[str]) -> str:
    named = [title for title in titles if title]
    if not titles:
        return "The library is empty; add an article, then ask about it."
    if len(titles) == 1 and named:
        return f"You can ask about the article “{named[0]}”."
    if not named:
        return f"You can ask about the {len(titles)} articles in the library."
    shown = ", ".join(f"“{title}”" for title in named[:3])
    rest = len(titles) - len(named[:3])
    more = f" and {rest} more" if rest else ""
    return f"You can ask about {len(titles)} articles: {shown}{more}."
