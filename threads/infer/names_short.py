"""Short names in lower case, which stand for words elsewhere: in a chat they are how people are addressed."""

from __future__ import annotations

from collections import Counter, defaultdict

from threads.infer.links.thread import NOBODY, Thread

# An address stands early or last; reading no further bounds the work. A judgement, not measured.
_READ = 400


def short_names(thread: Thread) -> list[tuple[int, int]]:
    """Comments and the people whom they begin or end with by name, however short the name is.

    A name counts where at least half of its occurrences on the page are at an end of a comment: of the
    annotated links of a chat to a person named as spelled, 2.5 % are not found by names alone.
    """
    person = {name.lower(): at for at, name in enumerate(thread.names) if " " not in name and len(name) > 1}
    ends: dict[int, list[int]] = defaultdict(list)
    inside: Counter[int] = Counter()
    for at, text in enumerate(thread.texts):
        words = [bare for word in text[:_READ].split() if (bare := word.strip(".,:;!?()").lower())]
        for place, word in enumerate(words):
            who = person.get(word, NOBODY)
            if who in (NOBODY, int(thread.people[at])):
                continue
            if place in (0, len(words) - 1):
                ends[who].append(at)
            else:
                inside[who] += 1
    return [(at, who) for who, places in ends.items() if len(places) >= inside[who] for at in places]
