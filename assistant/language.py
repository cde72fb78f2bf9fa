"""Whether a question is in English, the one language the embedded reader was trained on."""

from __future__ import annotations

import re
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from .question import QuestionError

# Words that no neighbouring language shares.
ENGLISH = frozenset(
    (
        "what who whom whose which when where why how are were does did the and that they by "
        "with about has have had could would tell list name summarise summarize explain "
        "compare from said anyone there their this these those its"
    ).split()
)
# Telling apart few languages makes the identifier surer on the few words of a question.
LANGUAGES = [
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "cs",
    "sk",
    "ro",
    "hu",
    "sv",
    "da",
    "no",
    "fi",
    "el",
    "tr",
    "ru",
    "uk",
    "bg",
    "ar",
    "he",
    "fa",
    "hi",
    "zh",
    "ja",
    "ko",
    "vi",
    "id",
]
# Short questions are full of names; only a clear case is turned away.
SURE = 0.8


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier


def check_language(question: str) -> None:
    """Raise QuestionError for a question that is clearly in another language than English."""
    words = re.findall(r"[^\W\d_]+", question)
    # Names say nothing of the language they stand in.
    plain = [word for place, word in enumerate(words) if place == 0 or not word[0].isupper()]
    latin = all(word[0] < "\u0250" for word in words)
    if any(word.lower() in ENGLISH for word in words) or (latin and len(plain) < 3):
        return
    language, share = _identifier().classify(question)
    if language != "en" and share >= SURE:
        raise QuestionError(
            f"The question seems to be in another language ({language}); "
            "the embedded reader understands English, so please ask in English."
        )
