"""The report, over a made-up run in which everything happens that can happen to a comment."""

# ruff: noqa: E501 - the made-up comments and their evidence are tables, a row a line

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import reports.charts
from reports import origins, sections, trees, words
from reports.page import write
from threads.errors import CaseError
from threads.rebuild import integrity
from threads.schema import COMMENTS, EVIDENCE, PAGES, SCORES, conform, empty
from threads.scored import Scored
from threads.triaging import Policy, triage

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> \" ' </style></title>--> \u202egnp.exe\u202c {{7*7}} "
    "<a href='javascript:alert(3)'>x</a> <iframe src=//evil.example></iframe>\x00"
)
LONG = "The council met for a long time and nothing came of it. " * 120

# (id, thread, parent, author, text, link, parent_confidence, parent_reason); invented people, invented texts.
ROWS: list[tuple[Any, ...]] = [
    ("a", "bridge", None, "Maria Keller", "The bridge will cost twice what they said.", "root", 0.6, "nothing speaks for a reply"),
    ("b", "bridge", "a", None, "Of course: the Jews own the builders, and they only ever think of money.", "inferred", 0.72, "addresses Maria by name"),
    ("c", "bridge", "b", "Tom", "“The Jews own the builders” is an old lie, and you know it.", "reply", 1.0, None),
    ("d", "bridge", "b", None, "I said what I said.", "inferred", 0.41, "two people alternate"),
    ("e", "bridge", None, "Änne <b>Öl</b>", HOSTILE, "root", 1.0, None),
    ("f", "bridge", "zz", "Lost Reply", "You are an idiot, all of you.", "missing", 0.0, None),
    ("g", "bridge", None, "שרה כהן", "זה פשוט לא נכון, והגשר בטוח.", "root", 1.0, None),
    ("h", "bridge", "g", "عمر", "الجسر قديم 🌉 and the pictures lie.", "reply", 1.0, None),
    ("i", "bridge", None, "Pat", "", "root", 1.0, None),
    ("j", "water", None, "Pat", "A hidden circle runs the water board and the papers cover it up. 😀 Wake up!", "root", 1.0, None),
    ("l", "water", "j", "Kim", "Calling the settlements apartheid is a judgement one can argue about.", "reply", 1.0, None),
    ("k", "water", None, "Copy Cat", "A hidden circle runs the water board and the papers cover it up. 😀 Wake up!!", "root", 1.0, None),
    ("m", "water", "m", "Loop", LONG, "cycle", 0.0, None),
    *[(f"n{n}", "water", None, f"Reader {n}", f"Number {n} says the water tastes of {n} pipes.", "root", 1.0, None) for n in range(12)],
]  # fmt: skip

# (id, detector, category, words, weight, stance, kind, reason)
FOUND: list[tuple[Any, ...]] = [
    ("b", "antisemitism", "A3", "the Jews own the builders", 0.7, "endorse", "rule", "says that Jews own an industry"),
    ("b", "antisemitism", "A4", "the Jews own the builders, and they only ever think of money", 0.6, "endorse", "rule", "ties money to a people"),
    ("b", "toxicity", "", "Of course", 0.2, "", "exact", "said in scorn"),
    ("b", "sentiment", "", "only", 0.1, "", "rule", "a negative word"),
    ("c", "antisemitism", "A3", "The Jews own the builders", 0.7, "condemn", "rule", "says that Jews own an industry"),
    ("c", "antisemitism", "A3", "is an old lie", -0.7, "condemn", "rule", "calls it a lie"),
    ("e", "toxicity", "", "<script>alert(1)</script>", 0.9, "", "approximate", "\"><script>alert(4)</script>"),
    ("f", "toxicity", "", "idiot", 0.9, None, "exact", "an insult at the reader"),
    ("j", "conspiracy", "N1", "hidden circle", 0.4, "endorse", "rule", "an unnamed group that plots"),
    ("j", "conspiracy", "N2", "runs the water board", 0.4, "endorse", "rule", "secret control"),
    ("j", "conspiracy", "N4", "cover it up", 0.2, "insinuate", "rule", "the press as accomplice"),
    ("k", "conspiracy", "N1", "hidden circle", 0.4, "endorse", "rule", "an unnamed group that plots"),
    ("l", "antisemitism", "A15", "apartheid", 0.5, "unclear", "rule", "a frame on which the definitions disagree"),
]  # fmt: skip

SCORED = {"b": (-0.6, 0.4, 0.9, 0.2), "c": (-0.3, 0.1, 0.1, 0.0), "e": (0.0, 0.9, 0.0, 0.0), "f": (-0.7, 0.95, 0.0, 0.0),
          "j": (-0.1, 0.1, 0.0, 0.8), "k": (-0.1, 0.1, 0.0, 0.7), "l": (0.0, 0.0, 0.55, 0.0)}  # fmt: skip


def comments() -> pd.DataFrame:
    names = [
        "comment_id",
        "thread_id",
        "parent_id",
        "author",
        "text",
        "link",
        "parent_confidence",
        "parent_reason",
    ]
    frame = pd.DataFrame(ROWS, columns=names)
    parents = frame.parent_id.where(frame.parent_id.isin(frame.comment_id))
    frame = frame.assign(
        author_id=frame.author.fillna(frame.thread_id + "#nobody"),
        author_confidence=1.0,
        created=pd.to_datetime(["2024-05-01T12:00Z", *[None] * (len(frame) - 1)], utc=True),
        created_text=[None, "3 days ago", *[None] * (len(frame) - 2)],
        title=frame.thread_id.map({"bridge": "A bridge & its <price>", "water": None}),
        platform="page",
        source=frame.thread_id + ".txt",
        position=frame.groupby("thread_id").cumcount(),
        order=frame.groupby("thread_id").cumcount(),
        depth=[{"b": 1, "c": 2, "d": 2, "h": 1, "l": 1}.get(name, 0) for name in frame.comment_id],
        n_replies=frame.comment_id.map(parents.value_counts()).fillna(0),
        n_descendants=frame.comment_id.map(parents.value_counts()).fillna(0),
    )
    return conform(frame, COMMENTS)


def made_up() -> Scored:
    table = comments()
    texts = dict(zip(table.comment_id, table.text, strict=True))
    heads = ("sentiment", "toxicity", "antisemitism", "conspiracy")
    scores = pd.DataFrame([(i, *SCORED.get(i, (0.0,) * 4)) for i in texts], columns=["comment_id", *heads])
    rows = [
        {"comment_id": i, "detector": d, "category": c, "start": texts[i].find(w), "end": texts[i].find(w) + len(w),
         "weight": weight, "rule": "r", "kind": kind, "stance": stance, "reason": reason}
        for i, d, c, w, weight, stance, kind, reason in FOUND
    ]  # fmt: skip
    pages = [
        {"thread_id": "bridge", "source": "bridge.txt", "platform": "page", "title": "A bridge & its <price>",
         "article": "The <b>council</b> met.", "n_comments": 9, "confidence": 0.9},
        {"thread_id": "water", "source": "water.txt", "platform": "page", "n_comments": 16},
        {"thread_id": "none", "source": "none.txt", "platform": "page", "title": "Popular posts", "n_comments": 0,
         "note": "This page has no comments: it ends with “Be the first to comment”.", "confidence": 0.95},
    ]  # fmt: skip
    rejects = [
        {"source": "dump.jsonl", "line": 7, "reason": "The line is cut short.", "excerpt": '{"text": <img'}
    ]
    run = {
        "version": "9.9", "created": "2024-05-02T10:00:00+00:00",
        "inputs": [{"source": "bridge.txt", "platform": "page", "bytes": 1200, "sha256": "ab" * 32, "n_comments": 9, "n_rejects": 0}],
        "detectors": {"toxicity": {"kind": "linear", "version": "2", "hash": "f" * 64}},
        "integrity": integrity(table), "seconds": {"score": 0.1},
    }  # fmt: skip
    return Scored(
        table,
        conform(scores, SCORES),
        conform(pd.DataFrame(rows), EVIDENCE),
        conform(pd.DataFrame(pages), PAGES),
        pd.DataFrame(rejects),
        run,
    )


class Elements(HTMLParser):
    """Every start tag with its attributes; void elements aside, each must be closed in order."""

    VOID = frozenset({"meta", "input", "br", "hr", "img", "use", "path"})
    INLINE = frozenset({"a", "b", "code", "i", "mark", "q", "span", "strong", "sup"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"<{tag}> gives an attribute twice: {attrs}"
        self.found.append((tag, dict(attrs)))
        self._part(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        if tag not in self.VOID:
            assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    def _part(self, tag: str) -> None:
        if tag not in self.INLINE:
            self.text.append(" ")

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


@pytest.fixture
def without_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes seconds, and what is drawn has tests of its own."""
    monkeypatch.setattr(sections, "charts", lambda scored, policy=None: [])


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sections, "charts", lambda scored, policy=None: [])
        return write(made_up(), tmp_path_factory.mktemp("report") / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def elements(html: str) -> Elements:
    return Elements(html)


def card(html: str, comment_id: str) -> str:
    """The words of one comment's card, blanks collapsed."""
    number = [row[0] for row in ROWS].index(comment_id)
    found = re.search(rf'<article id="q{number}">.*?</article>', html, re.DOTALL)
    assert found, f"{comment_id} has no card"
    return Elements(found[0]).words


def test_is_well_formed(elements: Elements):
    assert elements.open == []
    ids = [attrs["id"] for _, attrs in elements.found if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_every_link_and_label_inside_the_page_leads_somewhere(elements: Elements):
    ids = {attrs["id"] for _, attrs in elements.found if "id" in attrs}
    links = {attrs["href"] for _, attrs in elements.found if "href" in attrs}
    assert {link[1:] for link in links if link and link.startswith("#")} <= ids
    assert {attrs["for"] for tag, attrs in elements.found if tag == "label"} <= ids


def test_nothing_runs_and_nothing_is_loaded(elements: Elements, html: str):
    assert not {"script", "img", "iframe", "link", "object", "embed", "form", "base"} & {
        t for t, _ in elements.found
    }
    for tag, attrs in elements.found:
        assert not [name for name in attrs if name.startswith("on") or name == "src"], tag
        assert not (attrs.get("href") or "").lower().startswith(("javascript:", "http", "//", "data:"))
    style = html[html.index("<style>") : html.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    policy = dict(elements.found)["meta"] and [a for t, a in elements.found if a.get("http-equiv")]
    assert policy[0]["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_hostile_text_is_shown_as_it_was_written(elements: Elements):
    assert "<script>alert(1)</script>" in elements.words
    assert "<img src=x onerror=alert(2)> \" ' </style></title>-->" in elements.words
    assert "⟨RLO⟩gnp.exe⟨PDF⟩ {{7*7}}" in elements.words
    assert "⟨U+0000⟩" in elements.words
    assert "Änne <b>Öl</b>" in elements.words


def test_says_first_what_was_read_and_what_was_not(elements: Elements):
    assert "25 comments were read from 2 pages or threads" in elements.words
    assert "1 page has no comments" in elements.words
    assert "1 record could not be read" in elements.words
    assert "This page has no comments: it ends with “Be the first to comment”." in elements.words
    assert "assists and never decides" in elements.words
    assert "nothing about what kind of person an author is" in elements.words
    assert "Toxicity: kind linear, version 2" in elements.words


def test_counts_findings_mentions_and_counter_speech(html: str):
    table = re.search(r"<h2>What was found</h2>.*?</table>", html, re.DOTALL)
    assert table
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table[0], re.DOTALL)
    counts = {name: re.findall(r">([\d–]+)<", cells) for name, cells in rows}
    assert counts == {
        "Antisemitism": ["2", "0", "1"],
        "Conspiracy": ["2", "0", "0"],
        "Toxicity": ["2", "–", "–"],
    }


def test_a_card_says_what_where_and_why(html: str):
    words = card(html, "b")
    assert "Probably answers Maria Keller (72 %: addresses Maria by name): Maria Keller" in words
    assert "The bridge will cost twice what they said." in words
    assert "unnamed person 1 (name not in the scrape; several comments by one writer)" in words
    assert "“3 days ago” on the page" in words
    assert "comment 2 of 9" in words
    assert "A3 Hidden power or control Says that Jews, or a stand-in for them" in words
    assert "The writer says it as true, urges it or insults with it" in words
    assert "Antisemitism 0.90" in words
    assert "Sentiment −0.60" in words


def test_a_card_names_the_gravest_kind_of_finding_first(html: str):
    words = card(html, "b")
    assert words.index("A3 Hidden power") < words.index("A4 Money and greed")


def test_overlapping_marks_carry_both_labels(html: str):
    number = [row[0] for row in ROWS].index("b")
    found = re.search(rf'<article id="q{number}">.*?</article>', html, re.DOTALL)
    assert found
    marks = re.findall(r"<mark[^>]*>(.*?)</mark>", found[0])
    assert marks[1:] == [
        "the Jews own the builders<sup>A3</sup>",
        ", and they only ever think of money<sup>A4</sup>",
    ]


def test_what_stays_below_the_threshold_is_shown_as_such(html: str):
    words = card(html, "b")
    assert "Toxicity score (toxicity stays below the threshold) Words Of course" in words
    assert "Hidden power or control Says" in words


def test_a_contested_finding_shows_both_readings(html: str):
    words = card(html, "l")
    assert "contested" in words
    assert "IHRA working definition It depends on the context." in words
    assert "Jerusalem Declaration Does not count it, in itself." in words


def test_counter_speech_is_no_finding(without_charts: None, tmp_path: Path):
    scored = made_up()
    everything = Policy(audit_share=1.0)
    words = card(write(scored, tmp_path / "r.html", policy=everything).read_text("utf-8"), "c")
    assert "Also there, and not held against it: Hidden power or control" in words
    assert "What speaks against it calls it a lie: is an old lie" in words
    assert "speaks against it (counter-speech)" in words


def test_a_missing_parent_and_a_circle_are_said(html: str, elements: Elements):
    assert "Answers a comment that is not in the data" in card(html, "f")
    assert "its pointers run in a circle" in elements.words


def test_a_rule_speaks_in_its_own_voice(html: str):
    assert "Rule looks for: says that Jews own an industry" in card(html, "b")
    assert "Scorer an insult at the reader" in card(html, "f")


def test_covering_leaves_reasons_and_rules_in_sight(html: str):
    quoted = re.findall(r'<span class="quoted">(.*?)</span>', html)
    assert "‘the Jews own the builders’" in quoted
    assert "‘idiot’" in quoted
    style = html[html.index("<style>") : html.index("</style>")]
    covered = [line for line in style.splitlines() if "#cover:checked ~ main" in line and "blur" in line]
    assert len(covered) == 1
    assert ".text" in covered[0]
    assert "q, .quoted" in covered[0]
    assert "why" not in covered[0]


def test_what_a_further_score_means_is_said_once(without_charts: None, tmp_path: Path):
    scored = made_up()
    contested = (scored.scores.comment_id == "b") * 0.5
    scores = scored.scores.assign(suspicion=0.2, antisemitism_contested=contested)
    html = write(Scored(scored.comments, scores, scored.evidence), tmp_path / "r.html").read_text("utf-8")
    assert html.count("never queued by itself") == 1
    assert html.count("Jerusalem Declaration (JDA), disagree on") == 1
    assert "Further scores Antisemitism: contested 0.50" in card(html, "b")
    assert "Further scores" not in card(html, "f")


def test_near_copies_stand_under_the_comment_that_they_copy(html: str):
    assert "1 near-copy of this comment" in card(html, "j")
    assert "Copy Cat" in card(html, "j")
    with pytest.raises(AssertionError, match="no card"):
        card(html, "k")


def test_the_random_sample_stands_apart(html: str):
    sample = html[html.index('<section id="audit">') : html.index('<section id="threads">')]
    assert sample.count("<article") == 5
    assert "rank" not in sample
    assert '<mark class="antisemitism finding"' not in sample


def test_filters_name_what_is_in_the_queue(html: str):
    labels = re.findall(r'<label for="f-([^"]+)">', html)
    assert labels == ["all", "antisemitism", "conspiracy", "toxicity", *[n for n in labels[4:] if n]]
    assert {"A3", "A4", "A15"} <= set(labels)
    for name in labels[1:]:
        assert f"#f-{name}:checked ~ main .queue > li:not(.f-{name})" in html


def test_authors_stand_beside_their_number_of_comments(html: str):
    table = html[html.index('<section id="authors">') : html.index('<section id="integrity">')]
    rows = re.findall(r"<tr[^>]*><th scope=\"row\"[^>]*>(.*?)</th><td class=\"num\">(\d+)</td>", table)
    assert ('<span class="lost">one unnamed person</span>', "2") in rows
    assert ("Pat", "2") in rows


def test_long_texts_are_cut_between_their_marks(html: str):
    assert "characters left out" in html
    assert len(re.findall("The council met for a long time", html)) < 90


def test_the_queue_is_cut_at_top_and_the_files_beside_it_are_linked(without_charts: None, tmp_path: Path):
    (tmp_path / "queue.csv").write_text("rank\n")
    html = write(made_up(), tmp_path / "report.html", top=2).read_text("utf-8")
    queue = html[html.index('<section id="queue">') : html.index('<section id="audit">')]
    assert queue.count("<article") == 2
    assert "The first 2 items of 5 are here; all are in" in Elements(queue).words.replace(" ;", ";")
    assert '<a href="queue.csv">' in html
    assert "rejects.jsonl" not in html


def test_a_queue_that_is_given_is_the_one_that_is_shown(without_charts: None, tmp_path: Path):
    scored = made_up()
    queue = triage(scored).head(1)
    html = write(scored, tmp_path / "report.html", queue=queue).read_text("utf-8")
    assert html.count("<article") == 1


def test_the_same_run_gives_the_same_bytes(without_charts: None, tmp_path: Path):
    one, two = (write(made_up(), tmp_path / name).read_bytes() for name in ("1.html", "2.html"))
    assert one == two


def test_a_run_without_comments_says_so(without_charts: None, tmp_path: Path):
    nothing = Scored(empty(COMMENTS), conform(empty(SCORES).assign(toxicity=[]), SCORES))
    words = Elements(write(nothing, tmp_path / "report.html").read_text("utf-8")).words
    assert "0 comments were read" in words
    assert "No page had comments." in words


def test_a_large_run_stays_small(without_charts: None, tmp_path: Path):
    scored = many(5000)
    report = write(scored, tmp_path / "report.html")
    assert report.stat().st_size < 3_000_000
    words = Elements(report.read_text("utf-8")).words
    assert "5,000 comments were read" in words
    assert "comments not shown" in words


def many(count: int) -> Scored:
    """So many comments in ten threads, one in ten of them flagged."""
    ids = [f"c{n}" for n in range(count)]
    frame = pd.DataFrame({
        "comment_id": ids,
        "thread_id": [f"t{n % 10}" for n in range(count)],
        "author": [f"Author {n % 700}" for n in range(count)],
        "author_id": [f"Author {n % 700}" for n in range(count)],
        "text": [f"Comment {n} speaks of tower {n * 7919 % count} and of {LONG[: 30 + n % 400]}" for n in range(count)],
        "platform": "table", "source": "many.csv", "position": range(count), "link": "root",
        "parent_confidence": 1.0, "depth": 0, "order": range(count), "n_replies": 0, "n_descendants": 0,
    })  # fmt: skip
    scores = pd.DataFrame(
        {"comment_id": ids, "toxicity": [0.9 if n % 10 == 0 else 0.1 for n in range(count)]}
    )
    evidence = pd.DataFrame({
        "comment_id": ids[::10], "detector": "toxicity", "category": "", "start": 0, "end": 7,
        "weight": 0.5, "rule": "r", "kind": "exact", "stance": "", "reason": "a reason",
    })  # fmt: skip
    return Scored(conform(frame, COMMENTS), conform(scores, SCORES), conform(evidence, EVIDENCE))


def test_the_charts_stand_in_the_page_with_their_numbers(tmp_path: Path):
    elements = Elements(write(made_up(), tmp_path / "report.html").read_text("utf-8"))
    drawn = sum(tag == "svg" for tag, _ in elements.found)
    assert drawn >= 2
    assert drawn == sum(tag == "figure" for tag, _ in elements.found)
    assert "script" not in {tag for tag, _ in elements.found}


def test_periods_without_comments_are_drawn_and_not_listed():
    scored = made_up()
    dates = pd.Series(pd.NaT, index=scored.comments.index, dtype=scored.comments.created.dtype)
    dates.iloc[:2] = pd.to_datetime(["2024-05-01T12:00Z", "2024-05-20T12:00Z"], utc=True)
    scored = Scored(scored.comments.assign(created=dates, created_text=None), scored.scores, scored.evidence)
    assert len(reports.charts.timeline.frame(scored)) == 20
    listed = next(chart for chart in sections.charts(scored) if chart["name"] == "timeline")
    assert (listed["n_rows"], len(listed["rows"])) == (2, 2)


@pytest.mark.parametrize(("most", "expected"), [(300_000, "svg"), (0, "img")])
def test_a_heavy_chart_is_dots_and_a_light_one_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, expected: str
):
    from matplotlib.figure import Figure

    chart = SimpleNamespace(
        name="one", title="One?", question="Said.",
        frame=lambda scored: pd.DataFrame({"of_what": ["<b>"], "share": [0.25]}), draw=lambda frame: Figure(),
    )  # fmt: skip
    monkeypatch.setattr(reports.charts, "CHARTS", (chart,))
    monkeypatch.setattr(sections, "_LINES_MOST", most)
    html = write(made_up(), tmp_path / "report.html").read_text("utf-8")
    section = Elements(html[html.index('<section id="charts">') : html.index('<section id="integrity">')])
    assert [tag for tag, _ in section.found if tag in {"svg", "img"}] == [expected]
    assert all(a["src"].startswith("data:image/png;base64,") for tag, a in section.found if tag == "img")
    assert "One? Said." in section.words
    assert "of what share <b> 0.25" in section.words


def test_threads_beyond_the_room_are_counted(
    without_charts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(trees, "TREE_ROWS", 9)
    words = Elements(write(made_up(), tmp_path / "report.html").read_text("utf-8")).words
    assert "1 more thread with 16 comments is in the files of the case." in words


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(without_charts: None, tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CaseError, match="The report cannot be written"):
        write(made_up(), tmp_path / "file" / "report.html")


def test_a_failed_write_leaves_the_previous_report(
    without_charts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target = tmp_path / "report.html"
    target.write_text("the old one")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CaseError, match="No space left"):
        write(made_up(), target)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert target.read_text() == "the old one"


LINKS = [
    ({"link": "root", "parent_confidence": 1.0, "parent_reason": None}, None, "Starts a conversation"),
    ({"link": "root", "parent_confidence": 0.3, "parent_reason": "nothing speaks for a reply"}, None,
     "Perhaps answers nobody here (30 %: nothing speaks for a reply)"),
    ({"link": "reply", "parent_confidence": 1.0, "parent_reason": None}, "Ann", "Answers Ann"),
    ({"link": "inferred", "parent_confidence": 0.95, "parent_reason": "names Ann"}, "Ann",
     "Very probably answers Ann (95 %: names Ann)"),
    ({"link": "inferred", "parent_confidence": 0.4, "parent_reason": None}, "Ann", "Perhaps answers Ann (40 %)"),
    ({"link": None, "parent_confidence": None, "parent_reason": None}, None, "Starts a conversation"),
]  # fmt: skip


@pytest.mark.parametrize(("comment", "answered", "said"), LINKS)
def test_a_guessed_parent_is_said_in_words(comment: dict[str, Any], answered: str | None, said: str):
    assert words.link(comment, answered) == said


@pytest.mark.parametrize(
    ("depth", "said"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (21, "21st"),
        (113, "113th"),
    ],
)
def test_a_level_of_replies_is_counted_as_people_do(depth: int, said: str):
    assert words.level(depth) == f"{said} level of replies"


REASONS = [
    ("asserts: a thing; 1 reply", ("asserts: a thing", "1 reply"), []),
    ("toxicity 0.90 for ‘you; idiot’, ‘don’t’; 1 reply", ("toxicity 0.90 for ‘you; idiot’, ‘don’t’", "1 reply"),
     ["‘you; idiot’", "‘don’t’"]),
    ("toxicity 0.90 for ‘the boys’ own’", ("toxicity 0.90 for ‘the boys’ own’", ""), ["‘the boys’ own’"]),
    ("‘no truth in it’ denies it", ("‘no truth in it’ denies it", ""), ["‘no truth in it’"]),
    ("toxicity 0.90 for ‘he said ‘no’ to me’", ("toxicity 0.90 for ‘he said ‘no’ to me’", ""),
     ["‘he said ", "‘no’ to me’"]),
]  # fmt: skip


@pytest.mark.parametrize(("reasons", "parted", "quoted"), REASONS)
def test_quoted_words_are_found_and_never_parted(reasons: str, parted: tuple[str, str], quoted: list[str]):
    assert words.headline(reasons) == parted
    assert [piece for piece in words.pieces(reasons) if piece.startswith("‘")] == quoted
    assert "".join(words.pieces(reasons)) == reasons


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"kind": "linear n-grams", "version": "linear-v1", "sha256": "f" * 64},
         "the built-in word model linear-v1 (no Detoxify checkpoint was given)"),
        ({"kind": "transformer", "version": "detoxify:original-small", "base": "albert"}, "Detoxify original-small"),
        ({"name": "mine", "kind": "own", "rules": 3, "hash": "f" * 64}, "kind own, rules 3"),
    ],
)  # fmt: skip
def test_who_scored_is_said_as_a_reader_knows_it(about: dict[str, Any], said: str):
    assert origins.scorer(about) == said


def test_a_kind_of_file_is_named_by_its_title():
    assert origins.read_as("csv") == "CSV, TSV"
    assert origins.read_as("something else") == "something else"


@pytest.mark.parametrize(
    ("share", "said"), [(0.004, "< 1 %"), (0.0, "0 %"), (0.724, "72 %"), (0.999, "> 99 %"), (1.0, "100 %")]
)
def test_a_share_is_never_rounded_to_certainty(share: float, said: str):
    assert words.percent(share) == said
