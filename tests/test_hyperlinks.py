"""Links in a body: what stays of their address, and what a hostile one may not do to a text."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

import threads as th
from threads.hyperlinks import LONGEST, blanked, safe
from threads.markup import element_text, strip_markup


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('see <a href="https://tides.example/moon">this</a>.', "see this (https://tides.example/moon)."),
        ('<a href="https://tides.example/a">one </a>two', "one (https://tides.example/a) two"),
        ('<a href="https://tides.example/">https://tides.example</a>', "https://tides.example/"),
        ('<a href="http://www.tides.example/moon">tides.example/moon</a>', "http://www.tides.example/moon"),
        ('<a href="https://tides.example/moon/full">tides.example/moo…</a>', "https://tides.example/moon/full"),
        ('<a href="https://tides.example/moon/full">https://tides....</a>', "https://tides.example/moon/full"),
        ('<a href="https://tides.example/a%20b%2Fc/d">https://tides.example/a%20b%...</a>',
         "https://tides.example/a%20b%2Fc/d"),
        ('<a href="https://tides.example/a/b.html">https://tides.exa...b.html</a>', "https://tides.example/a/b.html"),
        ('<a href="https://tides.example/moon"><span class="invisible">https://</span>'
         '<span class="ellipsis">tides.example/m</span><span class="invisible">oon</span></a>',
         "https://tides.example/moon"),
        ('<a href="https://t.co/Q1" title="https://tides.example/moon/full">tides.example/moon…</a>',
         "https://tides.example/moon/full"),
        ('<a href="https://t.co/Q1">https://tides.example/moon</a>', "https://tides.example/moon"),
        ('<a href="https://t.co/Q1">tides.example/mo…</a>', "tides.example/mo… (https://t.co/Q1)"),
        ('<a href="https://disq.us/url?url=https%3A%2F%2Ftides.example%2Fmoon%3Ax1&amp;u=2">https://tides.ex...</a>',
         "https://tides.example/moon:x1"),
        ('<a href="https://tides.example/the">the...</a>', "the... (https://tides.example/the)"),
        ('<a href="https://tides.example/p.jpg"><img src="p.jpg"></a>', "https://tides.example/p.jpg"),
        ('<a href="https://tides.example/#12">#12</a>', "#12 (https://tides.example/#12)"),
        ('<blockquote><a href="https://tides.example">so</a> they say</blockquote>No.',
         "> so (https://tides.example) they say\n\nNo."),
        ('<pre><a href="https://tides.example">x</a>\n  y</pre>', "x (https://tides.example)\ny"),
        ('<a href="https://tides.example"><p>One.</p></a><p>Two.</p>', "One.\n\n(https://tides.example)\n\nTwo."),
        ('<a href="https://tides.example">a</a>, <a href="https://tides.example">b</a>',
         "a (https://tides.example), b"),
    ],
)  # fmt: skip
def test_an_address_stands_behind_its_words_or_for_them(markup: str, text: str) -> None:
    assert strip_markup(markup) == text


@pytest.mark.parametrize(
    "link",
    [
        '<a href="javascript:alert(1)">it</a>',
        '<a href="mailto:ada@tides.example">it</a>',
        '<a href="data:text/html,x">it</a>',
        '<a href="#c12">it</a>',
        '<a href="/c/12">it</a>',
        '<a href="//tides.example">it</a>',
        '<a href="https:\\\\tides.example">it</a>',
        '<a name="x">it</a>',
        '<a href="https://sea.example/@ada" class="u-url mention">it</a>',
        '<a href="https://sea.example/tags/it" class="mention hashtag" rel="tag">it</a>',
        '<a href="https://sea.example/12#c3" rel="bookmark">it</a>',
        '<a href="https://sea.example/12#c3" class="comment-reply-link">it</a>',
    ],
)
def test_what_is_no_address_of_the_web_or_marks_something_keeps_its_words(link: str) -> None:
    assert strip_markup(f"Is {link}?") == "Is it?"


@pytest.mark.parametrize("words", ["@ada", "#tides", "u/ada", "/r/tides", "1:02:03", "Reply", "↩", "¶", ""])
def test_names_topics_times_and_signs_keep_their_words(words: str) -> None:
    assert strip_markup(f'<b>so</b> <a href="https://sea.example/x">{words}</a>') == f"so {words}".strip()


@pytest.mark.parametrize("kind", ["emoji", "avatar"])
def test_a_small_image_is_no_picture(kind: str) -> None:
    said = strip_markup(f'so <a href="https://sea.example/x"><img class="{kind}" alt="🙂"></a>')
    assert said == ("so 🙂" if kind == "emoji" else "so")


@pytest.mark.parametrize(
    ("href", "address"),
    [
        (" \x01https://a.example/x\n", "https://a.example/x"),
        ("https://a.example/\nx\ty", "https://a.example/xy"),
        ("https://a.example/x y", "https://a.example/x%20y"),
        ("https://a.example/) and (so on", "https://a.example/%29%20and%20%28so%20on"),
        ("https://a.example/Sea_(salt)", "https://a.example/Sea_(salt)"),
        ("https://a.example/\u202egpj.exe", "https://a.example/%E2%80%AEgpj.exe"),
        ("https://a.example/\u2028\u200b\u00a0", "https://a.example/%E2%80%A8%E2%80%8B%C2%A0"),
        ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"),
        ("https://a.example/meer-ä-海", "https://a.example/meer-ä-海"),
        ("HTTPS://a.example", "HTTPS://a.example"),
        ("https://", None), ("https:///x", None), ("javascript:https://a.example", None), ("", None),
    ],
)  # fmt: skip
def test_hostile_addresses_become_one_printable_word(href: str, address: str | None) -> None:
    assert safe(href) == address


@given(st.text(max_size=80))
def test_no_address_breaks_a_line_or_its_brackets(tail: str) -> None:
    address = safe(f"https://a.example/{tail}")
    assert address is not None
    assert address.isprintable()
    assert not set(address) & set(' <>"\n')
    assert address.count("(") == address.count(")")


def test_a_long_address_is_cut() -> None:
    said = strip_markup(f'<a href="https://a.example/{"x" * 5_000}">it</a>')
    assert said == f"it (https://a.example/{'x' * (LONGEST - 18)}…)"
    assert len(strip_markup(f'<a href="https://a.example/{" (" * 5_000}">it</a>')) < LONGEST + 10


def test_an_address_that_claims_to_be_another_shows_both() -> None:
    honest, other = "https://bank.example", "https://thief.example"
    assert strip_markup(f'<a href="{other}" title="{honest}">{honest}</a>') == f"{honest} ({other})"
    assert strip_markup(f'<a href="{other}/?u={honest}">{honest}</a>') == f"{honest} ({other}/?u={honest})"


def test_names_and_dates_of_a_page_are_read_without_addresses() -> None:
    element = html.fromstring('<p>by <a href="https://sea.example/ada">Ada</a></p>')
    assert element_text(element) == "by Ada"
    assert element_text(element, links=True) == "by Ada (https://sea.example/ada)"


def test_many_links_inside_each_other_end() -> None:
    deep = '<a href="https://a.example/x"><i>' * 3_000 + "so"
    assert strip_markup(deep).count("so") == 1


def test_an_address_is_blanked_and_every_other_letter_stays_at_its_place():
    text = "See https://example.org/idiot-moron, (HTTP://a.b) and example.org!"
    blank = blanked(text)
    assert len(blank) == len(text)
    assert "idiot" not in blank
    assert blank.startswith("See [url] ")
    assert blank.endswith(" and example.org!")


def test_what_an_address_spells_is_not_scored():
    said = "Read this: https://example.org/you-are-a-stupid-idiot-and-moron"
    plain = "Read this: https://example.org/12345"
    scores = th.score(pd.DataFrame({"text": [said, plain]})).scores
    assert scores["toxicity"].iloc[0] == pytest.approx(scores["toxicity"].iloc[1], abs=0.02)
