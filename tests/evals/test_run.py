from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.cli import main
from evals.drafting import draft_questions
from evals.follow_ups import measure_rewrites, turns_of
from evals.grid import parse_variations
from evals.questions import QuestionSetError, load_questions, save_questions
from evals.sources import Articles, load_sets, named_set, shipped_questions

pytest_plugins = ["pytester"]

ARTICLE = """---
title: The mill of Elba Bridge
author: Tom Reed
date: 2021-05-04
---

Ana Ruiz built the mill at Elba Bridge in 1840. It stood beside the old weir.

The mill ground 30 tonnes of corn a week, according to the parish book. "It fed the whole \
valley," said Ivo Kern, who keeps the book.

The river froze in the winter of 1855 because the weir had broken. Repairs took two years.
"""
QUESTIONS = [
    {
        "id": "who",
        "type": "who",
        "question": "Who built the mill?",
        "answers": ["Ana Ruiz"],
        "evidence": ["Ana Ruiz built the mill at Elba Bridge in 1840."],
    },
    {
        "id": "when",
        "type": "follow-up",
        "question": "And when?",
        "answers": ["1840"],
        "evidence": ["Ana Ruiz built the mill at Elba Bridge in 1840."],
        "history": [{"question": "Who built the mill?"}],
        "full": "When did Ana Ruiz build the mill?",
    },
    {
        "id": "none",
        "type": "unanswerable",
        "question": "What did the miller's daughter sing?",
        "answerable": False,
    },
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("set")
    (folder / "mill.md").write_text(ARTICLE, encoding="utf-8")
    lines = [json.dumps(question | {"article": "mill.md"}) for question in QUESTIONS]
    (folder / "set.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_set_is_run_through_the_assistant(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["-q", str(folder / "set.jsonl"), "-o", str(tmp_path), "--json"]
    assert main(arguments) == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["total"]["count"] == 3
    assert summary["total"]["figures"]["citation exact"]["value"] == 1
    assert summary["total"]["figures"]["recall@5"]["value"] == 1
    assert {path.suffix for path in tmp_path.iterdir()} == {".json", ".md", ".html"}
    # The same run as its own baseline passes, and a limit above what is possible does not exist.
    kept = str(tmp_path / "evaluation.json")
    again = [*arguments, "--limit", "1", "--name", "again"]
    assert main([*again, "--baseline", kept, "--fail-under", "citation exact=1"]) == 0
    assert main([*again, "--fail-under", "refused rightly=0.5"]) == 1
    assert "could not be measured" in capsys.readouterr().err


def test_a_grid_is_resumed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["-q", str(folder / "set.jsonl"), "-o", str(tmp_path), "--limit", "1"]
    assert main([*arguments, "--vary", "passages=1"]) == 0
    assert main([*arguments, "--vary", "passages=1,2"]) == 0
    printed = capsys.readouterr().out
    assert "passages=1 (kept)" in printed
    assert "passages=2 (kept)" not in printed
    assert len(list((tmp_path / "cache").iterdir())) == 2
    assert (tmp_path / "grid.html").exists()
    assert main([*arguments, "--vary", "passages=0"]) == 2
    assert "greater than or equal to 1" in capsys.readouterr().err


def test_robustness_is_measured(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["-q", str(folder / "set.jsonl"), "-o", str(tmp_path), "--limit", "1", "--json"]
    spoilt = [part for name in ("instruction", "contradiction") for part in ("--robustness", name)]
    assert main([*arguments, *spoilt]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["set"] for row in rows] == ["instruction", "contradiction"]
    assert rows[0]["obeyed"] == 0
    assert (tmp_path / "instruction.html").exists()


def test_variations_are_checked() -> None:
    assert parse_variations(["passages=3,5", "llm=none"]) == [
        (("passages", "3"), ("llm", "none")),
        (("passages", "5"), ("llm", "none")),
    ]
    for wrong in ("passages", "passages=", "port=1"):
        with pytest.raises(QuestionSetError, match="cannot be varied"):
            parse_variations([wrong])


def test_a_draft_can_be_run(folder: Path, tmp_path: Path) -> None:
    questions = draft_questions(folder / "mill.md")
    types = {question.type for question in questions}
    assert {"who", "when", "unanswerable", "summary"} <= types
    for question in questions:
        assert question.articles == ("mill.md",)
        if question.type != "yes-no" and question.question != "When was the article published?":
            assert all(answer in " ".join(question.evidence) for answer in question.answers[:1])
    save_questions(tmp_path / "draft.jsonl", questions)
    assert load_questions(tmp_path / "draft.jsonl") == questions


def test_drafts_do_not_overwrite(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "draft.jsonl"
    assert main(["new", str(folder / "mill.md"), "-o", str(target)]) == 0
    first = target.read_text(encoding="utf-8")
    assert main(["new", str(folder / "mill.md"), "-o", str(target)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == first
    assert main(["new", str(tmp_path / "none.md")]) == 2


def test_an_article_that_is_nowhere_is_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match=r"no article 'none\.md'"):
        Articles((tmp_path,)).find("none.md")


def test_two_sets_may_not_share_an_id(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes((folder / "set.jsonl").read_bytes())
    with pytest.raises(QuestionSetError, match=r"in set\.jsonl and in copy\.jsonl"):
        load_sets([folder / "set.jsonl", copy])


def test_shipped_questions_and_their_articles_are_sound() -> None:
    questions, articles = load_sets(shipped_questions())
    assert len(questions) >= 60
    assert load_sets([named_set(Path("article"))])[0]
    assert named_set(Path("no-such-set")) == Path("no-such-set")
    for question in questions:
        for name in question.articles:
            assert articles.find(name).is_file()


def test_rewrites_are_measured() -> None:
    from evals.adapters.canard import FollowUp

    history = ("The mill", "Building", "Who built the mill?", "Ana Ruiz")
    assert [turn.answer.text for turn in turns_of(history)] == ["Building", "Ana Ruiz"]
    alone = FollowUp("a", history, "Who built the bridge?", "Who built the bridge?")
    follows = FollowUp("b", history, "When did she?", "When did Ana Ruiz build the mill?")
    found = measure_rewrites([alone, follows])
    assert (found.count, found.needless.count, found.resolved.count) == (2, 1, 1)
    assert found.needless.value == 0


def test_retrieval_of_a_beir_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {
        "t1": "Ana Ruiz built the mill at Elba Bridge in 1840.",
        "t2": "The museum shows paintings of ships from two centuries.",
    }
    corpus = [json.dumps({"_id": key, "title": "", "text": text}) for key, text in texts.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(corpus), encoding="utf-8")
    query = json.dumps({"_id": "q", "text": "Who built the mill?"})
    (tmp_path / "queries.jsonl").write_text(query, encoding="utf-8")
    (tmp_path / "qrels").mkdir()
    judged = "query-id\tcorpus-id\tscore\nq\tt1\t1\n"
    (tmp_path / "qrels" / "test.tsv").write_text(judged, encoding="utf-8")
    assert main(["retrieval", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["figures"]["recall@1"]["value"] == 1
    assert main(["retrieval", str(tmp_path), "--split", "dev"]) == 2


@pytest.mark.parametrize("mode", ["reading", "open"])
def test_squad_command(mode: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contexts = {
        "Ana Ruiz built the mill at Elba Bridge in 1840.": ("Who built the mill?", "Ana Ruiz"),
        "Ivo Kern painted the town hall of Elba.": ("Who painted the town hall?", "Ivo Kern"),
    }
    records = [
        {
            "id": answer,
            "title": "Elba",
            "context": context,
            "question": question,
            "answers": [{"text": answer, "start": 0}],
            "is_impossible": False,
            "source": "own",
        }
        for context, (question, answer) in contexts.items()
    ]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    out = tmp_path / "predictions.jsonl"
    arguments = ["squad", str(path), "--mode", mode, "--predictions", str(out), "--json"]
    assert main([*arguments, "--other-paragraph", "--threshold", "0"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["total"]["exact"]["value"] == 1
    assert report["twins"][0]["count"] == 2
    assert bool(report["total"]["recall"]) == (mode == "open")
    lines = out.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["answer"] for line in lines] == ["Ana Ruiz", "Ivo Kern"]


def test_a_set_runs_as_tests(folder: Path, pytester: pytest.Pytester) -> None:
    pytester.makeconftest('pytest_plugins = ["evals.pytest_plugin"]')
    pytester.makepyfile(
        "def test_answer(footnote_result):\n    assert footnote_result.scores.citation_exact != 0\n"
    )
    questions = str(folder / "set.jsonl")
    result = pytester.runpytest_inprocess(f"--footnote-questions={questions}")
    result.assert_outcomes(passed=3)
    broken = pytester.runpytest_inprocess("--footnote-questions=none.jsonl")
    assert broken.ret != 0
