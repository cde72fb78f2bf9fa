"""The embedder: all-MiniLM-L6-v2 as an int8 ONNX file in the package."""

from pathlib import Path

FOLDER = Path(__file__).parent
TOKENIZER_FILE = FOLDER / "tokenizer.json"
EMBEDDER_FILE = FOLDER / "minilm.onnx"
DIMENSION = 384
# Written into every library: vectors of another embedder cannot be searched with this one.
EMBEDDER_NAME = "all-MiniLM-L6-v2-int8"
EMBEDDER_REVISION = "1"
