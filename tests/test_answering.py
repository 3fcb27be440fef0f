"""Replies without a trope of their own: they reject the parent's, agree, or speak of other things."""

from __future__ import annotations

import pandas as pd
import pytest

from threads.detectors.answering import Answers, answers
from threads.detectors.antisemitism import antisemitism
from threads.detectors.base import Findings
from threads.detectors.conspiracy import conspiracy
from threads.detectors.stance import gate
from threads.detectors.tropes import AGREEING, TropeDetector
from threads.errors import LexiconError
from threads.schema import EVIDENCE, FINDING_STANCES, conform
from threads.scoring import score
from threads.summary import by_author
from threads.text import words
from threads.triaging import triage

HATEFUL = "The Jews control the media and everybody knows it."
PLOT = "A shadow government of bankers secretly runs the country, and they hide it from us."

REPLIES = """
condemn | That is a disgusting lie.
condemn | that's obviously a lie
condemn | No they don't, this is antisemitic garbage.
condemn | No, they do not. Read a book.
condemn | Reported.
condemn | blocked and reported
condemn | I have reported this comment.
condemn | Mods, please remove this.
condemn | Why is this garbage still up?
condemn | Source? This is a hoax.
condemn | Really? Disgusting.
condemn | What a load of rubbish.
condemn | Not true.
condemn | That is nothing but an old canard.
condemn | Nonsense.
condemn | Yeah, right.
condemn | You really believe this?
condemn | You are a bigot.
condemn | Take off your tinfoil hat, mate.
condemn | Stop spreading this.
condemn | Such hateful drivel. My neighbours deserve better.
condemn | I won't be nice about it: this kind of bigotry has no place in our village.
condemn | As a teacher, I find that is a myth one has to answer every single year.
condemn | Das ist doch eine Lüge.
condemn | So ein Unsinn!
condemn | C'est un mensonge.
condemn | Eso es mentira.
unclear | Exactly.
unclear | exactly this
unclear | This. Wake up people
unclear | Wake up!
unclear | So true, so true
unclear | Well said, sir!
unclear | You are right, and nobody dares to say it.
unclear | You're not wrong.
unclear | That's not antisemitic, that's the truth.
unclear | Exactly. That is a lie they tell us.
unclear | Genau.
unclear | Bien dit.
in_group | As a Jew, I agree.
in_group | Exactly, and my rabbi says so too.
none | How exactly do you mean that?
none | Is that a lie?
none | What is antisemitic about that?
none | That is not a lie.
none | This is not a hoax.
none | I don't think that is a lie.
none | They say this is nonsense.
none | Source?
none | That's disgusting.
none | I had soup for lunch.
none | It was reported on the news that the bridge is closed.
none | True story: my dog ate the newspaper.
none | Who owns the paper that you read?
none | Not exactly my topic.
none | The right side of the road was blocked for an hour.
none | I agreed with my sister to leave at nine.
"""
CASES = [line.split(" | ") for line in REPLIES.strip().splitlines()]


def detect(detector: TropeDetector, text: str, parent: str | None) -> Findings:
    return detector.detect(pd.DataFrame({"comment_id": ["c"], "text": [text], "parent_text": [parent]}))


def answered(found: Findings) -> pd.DataFrame:
    return found.evidence[found.evidence["rule"].str.startswith("answer:")]


@pytest.mark.parametrize(("expected", "text"), CASES)
@pytest.mark.parametrize(("detector", "parent"), [(antisemitism(), HATEFUL), (conspiracy(), PLOT)])
def test_a_reply_answers_the_trope_above_it(
    detector: TropeDetector, parent: str, expected: str, text: str
) -> None:
    found = detect(detector, text, parent)
    rows = answered(found)
    assert (rows["stance"].tolist() or ["none"]) == [expected]
    assert (found.scores[detector.heads[0]] <= AGREEING).all()
    if expected == "condemn":
        assert (found.scores.drop(columns="comment_id") == 0).all(axis=None)


@pytest.mark.parametrize(
    "parent", [None, "", "The market opens at nine.", "He claims that the Jews control the media."]
)
def test_without_a_trope_above_there_is_nothing_to_answer(parent: str | None) -> None:
    texts = [text for _, text in CASES]
    ids = [str(number) for number in range(len(texts))]
    found = antisemitism().detect(pd.DataFrame({"comment_id": ids, "text": texts, "parent_text": parent}))
    assert answered(found).empty
    assert (found.scores["antisemitism"] == 0).all()


def test_a_long_reply_answers_at_its_beginning() -> None:
    course = "The bus was late and then it rained, so I met a friend who saw a film. It has a king in it."
    said = "That is a lie."
    assert answered(detect(antisemitism(), f"{said} {course}", HATEFUL))["stance"].tolist() == ["condemn"]
    assert answered(detect(antisemitism(), f"{course} {said}", HATEFUL)).empty


def test_the_row_says_which_words_reject_what() -> None:
    text = "Oh my. That is a disgusting lie, Ron."
    (row,) = conform(detect(antisemitism(), text, HATEFUL).evidence, EVIDENCE).to_dict("records")
    assert text[row["start"] : row["end"]] == "That is a disgusting lie"
    assert (row["category"], row["rule"], row["kind"]) == ("A3", "answer:called-false", "rule")
    assert row["reason"] == (
        "‘That is a disgusting lie’ rejects the comment above, which asserts: Jews control the media"
    )


def test_a_reply_with_a_trope_of_its_own_is_judged_by_that() -> None:
    found = detect(antisemitism(), "Exactly. The Jews own the banks too.", HATEFUL)
    assert answered(found).empty
    assert found.scores["antisemitism"][0] >= 0.5


def test_an_agreement_under_a_contested_trope_stays_under_every_policy() -> None:
    contested = "The Zionazi regime again."
    assert answered(detect(antisemitism(), "Exactly.", contested)).empty
    rows = answered(detect(antisemitism(), "Exactly.", f"{contested} {HATEFUL}"))
    assert rows["category"].tolist() == ["A3"]


def test_the_parent_is_read_the_same_wherever_it_stands() -> None:
    texts = [HATEFUL, "That is a lie.", "Exactly."]
    table = pd.DataFrame({"comment_id": list("abc"), "text": texts, "parent_text": [None, HATEFUL, HATEFUL]})
    together = antisemitism().detect(table)
    turned = antisemitism().detect(table.iloc[::-1])
    apart = [detect(antisemitism(), text, HATEFUL) for text in texts[1:]]
    assert together.scores["antisemitism"][1:].tolist() == [f.scores["antisemitism"][0] for f in apart]
    assert turned.scores["antisemitism"].tolist() == together.scores["antisemitism"].tolist()[::-1]
    assert answered(together)["stance"].tolist() == ["condemn", "unclear"]


def test_counter_speech_is_counted_and_agreement_is_not_queued() -> None:
    comments = pd.DataFrame({
        "comment_id": list("abcd"),
        "parent_id": [None, "a", "a", "a"],
        "author": ["Odile", "Bram", "Tove", "Ines"],
        "text": [HATEFUL, "That is a disgusting lie.", "Exactly.", "Where is the bus stop?"],
    })  # fmt: skip
    scored = score(comments, [antisemitism(), conspiracy()])
    counted = by_author(scored).set_index("author")["n_counter_speech"].to_dict()
    assert counted == {"Odile": 0, "Bram": 1, "Tove": 0, "Ines": 0}
    queue = triage(scored)
    assert queue[queue["why"] == "finding"]["comment_id"].tolist() == ["a"]
    shown = scored.explain("c").evidence
    assert shown["stance"].tolist() == ["unclear"]
    assert set(shown["stance"]) <= set(FINDING_STANCES)


IN_GROUP = """
As a Jew I can tell you that the Jews control the media.
We Jews control the media, didn't you know, and I can't even control my remote.
My rabbi laughed: the Jews control the media and nobody returns his calls.
I'm Jewish, and the Jews control the media, apparently without me.
Speaking as a Jew: the Jews control the media? I wish.
Being Jewish myself, I love to hear that the Jews control the media.
I was raised Jewish and nobody told me that the Jews control the media.
I grew up Jewish. The Jews control the media, they say at school.
Jewish woman here. The Jews control the media? Then where is my column?
I am a proud Jew and the Jews control the media, sure.
Us Jews control the media, says my neighbour, between two naps.
At our synagogue we joke that the Jews control the media.
My fellow Jews control the media and I run a bakery.
"""


@pytest.mark.parametrize("text", IN_GROUP.strip().splitlines())
def test_the_own_group_is_never_flagged(text: str) -> None:
    found = detect(antisemitism(), text, None)
    assert found.scores["antisemitism"][0] == 0
    stances = set(found.evidence[found.evidence["weight"] > 0]["stance"])
    assert stances
    assert stances.isdisjoint(FINDING_STANCES)


@pytest.mark.parametrize(
    "text",
    [
        "I am a Jew hater and the Jews control the media.",
        "I'm no Jew, thank God, and the Jews control the media.",
        "As a Jew would say: the Jews control the media.",
        "My Jewish boss proves it: the Jews control the media.",
    ],
)
def test_not_everybody_who_says_jew_is_one(text: str) -> None:
    assert detect(antisemitism(), text, None).scores["antisemitism"][0] > 0


def test_a_cue_with_an_unknown_place_is_refused(tmp_path) -> None:
    cue = '[[cue]]\nid="x"\nact="deny"\nwhere="before"\nreason="r"\npatterns=["no"]\n'
    answer = '[[answer]]\nid="y"\nact="reject"\nwhere="nowhere"\nreason="r"\npatterns=["no"]\n'
    (tmp_path / "stance.toml").write_text(f"[sets]\nturn=['but']\n{cue}{answer}", "utf-8")
    with pytest.raises(LexiconError, match="answer y"):
        Answers(gate(), tmp_path / "stance.toml")


def test_a_flood_of_cues_is_read() -> None:
    answer = answers().read(words("Exactly! " * 3000))
    assert answer is not None
    assert answer.stance == "unclear"
