"""Files that are articles, and files that are not: one sentence each."""

from pathlib import Path

import pytest

from index import UnreadableFile
from index.loading import decode, load, parse


def test_front_matter_becomes_a_header_that_can_be_cited() -> None:
    page = (
        "---\ntitle: Bridge opens\nauthor: Ann Lee\ndate: 2025-03-04\nsite: Harbour News\n---\n\n"
        "It opened.\n"
    )
    loaded = parse(page.encode(), "bridge.md")
    header = "Bridge opens\n\nBy Ann Lee\n\n4 March 2025\n\nHarbour News\n\n"
    assert loaded.text == f"{header}It opened.\n"
    assert loaded.metadata.date == "2025-03-04"
    assert loaded.metadata.source == "bridge.md"


def test_html_keeps_the_article_and_leaves_its_scripts() -> None:
    page = """<html><head><title>Bridge opens</title><meta name="author" content="Ann Lee">
    <script>steal()</script></head><body><nav>Home About</nav><article><h1>Bridge opens</h1>
    <p>The bridge over the river opened on Tuesday after nine long years of work.</p>
    <p>It cost the city 48 million dollars, the mayor said, and it was worth it.</p>
    <img src="https://example.org/x.png" onerror="steal()"></article></body></html>"""
    loaded = parse(page.encode(), "bridge.html")
    assert "The bridge over the river opened on Tuesday" in loaded.text
    assert "steal" not in loaded.text
    assert loaded.metadata.author == "Ann Lee"


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("utf-8", "naïve – “yes”"), ("utf-16", "naïve – “yes”"), ("cp1252", "naïve – “yes”")],
)
def test_encodings(encoding: str, words: str) -> None:
    text = f"The bridge was called {words} by a café owner, who had seen it being built. " * 5
    assert words in parse(text.encode(encoding), "a.txt").text


@pytest.mark.parametrize(
    ("encoding", "sentence"),
    [
        ("cp1252", "The bridge was called naïve – “yes” by a café owner, who had seen it. "),
        ("cp1250", "Burmistrz napisał, że żołnierze są już na miejscu, ale nikt nie potwierdził. "),
        ("cp1251", "Мост через реку открыли во вторник после девяти лет работы. "),
        ("shift_jis", "今日は雨です。明日は晴れです。"),
        ("gb18030", "大桥于周二开通,耗资四千八百万美元。"),
    ],
)
def test_an_encoding_that_nothing_names_is_found(encoding: str, sentence: str) -> None:
    assert parse((sentence * 6).encode(encoding), "a.txt").text == sentence * 6


def test_the_encoding_that_a_page_names_is_used() -> None:
    page = '<html><meta charset="windows-1250"><body><p>Łódź, Gdańsk są tam.</p></body></html>'
    assert decode(page.encode("cp1250"), "a.html") == page


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t ", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not a text"),
        ("a.txt", b"%PDF-1.7 and more", "PDF"),
        ("a.pdf", b"plain words", "PDF"),
        ("a.pdf", b"%PDF-1.7 broken", "damaged"),
        ("a.docx", b"words", "kind of file"),
        ("a.md", b"---\ntitle: [unclosed\n---\nwords", "front matter"),
        ("a.txt", b"... --- ...", "no text"),
    ],
)
def test_what_is_no_article_is_told_in_one_sentence(name: str, content: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why) as caught:
        parse(content, name)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_missing_folder_and_large_files(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no file"):
        load(tmp_path / "absent.txt")
    with pytest.raises(UnreadableFile, match="folder"):
        load(tmp_path)
    large = tmp_path / "large.txt"
    large.write_text("word " * 1000)
    with pytest.raises(UnreadableFile, match="largest"):
        load(large, largest=100)
