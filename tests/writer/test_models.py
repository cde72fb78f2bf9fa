import json
from typing import Any

import pytest

from assistant.models import ModelError, count_tokens, load_model
from assistant.models.providers import EXTRAS
from assistant.models.tokens import encoding_of
from assistant.writer import make_writer

from .conftest import KEY, Handler, LocalServer


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("bard:x", "names no provider"),
        ("openai", "needs a model"),
        ("openai-like:127.0.0.1:8080", "address"),
        ("openai-like:http://127.0.0.1:9/v1", "cannot be reached"),
    ],
)
def test_a_setting_that_cannot_work_is_answered_in_one_sentence(setting: str, words: str) -> None:
    with pytest.raises(ModelError, match=words) as raised:
        load_model(setting)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("provider", EXTRAS)
def test_a_missing_package_names_its_extra(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import assistant.models.providers as providers

    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(providers, "import_module", absent)
    name = "http://127.0.0.1:9/v1" if provider == "openai-like" else "some-model"
    with pytest.raises(ModelError, match=rf'pip install "footnote\[{provider}\]"'):
        load_model(f"{provider}:{name}")


def test_a_missing_key_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match="OPENAI_API_KEY"):
        load_model("openai:gpt-4o-mini")


def test_anthropics_missing_key_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    with pytest.raises(ModelError, match="ANTHROPIC_API_KEY"):
        load_model("anthropic:some-model")


def test_a_model_that_openai_does_not_have_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with pytest.raises(ModelError, match="check FOOTNOTE_LLM") as raised:
        load_model("openai:no-such-model")
    assert KEY not in str(raised.value)


def test_ollama_that_does_not_run_is_told_with_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
    with pytest.raises(ModelError, match="ollama serve"):
        load_model("ollama:llama3.2")


def test_a_model_that_ollama_has_not_fetched_is_told_with_the_command(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", server.url.removesuffix("/v1"))
    with pytest.raises(ModelError, match=r"ollama pull llama3\.2"):
        load_model("ollama:llama3.2")


def test_ollama_is_asked_for_a_window_that_holds_the_sentences(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from llama_index.core.llms import ChatMessage

    def streams_lines(handler: Handler, _: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "application/x-ndjson")
        handler.send_header("transfer-encoding", "chunked")
        handler.end_headers()
        for word, done in (("It ", False), ("opened.", False), ("", True)):
            message = {"role": "assistant", "content": word}
            handler.send_raw(
                json.dumps({"model": "llama3.2", "message": message, "done": done}) + "\n"
            )
        handler.wfile.write(b"0\r\n\r\n")

    monkeypatch.setenv("OLLAMA_HOST", server.url.removesuffix("/v1"))
    server.model = {"name": "llama3.2:latest"}
    server.behaviours = [streams_lines]
    model = load_model("ollama:llama3.2")
    reply = "".join(
        chunk.delta or "" for chunk in model.stream_chat([ChatMessage(content="When?")])
    )
    assert reply == "It opened."
    assert server.requests[0]["options"]["num_ctx"] == model.metadata.context_window == 8192


def test_the_key_is_not_printed(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_LIKE_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    for model in (load_model(f"openai-like:{server.url}"), load_model("openai:gpt-4o-mini")):
        assert KEY not in f"{model!r} {model} {[model]}"


def test_the_first_model_of_a_server_is_used_with_its_window(server: LocalServer) -> None:
    server.model = {"id": "tiny", "meta": {"n_ctx": 2048}}
    facts = load_model(f"openai-like:{server.url}").metadata
    assert (facts.model_name, facts.context_window) == ("tiny", 2048)
    chosen = load_model(f"openai-like:{server.url}#other").metadata
    assert chosen.model_name == "other"


def test_no_model_means_no_writer() -> None:
    assert make_writer("none", lambda texts: None) is None  # type: ignore[arg-type,return-value]


def test_special_tokens_of_an_article_count_as_text() -> None:
    assert count_tokens("<|endoftext|>") > 1


def test_tokens_are_counted_with_the_models_encoding_or_generously() -> None:
    assert encoding_of("gpt-4o-mini") == ("o200k_base", True)
    assert encoding_of("gpt-4") == ("cl100k_base", True)
    assert encoding_of("llama3.2") == ("o200k_base", False)
    text = "The council approved the plan in May. " * 20
    assert count_tokens(text, "llama3.2") > count_tokens(text, "gpt-4o-mini")
