from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.questions import Question, QuestionSetError, load_questions, save_questions

RECORD = {
    "id": "mill-1",
    "type": "who",
    "question": "Who built the mill?",
    "answerable": True,
    "answers": ["Ana Ruiz"],
    "evidence": ["Ana Ruiz built it."],
    "history": [{"question": "What is by the river?"}],
    "full": "Who built the mill by the river?",
    "article": "mill.md",
    "tags": ["follow-up"],
}


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_jsonl_is_read_and_written_back(tmp_path: Path) -> None:
    path = write(tmp_path / "set.jsonl", json.dumps(RECORD), "", json.dumps(RECORD | {"id": "b"}))
    questions = load_questions(path)
    assert questions[0].history == ("What is by the river?",)
    assert questions[0].articles == ("mill.md",)
    save_questions(tmp_path / "again.jsonl", questions)
    assert load_questions(tmp_path / "again.jsonl") == questions


def test_csv_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "set.csv",
        "id,type,question,answerable,answers,all_of,evidence,article",
        "a,who,Who?,true,Ana | Ana Ruiz,,,mill.md",
        'b,list,"Which, then?",yes,,iron|ore;coal,,mill.md',
        "c,none,Whence?,no,,,,mill.md",
    )
    first, second, third = load_questions(path)
    assert first.answers == ("Ana", "Ana Ruiz")
    assert second.all_of == (("iron", "ore"), ("coal",))
    assert third == Question("c", "none", "Whence?", answerable=False, articles=("mill.md",))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"question": " "}, "question is missing"),
        ({"answers": [], "evidence": []}, "needs answers"),
        ({"answerable": False}, "may not have answers"),
        ({"answerable": "perhaps"}, "true or false"),
        ({"awnsers": []}, "no field 'awnsers'"),
        ({"evidence": [3]}, "evidence must hold texts"),
        ({"history": [{}]}, "history must hold"),
        ({"all_of": [[]]}, "no accepted form"),
        ({"id": 3}, "id must be text"),
        ({"id": "first"}, "already on line 1"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    lines = [json.dumps(RECORD | {"id": "first"}), json.dumps(RECORD | change)]
    path = write(tmp_path / "set.jsonl", *lines)
    with pytest.raises(QuestionSetError, match=f"set.jsonl, line 2: .*{reason}"):
        load_questions(path)


def test_unusable_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="cannot be opened"):
        load_questions(tmp_path / "none.jsonl")
    with pytest.raises(QuestionSetError, match="holds no question"):
        load_questions(write(tmp_path / "blank.jsonl", " "))
    with pytest.raises(QuestionSetError, match="line 1: not JSON"):
        load_questions(write(tmp_path / "broken.jsonl", "{"))
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}')
    with pytest.raises(QuestionSetError, match="not UTF-8"):
        load_questions(tmp_path / "latin.jsonl")
