"""Who answers whom: one small thread for each cue, then whole pages."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from threads.errors import ModelError
from threads.infer.links.cues_pairs import NAMES, Cues
from threads.infer.links.decode import BEAM, DEEPEST, decode_branching
from threads.infer.links.guessing import infer_links, needing
from threads.infer.links.model import load, save
from threads.infer.links.page import order_of
from threads.infer.links.thread import ROOT, build, from_frame
from threads.infer.names import AT, CALLED, NAMED, find_mentions
from threads.rebuild import rebuild

ARTICLE = "The council of Harwick will close the old swimming pool in autumn. The mayor spoke of high costs."


def page(*rows: tuple[str | None, str], **columns: list) -> pd.DataFrame:
    authors, texts = zip(*rows, strict=True) if rows else ((), ())
    frame = pd.DataFrame(
        {
            "comment_id": [f"page:{at}" for at in range(len(rows))],
            "thread_id": ["t"] * len(rows),
            "author": list(authors),
            "text": list(texts),
            "position": list(range(len(rows))),
            "platform": ["page_text"] * len(rows),
        }
    )
    return frame.assign(**columns)


def parents(frame: pd.DataFrame, **options) -> list[int | None]:
    found = infer_links(frame, **options)["parent_id"]
    return [None if pd.isna(parent) else int(parent.split(":")[1]) for parent in found]


def cues_of(frame: pd.DataFrame, one: int, other: int) -> set[str]:
    row = Cues(from_frame(frame, ARTICLE)).pairs(np.array([one]), np.array([other]))[0]
    return {name for name, value in zip(NAMES, row, strict=True) if value > 0}


POOL = (
    "Ann Miller",
    "They should keep the pool open, my children learned to swim there. See https://pool.example",
)
TAX = ("Bob Stone", "Money does not grow on trees. The town is broke and everyone knows it.")


@pytest.mark.parametrize(
    ("third", "cue", "fires"),
    [
        (("Cleo", "@Ann Miller you are so right about this"), "@name", True),
        (("Cleo", "@Dora you are so right about this"), "@name", False),
        (("Cleo", "Ann, you are so right about this"), "called by name", True),
        (("Cleo", "Ann I hope you have read the report"), "called by name", True),
        (("Cleo", "I saw Ann Miller there last week"), "named", True),
        (("Cleo", "an evening there was annoying"), "named", False),
        (("Cleo", "“my children learned to swim there” and so did mine"), "repeats", True),
        (("Cleo", "my own children never learned to swim"), "repeats", False),
        (("Cleo", "Thank you for the link, very useful."), "thanks for the link in it", True),
        (("Cleo", "Thank you for the cake, very good."), "thanks for the link in it", False),
        (("Cleo", "I read your comment twice."), "your post", True),
        (("Cleo", "I read the paper twice."), "your post", False),
        (("Cleo", "Do you swim?"), "you", True),
        (("Cleo", "Do they swim?"), "you", False),
        (("Cleo", "No, that is not how it works"), "opens: disagree", True),
        (("Cleo", "Nobody knows how it works"), "opens: disagree", False),
        (("Cleo", "Exactly."), "opens: agree", True),
        (("Ann Miller", "And the school needs it too."), "same person", True),
        (("Cleo", "And the school needs it too."), "same person", False),
        (("Cleo", "All children learned it, even mine"), "rare words", True),
        (("Cleo", "Quite another matter"), "rare words", False),
    ],
)
def test_each_cue_shows_where_it_should_and_only_there(third, cue, fires):
    assert (cue in cues_of(page(POOL, TAX, third), 2, 0)) is fires


def test_a_question_and_its_answer():
    asks = page(("Ann", "How deep is it?"), ("Bob", "Three metres."), ("Cleo", "How deep is what?"))
    assert "answers a question" in cues_of(asks, 1, 0)
    assert "answers a question" not in cues_of(asks, 2, 0)


def test_taking_turns_shows_from_the_comments_around():
    turns = page(("Ann", "One"), ("Bob", "Two"), ("Ann", "Three"), ("Cleo", "Four"))
    assert "next is by the candidate" in cues_of(turns, 1, 0)
    assert "candidate follows the author" in cues_of(turns, 2, 1)
    assert "candidate follows the author" not in cues_of(turns, 3, 2)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("@Stone no", AT),
        ("Robert, no", None),
        ("Bob, no", CALLED),
        ("Thanks Bob!", CALLED),
        ("I agree with what Bob Stone wrote", NAMED),
        ("Made of stone, as they say", None),
        ("the bobsleigh", None),
    ],
)
def test_names_in_address_and_in_passing(text, how):
    thread = build(["x", text], ["Bob Stone", "Cleo"])
    assert find_mentions(thread).of[1].get(0) == how


def test_short_forms_count_only_in_address():
    thread = build(["x", "Dan, you forgot one", "Dan forgot one"], ["Daniel Ort", "Eve", "Eve"])
    assert [mention.get(0) for mention in find_mentions(thread).of] == [None, CALLED, None]


def test_an_author_is_not_taken_to_address_themselves():
    assert find_mentions(build(["Ann, you said", "I am Ann Miller"], ["Ann", "Ann"])).of == [{}, {}]


def test_indents_of_the_page_decide():
    frame = page(*[(f"P{at}", "Words.") for at in range(5)], indent=[0, 1, 2, 1, 0])
    out = infer_links(frame)
    assert parents(frame) == [None, 0, 1, 0, None]
    assert "sets it in" in out["parent_reason"][1]
    assert (out["parent_confidence"] > 0.7).all()


def test_the_name_that_the_page_gives_decides():
    frame = page(POOL, TAX, ("Cleo", "Quite so."), reply_to=[None, "Ann Miller", "ann miller"])
    assert parents(frame) == [None, 0, 0]
    assert "in reply to ann miller" in infer_links(frame)["parent_reason"][2]


def test_a_conversation_of_two_is_a_chain_and_its_reasons_are_told():
    frame = page(
        ("Ann Miller", "They should keep the pool open. What do you think?"),
        ("Bob Stone", "Ann, I think you forget the costs."),
        ("Ann Miller", "Bob, you have not read the report, have you?"),
        ("Bob Stone", "Yes I have, thank you. Did you?"),
    )
    out = infer_links(frame, {"t": ARTICLE})
    assert parents(frame) == [None, 0, 1, 2]
    assert "calls Bob Stone by name" in out["parent_reason"][2] or "take turns" in out["parent_reason"][2]
    assert out["parent_reason"].notna().all()
    assert (out["parent_reason"].str.count(";") <= 2).all()


def test_where_nothing_speaks_for_a_reply_it_is_a_doubtful_root():
    frame = page(*[(f"Person {at}", f"The pool in Harwick, article word {at}: keep it.") for at in range(6)])
    out = infer_links(frame, {"t": ARTICLE})
    roots = out[out["parent_id"].isna()]
    assert len(roots) >= 4
    assert roots["parent_confidence"].between(0, 1).all()
    assert roots["parent_confidence"][1:].max() < 0.98
    assert roots["parent_reason"].notna().all()


def test_only_the_open_branch_can_be_answered():
    rng = np.random.default_rng(0)
    frame = page(
        *[(f"P{rng.integers(9)}", "You said so, why? " * int(rng.integers(1, 4))) for _ in range(80)]
    )
    branch: list[int] = []
    for at, parent in enumerate(parents(frame)):
        assert parent is None or parent in branch
        branch = [at] if parent is None else [*branch[: branch.index(parent) + 1], at]


def test_the_order_of_a_page_is_told_by_its_times():
    texts, names = ["x"] * 10, ["A"] * 10
    up = np.arange(10.0)
    back = np.array([0, 5, 1, 2, 6, 3, 4, 7, 8, 9.0])
    assert order_of(build(texts, names, up)) == "by time"
    assert order_of(build(texts, names, up[::-1].copy())) == "newest first"
    assert order_of(build(texts, names, back)) == "branching"
    assert order_of(build(texts, names)) == "branching"


def test_newest_first_lists_answer_what_stands_below():
    rows = [(f"Person{at}", "Words of some kind.") for at in range(10)]
    rows[7] = ("Dora", "Does anyone know how to fix my broken printer driver?")
    rows[6] = ("Ann", "Dora: which printer driver is it?")
    created = pd.date_range("2024-05-01", periods=10, freq="h", tz="UTC")[::-1]
    assert parents(page(*rows, created=list(created)))[6] == 7


def test_only_rows_in_need_are_touched():
    frame = page(POOL, TAX, ("Cleo", "Ann, you are right."))
    assert needing(frame).all()
    assert not needing(frame.assign(platform="reddit")).any()
    given = frame.assign(parent_id=[None, "page:0", None], parent_confidence=[np.nan, np.nan, 1.0])
    assert needing(given).tolist() == [True, False, False]
    out = infer_links(given)
    assert out["parent_id"][1] == "page:0"
    assert out["parent_confidence"].isna().tolist() == [False, True, False]


@pytest.mark.parametrize("platform", ["page_text", "csv", "webpage", "reddit"])
def test_a_comment_that_names_its_parent_keeps_it_be_it_here_or_not(platform: str):
    frame = page(POOL, TAX, ("Cleo", "Ann, you are right."), platform=[platform] * 3)
    frame = frame.assign(parent_id=[None, "page:0", "page:99"])
    assert not needing(frame)[2]
    out = infer_links(frame)
    assert out["parent_id"][2] == "page:99"
    assert rebuild(out).set_index("comment_id").link["page:2"] == "missing"


def talk(parents: list[int | None], texts: dict[int, str], **columns: list) -> pd.DataFrame:
    """Ann and Bob in turn, their links given, save that of a comment without one."""
    names = [("Ann", "Bob")[at % 2] for at in range(len(parents))]
    rows = page(*((name, texts.get(at, "Words.")) for at, name in enumerate(names)), **columns)
    return rows.assign(parent_id=[None if at is None else f"page:{at}" for at in parents])


AGREES = "{}, you are right, I agree with you: why did you say so?"


@pytest.mark.parametrize(
    ("given", "orphan"),
    [
        ([1, 2, 3, 4, 5, 6, None, 8, 9, 10, 11, None], 6),  # the newest first: all answers stand above
        ([None, 2, 3, 4, 5, None, 0, 6, 7, 8, 9, 10], 5),  # and among them some that answer what is above
    ],
)
def test_a_guess_closes_no_circle_with_links_that_are_given(given: list[int | None], orphan: int):
    texts = {orphan: AGREES.format("Ann" if orphan % 2 else "Bob")}
    frame = talk(given, texts, platform=["csv"] * len(given))
    needs = [at == orphan for at in range(len(given))]
    built = rebuild(infer_links(frame, needs=needs))
    assert "cycle" not in built.link.tolist()
    links = frame.index[frame.parent_id.notna()]
    kept = built.set_index("comment_id").link[frame.comment_id[links]]
    assert (kept == "reply").all()


def test_many_guesses_among_links_that_are_given_close_no_circle():
    rng = np.random.default_rng(5)
    for _ in range(20):
        count = 60
        age = rng.permutation(count)  # a link leads to what is older, wherever on the page that stands
        older = [np.flatnonzero(age < each) for each in age]
        given = [None if not len(own) or rng.random() < 0.4 else int(rng.choice(own)) for own in older]
        texts = {at: AGREES.format("Ann" if rng.random() < 0.5 else "Bob") for at in range(count)}
        frame = talk(given, texts, comment_confidence=[0.9] * count)
        out = infer_links(frame)
        assert (out.parent_id[frame.parent_id.notna()] == frame.parent_id.dropna()).all()
        assert "cycle" not in rebuild(out).link.tolist()
        assert out.parent_id.notna().sum() > frame.parent_id.notna().sum()


@pytest.mark.parametrize("given", [False, True])
def test_a_guessed_parent_is_never_later_than_its_reply(*, given: bool):
    rng = np.random.default_rng(2)
    count = 60
    created = pd.Timestamp("2024-05-01", tz="UTC") + pd.to_timedelta(rng.permutation(count), unit="h")
    texts = {at: AGREES.format("Ann" if at % 2 else "Bob") for at in range(count)}
    frame = talk([None] * count, texts, created=list(created))
    frame.loc[count - 1, "parent_id"] = "page:0" if given else None
    out = infer_links(frame)
    guessed = out[out.parent_id.notna() & frame.parent_id.isna()]
    when = frame.set_index("comment_id").created
    assert len(guessed) > 10
    assert (when[guessed.parent_id].to_numpy() <= when[guessed.comment_id].to_numpy()).all()


def test_a_circle_that_is_given_is_left_to_the_rebuilding():
    frame = talk([1, 2, 0, None, 3], {3: AGREES.format("Ann")})
    links = rebuild(infer_links(frame)).set_index("comment_id").link
    assert links[[f"page:{at}" for at in (0, 1, 2)]].tolist() == ["cycle", "reply", "reply"]


def test_the_newest_comment_is_known_by_the_links_that_are_given():
    given = [1, 2, None, 4, 5, 6, 7, None]
    frame = talk(given, {2: "Ann, did you not say the quay is shut?", 3: "The quay is shut on Mondays."})
    found = infer_links(frame, needs=[at == 2 for at in range(8)]).parent_id[2]
    assert pd.isna(found) or int(found.split(":")[1]) > 2


def test_needs_can_be_said():
    frame = page(POOL, ("Bob Stone", "Ann, you are right."), platform=["csv"] * 2)
    out = infer_links(frame, needs=[False, True])
    assert out["parent_confidence"].isna().tolist() == [True, False]
    with pytest.raises(ValueError, match="needs has 1 values"):
        infer_links(frame, needs=[True])


def test_threads_do_not_mix_and_rows_keep_their_places():
    one = page(POOL, ("Cleo", "Ann, you are so right!"))
    two = one.assign(thread_id="u", comment_id=["u:0", "u:1"])
    mixed = pd.concat([one, two]).iloc[[3, 0, 2, 1]].set_axis([7, 7, 8, 9])
    before = mixed.copy()
    out = infer_links(mixed)
    pd.testing.assert_frame_equal(mixed, before)
    assert out["comment_id"].tolist() == mixed["comment_id"].tolist()
    assert out["parent_id"].tolist()[0] == "u:0"
    assert out["parent_id"].tolist()[3] == "page:0"


def test_a_page_has_the_same_links_whatever_is_read_beside_it():
    rng = np.random.default_rng(3)
    said = (
        "The pool is old.",
        "Why do you say that?",
        "No, you forgot the costs.",
        "Thanks!",
        "Keep it open.",
    )
    quiet = page(*[(f"Person {at}", said[rng.integers(5)]) for at in range(60)])
    busy = page(*[("AnnBob"[at % 2 * 3 :][:3], "You are wrong. Did you read it?") for at in range(300)])
    busy = busy.assign(thread_id="u", comment_id=[f"u:{at}" for at in range(300)])
    alone = [infer_links(each) for each in (quiet, busy)]
    pd.testing.assert_frame_equal(infer_links(pd.concat([quiet, busy])), pd.concat(alone))
    pd.testing.assert_frame_equal(infer_links(pd.concat([busy, quiet])), pd.concat(alone[::-1]))


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("Ann", "")],
        [(None, ""), (None, "")],
        [("\u202e", "\x00"), (None, "￼" * 5000)],
        [("@", "@ @@ ,,")],
    ],
)
def test_empty_and_odd_pages(rows):
    out = infer_links(page(*rows))
    assert len(out) == len(rows)
    assert out["parent_confidence"].between(0, 1).all()


def test_the_work_for_a_comment_is_bounded_however_long_the_page():
    count = 1_200
    texts = ["You said so? " + "a " * (at % 7) for at in range(count)]
    thread = build(texts, [f"P{at % 50}" for at in range(count)])
    asked: list[int] = []

    class Counting(Cues):
        def pairs(self, comments, candidates):
            asked.append(len(comments))
            return super().pairs(comments, candidates)

    cues = Counting(thread)
    decoded = decode_branching(cues, load().branching)
    assert max(len(chance) for chance in decoded.chances) <= BEAM * (DEEPEST + 1)
    assert sum(asked) < 40 * count  # near candidates, and the far ones of all branches followed


def test_chances_are_shares_and_the_same_each_time():
    thread = from_frame(page(POOL, TAX, ("Cleo", "Ann, no!"), (None, "Why do you say that?")))
    one, two = (decode_branching(Cues(thread), load().branching) for _ in range(2))
    assert all(sum(chance.values()) == pytest.approx(1, abs=1e-4) for chance in one.chances)
    assert one.parents.tolist() == two.parents.tolist()
    assert one.parents[0] == ROOT


def test_weights_come_back_as_written_and_damage_is_told(tmp_path: Path):
    model = load()
    save(model, tmp_path)
    assert np.allclose(load(tmp_path).branching.cues, model.branching.cues)
    assert np.allclose(load(tmp_path).by_time.first, model.by_time.first)
    names = json.loads((tmp_path / "cues.json").read_text())
    other = tmp_path / "other"
    save(model, other)
    (other / "cues.json").write_text(json.dumps({**names, "cues": names["cues"][1:]}))
    with pytest.raises(ModelError, match="another version"):
        load(other)
    with pytest.raises(ModelError, match="cannot be read"):
        load(tmp_path / "nowhere")


def test_calibration_never_falls():
    for network in (load().branching, load().by_time):
        steps = network.calibrated(np.linspace(0, 1, 50, dtype=np.float32))
        assert (np.diff(steps) >= 0).all()
        assert 0 <= steps[0] <= steps[-1] < 1


def test_your_comment_speaks_to_somebody_who_has_written_one():
    rude = page(("Ann", "The quay is fine as it is."), ("Bo", "Get informed before you write your comment."))
    assert parents(rude) == [None, 0]
    plain = page(("Ann", "The quay is fine as it is."), ("Bo", "The council will write its statement."))
    assert parents(plain) == [None, None]
