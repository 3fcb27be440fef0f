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


FLOWED = "Content-Type: text/plain; charset=utf-8; format=flowed"
OUTLOOK = "No.\n\n-----Original Message-----\nFrom: Bo\nSent: Thursday\n\nIs it?"
DRAWN = "No.\n\n________________________________\nVon: Bo\n\nIs it?"
ARCHIVED = (
    "See.\n-------------- next part --------------\nAn HTML attachment was scrubbed...\n"
    "URL: <http://lists.example/a.html>\n\nURL: mine\n"
)
SIGNED = (
    "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nYes.\n-----BEGIN PGP SIGNATURE-----\n\n"
    "iEYEARECAAYFAk==\n=abcd\n-----END PGP SIGNATURE-----\nand more\n"
)


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        (FLOWED, "This goes \non.\n>> old \n>> ones\n> one\n-- \nAda",
         "This goes on.\n> > old ones\n> one\n-- \nAda"),
        (f"{FLOWED}; DelSp=Yes", "knots \nand", "knotsand"),
        ("X-a: b", OUTLOOK, "No.\n\n> From: Bo\n> Sent: Thursday\n> \n> Is it?"),
        ("X-a: b", f"{OUTLOOK}\n> It is.\nAh.", f"{OUTLOOK}\n> It is.\nAh."),
        ("X-a: b", DRAWN, "No.\n\n> Von: Bo\n> \n> Is it?"),
        ("X-a: b", " > old\n  > > older\nnew", "> old\n> > older\nnew"),
        ("X-a: b", ARCHIVED, "See.\n\nURL: mine"),
        ("X-a: b", SIGNED, "Hash: SHA1\n\nYes.\n\nand more"),
        ("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable",
         "=93a=94", "“a”"),
        ("Content-Type: text/plain; charset=unicode_escape", "a\\x41", "a\\x41"),
    ],
)  # fmt: skip
def test_what_programs_do_to_a_letter(read, headers, body, text):
    (comment,) = comments(read(letter("a", headers, body=body)))
    assert comment.text == text


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_letters_of_an_archive_that_names_no_encoding(read, encoding):
    text = letter("a", sender="Jörg Öl <j@mail.example>", subject="Säge", body="naïve")
    (comment,) = comments(read(text.encode(encoding)))
    assert (comment.text, comment.author, comment.title) == ("naïve", "Jörg Öl", "Säge")
    assert comment.author_id == "j@mail.example"


@pytest.mark.parametrize(
    "sender",
    [
        "ada at mail.example (Ada Öl)",
        "ada@mail.example (Ada =?utf-8?q?=C3=96l?=)",
        "Ada Öl <ada@mail.example>",
    ],
)
def test_senders_as_archives_write_them(read, sender):
    (comment,) = comments(read(letter("a", sender=sender)))
    assert (comment.author, comment.author_id) == ("Ada Öl", "ada@mail.example")


def test_a_name_in_an_encoding_that_is_none(read):
    (comment,) = comments(read(letter("a", sender="ada@mail.example (=?utf-\xff?q?Ada?=)").encode("latin-1")))
    assert (comment.author_id, "Ada" in comment.author) == ("ada@mail.example", True)


def test_ids_without_brackets_and_with_odd_letters(read):
    text = letter("a").replace("<a@mail.example>", "< a$%+=/b@[10.0.0.1] >")
    text += letter("b", "In-Reply-To: a$%+=/b@[10.0.0.1]") + letter("c", "In-Reply-To: your letter of today")
    assert [c.parent_native_id for c in comments(read(text))] == [None, "a$%+=/b@[10.0.0.1]", None]


def test_an_archive_of_usenet(read):
    first = letter("a").partition("\n")[2]
    second = letter("b", "References: <a@mail.example>").partition("\n")[2]
    found = comments(read(f"From -5746180457234975\n{first}\nFrom 1234567890123\n{second}"))
    assert [(c.native_id[0], c.parent_native_id) for c in found] == [("a", None), ("b", "a@mail.example")]


def test_the_letters_of_a_digest(read):
    def inside(name, *headers):
        return letter(name, *headers).partition("\n")[2]

    one, two = inside("a"), inside("b", "In-Reply-To: <a@mail.example>")
    body = (
        "--B\nContent-Type: text/plain\n\nToday's topics\n--B\nContent-Type: multipart/digest; boundary=C\n\n"
    )
    body += f"--C\n\n{one}\n--C\n\n{two}\n--C--\n--B--\n"
    found = comments(read(letter("d", "Content-Type: multipart/mixed; boundary=B", body=body) + letter("e")))
    assert [(c.position, c.native_id[0], c.parent_native_id) for c in found] == [
        (0, "a", None), (1, "b", "a@mail.example"), (2, "e", None),
    ]  # fmt: skip


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


def test_a_sender_that_goes_on_in_blanks_costs_no_time(read):
    found = comments(read(letter("a") + letter("b", sender="a@b" + " " * 50_000 + "x")))
    assert [each.text for each in found] == ["hi", "hi"]
