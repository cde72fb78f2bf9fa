"""The command line: what it prints, how it ends, and errors in one line."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.cli import app

runner = CliRunner()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("cli") / "library"
    runner.invoke(app, ["list", "--library", str(folder)])
    return str(folder)


def run(*arguments: str) -> Result:
    return runner.invoke(app, list(arguments))


def one_line(text: str) -> bool:
    return "Traceback" not in text and len([x for x in text.splitlines() if x.strip()]) == 1


def test_ask(library: str) -> None:
    done = run("ask", "Who wrote this?", "--library", library)
    assert done.exit_code == 0
    assert "Footnote project" in done.output
    assert "[1]" in done.output
    record = json.loads(run("ask", "Who wrote this?", "--json", "--library", library).output)
    assert record["answered"] is True
    assert {"number", "document", "title", "source", "quote", "start", "end"} <= set(
        record["citations"][0]
    )


def test_a_refusal_has_its_exit_code(library: str) -> None:
    done = run("ask", "What is the boiling point of nitrogen?", "--library", library)
    assert done.exit_code == 3


def test_a_batch(library: str, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    rows = [
        {"id": "a", "question": "Who wrote this?"},
        {"id": "b", "question": "And when?", "history": ["Who wrote this?"]},
        {"id": "c", "question": " "},
    ]
    questions.write_text("\n".join(map(json.dumps, rows)) + "\n")
    output = tmp_path / "answers.jsonl"
    done = run("ask", "--batch", str(questions), "-o", str(output), "--library", library)
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in output.read_text().splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "c"]
    for line in lines:
        assert {"id", "answered", "text", "short", "confidence", "citations", "seconds"} <= set(
            line
        )
    assert lines[0]["answered"]
    assert not lines[2]["answered"]


@pytest.mark.parametrize("content", ["not json", '{"id": 1}', '{"id": 1, "question": 5}', "[1]"])
def test_a_wrong_batch_names_its_line(library: str, tmp_path: Path, content: str) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text('{"id": 1, "question": "Who?"}\n' + content + "\n")
    done = run("ask", "--batch", str(path), "--library", library)
    assert done.exit_code == 1
    assert "line 2" in done.output


def test_add_list_remove_rebuild(library: str, tmp_path: Path) -> None:
    good = tmp_path / "ferry.txt"
    good.write_text("The ferry Solvei sank off Brunsholm in 1911. All 62 passengers were saved.")
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    done = run(
        "add", str(good), str(bad), str(tmp_path / "absent.md"), "--json", "--library", library
    )
    assert done.exit_code == 1
    records = json.loads(done.stdout)
    assert [record["status"] for record in records] == ["added", "failed", "failed"]
    listed = json.loads(run("list", "--json", "--library", library).stdout)
    assert records[0]["id"] in [record["id"] for record in listed]
    assert run("rebuild", "--library", library).exit_code == 0
    assert run("remove", records[0]["id"], "--library", library).exit_code == 0
    again = run("remove", records[0]["id"], "--library", library)
    assert again.exit_code == 1
    assert one_line(again.output)


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", ""),
        ("ask", "x" * 100_000),
        ("ask", "Wer hat das alles geschrieben?"),
        ("remove", "x"),
    ],
)
def test_user_errors_are_one_line(library: str, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, "--library", library)
    assert done.exit_code == 1
    assert one_line(done.output), done.output


def test_a_library_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    done = run("ask", "Who?", "--library", str(tmp_path))
    assert done.exit_code == 1
    assert one_line(done.output), done.output


def test_a_wrong_setting_names_itself(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_PASSAGES", "many")
    done = run("ask", "Who wrote this?", "--library", library)
    assert done.exit_code == 1
    assert "FOOTNOTE_PASSAGES" in done.output


def test_usage_errors_and_help() -> None:
    assert run("ask").exit_code == 2
    assert run("nonsense").exit_code == 2
    for command in ("ask", "add", "list", "remove", "rebuild", "serve", "chat"):
        assert run(command, "--help").exit_code == 0
