"""Mailing lists: links by References and In-Reply-To, encodings, attachments, damage."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from threads.comment import Comment, Page, Reject
from threads.errors import InputError
from threads.formats import FORMATS, mbox


@pytest.fixture
def read(tmp_path):
    def read(content, name="list.mbox"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        head = path.read_bytes()
        assert max((*FORMATS, mbox), key=lambda each: each.sniff(head, path)).name == "mbox"
        return list(mbox.read(path))

    return read


def letter(name, *headers, body="hi\n", sender="Ada Oak <ada@mail.example>", subject="Knots"):
    lines = [
        "From ada@mail.example Thu Mar  4 05:06:07 2021",
        f"From: {sender}",
        f"Message-ID: <{name}@mail.example>",
        "Date: Thu, 4 Mar 2021 06:06:07 +0100 (CET)",
        f"Subject: {subject}",
        *headers,
        "",
        body,
        "",
    ]
    return "\n".join(lines)


def comments(records):
    return [record for record in records if isinstance(record, Comment)]


def test_links(read):
    found = read(
        letter("a", body=">From the harbour\n> > old\n>>older\nnew\n")
        + letter("b", "In-Reply-To: <a@mail.example>", subject="Re: AW: Knots")
        + letter("c", "References: <a@mail.example>\n\t<b@mail.example>")
        + letter(
            "d", "References: <x@mail.example> <y@mail.example>", "In-Reply-To: your letter <y@mail.example>"
        )
        + letter("y", "In-Reply-To: <x@mail.example>")
        + letter(
            "e",
            subject="=?utf-8?B?U8Okdno=?= =?utf-8?Q?_x?=",
            sender="=?iso-8859-1?Q?J=F6rg?= <j@mail.example>",
        )
    )
    short = [
        (c.native_id[0], c.parent_native_id and c.parent_native_id[0], c.thread_id[0])
        for c in comments(found)
    ]
    assert short == [
        ("a", None, "a"),
        ("b", "a", "a"),
        ("c", "b", "a"),
        ("d", "y", "x"),
        ("y", "x", "x"),
        ("e", None, "e"),
    ]
    first, second, *_, last = comments(found)
    assert first.text == "From the harbour\n> > old\n> > older\nnew"
    assert first.created == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert (first.author, first.author_id, second.title) == ("Ada Oak", "ada@mail.example", "Knots")
    assert (last.author, last.title) == ("Jörg", "Sävz x")
    assert [page.thread_id[0] for page in found if isinstance(page, Page)] == ["a", "x", "e"]


MIXED = """MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="B"

--B
Content-Type: multipart/alternative; boundary="C"

--C
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

na=C3=AFve =
words

--C
Content-Type: text/html

<p>html</p>
--C--
--B
Content-Type: text/plain; name="notes.txt"
Content-Disposition: attachment; filename="notes.txt"

attached
--B--
"""


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        (MIXED.partition("\n\n")[0], MIXED.partition("\n\n")[2], "naïve words"),
        ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", "bmHDr3Zl", "naïve"),
        (
            "Content-Type: text/html; charset=utf-8",
            "<p>a<blockquote>old</blockquote>&amp;</p>",
            "a\n\n> old\n\n&",
        ),
        ("Content-Type: text/plain; charset=no-such", "plain", "plain"),
        ("Content-Type: image/png\nContent-Disposition: attachment", "x", ""),
        ("Content-Type: multipart/mixed", "no boundary", ""),
    ],
)
def test_bodies(read, headers, body, text):
    (comment,) = comments(read(letter("a", headers, body=body)))
    assert comment.text == text


def test_a_line_in_a_letter_that_begins_with_from_is_no_new_letter(read):
    (comment,) = comments(read(letter("a", body="hi\n\nFrom now on, in 2021, it is so.\n")))
    assert comment.text.endswith("it is so.")


def test_a_single_letter_and_one_without_an_id(read):
    (_, comment) = read(letter("a").partition("\n")[2], "one.eml")
    assert comment.native_id == "a@mail.example"
    found = comments(read("From x Thu Mar  4 05:06:07 2021\nFrom: bo@mail.example\nSubject: x\n\nhi\n"))
    assert (found[0].native_id, found[0].author, found[0].created) == ("list/1", "bo@mail.example", None)


def test_damaged_headers_do_not_stop_the_list(read):
    odd = letter(
        "a", sender='"=?utf-8?B?//?=" <>, <', subject="=?x?Q?=FF?= \udcff".encode("utf-8", "replace").decode()
    )
    found = read(odd + letter("b", "Content-Type: ;;;=", "Date: never"))
    assert len(comments(found)) + sum(isinstance(record, Reject) for record in found) == 2
    assert comments(found)[-1].native_id == "b@mail.example"


def test_a_file_without_a_letter_is_refused(tmp_path):
    path = tmp_path / "list.mbox"
    path.write_text("\n\n")
    with pytest.raises(InputError, match=r"list\.mbox holds no letter"):
        list(mbox.read(path))
