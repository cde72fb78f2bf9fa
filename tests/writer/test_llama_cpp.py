"""A real inference engine, llama.cpp's own server, on a model of random weights.

What it writes is nonsense; none of it may come out as a cited statement.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import gguf
import numpy as np
import pytest

from assistant import Assistant, Settings
from assistant.writer import READER_ANSWERS
from index import Library

pytestmark = pytest.mark.slow

WIDTH, INNER, HEADS, WINDOW = 64, 128, 4, 4096
# Words that look like an answer, among the bytes that every text can be made of.
WORDS = ("▁the", "▁North", "▁Koreans", "▁soldiers", "▁said", "▁[", "1", "2", "]", "▁$5", ".", "▁")
SERVE = """
import sys
import xllamacpp

parameters = xllamacpp.CommonParams()
parameters.model.path = sys.argv[1]
parameters.n_ctx = int(sys.argv[2])
parameters.hostnames, parameters.port = ["127.0.0.1"], 0
parameters.cpuparams.n_threads = 1
server = xllamacpp.Server(parameters)
print("listening at", server.listening_address, flush=True)
sys.stdin.read()
"""


def write_random_model(path: Path, seed: int) -> None:
    """Write a one-layer model in llama.cpp's format whose weights are drawn at random."""
    weights = np.random.default_rng(seed)
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *WORDS]
    kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    kinds += [gguf.TokenType.BYTE] * 256 + [gguf.TokenType.NORMAL] * len(WORDS)
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_context_length(WINDOW)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    shapes = {
        "token_embd": (len(tokens), WIDTH),
        "output": (len(tokens), WIDTH),
        **{f"blk.0.attn_{part}": (WIDTH, WIDTH) for part in ("q", "k", "v", "output")},
        "blk.0.ffn_gate": (INNER, WIDTH),
        "blk.0.ffn_up": (INNER, WIDTH),
        "blk.0.ffn_down": (WIDTH, INNER),
    }
    for name, shape in shapes.items():
        drawn = weights.normal(0, 0.3, shape).astype(np.float32)
        writer.add_tensor(f"{name}.weight", drawn)
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(WIDTH, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.fixture(scope="module", params=[0, 1, 2, 3])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a llama.cpp server, in its own process."""
    model = tmp_path_factory.mktemp("model") / "random.gguf"
    write_random_model(model, request.param)
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(model), str(WINDOW)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    lines = (line for line in process.stdout if line.startswith("listening at"))
    yield next(lines).split()[-1]
    process.terminate()
    process.wait(10)


@pytest.mark.parametrize(
    "question",
    ["How many North Koreans might fight at the front next year?", "What does Pyongyang want?"],
)
def test_nonsense_never_comes_out_as_a_cited_statement(
    engine: str, library: Library, question: str
) -> None:
    with_model = Assistant(library, Settings(llm=f"openai-like:{engine}/v1"))
    alone = Assistant(library, Settings(llm="none"))
    answer, expected = with_model.ask(question), alone.ask(question)
    assert answer.text == expected.text
    assert answer.citations == expected.citations
    assert READER_ANSWERS in answer.notes
