"""Providers of language models; each one's package is imported only when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

import httpx

from .faults import ModelError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

LOOK_SECONDS = 5.0
SMALLEST_WINDOW = 4096
ANSWER_TOKENS = 700
# What each provider's package is called as an extra of this project and on PyPI.
EXTRAS = {
    "openai": "llama-index-llms-openai",
    "anthropic": "llama-index-llms-anthropic",
    "ollama": "llama-index-llms-ollama",
    "openai-like": "llama-index-llms-openai-like",
}


def load_model(setting: str, timeout: float = 60.0) -> LLM:
    """The model that a setting such as ``openai:gpt-4.1-mini`` names, ready to use.

    ``anthropic:MODEL``; ``ollama:MODEL`` (its server from OLLAMA_HOST);
    ``openai-like:http://127.0.0.1:8080/v1`` for llama.cpp, vLLM or LM Studio, with ``#MODEL``
    behind it where the server has several. Keys come from OPENAI_API_KEY, ANTHROPIC_API_KEY and
    OPENAI_LIKE_API_KEY and stand in no error and no ``repr``. ``timeout`` is the longest silence
    of the server, in seconds. Raises ModelError in one sentence that says what to do.
    """
    provider, _, name = setting.strip().partition(":")
    make = _PROVIDERS.get(provider.lower())
    if make is None:
        raise ModelError(
            f"FOOTNOTE_LLM={provider!r} names no provider; use one of {', '.join(EXTRAS)}, "
            "as in openai:gpt-4.1-mini."
        )
    if not name.strip():
        raise ModelError(f"FOOTNOTE_LLM needs a model behind {provider}:, as in {provider}:NAME.")
    return make(name.strip(), timeout)


def _import(provider: str, module: str, name: str) -> Any:
    try:
        found = getattr(import_module(module), name)
    except ImportError:
        raise ModelError(
            f"The package for {provider} is not installed; "
            f'run: pip install "footnote[{provider}]" (or {EXTRAS[provider]}).'
        ) from None
    return type(name, (_Unshown, found), {})


class _Unshown:
    """Keeps a model's key out of what is printed and logged."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(model={getattr(self, 'model', '')!r})"

    __str__ = __repr__


def _key(variable: str, provider: str) -> str:
    value = os.environ.get(variable, "").strip()
    if not value:
        raise ModelError(f"{provider} needs a key; put it in the environment as {variable}.")
    return value


def _openai(name: str, timeout: float) -> LLM:
    make = _import("openai", "llama_index.llms.openai", "OpenAI")
    # Retries are made in one place for all providers, by the writer.
    model: LLM = make(
        model=name,
        api_key=_key("OPENAI_API_KEY", "OpenAI"),
        temperature=0.0,
        max_retries=0,
        timeout=timeout,
    )
    try:
        _ = model.metadata.context_window
    except ValueError:
        raise ModelError(
            f"OpenAI has no model {name!r} that this program knows; check FOOTNOTE_LLM, or use "
            f"openai-like:https://api.openai.com/v1#{name} with OPENAI_LIKE_API_KEY."
        ) from None
    return model


def _anthropic(name: str, timeout: float) -> LLM:
    make = _import("anthropic", "llama_index.llms.anthropic", "Anthropic")
    model: LLM = make(
        model=name,
        api_key=_key("ANTHROPIC_API_KEY", "Anthropic"),
        temperature=0.0,
        max_tokens=ANSWER_TOKENS * 2,
        max_retries=0,
        timeout=timeout,
    )
    return model


def _ollama(name: str, timeout: float) -> LLM:
    make = _import("ollama", "llama_index.llms.ollama", "Ollama")
    address = os.environ.get("OLLAMA_HOST", "").strip() or "http://127.0.0.1:11434"
    if "://" not in address:
        address = f"http://{address}"
    listed = _look(f"{address}/api/tags", "Ollama", "start it with: ollama serve", {})
    names = {str(one.get("name", "")) for one in listed.get("models", [])}
    if name not in names and f"{name}:latest" not in names:
        raise ModelError(f"Ollama does not have {name}; fetch it with: ollama pull {name}.")
    # Ollama's own default window is small and cuts the prompt without a word.
    model: LLM = make(
        model=name,
        base_url=address,
        temperature=0.0,
        context_window=8192,
        request_timeout=timeout,
        is_function_calling_model=False,
    )
    return model


def _openai_like(name: str, timeout: float) -> LLM:
    address, _, chosen = name.partition("#")
    address = address.rstrip("/")
    if not address.startswith(("http://", "https://")):
        raise ModelError(
            "openai-like needs the server's address, as in openai-like:http://127.0.0.1:8080/v1."
        )
    make = _import("openai-like", "llama_index.llms.openai_like", "OpenAILike")
    key = os.environ.get("OPENAI_LIKE_API_KEY", "").strip() or "none"
    listed = _look(
        f"{address}/models",
        f"The server at {httpx.URL(address).host}",
        "start it, and check the address, which most often ends in /v1",
        {"Authorization": f"Bearer {key}"},
    )
    models = [one for one in listed.get("data", []) if isinstance(one, dict)]
    facts = next((one for one in models if one.get("id") == chosen), models[0] if models else {})
    model: LLM = make(
        model=chosen or str(facts.get("id", "default")),
        api_base=address,
        api_key=key,
        temperature=0.0,
        max_tokens=ANSWER_TOKENS,
        max_retries=0,
        timeout=timeout,
        is_chat_model=True,
        is_function_calling_model=False,
        context_window=_window(facts),
    )
    return model


def _window(facts: dict[str, Any]) -> int:
    """The context window that a server reports: vLLM, llama.cpp and LM Studio name it apart."""
    meta = facts.get("meta") if isinstance(facts.get("meta"), dict) else {}
    for value in (
        facts.get("max_model_len"),
        (meta or {}).get("n_ctx"),
        facts.get("loaded_context_length"),
    ):
        if isinstance(value, int) and value > 0:
            return value
    return SMALLEST_WINDOW


def _look(address: str, who: str, remedy: str, headers: dict[str, str]) -> dict[str, Any]:
    """What a server lists at an address; an error that says what to do when it does not."""
    try:
        reply = httpx.get(address, headers=headers, timeout=LOOK_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL):
        raise ModelError(f"{who} cannot be reached; {remedy}.") from None
    if reply.status_code in (401, 403):
        raise ModelError(f"{who} refused the key; put the right one in OPENAI_LIKE_API_KEY.")
    try:
        found = reply.json() if reply.status_code == httpx.codes.OK else {}
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


_PROVIDERS: dict[str, Callable[[str, float], LLM]] = {
    "openai": _openai,
    "anthropic": _anthropic,
    "ollama": _ollama,
    "openai-like": _openai_like,
}
