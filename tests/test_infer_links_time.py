"""Who answers whom on pages ordered by time: cues, candidates, whole logs, and the order of a page."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pandas as pd
import pytest

from threads.errors import ModelError
from threads.infer.events import Events
from threads.infer.links.cues_time import TimeCues
from threads.infer.links.decode_time import FAR, WINDOW, candidates_of, decode_by_time
from threads.infer.links.guessing import infer_links
from threads.infer.links.model import load, save
from threads.infer.links.page import order_of
from threads.infer.links.thread import ROOT, Thread, build
from threads.infer.links.time_model import CUES
from threads.infer.names import find_mentions
from threads.infer.names_short import short_names

Line = tuple[str | None, str]
LOG: tuple[Line, ...] = (
    ("mira_k", "hello, does anybody know how to mount a usb stick?"),
    ("oddvar", "my screen stays black after the upgrade to the new kernel"),
    ("tessel", "mira_k: it should come up by itself, look in /media"),
    ("lund", "oddvar: do you see a cursor?"),
    ("mira_k", "tessel: nothing there"),
    ("oddvar", "lund: no, nothing at all"),
    ("tessel", "mira_k: then try sudo mount /dev/sdb1 /mnt"),
    ("lund", "oddvar: boot the old kernel from the menu"),
    ("mira_k", "tessel: thanks, that did it!"),
    ("oddvar", "lund: the old kernel works, thank you"),
)


def log(lines: tuple[Line, ...] = LOG, *, timed: bool = True) -> Thread:
    times = np.arange(len(lines)) * 30.0 if timed else None
    return build([text for _, text in lines], [name for name, _ in lines], times)


def frame(lines: tuple[Line, ...], *, timed: bool) -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "comment_id": [f"log:{at}" for at in range(len(lines))],
            "thread_id": "log",
            "author": [name for name, _ in lines],
            "text": [text for _, text in lines],
            "position": range(len(lines)),
            "platform": "page_text",
        }
    )
    times = pd.date_range("2024-05-01", periods=len(lines), freq="30s", tz="UTC")
    return rows.assign(created=list(times)) if timed else rows


def parents(rows: pd.DataFrame) -> list[int | None]:
    found = infer_links(rows)["parent_id"]
    return [None if pd.isna(parent) else int(parent.split(":")[1]) for parent in found]


def cues_of(thread: Thread, one: int, other: int) -> set[str]:
    row = TimeCues(thread).pairs(np.array([one]), np.array([other]))[0]
    assert len(row) == len(CUES)
    return {name for name, value in zip(CUES, row, strict=True) if value > 0}


@pytest.mark.parametrize(
    ("one", "other", "cue", "fires"),
    [
        (4, 2, "latest that names the author", True),
        (6, 2, "own latest", True),
        (6, 4, "latest that names the author", True),
        (8, 2, "second latest by the one named", True),
        (8, 6, "second latest by the one named", False),
        (8, 6, "each named the other last", True),
        (8, 7, "each named the other last", False),
        (2, 0, "latest question by the one named", True),
        (2, 1, "names another than the candidate", True),
        (2, 0, "names another than the candidate", False),
        (6, 2, "both name the same person", True),
        (6, 3, "both name the same person", False),
        (2, 0, "author named by the candidate soon after", True),
        (3, 0, "author named by the candidate soon after", False),
        (3, 0, "candidate named since", True),
        (2, 0, "candidate named since", False),
        (2, 0, "less than 61 seconds before", True),
        (3, 0, "less than 61 seconds before", False),
        (3, 0, "less than 121 seconds before", True),
        (7, 0, "candidate is its author's first", True),
        (7, 4, "candidate is its author's first", False),
        (2, ROOT, "here", False),
    ],
)
def test_each_cue_shows_where_it_should_and_only_there(one, other, cue, fires):
    assert (cue in cues_of(log(), one, other)) is fires


def test_without_times_no_cue_speaks_of_seconds():
    names = {name for at in range(1, 9) for name in cues_of(log(timed=False), 9, at)}
    assert not [name for name in names if "seconds" in name or "minute" in name]


def test_events_are_counted_between_two_places():
    rng = np.random.default_rng(0)
    who, places = rng.integers(-1, 4, 60), np.arange(60)
    events = Events(who, places, 60)
    for person, start, end in itertools.product(range(-1, 5), range(-1, 60, 7), range(0, 61, 5)):
        inside = [at for at in places.tolist() if who[at] == person >= 0 and start < at < end]
        one, two, three = (np.array([each]) for each in (person, start, end))
        assert events.between(one, two, three)[0] == len(inside)
        before = [at for at in places.tolist() if who[at] == person >= 0 and at < end]
        assert events.last(one, three)[0] == max(before, default=-1)


def test_short_names_count_where_they_stand_at_the_ends():
    lines = (("tau", "so it is"), ("it", "yes"), ("Ann", "tau try again"), ("Bo", "try again, tau"))
    thread = build([text for _, text in lines], [name for name, _ in lines])
    assert sorted(short_names(thread)) == [(2, 0), (3, 0)]
    often = build(["x", "was it you", "so it is", "it rains"], ["it", "Ann", "Bo", "Cleo"])
    assert short_names(often) == []


def test_two_talks_at_once_are_kept_apart():
    rows = frame(LOG, timed=True)
    assert parents(rows) == [None, None, 0, 1, 2, 3, 4, 5, 6, 7]
    out = infer_links(rows)
    assert out["parent_reason"].notna().all()
    assert "tessel" in out["parent_reason"][8]


def test_candidates_reach_back_to_those_named_however_far():
    noise = tuple((f"guest{at}", "quiet here today") for at in range(WINDOW + 20))
    lines = (("mira_k", "does anybody know this tune?"), *noise, ("Ann", "mira_k: I know it"))
    cues = TimeCues(log(lines))
    found = candidates_of(cues, len(lines) - 1)
    assert found[0] == ROOT
    assert found[-1] == 0
    assert len(found) == WINDOW + 2


def test_the_work_for_a_comment_is_bounded_however_long_the_log():
    lines = tuple((f"P{at % 50}", f"P{at * 7 % 50}: you said so? P{at % 41}") for at in range(900))
    asked: list[int] = []

    class Counting(TimeCues):
        def pairs(self, comments, candidates):
            asked.append(len(comments))
            return super().pairs(comments, candidates)

    decode_by_time(Counting(log(lines)), load().by_time)
    assert sum(asked) <= (WINDOW + FAR + 1) * len(lines)


def test_chances_are_shares_and_the_same_each_time():
    one, two = (decode_by_time(TimeCues(log()), load().by_time) for _ in range(2))
    assert all(sum(chance.values()) == pytest.approx(1, abs=1e-4) for chance in one.chances)
    assert one.parents.tolist() == two.parents.tolist()
    assert one.parents[0] == ROOT


@pytest.mark.parametrize(
    "lines", [(), (("Ann", ""),), ((None, ""), (None, "")), (("@", "@ @@ ,,"), ("!", "!"))]
)
def test_empty_and_odd_logs(lines):
    decoded = decode_by_time(TimeCues(log(lines)), load().by_time)
    assert len(decoded.parents) == len(lines)
    assert np.isfinite(decoded.confidence).all()


def test_a_page_by_time_without_times_is_known_by_the_names_called():
    thread = log(LOG * 2, timed=False)
    assert order_of(thread) == "branching"
    assert order_of(thread, find_mentions(thread)) == "by time"
    assert parents(frame(LOG * 2, timed=False))[:10] == [None, None, 0, 1, 2, 3, 4, 5, 6, 7]


def test_a_page_of_branches_is_not_taken_for_one_by_time():
    branches = []
    for at in range(12):
        one, two = f"Walker{at}", f"Rider{at}"
        branches += [
            (one, "The quay is too narrow."),
            (two, f"{one}, why?"),
            (one, f"{two}, have you been there?"),
        ]
    thread = log(tuple(branches), timed=False)
    assert order_of(thread, find_mentions(thread)) == "branching"


def test_weights_for_cues_that_are_no_more_are_told(tmp_path):
    save(load(), tmp_path)
    names = json.loads((tmp_path / "cues.json").read_text())
    (tmp_path / "cues.json").write_text(json.dumps({**names, "by_time": ["gone", *names["by_time"][1:]]}))
    with pytest.raises(ModelError, match="cannot be read"):
        load(tmp_path)


def test_on_a_slow_page_no_cue_speaks_of_seconds():
    lines = [text for _, text in LOG], [name for name, _ in LOG]
    slow = build(*lines, np.arange(len(LOG)) * 36_000.0)
    names = {name for at in range(1, 9) for name in cues_of(slow, 9, at)}
    assert not [name for name in names if "seconds" in name or "minute" in name]
