import pytest

from assistant.models import ModelError, count_tokens, load_model
from assistant.models.providers import EXTRAS
from assistant.models.tokens import encoding_of
from assistant.writer import make_writer

from .conftest import KEY, LocalServer


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
    pytest.importorskip("llama_index.llms.openai")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match="OPENAI_API_KEY"):
        load_model("openai:gpt-4o-mini")


def test_the_key_is_not_printed(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("llama_index.llms.openai_like")
    monkeypatch.setenv("OPENAI_LIKE_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    for model in (load_model(f"openai-like:{server.url}"), load_model("openai:gpt-4o-mini")):
        assert KEY not in f"{model!r} {model} {[model]}"


def test_the_first_model_of_a_server_is_used_with_its_window(server: LocalServer) -> None:
    pytest.importorskip("llama_index.llms.openai_like")
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
