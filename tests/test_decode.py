"""Bytes to text: the encodings that scraped files have, and what is no text."""

from __future__ import annotations

import codecs

import pytest

from threads.errors import InputError
from threads.files.decode import decode, encoding_of, head_text, lines, read_text

TEXT = "Grüße – “naïve”, שלום, 😊\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.encode(), TEXT),
        (codecs.BOM_UTF8 + TEXT.encode(), TEXT),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), TEXT),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), TEXT),
        ("plain words\n".encode("utf-16-le"), "plain words\n"),
        ("plain words\n".encode("utf-16-be"), "plain words\n"),
        ("Grüße – “naïve” €\n".encode("cp1252"), "Grüße – “naïve” €\n"),
        ("Grüße ".encode() + "Grüße".encode("cp1252"), "Grüße Grüße"),
        (b"an undefined \x81 byte", "an undefined \ufffd byte"),
        (b"cut \xe2\x82", "cut â‚"),
        (b"one\0two, some more words around it", "onetwo, some more words around it"),
    ],
)
def test_text_is_read_in_its_encoding(tmp_path, data, text):
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    assert read_text(path) == text
    assert "".join(lines(path)) == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-1.7 words words",
        b"PK\x03\x04 words words",
        b"\0" * 64,
        bytes(range(256)) * 8,
        b"words \x01\x02\x03 words",
    ],
)
def test_what_is_not_text_is_refused_in_a_sentence(tmp_path, data):
    path = tmp_path / "picture"
    path.write_bytes(data)
    assert encoding_of(data) is None
    assert head_text(data) == ""
    with pytest.raises(InputError, match=r"^The file .*picture is not text\.$"):
        read_text(path)
    with pytest.raises(InputError, match="is not text"):
        next(lines(path))


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "nothing.txt"
    path.touch()
    with pytest.raises(InputError, match=r"^The file .*nothing\.txt is empty\.$"):
        read_text(path)


def test_a_byte_order_mark_within_a_text_stays():
    assert decode(codecs.BOM_UTF8 + "a\ufeffb".encode(), "utf-8") == "a\ufeffb"


def test_lines_keep_their_ends_and_break_only_at_newlines(tmp_path):
    path = tmp_path / "lines.txt"
    path.write_bytes("one\r\ntwo\u2028still two\nthree".encode())
    assert list(lines(path)) == ["one\r\n", "two\u2028still two\n", "three"]


def test_a_character_that_the_head_cuts_is_still_text():
    assert head_text("Grü".encode()[:-1]) == "GrÃ"
