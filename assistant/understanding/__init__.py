"""What a question of a conversation asks for, made to stand alone without a language model."""

from .acts import Act
from .understand import Understanding, understand

__all__ = ["Act", "Understanding", "understand"]
