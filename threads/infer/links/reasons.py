"""The two or three strongest cues behind a link, in words.

A cue's strength is what the link's log-odds lose when the cue is taken away: for a reply against
answering nobody, for a root against answering the comment before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from threads.infer.links.cues_pairs import NAMES, Cues
from threads.infer.links.decode import Decoded, hang, states_of
from threads.infer.links.model import STATE, Network
from threads.infer.links.page import SET_IN, SPOKEN_TO, bonus_of
from threads.infer.links.thread import NOBODY, ROOT, Floats, Ints, Thread
from threads.infer.links.time_model import CUES, TimeNetwork

NOTHING = "nothing speaks for a reply"
_MOST = 3
# A cue that moves the log-odds by less is not worth naming: the odds change by less than a fifth.
_WORTH = 0.18


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as it is told: in words, by which columns it shows, and which columns belong to it."""

    words: str
    shows: tuple[str, ...]
    with_: tuple[str, ...] = ()


_REPLY: tuple[Cue, ...] = (
    Cue("addresses {name} with an @", ("@name",), ("latest by the one named", "names another")),
    Cue("calls {name} by name", ("called by name",), ("latest by the one named", "names another")),
    Cue("names {name}", ("named",), ("latest by the one named", "names another")),
    Cue("repeats words of that comment", ("repeats", "repeats much")),
    Cue(
        "thanks for the link in it", ("thanks for the link in it",), ("thanks for the link", "candidate link")
    ),
    Cue("that comment names the author", ("candidate names the author",), ("latest that names the author",)),
    Cue("that comment asks", ("answers a question", "candidate asks", "candidate ends asking")),
    Cue("shares rare words with it", ("rare words",)),
    Cue(
        "the two take turns",
        ("candidate answers the author", "candidate follows the author", "next is by the candidate"),
        (
            "next and previous by one person",
            "author is higher on the branch",
            "second next is by the candidate",
        ),
    ),
    Cue("the author goes on from an own comment", ("same person",), ("previous by the author",)),
    Cue("speaks of “your” comment", ("your post",)),
    Cue("speaks to “you”", ("you",)),
    Cue("opens with thanks", ("opens: thanks",)),
    Cue("opens by agreeing", ("opens: agree",)),
    Cue("opens by disagreeing", ("opens: disagree",)),
    Cue("opens by asking back", ("opens: asks back",), ("asks at first",)),
    Cue("opens as if going on", ("opens: goes on", "opens small")),
    Cue("opens by quoting", ("opens quoting", "quotes")),
    Cue("asks", ("asks", "ends asking")),
    Cue("is later than a comment below it", ("later than a following one", "later than the next one")),
    Cue("the author writes much on this page", ("author is the most active",), ("author has many comments",)),
    Cue("comes right after it", ("previous", "last on the branch"), ("near", "steps up the branch")),
)
_ROOT: tuple[Cue, ...] = (
    Cue(
        "speaks of the article",
        ("article", "words of the article", "repeats the article", "names one in the article"),
    ),
    Cue("is the first on the page", ("opens the page",)),
    Cue("the author is new on the page", ("author new on the page",)),
    Cue("opens with a greeting", ("opens: greets",)),
    Cue("speaks to people in general", ("people in general",)),
    Cue(
        "is earlier than the comments above it",
        ("earlier than a previous one", "earlier than the previous one"),
    ),
)
# On a page ordered by time these may speak too.
_BY_TIME: tuple[Cue, ...] = (
    Cue("the author had spoken to {name} before", ("candidate is the one whom the author named last",)),
    Cue("{name} had spoken to the author before", ("author is the one whom the candidate named last",)),
    Cue("both speak to the same person", ("both name the same person",)),
    Cue("was written within a minute of it", ("less than 61 seconds before", "less than 1 seconds before")),
)
_COLUMN = {name: at for at, name in enumerate((*NAMES, *STATE))}
_TIME_COLUMN = {name: at for at, name in enumerate(CUES)}


def reasons(cues: Cues, decoded: Decoded, network: Network | TimeNetwork) -> list[str]:
    """One sentence part for each comment, strongest cue first."""
    thread = cues.thread
    parents = decoded.parents
    rivals = np.where(parents == ROOT, np.arange(thread.size) - 1, ROOT)
    by_time = isinstance(network, TimeNetwork)
    chosen, other = (_rows(cues, parents, at, by_time=by_time) for at in (parents, rivals))
    page = bonus_of(thread)
    told: list[str] = [""] * thread.size
    for kind, is_root in (((*_REPLY, *_BY_TIME) if by_time else _REPLY, False), (_ROOT, True)):
        rows = np.flatnonzero((parents == ROOT) == is_root)
        loss = _losses(kind, chosen[rows], other[rows], network)
        for row, lost in zip(rows.tolist(), loss, strict=True):
            spoken = [] if page is None else _by_page(thread, page[row], row, int(parents[row]))
            order = [at for at in np.argsort(-lost, kind="stable") if lost[at] >= _WORTH]
            strongest = [_worded(kind[at].words, thread, int(parents[row])) for at in order]
            told[row] = _joined([*spoken, *strongest], is_root=is_root)
    return told


def _joined(strongest: list[str], *, is_root: bool) -> str:
    if not strongest:
        return NOTHING if is_root else "stands below it on the page"
    return "; ".join(strongest[:_MOST])


def _by_page(thread: Thread, page: dict[int, float], at: int, parent: int) -> list[str]:
    """What the page itself shows of this link."""
    if parent not in page:
        return []
    spoken = []
    if thread.answered[at] and parent != ROOT:
        spoken.append(f"the page says “in reply to {thread.answered[at][:60]}”")
    if parent == ROOT and page[parent] in (SPOKEN_TO, SPOKEN_TO + SET_IN):
        spoken.append("speaks to somebody whom the article is about")
    if thread.indents[at] >= 0 and thread.indents.max() > thread.indents[thread.indents >= 0].min():
        spoken.append(
            "the page sets it at the margin" if parent == ROOT else "the page sets it in below that comment"
        )
    return spoken


def _worded(words: str, thread: Thread, parent: int) -> str:
    if "{name}" not in words:
        return words
    person = int(thread.people[parent])
    return words.format(name="its author" if person == NOBODY else thread.names[person][:60])


def _losses(kind: tuple[Cue, ...], chosen: Floats, other: Floats, network: Network | TimeNetwork) -> Floats:
    """What each cue gives the chosen candidate over its rival; 0 where the cue does not show."""
    loss = np.zeros((len(chosen), len(kind)), dtype=np.float32)
    if not len(chosen):
        return loss
    column = _TIME_COLUMN if isinstance(network, TimeNetwork) else _COLUMN
    whole = _score(chosen, network) - _score(other, network)
    for at, cue in enumerate(kind):
        names = (*cue.shows, *cue.with_)
        columns = [column[name] for own in names for name in (own, f"previous: {own}") if name in column]
        shows = (chosen[:, [column[name] for name in cue.shows if name in column]] > 0).any(axis=1)
        part = [_without(table[shows], columns) for table in (chosen, other)]
        loss[shows, at] = whole[shows] - (_score(part[0], network) - _score(part[1], network))
    return loss


def _without(table: Floats, columns: list[int]) -> Floats:
    table = table.copy()
    table[:, columns] = 0
    return table


def _score(table: Floats, network: Network | TimeNetwork) -> Floats:
    if isinstance(network, TimeNetwork):
        return network.score(table)
    return network.score(network.hidden(table[:, : len(NAMES)]), table[:, len(NAMES) :])


def _rows(cues: Cues, parents: Ints, candidates: Ints, *, by_time: bool) -> Floats:
    """Cues and state of each comment with a candidate, the comments before it hung on `parents`."""
    comments = np.arange(cues.thread.size)
    if by_time:
        return cues.pairs(comments, candidates)
    state = np.zeros((len(comments), len(STATE)), dtype=np.float32)
    people = cues.thread.people.tolist()
    for at, (branch, answers) in enumerate(_branches(parents.tolist())):
        candidate = int(candidates[at])
        row = branch.index(candidate) + 1 if candidate in branch else 0
        state[at] = states_of(people, at, branch, answers)[row]
    return np.concatenate([cues.pairs(comments, candidates), state], axis=1)


def _branches(parents: list[int]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The open branch before each comment, and how many answers each of its comments has."""
    branch: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()
    found = []
    for at, parent in enumerate(parents):
        found.append((branch, answers))
        branch, answers = hang(branch, answers, branch.index(parent) if parent in branch else -1, at)
    return found
