"""The turns of one chat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .answers import Answer, Turn
from .assistant import Assistant, Progress


class Conversation:
    """Keeps the turns of one chat and asks an assistant with them.

    ``documents`` limits the answers to these document ids.
    """

    def __init__(self, assistant: Assistant, documents: Sequence[str] | None = None) -> None:
        self.assistant = assistant
        self.documents = documents
        self._turns: list[Turn] = []

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns so far, oldest first."""
        return tuple(self._turns)

    def ask(self, question: str) -> Answer:
        """Ask in the light of the turns so far, and keep the answer; raises as the assistant."""
        answer = self.assistant.ask(question, history=self.turns, documents=self.documents)
        self._turns.append(Turn(question, answer))
        return answer

    def stream(self, question: str) -> Iterator[Progress | Answer]:
        """As ``ask``, while the answer comes about; kept once the stream is read to its end."""
        for step in self.assistant.stream(question, history=self.turns, documents=self.documents):
            if isinstance(step, Answer):
                self._turns.append(Turn(question, step))
            yield step

    def undo(self) -> Turn | None:
        """Take the last turn back; returns it, or None where there is none."""
        return self._turns.pop() if self._turns else None
