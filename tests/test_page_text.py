"""Small pages, each with one layout trap; the texts and names are invented."""

# ruff: noqa: E501 -- tables of words, patterns and pages read better unbroken

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from threads.comment import Comment, Page
from threads.errors import InputError
from threads.formats import page_text
from threads.infer.pages import headers as page_headers
from threads.infer.pages.dates import find
from threads.infer.pages.reading import read_page

SEEDS = Path(__file__).resolve().parents[1].parent / "shared" / "seeds"

ARTICLE = """The council of Harrowfield has voted to close the old swimming hall

The council of Harrowfield voted on Tuesday evening to close the municipal swimming hall at the end of the season, citing repair costs that the town's engineers put at four million.

The hall was opened in 1971 and is used by three schools and two clubs. A spokeswoman for the council said that the schools would be offered lanes in the neighbouring town.

Opponents of the closure announced that they would collect signatures for a referendum, which under the town's statutes must be held if a tenth of the voters demand it.
"""

BODIES = [
    "I learned to swim in that hall and so did both of my kids. Really sad news.",
    "Four million? You could build a new one for that. Who did the numbers???",
    "My guess is they want the ground for flats, as always.",
    "You can't be serious. Read the report before you write such things.",
    "I have read it, thanks. Page 12 says the roof is fine!",
    "Where do I sign? I'd walk to every house in my street with the list.",
]
NAMES = ["Marta Quill", "oldtimer77", "Jens P.", "Marta Quill", "oldtimer77", "Ruth Abara"]


def texts(page: str) -> list[str]:
    return [comment.text for comment in read_page(page).comments]


def authors(page: str) -> list[str | None]:
    return [comment.author for comment in read_page(page).comments]


def page(records: list[str], *, heading: str = "6 Comments", between: str = "\n\n") -> str:
    return (
        ARTICLE
        + "\n"
        + heading
        + "\n\n"
        + between.join(records)
        + "\n\nLeave a Reply\n\nYour email address will not be published.\n"
    )


def each(form: str) -> list[str]:
    return [
        form.format(name=name, body=body, n=n, k=n + 2)
        for n, (name, body) in enumerate(zip(NAMES, BODIES, strict=True), 1)
    ]


LAYOUTS = {
    "name alone": "{name}\n\n{body}",
    "says": "{name} says:\n\nMarch {n}, 2019 at 4:0{n} pm\n\n{body}\n\nReply",
    "date beside the name": "{name} • {k} days ago\n\n{body}\n\nReply • Share ›",
    "by name on date": "by {name} on March {n}, 2019\n\n{body}",
    "points": "[–]{name} 1{n} points {k} hours ago\n\n{body}\n\npermalink\nreport\nreply",
    "name twice": "{name}\n\n{name}\n\n{k} days ago\n\n{body}\n\nLike\nReply",
    "name and date in tight lines": "{name}\n1{n}. Mai 2020 um 12:3{n}\n{body}\nAntworten",
    "numbered": "{n}. {name} says:\n\n{body}",
    "name and a trailing stop": "{name} .\n\n{body}",
}


@pytest.mark.parametrize("form", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layouts_of_the_record(form):
    dump = page(each(form))
    assert texts(dump) == BODIES
    assert authors(dump) == NAMES


def test_names_below_their_comments():
    dump = page(each("{body}\n\n{name} · April {n}, 2019"))
    assert texts(dump) == BODIES
    assert authors(dump) == NAMES


def test_one_line_a_text_node():
    dump = page(each("{name}\nsays:\nMarch {n}, 2019 at 4:0{n} pm\n{body}\nReply"), between="\n")
    assert texts(dump) == BODIES
    assert authors(dump) == NAMES


@pytest.mark.parametrize("mark", ["> ", "| ", "    "])
def test_replies_that_are_set_in(mark):
    depths = [0, 1, 0, 1, 2, 0]
    records = [
        "\n".join(mark * depth + line if line else "" for line in record.split("\n"))
        for record, depth in zip(each("{name} says:\n\n{body}"), depths, strict=True)
    ]
    comments = read_page(page(records)).comments
    assert [comment.text for comment in comments] == BODIES
    assert [comment.indent for comment in comments] == depths


def test_whom_a_comment_answers_by_its_header():
    records = each("{name} • {k} days ago\n\n{body}\n\nReply")
    records[4] = records[4].replace("oldtimer77", "oldtimer77 > Marta Quill", 1)
    comments = read_page(page(records)).comments
    assert (comments[4].author, comments[4].reply_to) == ("oldtimer77", "Marta Quill")
    assert comments[3].reply_to is None


def test_lost_names_leave_an_empty_line():
    shown = [NAMES[0], "", NAMES[2], "", NAMES[4], NAMES[5]]
    dump = (
        ARTICLE
        + "\n"
        + "".join(
            (name + "\n\n" if name else "\n") + body + "\n\n"
            for name, body in zip(shown, BODIES, strict=True)
        )
    )
    assert texts(dump) == BODIES
    assert authors(dump) == [name or None for name in shown]


def test_absolute_dates_become_times_and_relative_ones_stay():
    absolute = read_page(page(each(LAYOUTS["says"]))).comments[0]
    assert (absolute.created, absolute.created_text) == (datetime(2019, 3, 1, 16, 1, tzinfo=UTC), None)
    relative = read_page(page(each(LAYOUTS["date beside the name"]))).comments[0]
    assert (relative.created, relative.created_text) == (None, "3 days ago")


def test_paragraphs_are_parted_by_blank_lines():
    records = each(LAYOUTS["says"])
    records[2] = records[2].replace(BODIES[2], BODIES[2] + "\n\nAnd another thing: I pay taxes here too.")
    assert texts(page(records))[2] == BODIES[2] + "\n\nAnd another thing: I pay taxes here too."


TRAPS = {
    "an article only": ARTICLE,
    "none yet": ARTICLE + "\nBe the first to comment\n\nLeave a Reply\n\nYour email address will not be published.\n",
    "other articles under a heading of comments": ARTICLE + """
Comments

Popular posts from this blog

Why the ferry to Lunnholm is late again

The ferry company has blamed the weather for the third week of delays. The harbour master disagrees and points to the engines, which were last serviced in the spring of last year.

A bakery that opens at midnight

Click to enlarge. When the other shops close, the light goes on in the bakery of the Sorensen family. The queue begins an hour before the first loaves are out of the oven.
""",
    "related articles with names and dates": ARTICLE + """
Related Posts

Why the ferry to Lunnholm is late again

By Clara Voss - March 3, 2021

The ferry company has blamed the weather for the third week of delays.

Read more

A bakery that opens at midnight

By Ole Hansen - March 2, 2021

When the other shops close, the light goes on in the bakery of the Sorensen family.

Read more
""",
}  # fmt: skip


@pytest.mark.parametrize("dump", TRAPS.values(), ids=TRAPS.keys())
def test_pages_without_comments(dump):
    reading = read_page(dump)
    assert reading.comments == ()
    assert reading.note
    assert reading.note.endswith(".")
    assert "council of Harrowfield voted on Tuesday" in reading.article
    assert reading.title == "The council of Harrowfield has voted to close the old swimming hall"


def test_the_article_is_no_comment():
    reading = read_page(page(each(LAYOUTS["says"])))
    assert reading.title == "The council of Harrowfield has voted to close the old swimming hall"
    assert reading.article.startswith("The council of Harrowfield voted")
    assert reading.article.endswith("demand it.")


@pytest.mark.parametrize(
    "dump", ["", "\n \n", "x", "\x00\x01", "Reply\nReply\nReply", "\u202eאבג\n\nشكرا جزيلا", "•\n•\n1."]
)
def test_any_text_gives_a_reading(dump):
    assert read_page(dump).comments == ()


def test_one_enormous_line_is_read():
    reading = read_page(ARTICLE + "\n" + "word and word. " * 400_000)
    assert reading.comments == ()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Marta Quill .", "Marta Quill"),
        ("Marta Quill says:", "Marta Quill"),
        ("by oldtimer77 on March 3, 2019", "oldtimer77"),
        ("[–]old_timer 12 points 3 hours ago", "old_timer"),
        ("Jens • 3 days ago", "Jens"),
        ("Jens > Marta Quill • 3 days ago", "Jens"),
        ("Ben 19. Juni 2018 um 15:28 Uhr - Antworten", "Ben"),
        ("Ruth Abara schreibt:", "Ruth Abara"),
        ("März 3, 2019", None),
    ],
)
def test_the_name_in_a_header(line, name):
    assert page_headers.author(line, find(line)) == name


def test_a_file_yields_its_page_and_then_its_comments(tmp_path):
    path = tmp_path / "harrowfield.txt"
    path.write_bytes(b"\xef\xbb\xbf" + page(each(LAYOUTS["says"])).replace("\n", "\r\n").encode())
    first, *rest = list(page_text.read(path))
    assert isinstance(first, Page)
    assert [comment.text for comment in rest if isinstance(comment, Comment)] == BODIES
    assert {record.thread_id for record in rest} == {first.thread_id}


def test_windows_1252_and_nul_bytes(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes(
        "Größe zählt\n\nDas “alte” Café bleibt geschlossen, sagte der Wirt am Montag der Zeitung.".encode(
            "cp1252"
        )
        + b"\x00"
    )
    (only,) = page_text.read(path)
    assert isinstance(only, Page)
    assert "“alte” Café" in only.article


def test_a_binary_file_is_refused(tmp_path):
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    with pytest.raises(InputError, match=r"picture\.txt is not text"):
        list(page_text.read(path))


@pytest.mark.parametrize(
    ("name", "head", "claimed"),
    [
        ("page.txt", b"Some words\n\nand more words.", True),
        ("page", b"Some words\n\nand more words.", True),
        ("page.md", b"# Title\n\nand more words.", True),
        ("page.csv", b"Some words", False),
        ("data.txt", b'{"id": 1, "text": "x"}\n', False),
        ("data.txt", b"id,author,text\n1,Ann,hello\n", False),
        ("data.txt", b"id\tauthor\ttext\n1\tAnn\thello\n", False),
        ("data.txt", b"<!DOCTYPE html><html><body>x</body></html>", False),
        ("data.txt", bytes(range(256)) * 4, False),
    ],
)
def test_only_plain_text_is_claimed(name, head, claimed):
    assert (page_text.sniff(head, Path(name)) > 0) is claimed


def test_the_seeds():
    if not SEEDS.is_dir():
        pytest.skip("the scraped sample pages are not on this machine")
    found = {path.name[:3]: read_page(path.read_text()) for path in sorted(SEEDS.glob("*.txt"))}
    assert {name: len(reading.comments) for name, reading in found.items()} == {
        "000": 0,
        "001": 0,
        "002": 0,
        "003": 0,
        "004": 23,
    }
    comments = found["004"].comments
    assert sum(bool(comment.text) for comment in comments) == 22
    lines = next(SEEDS.glob("004*")).read_text().split("\n")
    below_the_article = next(i for i, line in enumerate(lines) if not line and not lines[i + 1]) - 1
    assert comments[0].text == lines[below_the_article]
    assert comments[0].text not in found["004"].article
    named = Counter(comment.author for comment in comments)
    assert named.pop(None) == 9
    assert sorted(named.values()) == [1, 2, 5, 6]
    assert not any(name.endswith(".") for name in named if name)
