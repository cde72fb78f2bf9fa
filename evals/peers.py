"""``python -m evals.peers``: what else one would take, on the same questions and passages.

Every ranker gets the passages the library cuts, with title and heading, and all that embed use
the shipped weights; what differs is how they embed and search. Without a file, the shipped
questions are asked, of all shipped articles with a hundred others beside them.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import chromadb
import numpy as np
import onnxruntime
import typer
from chromadb.config import Settings as ChromaSettings
from llama_index.core import VectorStoreIndex
from llama_index.core.schema import TextNode
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from tokenizers import Tokenizer

from assistant.reader import shipped_reader
from index import Library
from index.document import Passage
from index.embedding import EMBEDDER_FILE, EMBEDDER_NAME, TOKENIZER_FILE
from index.embedding.embedder import MiniLMEmbedding
from index.words import WordIndex

from .adapters import load_examples
from .cli import reported
from .console import progress_bar, tables
from .questions import QuestionSetError
from .retrieval import MEASURES, Ranker, Retrieval, Task, measure, paragraph_task, shipped_task
from .statistics import paired

DEPTH = 40
PADDED = 256
BATCH = 32
READ = 8
HEADINGS = ("ranking", *MEASURES, "p, MRR against fusion", "ms a question")


class PaddingEmbedder(chromadb.EmbeddingFunction[Any]):
    """The shipped weights used as Chroma's own embedding function uses them.

    Every text, however short, is padded to 256 tokens, and cut there (ONNXMiniLM_L6_V2 in
    chromadb 1.5), in batches of 32.
    """

    def __init__(self) -> None:
        self._tokenizer = Tokenizer.from_file(str(TOKENIZER_FILE))
        self._tokenizer.enable_truncation(PADDED)
        self._tokenizer.enable_padding(length=PADDED)
        self._session = onnxruntime.InferenceSession(
            EMBEDDER_FILE, providers=["CPUExecutionProvider"]
        )

    def __call__(self, input: Sequence[str]) -> Any:  # noqa: A002 - the name Chroma calls it by
        """A unit vector for each text."""
        vectors: list[NDArray[np.float32]] = []
        for start in range(0, len(input), BATCH):
            encoded = self._tokenizer.encode_batch(list(input[start : start + BATCH]))
            token_ids = np.array([one.ids for one in encoded], dtype=np.int64)
            inputs = {
                "token_ids": token_ids,
                "attention_mask": np.array([o.attention_mask for o in encoded], dtype=np.int64),
                "segment_ids": np.zeros_like(token_ids),
            }
            vectors += list(self._session.run(None, inputs)[0])
        return vectors


def llama_index_ranker(passages: Sequence[Passage]) -> Ranker:
    """LlamaIndex's default: an in-memory vector index and its retriever."""
    by_id = {passage.id: passage for passage in passages}
    nodes = [
        TextNode(
            id_=passage.id,
            text=passage.text,
            metadata={"title": passage.metadata.title, "section": passage.section},
        )
        for passage in passages
    ]
    index = VectorStoreIndex(nodes, embed_model=MiniLMEmbedding())
    retriever = index.as_retriever(similarity_top_k=DEPTH)
    return lambda question: [by_id[found.node.node_id] for found in retriever.retrieve(question)]


@contextmanager
def chroma_ranker(passages: Sequence[Passage]) -> Iterator[Ranker]:
    """Chroma by itself, with an embedding function that pads as its own does."""
    by_id = {passage.id: passage for passage in passages}
    client = chromadb.EphemeralClient(ChromaSettings(anonymized_telemetry=False))
    collection = client.create_collection("peers", embedding_function=PaddingEmbedder())
    try:
        for start in range(0, len(passages), 500):
            some = passages[start : start + 500]
            collection.upsert([p.id for p in some], documents=list(map(embedded_text, some)))

        def rank(question: str) -> list[Passage]:
            found = collection.query(query_texts=[question], n_results=min(DEPTH, len(passages)))
            return [by_id[identity] for identity in found["ids"][0]]

        yield rank
    finally:
        client.delete_collection("peers")


def embedded_text(passage: Passage) -> str:
    """What the library embeds of a passage: its title, its heading and its words."""
    return " ".join(filter(None, (passage.metadata.title, passage.section, passage.text)))


@contextmanager
def lexical_ranker(passages: Sequence[Passage]) -> Iterator[Ranker]:
    """The library's BM25 by itself."""
    by_id = {passage.id: passage for passage in passages}
    with tempfile.TemporaryDirectory(prefix="footnote-") as folder:
        index = WordIndex(Path(folder) / "words.sqlite")
        index.put(passages)
        yield lambda question: [by_id[found] for found in index.search(question, DEPTH, None)]
        index.close()


def dense_ranker(library: Library, passages: Sequence[Passage]) -> Ranker:
    """The library's embedder by itself, its vectors compared one by one, by cosine."""
    vectors = np.concatenate(
        [
            library.embed([embedded_text(p) for p in passages[start : start + BATCH]])
            for start in range(0, len(passages), BATCH)
        ]
    )

    def rank(question: str) -> list[Passage]:
        likeness = vectors @ library.embed([question])[0]
        return [passages[place] for place in np.argsort(-likeness, kind="stable")[:DEPTH]]

    return rank


def with_reader(library: Library) -> Ranker:
    """The fused ranking, its first passages put in the order of the reader's confidence."""
    reader = shipped_reader()

    def rank(question: str) -> list[Passage]:
        passages = [found.passage for found in library.search(question, DEPTH)]
        readings = reader.read(question, [passage.text for passage in passages[:READ]])
        order = dict.fromkeys([r.passage for r in readings] + list(range(len(passages))))
        return [passages[place] for place in order]

    return rank


def measure_peers(
    task: Task, advance: Callable[[str], Callable[[int, int], None]] | None = None
) -> list[Retrieval]:
    """All peers on one task."""
    library = task.library
    passages = [
        passage
        for summary in library.documents()
        for passage in library.read(summary.id).passages
        if passage.searchable
    ]
    found: list[Retrieval] = []

    def add(name: str, rank: Ranker) -> None:
        found.append(measure(name, rank, task, advance(name) if advance else None))

    add("LlamaIndex's default retriever", llama_index_ranker(passages))
    with chroma_ranker(passages) as rank:
        add("Chroma, padded to 256 tokens", rank)
    with lexical_ranker(passages) as rank:
        add("BM25 alone", rank)
    add("dense alone", dense_ranker(library, passages))
    add("fusion", lambda question: [f.passage for f in library.search(question, DEPTH)])
    add("fusion and reader", with_reader(library))
    return found


def print_peers(found: Sequence[Retrieval], name: str, console: Console) -> None:
    """A Markdown-like table: measures, time, and a test against fusion on MRR."""
    table = Table(title=f"{name}: {len(found[0].scores)} questions", title_justify="left")
    table.add_column("ranking")
    for heading in HEADINGS[1:]:
        table.add_column(heading, justify="right")
    for row in rows_of(found):
        table.add_row(*row)
    console.print(table)


def rows_of(found: Sequence[Retrieval]) -> list[list[str]]:
    """The table's cells, a row for each peer."""
    fusion = next(one for one in found if one.name == "fusion")
    rows = []
    for one in found:
        test = paired(
            [score.reciprocal_rank for score in fusion.scores],
            [score.reciprocal_rank for score in one.scores],
        )
        rows.append(
            [
                one.name,
                *(str(one.figures[measure]) for measure in MEASURES),
                "–" if one is fusion else test.chance,
                one.seconds.counted(times=1000, digits=1),
            ]
        )
    return rows


def peers(
    file: Annotated[
        Path | None,
        typer.Argument(help="A reading set, JSON or JSONL, gzipped or not; default: the shipped."),
    ] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only questions of this source.")] = None,
    sample: Annotated[
        int | None, typer.Option(min=1, help="Ask only so many, drawn with a fixed seed.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the JSON here as well.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Measure rankings side by side on the same questions and passages, in one run."""
    with open_task(file, source) as task:
        places = range(len(task.questions))
        kept = sorted(random.Random(0).sample(places, min(sample or len(places), len(places))))
        task = replace(
            task,
            questions=tuple(task.questions[place] for place in kept),
            wanted=tuple(task.wanted[place] for place in kept),
        )
        with progress_bar("Ranking", quiet=json_) as advance:
            found = measure_peers(task, lambda _: advance)
    asked = [file.name] if file else []
    report = {
        "command": " ".join(
            ["python -m evals.peers", *asked, *(f"--source {name}" for name in source or ())]
            + ([f"--sample {sample}"] if sample else [])
            + ["-o peers.json"]
        ),
        "set": " ".join([*asked, *(f"({name})" for name in source or ())])
        or "the shipped questions",
        "questions": len(task.questions),
        "headings": HEADINGS,
        "table": rows_of(found),
        "peers": [asdict(one) | {"scores": None} for one in found],
    }
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    if json_:
        tables().print_json(json.dumps(report))
    else:
        print_peers(found, str(report["set"]), tables())
        tables().print(f"[dim]Embedder: {EMBEDDER_NAME}[/dim]")


@contextmanager
def open_task(file: Path | None, sources: Sequence[str] | None) -> Iterator[Task]:
    """The questions to rank for; raises QuestionSetError where there are none."""
    if file is None:
        with shipped_task() as task:
            yield task
        return
    examples = [e for e in load_examples(file) if not sources or e.source in sources]
    if not any(example.answerable for example in examples):
        raise QuestionSetError(f"{file.name} has no question with an answer of that source.")
    with paragraph_task(examples) as task:
        yield task


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(peers)
    sys.exit(reported(lambda: app(prog_name="python -m evals.peers")))
