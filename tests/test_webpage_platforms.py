"""Saved pages of comment systems, forums and networks: each by its markup, never by its address.

The pages lie in `pages/`, written by hand in the shape that the software gives them.
"""

# ruff: noqa: E501 -- a comment a line reads better unbroken

from __future__ import annotations

from pathlib import Path

import pytest

from threads.comment import Comment
from threads.files import decode
from threads.formats import FORMATS, webpage

PAGES = Path(__file__).parent / "pages"
A, B, C = (each * 32 for each in ("a1", "b2", "c3"))
UUID = "0b9f3c52-1d1e-4a4f-9c57-6f0c2f7b1"

# Of each comment: id, parent, author, time, likes, and its text, or how it went.
EXPECTED = {
    "blogger_script": [
        ("5550001", None, "Ann", "2015-06-06 08:23", None, "It opens.\nAt last."),
        ("5550002", "5550001", "Bo", "2015-06-06 09:23", None, "When?"),
        ("5550003", None, "Cy", "2015-06-06 10:23", None, "Fine."),
    ],
    "commento": [
        (A, None, "Ann", "2020-01-01 10:00", 3, "It opens."),
        (B, A, "Bo", "2020-01-01 11:00", 1, "When?"),
        (C, None, "Anonymous", "2020-01-01 12:00", 0, "deleted"),
    ],
    "coral": [
        (UUID + "b01", None, "Ann", "2024-01-01 10:00", 3, "It opens."),
        (UUID + "b02", UUID + "b01", "Bo", "2024-01-01 11:00", None, "When?"),
        (UUID + "b03", None, "Cy", "2024-01-01 12:00", None, "Fine."),
    ],
    "discourse_app": [
        ("1", None, "ria", "2021-03-02 16:05", 3, "It opens."),
        ("2", "1", "sam", "2021-03-02 17:05", None, "> It opens.\n\nWhen?"),
        ("3", None, "ria", "2021-03-02 18:05", None, "Noon."),
    ],
    "disqus_embed": [
        ("1301", None, "Ann", "2020-03-02 16:05", 3, "It opens."),
        ("1302", "1301", "Bo", "2020-03-02 17:05", 0, "> It opens.\n\nWhen?"),
        ("1303", None, "Cy", "2020-03-02 18:05", 0, "Fine."),
    ],
    "drupal_10": [
        ("31", None, "Lea", "2020-09-13 12:26", None, "At last."),
        ("32", "31", "Max", "2020-09-13 12:28", None, "Who pays?"),
        ("33", None, "Nia", "2020-09-13 12:30", None, "The town."),
    ],
    "drupal_7": [
        ("21", None, "Lea", "2012-03-05 09:12", None, "At last."),
        ("22", "21", "Max", "2012-03-05 10:12", None, "Who pays?"),
        ("23", None, "Nia", "2012-03-06 10:12", None, "The town."),
    ],
    "facebook": [
        ("501", None, "Ann Field", "2d", None, "It opens."),
        ("502", "501", "Bo Stone", "1d", None, "When?"),
        ("503", None, "Cy Marsh", "3h", None, "Fine."),
    ],
    "facebook_plugin": [
        ("12", None, "Ann Field", "2017-07-14 04:40", None, "It opens."),
        (None, "12", "Bo Stone", "2017-07-14 05:40", None, "When?"),
        (None, None, "Cy Marsh", "2017-07-14 06:40", None, "Fine."),
    ],
    "giscus": [
        ("601", None, "ann", "2024-01-01 10:00", 3, "It opens."),
        ("602", "601", "bo", "2024-01-01 11:00", None, "When?"),
        ("603", None, "cy", "2024-01-01 12:00", None, "Fine."),
    ],
    "hatom": [
        ("1101", None, "Ann", "2010-01-01 10:00", None, "It opens."),
        ("1102", None, "Bo", "2010-01-01 11:00", None, "> It opens.\n\nWhen?"),
    ],
    "instagram": [
        (None, None, "ann", "2023-01-01 10:00", None, "It opens."),
        (None, None, "bo", "2023-01-01 11:00", None, "When?"),
        (None, None, "cy", "2023-01-01 12:00", None, "Fine."),
    ],
    "isso": [
        ("5", None, "Ann", "2024-01-01 10:00", 3, "It opens."),
        ("6", "5", "Bo", "2024-01-01 11:00", None, "> It opens.\n\nWhen?"),
        ("7", None, None, "2024-01-01 12:00", None, "deleted"),
    ],
    "lemmy": [
        ("801", None, "ann", "2024-01-01 10:00", 3, "It opens."),
        ("802", "801", "bo@far.example", "2024-01-01 11:00", 2, "When?"),
        ("803", None, "cy", "2024-01-01 12:00", 1, "deleted"),
    ],
    "lobsters": [
        ("ab12cd", None, "ann", "2024-01-01 10:00", 3, "It opens."),
        ("ef34gh", "ab12cd", "bo", "2024-01-01 11:00", 2, "When?"),
        ("ij56kl", None, "cy", "2024-01-01 12:00", 1, "Fine."),
    ],
    "mastodon_public": [
        ("899", None, "Gil", "2019-04-20 11:00", None, "What is new?"),
        ("900", "899", "Hana", "2019-04-20 12:00", 5, "The weir opens."),
        ("901", "900", "Ivo", "2019-04-20 12:05", None, "@hana When?"),
    ],
    "openweb": [
        (None, None, "Ann", "2024-01-01 10:00", 3, "It opens."),
        (None, "#0", "Bo", "2024-01-01 11:00", None, "When?"),
        (None, None, "Cy", "2024-01-01 12:00", None, "Fine."),
    ],
    "phpbb_2": [
        ("71", None, "Otto", "2004-01-05 22:00", None, "It opens."),
        ("72", None, "Pia", "2004-01-06 09:15", None, "> It opens.\n\nWhen?"),
    ],
    "phpbb_3": [
        ("81", None, "Otto", "2019-05-05 05:05", None, "It opens."),
        ("82", "81", "Pia", "2019-05-05 06:05", None, "> It opens.\n\nWhen?"),
        ("83", None, "Quy", "2019-05-05 07:05", None, "> > It opens.\n\n> When?\n\nNoon."),
    ],
    "qa_json_ld": [
        ("1502", None, "Bo", "2024-01-01 11:00", None, 'At "noon".'),
        ("1503", "1502", "Ann", "2024-01-01 12:00", None, "Thanks."),
    ],
    "remark42": [
        (UUID + "a01", None, "Ann", "2024-01-01 10:00", 3, "It opens."),
        (UUID + "a02", UUID + "a01", "Bo", "2024-01-01 11:00", 0, "When?"),
        (UUID + "a03", None, "Cy", "2024-01-01 12:00", None, "deleted"),
    ],
    "schema_microdata": [
        ("1201", None, "Ann", "2024-01-01 10:00", 3, "It opens."),
        ("1202", "1201", "Bo", "2024-01-01 11:00", None, "When?"),
        ("1203", "1202", "Cy", "2024-01-01 12:00", None, "Fine."),
    ],
    "stack_exchange": [
        ("900", None, "Ann", "2020-01-01 10:00", 7, "I have a weir. When does it open?"),
        ("9001", "900", "Bo", "2020-01-01 11:00", 2, "Which weir?"),
        ("901", "900", "Cy", "2020-01-01 12:00", 4, "At noon."),
        ("9002", "901", "Ann", "2020-01-01 13:00", None, "Every noon?"),
    ],
    "substack": [
        ("1001", None, "Ann Field", "2022-01-01 10:00", 3, "It opens."),
        ("1002", "1001", "Bo", "2022-01-01 11:00", None, "When?"),
        ("1003", None, "Cy", "2022-01-01 12:00", None, "Fine."),
    ],
    "substack_preloads": [
        ("1401", None, "Ann Field", "2022-01-01 10:00", None, "It opens."),
        ("1402", "1401", "Bo", "2022-01-01 11:00", None, "When?"),
        ("1403", None, "Cy", "2022-01-01 12:00", None, "Fine."),
    ],
    "utterances": [
        ("701", None, "ann", "2020-01-01 10:00", None, "It opens."),
        ("702", None, "bo", "2020-01-01 11:00", None, "> It opens.\n\nWhen?"),
    ],
    "vbulletin_3": [
        ("41", None, "Otto", "2012-06-05 07:08", None, "It opens."),
        ("42", None, "Pia", "2012-06-25 08:08", None, "> It opens.\n\nWhen?"),
    ],
    "vbulletin_4": [
        ("51", None, "Otto", "2012-06-05 07:08", None, "It opens."),
        ("52", "51", "Pia", "2012-06-25 08:08", None, "> It opens.\n\nWhen?"),
    ],
    "vbulletin_5": [
        ("61", None, "Otto", "2014-10-24 09:00", 3, "It opens."),
        ("62", "61", "Pia", "2014-10-24 10:00", None, "> It opens.\n\nWhen?"),
    ],
    "viafoura": [
        (UUID + "c01", None, "Ann", "2024-01-01 10:00", 3, "It opens."),
        (UUID + "c02", UUID + "c01", "Bo", "2024-01-01 11:00", None, "When?"),
        (UUID + "c03", None, "Cy", "2024-01-01 12:00", None, "Fine."),
    ],
    "webmentions": [
        ("1", None, "Ann", "2024-01-01 10:00", None, "It opens."),
        (None, None, "Bo", "2024-01-01 11:00", None, "When?"),
    ],
    "wordpress_blocks": [
        ("11", None, "Ida Lund", "2024-05-01 08:00", None, "At last."),
        ("12", "11", "Jon", "2024-05-01 09:00", None, "Who pays?"),
        ("13", None, "Kim", "2024-05-02 07:00", None, "The town."),
    ],
    "xenforo_1": [
        ("91", None, "Otto", "2013-01-01 10:00", None, "It opens."),
        ("92", "91", "Pia", "2013-01-01 11:00", None, "> It opens.\n\nWhen?"),
    ],
    "xenforo_2": [
        ("101", None, "Otto", "2020-01-01 10:00", None, "It opens."),
        ("102", "101", "Pia", "2020-01-01 11:00", None, "> It opens.\n\nWhen?"),
    ],
    "youtube": [
        ("UgzA1b2C3", None, "@ann", "2 years ago", 1200, "It opens. 🙂"),
        ("UgzA1b2C3.9xY", "UgzA1b2C3", "@bo", "1 year ago", 4, "@ann When?"),
        ("UgzD4e5F6", None, "@cy", "3 months ago", None, "Fine."),
    ],
}  # fmt: skip


def told(comment):
    when = f"{comment.created:%Y-%m-%d %H:%M}" if comment.created else comment.created_text
    own_id = None if "#" in (comment.native_id or "#") else comment.native_id
    return (
        own_id,
        comment.parent_native_id,
        comment.author,
        when,
        comment.likes,
        comment.deleted or comment.text,
    )


def test_every_page_is_expected():
    assert {path.stem for path in PAGES.glob("*.html")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_platform(name):
    path = PAGES / f"{name}.html"
    found = [record for record in webpage.read(path) if isinstance(record, Comment)]
    assert [told(comment) for comment in found] == EXPECTED[name]
    head = decode.read_head(path)
    assert max(FORMATS, key=lambda each: each.sniff(head, path)) is webpage


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("coral", [None, "Ann", None]),
        ("discourse_app", [None, "ria", "sam"]),
        ("facebook", [None, "Ann Field", None]),
        ("phpbb_2", [None, "Otto"]),
        ("phpbb_3", [None, "Otto", "Pia"]),
        ("vbulletin_3", [None, "Otto"]),
        ("xenforo_2", [None, "Otto"]),
    ],
)
def test_the_name_of_the_one_answered_is_kept(name, names):
    found = [record for record in webpage.read(PAGES / f"{name}.html") if isinstance(record, Comment)]
    assert [comment.reply_to for comment in found] == names


NOT_COMMENTS = {
    "most read": "".join(
        f'<div class="css-{n}"><a href="/author/ann">Ann Field</a><time datetime="2024-01-0{n}T10:00:00Z">{n} Jan</time><h3><a href="/a{n}">The weir</a></h3><p>It opens.</p><a href="/a{n}">Read more</a><button>Share</button></div>'
        for n in range(1, 6)
    ),
    "a forum's index": "".join(
        f'<li class="discussionListItem" id="thread-{n}"><h3 class="title"><a href="threads/{n}/">The weir</a></h3><a class="username" href="members/1/">Ann</a><span class="DateTime">Jan {n}, 2024</span><dl><dt>Replies:</dt><dd>7</dd></dl></li>'
        for n in range(1, 6)
    ),
    "search results": "".join(
        f'<div class="g result"><h3><a href="https://x.example/{n}">The weir opens</a></h3><span class="st"><span class="date">{n} Jan 2024</span> — It opens at noon.</span></div>'
        for n in range(1, 6)
    ),
    "products": "".join(
        f'<li class="product" id="product-{n}"><span class="product-name"><a href="/p{n}">A lock</a></span><span class="price">{n} €</span><span class="rating-count">12</span><button>Add to cart</button></li>'
        for n in range(1, 6)
    ),
    "a program that is shown": "".join(
        f'<a href="#{n}">{n}</a><span class="comment">// by ann, 2024-01-0{n}: opens the weir</span>\n' for n in range(1, 9)
    ),
    "a list of changes": "".join(
        f"<p><b>1.{n}.0</b> — <i>Jan {n}, 2024</i><br>The weir opens, and the lock is closed at last.</p>" for n in range(1, 9)
    ),
    "tags": '<div class="tagcloud">' + "".join(f'<a class="tag-cloud-link" href="/tag/{n}">weir</a>' for n in range(30)) + "</div>",
}  # fmt: skip


@pytest.mark.parametrize("body", NOT_COMMENTS.values(), ids=NOT_COMMENTS)
def test_what_only_looks_like_comments(tmp_path, body):
    path = tmp_path / "page.html"
    path.write_text(f"<!DOCTYPE html><title>The weir</title><body><h1>The weir</h1>{body}</body>")
    assert [record for record in webpage.read(path) if isinstance(record, Comment)] == []
