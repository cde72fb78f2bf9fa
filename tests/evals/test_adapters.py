from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from evals.adapters import beir, load_examples, load_follow_ups
from evals.questions import QuestionSetError

CONTEXT = "Ana Ruiz built the mill in 1840."
PLAIN = {
    "id": "a",
    "title": "The_mill",
    "context": CONTEXT,
    "question": "Who built it?",
    "answers": [{"text": "Ana Ruiz", "start": 0}],
    "is_impossible": False,
    "source": "mills",
}


def squad_json(context: str = CONTEXT, no_answer: dict[str, Any] | None = None) -> dict[str, Any]:
    none = no_answer or {"answers": [], "is_impossible": True}
    return {
        "version": "v2.0",
        "data": [
            {
                "title": "The mill",
                "section_title": "Building",
                "paragraphs": [
                    {
                        "context": context,
                        "qas": [
                            {
                                "id": "a",
                                "question": "Who built it?",
                                "answers": [{"text": "Ana Ruiz", "answer_start": 0}] * 2,
                            },
                            {"id": "b", "question": "Who sold it?", **none},
                        ],
                    }
                ],
            }
        ],
    }


def test_plain_lines_gzipped(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl.gz"
    impossible = PLAIN | {"id": "b", "is_impossible": True, "answers": []}
    lines = [json.dumps(PLAIN), json.dumps(impossible)]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    first, second = load_examples(path)
    assert (first.id, first.answers, first.source) == ("a", ("Ana Ruiz",), "mills")
    assert first.answerable
    assert not second.answerable


@pytest.mark.parametrize("indent", [None, 1])
def test_squad(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "dev.json"
    path.write_text(json.dumps(squad_json(), indent=indent), encoding="utf-8")
    first, second = load_examples(path)
    assert (first.title, first.context, first.answers) == ("The mill", CONTEXT, ("Ana Ruiz",))
    assert second.answers == ()


def test_quac(tmp_path: Path) -> None:
    path = tmp_path / "quac.json"
    none = {"answers": [{"text": "CANNOTANSWER", "answer_start": len(CONTEXT) + 1}]}
    path.write_text(json.dumps(squad_json(f"{CONTEXT} CANNOTANSWER", none)), encoding="utf-8")
    first, second = load_examples(path)
    assert first.context == CONTEXT
    assert first.title == "The mill Building"
    assert (second.answers, second.history) == ((), ("Who built it?", "Ana Ruiz"))


def test_mrqa(tmp_path: Path) -> None:
    path = tmp_path / "mills.jsonl"
    records = [
        {"header": {"dataset": "Mills", "split": "dev"}},
        {
            "id": "p",
            "context": CONTEXT,
            "qas": [{"qid": "q1", "question": "Who built it?", "answers": ["Ana Ruiz"]}],
        },
    ]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    (example,) = load_examples(path)
    assert (example.id, example.source, example.answers) == ("q1", "Mills", ("Ana Ruiz",))


def test_canard_in_both_forms(tmp_path: Path) -> None:
    history = ["The mill", "Building", "Who built the mill?", "Ana Ruiz"]
    record = {
        "QuAC_dialog_id": "d",
        "Question_no": 2,
        "History": history,
        "Question": "When did she?",
        "Rewrite": "When did Ana Ruiz build the mill?",
    }
    line = {"id": "d#2", "history": history, "question": "When did she?"}
    line["rewrite"] = record["Rewrite"]  # type: ignore[assignment]
    (tmp_path / "canard.json").write_text(json.dumps([record]), encoding="utf-8")
    (tmp_path / "canard.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (one,) = load_follow_ups(tmp_path / "canard.json")
    assert [one] == load_follow_ups(tmp_path / "canard.jsonl")
    assert one.rewrite == record["Rewrite"]


def test_beir(tmp_path: Path) -> None:
    texts = [{"_id": "t1", "title": "The mill", "text": CONTEXT}, {"_id": "t2", "text": "Rain."}]
    queries = [{"_id": "q1", "text": "Who built the mill?"}, {"_id": "q2", "text": "Unjudged"}]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, texts)), encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    (tmp_path / "qrels").mkdir()
    rows = "query-id\tcorpus-id\tscore\nq1\tt1\t1\nq1\tt2\t0\n"
    (tmp_path / "qrels" / "test.tsv").write_text(rows, encoding="utf-8")
    found = beir.read(tmp_path)
    assert found.queries == {"q1": "Who built the mill?"}
    assert found.relevant == {"q1": {"t1": 1}}
    assert found.corpus["t2"] == ("", "Rain.")
    (tmp_path / "corpus.jsonl").write_text('{"_id": "t1"}', encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"corpus\.jsonl, line 1: 'text'"):
        beir.read(tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "none of the known formats|not JSON"),
        ("{", "not JSON"),
        ("[1, 2]", "none of the known formats"),
        ('{"question": "Who?", "id": "a"}', "line 1: 'context' is missing|'answers' is missing"),
        ('{"data": [{"paragraphs": [{"context": "x", "qas": [{}]}]}]}', "'id' is missing"),
        ('{"qas": [{"qid": "a"}], "context": "x"}', "'question' is missing"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(QuestionSetError, match=reason):
        load_examples(path)


def test_missing_and_binary_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="cannot be read"):
        load_examples(tmp_path / "none.json")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(QuestionSetError, match="not UTF-8"):
        load_examples(tmp_path / "binary")
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"x" * 1000)[:20])
    with pytest.raises(QuestionSetError, match="cannot be read"):
        load_examples(tmp_path / "cut.gz")
