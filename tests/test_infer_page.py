"""Pages in the manner of known sites: whom a comment answers, what stands around comments, what is too long."""

# ruff: noqa: E501 -- pages read better unbroken

import pytest

from threads.comment import Reject
from threads.formats import page_text
from threads.infer.pages import headers as page_headers
from threads.infer.pages import reading as page
from threads.infer.pages.reading import read_page

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


FORMS = {
    "the name below its comment, and a date": "{body}\n\n{name} · April {n}, 2019",
    "posted by, below": "{body}\n\nPosted by: {name} | April {n}, 2019 at 10:0{n} AM",
    "comment by, below": "{body}\n\nComment by {name} — March {n}, 2012 @ 8:4{n} am",
    "the name alone below": "{body}\n\n{name}",
    "numbered": "{n}. {name} says:\n\n{body}",
    "a number sign on its line": "#{n}\n\n{name}\n\n{k} days ago\n\n{body}",
    "a number sign and a date": "#{n} {name} {n}. Mai 2015, 10:1{n}\n\n{body}\n\nAntworten",
    "a number and a bar": "{n} | {name} | March {n}, 2012 8:4{n} am\n\n{body}",
    "a number on its line": "{n}\n\n{name}\n\nMarch {n}, 2012\n\n{body}",
    "a stop after the name": "{name} .\n\n{body}",
    "by on": "By {name} on March {n}, 2019 at 4:0{n} pm\n\n{body}\n\nReply",
    "folded": "[–]{name} 1{n} points {k} hours ago\n\n{body}\n\npermalink\nembed\nsave\nreport\nreply",
    "buttons in a row": "[–]{name} 1{n} points {k} hours ago\n\n{body}\n\npermalink embed save report give award reply",
    "folded, to vote on": "{name} {k} hours ago | parent | next [–]\n\n{body}\n\nreply",
    "initials": "{i}\n\n{name}\n\n{k} days ago\n\n{body}\n\nLike\nReply",
    "the name of a picture": "Avatar of {name}\n\n{name}\n\n{k} days ago\n\n{body}\n\nReply",
    "a guest": "Guest\n{name}\n{k} days ago\n\n{body}\n\nReply",
    "a fan": "{fan}{name}\n{body}\nLike\nReply\n{k}w\n",
    "a badge below": "{name}\n{badge}{k} days ago\n{body}\nReply\n",
    "a badge beside": "{name}{beside}\n\n{k} days ago\n\n{body}\n\nReply",
    "a moderator beside a date": "{name}{mod} • {k} days ago\n\n{body}\n\nReply • Share",
    "the name twice": "{name}\n\n{name}\n\n{k} days ago\n\n{body}\n\nLike\nReply",
    "sagt": "{name} sagt:\n\n{n}. März 2019 um 14:0{n} Uhr\n\n{body}\n\nAntworten",
    "schrieb am": "{name} schrieb am {n}. März 2019 um 14:0{n} Uhr:\n\n{body}\n\nAntworten",
    "on a date somebody wrote": "On March {n}, 2012 at 8:4{n} am, {name} wrote:\n\n{body}",
    "like a letter": "From: {name}\nDate: March {n}, 2004\n\n{body}",
    "the date above the name": "March {n}, 2012 at 8:4{n} am\n\n{name}\n\n{body}\n\nReply",
}  # fmt: skip
TALK = [
    *BODIES,
    "The lime trees here are over by June. What then?",
    "Heather, if you drive up to the moor.",
    "So drive.",
]
TALKERS = [
    "Marta Quill",
    "oldtimer77",
    "Jens P.",
    "Marta Quill",
    "oldtimer77",
    "Ruth Abara",
    "K. Lund",
    "Jens P.",
]
NEWS = (
    "Four hundred hives leave the valley\n\nThe beekeepers of the valley moved four hundred hives this spring, the "
    "club said on Monday. Its chairman called the operation the largest since the flood.\n\n8 Comments\n\n"
)


def printed(form: str) -> str:
    """A page whose comments are printed in the form; every third author has a badge."""
    records = [
        form.format(name=name, body=body, n=n, k=n + 1, i="".join(word[0] for word in name.split()[:2]).upper(),
                    fan="Top fan\n" * (n % 3 == 1), badge="Author\n" * (n % 3 == 1), beside=" (Author)" * (n % 3 == 1), mod=" Mod" * (n % 3 == 1))
        for n, (name, body) in enumerate(zip(TALKERS, TALK, strict=True), 1)
    ]  # fmt: skip
    between = "\n" if records[0].endswith("\n") else "\n\n"
    return NEWS + between.join(records) + "\n\nLeave a Reply\n\nYour email address will not be published.\n"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_forms_of_the_record(form: str) -> None:
    comments = read_page(printed(form)).comments
    assert [comment.text for comment in comments] == TALK
    assert [comment.author for comment in comments] == TALKERS
    dated = "ago" in form or "20" in form or "{k}" in form
    assert [bool(comment.created or comment.created_text) for comment in comments] == [dated] * len(TALK)


@pytest.mark.parametrize("sign", [">", "→", "↪", "➜"])
def test_the_one_answered_beside_the_name(sign: str) -> None:
    form = "{name}{to}\n\n{k} days ago\n\n{body}\n\nReply"
    answered = [None, 0, None, 2, 3, None, None, 6]
    told = [f" {sign} {TALKERS[at]}" if at is not None else "" for at in answered]
    records = [
        form.format(name=name, body=body, to=to, k=n)
        for n, (name, body, to) in enumerate(zip(TALKERS, TALK, told, strict=True), 2)
    ]
    comments = read_page(NEWS + "\n\n".join(records)).comments
    assert [comment.author for comment in comments] == TALKERS
    assert [comment.reply_to for comment in comments] == [
        TALKERS[at] if at is not None else None for at in answered
    ]


def test_a_quotation_of_a_forum_says_who_is_answered() -> None:
    form = "{name}\n03-1{n}-2009, 10:2{n} AM\n{quote}{body}\n"
    records = [
        form.format(name=name, body=body, n=n, quote="" if n != 4 else f"Quote:\nOriginally Posted by {TALKERS[1]}\n{TALK[1]}\n")
        for n, (name, body) in enumerate(zip(TALKERS, TALK, strict=True), 1)
    ]  # fmt: skip
    comments = read_page(NEWS + "\n".join(records)).comments
    assert [comment.text for comment in comments if comment.position != 3] == TALK[:3] + TALK[4:]
    assert comments[3].text.endswith(TALK[3])
    assert [comment.reply_to for comment in comments] == [
        None,
        None,
        None,
        TALKERS[1],
        None,
        None,
        None,
        None,
    ]


def test_a_quotation_within_a_comment_keeps_its_mark() -> None:
    records = [f"{name}\n\n{body}" for name, body in zip(TALKERS, TALK, strict=True)]
    records[2] = f"{TALKERS[2]}\n\n> {TALK[1]}\n\n{TALK[2]}"
    comments = read_page(NEWS + "\n\n".join(records)).comments
    assert comments[2].text == f"> {TALK[1]}\n\n{TALK[2]}"
    assert {comment.indent for comment in comments} == {None}


def test_the_first_comment_whose_name_was_lost() -> None:
    records = [f"{name}\n\n{body}\n\n" for name, body in zip(TALKERS, TALK, strict=True)]
    records[0] = f"\n{TALK[0]}\n\n"
    comments = read_page("The ferry to Lunnholm\n\n" + "".join(records)).comments
    assert [comment.text for comment in comments] == TALK
    assert [comment.author for comment in comments] == [None, *TALKERS[1:]]


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
