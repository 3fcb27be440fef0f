"""How well reply links are recovered: figures against the true ones, and simple rules to compare with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from threads.evaluation.measures import calibration_error
from threads.evaluation.true_links import Known
from threads.infer.links.cues_words import NAMES as WORDS
from threads.infer.links.cues_words import word_cues
from threads.infer.links.thread import NOBODY, ROOT, Floats, Ints, Thread
from threads.infer.names import find_mentions

LOST = -3
"""In place of a guessed parent: the comment was not found, or hung on what is no comment."""

Rule = Callable[[Thread], Ints]


@dataclass(frozen=True, slots=True)
class Guess:
    """Guessed parents of a thread's comments (ROOT for none, LOST) and how sure each is; NaN where unsaid."""

    parents: Ints
    confidence: Floats

    @classmethod
    def of(cls, parents: Ints) -> Guess:
        """Parents of which nothing says how sure they are."""
        return cls(parents, np.full(len(parents), np.nan, dtype=np.float32))


def figures(threads: Sequence[Known], guesses: Sequence[Guess]) -> dict[str, float]:
    """The measures over the comments of all threads that count; NaN where there are none to measure on.

    parents: share whose parent (or being a root) is right; replies: the same over true replies only;
    roots: F1 of the comments that answer nobody; path: mean of `path_shares`; calibration: expected
    calibration error of the confidence.
    """
    right = _joined([_right(one, guess) for one, guess in zip(threads, guesses, strict=True)])
    true = _joined([one.parents[one.counts] for one in threads])
    guessed = _joined([guess.parents[one.counts] for one, guess in zip(threads, guesses, strict=True)])
    paths = [path_shares(guess.parents, one) for one, guess in zip(threads, guesses, strict=True)]
    sure = _joined([guess.confidence[one.counts] for one, guess in zip(threads, guesses, strict=True)])
    said = ~np.isnan(sure)
    roots = int((true == ROOT).sum() + (guessed == ROOT).sum())
    return {
        "parents": _mean(right),
        "replies": _mean(right[true != ROOT]),
        "roots": 2 * float(((true == ROOT) & (guessed == ROOT)).sum()) / roots if roots else float("nan"),
        "path": _mean(_joined(paths)),
        "calibration": calibration_error(right[said] > 0, sure[said]),
        **_link_figures(threads, guesses),
    }


def _right(one: Known, guess: Guess) -> npt.NDArray[np.float64]:
    good = [int(at) in accepted for at, accepted in zip(guess.parents, one.accepted, strict=True)]
    return np.array(good, dtype=np.float64)[one.counts]


def _joined(parts: Sequence[npt.NDArray[np.generic]]) -> npt.NDArray[np.float64]:
    return np.concatenate([np.zeros(0), *parts]).astype(np.float64)


def _mean(values: npt.NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else float("nan")


def path_shares(parents: Ints, one: Known) -> npt.NDArray[np.float64]:
    """For each comment that counts, the share of its ancestors, true and guessed together, that are both.

    So a rule that hangs all comments on one chain gains nothing by it. Of a true root: 1 where it is
    guessed to be one, else 0.
    """
    above, wanted = parents.tolist(), one.parents.tolist()
    shares = []
    for at in np.flatnonzero(one.counts).tolist():
        true, mine = _ancestors(wanted, at), _ancestors(above, at)
        shares.append(len(true & mine) / len(true | mine) if true else float(above[at] == ROOT))
    return np.array(shares, dtype=np.float64)


def _ancestors(parents: list[int], at: int) -> set[int]:
    found: set[int] = set()
    while parents[at] >= 0 and parents[at] not in found:
        at = parents[at]
        found.add(at)
    return found


def _link_figures(threads: Sequence[Known], guesses: Sequence[Guess]) -> dict[str, float]:
    """F1 of the links of chats, where a message may answer several; NaN where no thread is a chat.

    `links` counts links between messages; `links_and_starts` also counts that a message starts a
    conversation, as a link to itself (Kummerfeld et al., ACL 2019, count so).
    """
    chats = [(one, guess) for one, guess in zip(threads, guesses, strict=True) if one.chat]
    hits = guessed = true = start_hits = start_guessed = start_true = 0
    for one, guess in chats:
        for at in np.flatnonzero(one.counts).tolist():
            parent, accepted = int(guess.parents[at]), one.accepted[at]
            start_hits += parent == ROOT and ROOT in accepted
            start_guessed += parent == ROOT
            start_true += ROOT in accepted
            hits += parent != ROOT and parent in accepted
            guessed += parent != ROOT
            true += len(accepted - {ROOT})
    return {
        "links": _f1(hits, guessed, true),
        "links_and_starts": _f1(hits + start_hits, guessed + start_guessed, true + start_true),
    }


def _f1(hits: int, guessed: int, true: int) -> float:
    return 2 * hits / (guessed + true) if guessed + true else float("nan")


def previous(thread: Thread) -> Ints:
    """Each comment answers the one before."""
    return np.arange(thread.size) - 1


def root(thread: Thread) -> Ints:
    """Nobody answers anybody."""
    return np.full(thread.size, ROOT)


def name(thread: Thread) -> Ints:
    """The latest comment of a person whose name is mentioned, else the comment before."""
    mentions = find_mentions(thread)
    latest: dict[int, int] = {}
    parents = previous(thread)
    for at, person in enumerate(thread.people.tolist()):
        named = [latest[each] for each in mentions.of[at] if each in latest]
        parents[at] = max(named, default=at - 1)
        latest[person] = at
    return parents


def rules(thread: Thread) -> Ints:
    """The one named, else the comment before where the words are those of an answer, else nobody."""
    parents, mentions, words = name(thread), find_mentions(thread), word_cues(thread.texts)
    speaks = words[:, [WORDS.index(each) for each in _ANSWERS]].any(axis=1)
    people = thread.people
    turns = np.zeros(thread.size, dtype=bool)
    turns[2:] = (people[2:] == people[:-2]) & (people[2:] != NOBODY)
    plain = np.array([not each for each in mentions.of], dtype=bool)
    return np.where(plain & ~speaks & ~turns, ROOT, parents)


_ANSWERS = ("opens: thanks", "opens: agree", "opens: disagree", "opens: asks back", "you", "your post")
RULES: tuple[Rule, ...] = (previous, root, name, rules)
"""What a model must beat."""
