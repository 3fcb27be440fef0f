"""Why two nameless comments were taken to be by one person, in words."""

from __future__ import annotations

from collections.abc import Mapping

# What a reader is told of a cue; cues of the page's form stay unsaid, as they tell no two comments apart.
_SAID = {
    "who is between answers again": "it is answered by the same person again",
    "only answer to the one between": "nobody else answered the comment between them",
    "called by one name": "answers call both by one name",
    "call one name": "both speak to the same person",
    "stands by own words": "it speaks of its author's earlier words",
    "opens with thanks": "it opens with thanks",
    "gives thanks for something": "it gives thanks for what the answer brought",
    "thanks for the answer to a question": "it gives thanks for the answer to a question",
    "answers a question put back": "it answers a question put to the first",
    "corrects or adds": "it corrects or adds to what was said",
    "share rare words": "both use words that are rare on this page",
    "alike in letters": "they are alike in wording",
    "more alike than to the one between": "it is more like the first than like the comment between them",
}
_MOST = 3
# A cue that moves the log-odds by less is not worth a word. A judgement.
_LEAST = 0.1
_HABIT = 0.3


def in_words(shares: Mapping[str, float], habits: Mapping[str, float]) -> str:
    """The strongest cues: `shares` is what each adds to the log-odds, `habits` how far each is shared."""
    told = sorted((-share, _SAID[cue]) for cue, share in shares.items() if cue in _SAID and share > _LEAST)
    shared = sorted((-likeness, habit) for habit, likeness in habits.items() if likeness > _HABIT)
    reasons = ["it answers an answer to the first", *(words for _, words in told[:_MOST])]
    if shared:
        reasons.append("unlike most here, both " + " and ".join(_both(habit) for _, habit in shared[:2]))
    return "; ".join(reasons)


def _both(habit: str) -> str:
    """The habit as two people have it: "writes i for I" as "write i for I"."""
    verb, _, rest = habit.partition(" ")
    return f"{_PLURAL.get(verb, verb.removesuffix('s'))} {rest}".rstrip()


_PLURAL = {"parts": "part", "misspells": "misspell", "uses": "use", "doubles": "double"}
