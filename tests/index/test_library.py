"""The library on real Chroma: what is acknowledged is kept, found, read back and rebuilt."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import Library, LibraryError, LibraryInUse, Metadata, UnknownDocument

BRIDGE = "The bridge over the Ost opened in May. It cost $48 million, the mayor said."
STORM = "A storm hit the coast on Friday. Two hundred homes lost power, the utility reported."


def test_added_texts_are_found_and_read_back_exactly(tmp_path: Path) -> None:
    with Library(tmp_path / "library") as library:
        bridge = library.add_text(BRIDGE).document
        storm = library.add_text(STORM, Metadata(title="Storm", author="Ann Lee")).document
        assert bridge.text == BRIDGE
        assert storm.text == f"Storm\n\nBy Ann Lee\n\n{STORM}"
        assert library.search("What did the bridge cost?")[0].passage.document == bridge.id
        only = library.search("What did the bridge cost?", documents=[storm.id])
        assert {found.passage.document for found in only} == {storm.id}
        node = library.retriever(1).retrieve("homes without power")[0].node
        assert storm.text[node.start_char_idx : node.end_char_idx] == node.text
    with Library(tmp_path / "library") as library:
        assert [s.id for s in library.documents()] == [bridge.id, storm.id]
        assert library.read(storm.id) == storm


def test_the_same_content_is_recognised_and_a_changed_file_replaces(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BRIDGE)
    with Library(tmp_path / "library") as library:
        first = library.add(path)
        assert (first.status, library.add(path).status) == ("added", "unchanged")
        path.write_text(STORM)
        second = library.add(path)
        assert second.status == "replaced"
        assert [s.id for s in library.documents()] == [second.document.id]
        with pytest.raises(UnknownDocument):
            library.read(first.document.id)


def test_removal_can_be_undone(tmp_path: Path) -> None:
    with Library(tmp_path / "library") as library:
        identity = library.add_text(BRIDGE).document.id
        library.remove(identity)
        assert library.documents() == []
        assert library.search("bridge") == []
        with pytest.raises(UnknownDocument):
            library.remove(identity)
        assert library.restore(identity).document.text == BRIDGE
        with pytest.raises(UnknownDocument):
            library.restore(identity)


def test_a_failed_or_cancelled_addition_leaves_everything_as_it_was(tmp_path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with Library(tmp_path / "library") as library:
        library.add_text(BRIDGE)
        with pytest.raises(KeyboardInterrupt):
            library.add_text(STORM, progress=cancel)
        assert [library.read(s.id).text for s in library.documents()] == [BRIDGE]


@pytest.mark.parametrize("harm", ["delete", "damage"])
def test_the_word_index_is_rebuilt_when_it_is_lost(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "library"
    with Library(folder) as library:
        library.add_text(BRIDGE)
    words = folder / "words.sqlite"
    words.unlink() if harm == "delete" else words.write_bytes(b"not a database at all" * 100)
    with Library(folder) as library:
        assert library.search("bridge")[0].lexical_rank == 1


def test_rebuilding_from_the_originals_gives_the_same_documents(tmp_path: Path) -> None:
    with Library(tmp_path / "library") as library:
        library.add_text(BRIDGE, Metadata(title="Bridge", date="4 March 2025"))
        library.add_text(STORM)
        before = {s.id: library.read(s.id) for s in library.documents()}
        library.rebuild()
        assert {s.id: library.read(s.id) for s in library.documents()} == before


def test_a_write_that_a_crash_cut_short_is_finished_at_opening(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Library(folder) as library:
        library.add_text(BRIDGE)
        storm = library.add_text(STORM).document
        # As if the process had died before the commit mark was written.
        library._vectors._collection.delete(ids=[storm.passages[0].id])
        (folder / "pending").touch()
    with Library(folder) as library:
        assert library.read(storm.id) == storm


def test_queries_are_never_query_language(tmp_path: Path) -> None:
    with Library(tmp_path / "library") as library:
        library.add_text(BRIDGE)
        for question in ('"', "a AND (", "NEAR/2 *", "title:x", "é" * 50, "💥", "' OR 1=1 --"):
            library.search(question)


def test_folders_that_are_no_library(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "photo.jpg").write_bytes(b"x")
    for folder, why in (("file", "is a file"), ("other", "not a library")):
        with pytest.raises(LibraryError, match=why):
            Library(tmp_path / folder)
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["photo.jpg"]


HOLD = """
import sys, time
from dataclasses import replace
from pathlib import Path
from index import Library
library = Library(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""
WRITE = """
import sys
from dataclasses import replace
from pathlib import Path
from index import Library
library = Library(Path(sys.argv[1]))
for number in range(1000):
    added = library.add_text(f"Report {number}. The count on day {number} was {number * 7}.")
    print(added.document.id, flush=True)
"""


def start(code: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.slow
def test_a_second_process_is_told_who_holds_the_library(tmp_path: Path) -> None:
    holder = start(HOLD, tmp_path / "library")
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "open"
        with pytest.raises(LibraryInUse, match=str(holder.pid)):
            Library(tmp_path / "library")
    finally:
        holder.kill()
        holder.wait()
    with Library(tmp_path / "library") as library:
        assert library.documents() == []


@pytest.mark.slow
@pytest.mark.parametrize("acknowledged", [1, 3, 6])
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, acknowledged: int) -> None:
    writer = start(WRITE, tmp_path / "library")
    assert writer.stdout is not None
    told = [writer.stdout.readline().strip() for _ in range(acknowledged)]
    time.sleep(0.05 * acknowledged)
    writer.send_signal(signal.SIGKILL)
    told += [
        line.strip()
        for line in writer.stdout.read().splitlines()
        if line.endswith(tuple("0123456789abcdef"))
    ]
    writer.wait()
    with Library(tmp_path / "library") as library:
        there = {summary.id for summary in library.documents()}
        assert set(told[:-1]) <= there
        for identity in there:
            document = library.read(identity)
            assert document.text.startswith("Report ")
            found = library.search(document.text, limit=len(there))
            assert identity in {f.passage.document for f in found}


def test_embeddings_have_unit_length_and_do_not_depend_on_the_batch(tmp_path: Path) -> None:
    texts = ["", "rain", "💥", "The bridge opened in May. " * 60, "rain"]
    with Library(tmp_path / "library") as library:
        together = library.embed(texts)
        alone = np.concatenate([library.embed([text]) for text in texts])
    assert together.shape == (5, 384)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    # Dynamic quantisation takes its range from the whole batch, so equal only nearly.
    assert ((together * alone).sum(1)[[1, 3, 4]] > 0.98).all()


def test_an_original_outlives_a_change_of_how_its_title_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BRIDGE)
    with Library(tmp_path / "library") as library:
        library.add(path)
        # As if an older version had read another title from the same file.
        passages = library._vectors.passages()
        library._drop(passages[0].document)
        older = [replace(passage, document="another-title-00000000") for passage in passages]
        original = next(iter(library._originals))
        library._store(older, library._embed_passages(older, None), original, "2025-01-01")
        assert library.add(path).status == "replaced"
        assert [kept.key for kept in library._originals] == [original.key]
        library.rebuild()
        assert [library.read(s.id).text for s in library.documents()] == [BRIDGE]


def test_a_removal_that_a_crash_cut_short_is_finished_and_can_be_undone(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Library(folder) as library:
        identity = library.add_text(BRIDGE).document.id
        head = library._vectors.heads()[0]
        library._originals.set_aside(head["original"], identity)
        (folder / "pending").touch()
    with Library(folder) as library:
        assert library.documents() == []
        assert library.restore(identity).document.text == BRIDGE


def test_an_original_without_content_does_not_keep_the_library_shut(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Library(folder) as library:
        storm = library.add_text(STORM).document
        library.add_text(BRIDGE)
        (folder / "sources" / library._vectors.heads()[1]["original"]).unlink()
        (folder / "pending").touch()
    with Library(folder) as library:
        assert library.read(storm.id) == storm
        library.rebuild()
        assert {library.read(s.id).text for s in library.documents()} == {BRIDGE, STORM}


def test_a_cancelled_rebuild_loses_nothing(tmp_path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with Library(tmp_path / "library") as library:
        texts = {library.add_text(text).document.text for text in (BRIDGE, STORM)}
        with pytest.raises(KeyboardInterrupt):
            library.rebuild(cancel)
        assert {library.read(s.id).text for s in library.documents()} == texts
    with Library(tmp_path / "library", renew=True):
        pass  # As if the process had died between forgetting the indexes and rebuilding them.
    with Library(tmp_path / "library") as library:
        assert {library.read(s.id).text for s in library.documents()} == texts
        assert library.search("bridge")[0].lexical_rank == 1


def test_a_text_that_is_both_replaced_and_stored_keeps_the_newer(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BRIDGE)
    folder = tmp_path / "library"
    with Library(folder) as library:
        library.add(path)
        before = next(iter(library._originals))
        path.write_text(STORM)
        newer = library.add(path).document
        # As if the process had died before the older original was deleted.
        library._originals.keep(before)
        record = folder / "sources" / f"{before.key}.json"
        os.utime(record, (0, 0))
        (folder / "pending").touch()
    with Library(folder) as library:
        assert [s.id for s in library.documents()] == [newer.id]
        assert len(list(library._originals)) == 1


FORK = """
import os, sys
from dataclasses import replace
from pathlib import Path
from index import Library, LibraryError
library = Library(Path(sys.argv[1]))
library.add_text("The bridge opened in May.")
child = os.fork()
if child == 0:
    try:
        library.search("bridge")
    except LibraryError:
        library.close()
        os._exit(7)
    os._exit(0)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), len(library.search("bridge")), flush=True)
sys.stdin.read()
"""


@pytest.mark.slow
@pytest.mark.timeout(60)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes fork")
def test_a_forked_process_is_told_and_does_not_let_others_in(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", FORK, str(tmp_path / "library")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert parent.stdout is not None
        assert parent.stdout.readline().split() == ["7", "1"]
        with pytest.raises(LibraryInUse, match=str(parent.pid)):
            Library(tmp_path / "library")
    finally:
        parent.kill()
        parent.wait()


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    try:
        path.write_text(BRIDGE)
    except OSError:
        pytest.skip("this file system takes only names that are text")
    with Library(tmp_path / "library") as library:
        assert library.add(path).status == "added"
        path.write_text(STORM)
        assert library.add(path).status == "replaced"
        assert len(list(library._originals)) == 1
    with Library(tmp_path / "library") as library:
        assert [library.read(s.id).text for s in library.documents()] == [STORM]


def test_what_could_not_be_stored_is_taken_back(tmp_path: Path) -> None:
    with Library(tmp_path / "library") as library:
        library.add_text(BRIDGE)
        library._words.close()
        with pytest.raises(sqlite3.Error):
            library.add_text(STORM)
        assert len(list(library._originals)) == 1
    with Library(tmp_path / "library") as library:
        assert [library.read(s.id).text for s in library.documents()] == [BRIDGE]
        assert library.search("bridge")[0].lexical_rank == 1
