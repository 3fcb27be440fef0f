"""Pages in the manner of known sites: whom a comment answers, what stands around comments, what is too long."""

# ruff: noqa: E501 -- pages read better unbroken

import pytest

from threads.comment import Reject
from threads.formats import page_text
from threads.infer import page, page_headers
from threads.infer.page import read_page

BODIES = [
    "We moved the hives in spring and lost none of them. I can recommend it!",
    "How far did you move them? I always heard three feet or three miles.",
    "Five miles, at night, with the entrances closed.",
    "Thanks, I'll try that. Do you feed them afterwards?",
    "Only if it rains for a week. Mine found the lime trees at once.",
]
NAMES = ["hive_and_hum", "Ottilie B.", "hive_and_hum", "Ottilie B.", "hive_and_hum"]
AGES = [9, 8, 7, 5, 3]


def texts(dump: str) -> list[str]:
    return [comment.text for comment in read_page(dump).comments]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("@Ottilie B.", "Ottilie B."),
        ("Antwort auf Ottilie B.", "Ottilie B."),
        ("in reply to hive_and_hum", "hive_and_hum"),
        ("En respuesta a Inés Prado", "Inés Prado"),
        ("hive_and_hum → Ottilie B.", "Ottilie B."),
        ("→ Ottilie B.", "Ottilie B."),
        ("@somebody_elses_handle", None),
        ("@Ottilie B. I never said that: read it again!", None),
    ],
)
def test_whom_a_line_says_is_answered(line: str, name: str | None) -> None:
    assert page_headers.answered([line], {"ottilieb."}) == name


@pytest.mark.parametrize("above_the_date", [True, False])
@pytest.mark.parametrize("form", ["@{}", "Antwort auf {}"])
def test_a_line_that_says_whom_a_comment_answers_is_no_comment(form: str, above_the_date: bool) -> None:
    records = []
    for n, (name, body) in enumerate(zip(NAMES, BODIES, strict=True)):
        to = [form.format(NAMES[n - 1])] if n in (1, 3) else []
        date = [f"vor {AGES[n]} Stunden"]
        records.append(
            "\n".join([name, *(to + date if above_the_date else date + to), body, "Antworten", "Melden"])
        )
    comments = read_page("Bienen ziehen um\n\n5 Kommentare\n\n" + "\n\n".join(records)).comments
    assert [comment.text for comment in comments] == BODIES
    assert [comment.author for comment in comments] == NAMES
    assert [comment.reply_to for comment in comments] == [None, NAMES[0], None, NAMES[2], None]


def test_what_a_site_prints_above_and_below_is_no_comment() -> None:
    records = [
        f"[–]{name} {n + 4} points {age} hours ago\n{body}\npermalink\nsave\nreport\nreply"
        for n, (name, body, age) in enumerate(zip(NAMES, BODIES, AGES, strict=True))
    ]
    dump = (
        "Moving hives without losing the bees (valleyherald.example)\nsubmitted 10 hours ago by hive_and_hum\n"
        "5 comments\nshare\nsave\nhide\nreport\nsorted by: best\n\n" + "\n\n".join(records)
        + "\n\nabout\nblog\ncareers\nhelp\nUse of this site constitutes acceptance of our rules.\n"
    )  # fmt: skip
    assert texts(dump) == BODIES
    assert read_page(dump).title == "Moving hives without losing the bees (valleyherald.example)"


def scrape(dates: dict[int, str], count: int = 15) -> str:
    parts = [
        "Moving hives",
        "The beekeepers of the valley moved four hundred hives this spring, the club said on Monday.",
    ]
    for n in range(count):
        parts += [
            NAMES[n % 5] + " .",
            *([dates[n]] if n in dates else []),
            f"{BODIES[n % 5]} That was number {n}.",
        ]
    return "\n\n".join(parts)


def test_the_only_date_of_a_long_page_was_pasted_with_its_comment() -> None:
    comment = read_page(scrape({7: "14 days ago"})).comments[7]
    assert comment.text.startswith("14 days ago\n\n")
    assert (comment.created_text, comment.author) == (None, NAMES[2])


def test_dates_that_recur_are_of_the_header() -> None:
    comments = read_page(scrape({3: "15 days ago", 7: "14 days ago", 9: "2 days ago"})).comments
    assert [comments[n].created_text for n in (3, 7, 9)] == ["15 days ago", "14 days ago", "2 days ago"]
    assert comments[7].text.startswith(BODIES[2])


def test_names_and_texts_without_spaces() -> None:
    names, bodies = (
        ["林小月", "tea_house", "林小月", "山中客"],
        ["这篇文章写得真好，谢谢分享！", "搬家的时候蜜蜂会飞走吗？", "晚上搬就不会。", "学习了"],
    )
    dump = "搬蜂箱的经验\n\n" + "\n\n".join(
        f"{n}\n\n{b}\n\nReply" for n, b in zip(names, bodies, strict=True)
    )
    comments = read_page(dump).comments
    assert [(comment.author, comment.text) for comment in comments] == list(zip(names, bodies, strict=True))


def test_teasers_of_other_articles_are_no_comments() -> None:
    teasers = [f"Verkehr\n\n{body}\n\nWeiterlesen" for body in BODIES]
    assert texts("Bienen ziehen um\n\n" + "\n\n".join(teasers)) == []


def test_the_title_is_the_line_that_speaks_of_the_article() -> None:
    article = "The mill at Dunmore will stay shut this summer, the owner said on Friday. The wheel needs new timber."
    dump = f"The Mill at Dunmore Stays Shut\n\nRead by our own people\n\n{article}\n"
    assert read_page(dump).title == "The Mill at Dunmore Stays Shut"


def test_a_text_too_long_for_a_page_is_read_in_part_and_says_so(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(page, "LONGEST", 40)
    path = tmp_path / "long.txt"
    path.write_text(scrape({}, 60), "utf-8")
    *_, last = page_text.read(path)
    assert isinstance(last, Reject)
    assert last.line == 81  # 40 lines, a blank one after each


def test_a_long_text_is_labelled_in_blocks(monkeypatch) -> None:
    monkeypatch.setattr(page, "_BLOCK", 50)
    assert len(texts(scrape({}, 60))) >= 55
