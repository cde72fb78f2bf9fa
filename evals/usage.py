"""What a language model read and wrote for an answer, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from llama_index.core.base.llms.types import ChatMessage, ChatResponse
from llama_index.core.instrumentation.event_handlers import BaseEventHandler
from llama_index.core.instrumentation.events import BaseEvent
from llama_index.core.instrumentation.events.llm import (
    LLMChatEndEvent,
    LLMChatInProgressEvent,
    LLMChatStartEvent,
)
from llama_index_instrumentation import get_dispatcher
from pydantic import PrivateAttr

from assistant.models import count_tokens

from .questions import QuestionSetError

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens sent to a language model and received from it, over ``calls`` calls.

    They are the provider's own count where it gives one (``reported``), else counted here with
    the model's tokenizer, or the one nearest to it.
    """

    calls: int
    sent: int
    received: int
    reported: bool

    def cost(self, price: Price) -> float:
        """What the tokens cost, in the price's currency."""
        return (self.sent * price.sent + self.received * price.received) / MILLION


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, sent and received."""

    sent: float
    received: float


def parse_price(text: str) -> Price:
    """A price such as ``0.15,0.60``; raises QuestionSetError where it is none."""
    try:
        sent, received = (float(part) for part in text.split(","))
    except ValueError:
        sent = received = -1.0
    if sent < 0 or received < 0:
        raise QuestionSetError(
            f"{text!r} is no price; write what a million tokens cost, sent and received, "
            "such as 0.15,0.60."
        )
    return Price(sent, received)


@dataclass(slots=True)
class _Chat:
    messages: Sequence[ChatMessage]
    response: ChatResponse | None = None


class TokenCounter(BaseEventHandler):
    """Counts the tokens of every chat that LlamaIndex has with a model, one chat after another."""

    _chats: list[_Chat] = PrivateAttr(default_factory=list)
    _model: str = PrivateAttr(default="")

    @classmethod
    def class_name(cls) -> str:
        """The name LlamaIndex knows the handler by."""
        return "TokenCounter"

    def handle(self, event: BaseEvent, **_: Any) -> None:
        """Keep what an event tells of the last chat; a broken-off one has no end."""
        if isinstance(event, LLMChatStartEvent):
            self._model = str(event.model_dict.get("model", ""))
            self._chats.append(_Chat(event.messages))
        elif isinstance(event, LLMChatInProgressEvent | LLMChatEndEvent) and self._chats:
            self._chats[-1].response = event.response or self._chats[-1].response

    def take(self) -> Usage | None:
        """What was used since the last time; None where no model was asked."""
        chats, self._chats = self._chats, []
        if not chats:
            return None
        told = [_reported(chat.response) for chat in chats]
        counted = [
            found or (self._count_sent(chat), self._count_received(chat))
            for chat, found in zip(chats, told, strict=True)
        ]
        return Usage(
            len(chats),
            sum(sent for sent, _ in counted),
            sum(received for _, received in counted),
            all(told),
        )

    def _count_sent(self, chat: _Chat) -> int:
        return count_tokens("\n".join(m.content or "" for m in chat.messages), self._model)

    def _count_received(self, chat: _Chat) -> int:
        if chat.response is None:
            return 0
        message = chat.response.message
        calls = message.additional_kwargs.get("tool_calls") or ""
        return count_tokens(f"{message.content or ''}{calls}", self._model)


def _reported(response: ChatResponse | None) -> tuple[int, int] | None:
    """The provider's own count: OpenAI's names for it, Anthropic's or Ollama's."""
    raw = response.raw if response else None
    usage = _field(raw, "usage") or raw
    for names in (
        ("prompt_tokens", "completion_tokens"),
        ("input_tokens", "output_tokens"),
        ("prompt_eval_count", "eval_count"),
    ):
        sent, received = (_field(usage, name) for name in names)
        if isinstance(sent, int) and isinstance(received, int):
            return sent, received
    return None


def _field(record: Any, name: str) -> Any:
    return record.get(name) if isinstance(record, dict) else getattr(record, name, None)


@contextmanager
def token_counter() -> Iterator[TokenCounter]:
    """A counter that listens as long as the context lasts."""
    counter = TokenCounter()
    dispatcher = get_dispatcher("root")
    dispatcher.add_event_handler(counter)
    try:
        yield counter
    finally:
        dispatcher.event_handlers.remove(counter)
