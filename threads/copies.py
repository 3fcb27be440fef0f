"""Near-copies: comments that say the same in nearly the same words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_COMMON = 200  # a word triple in more comments than this tells nothing and would make the work quadratic


def representatives(texts: Sequence[str], similarity: float = 0.8) -> list[int]:
    """For each text the index of the first one that it is a near-copy of, its own where there is none.

    Two texts are near-copies where the Jaccard similarity of their sets of word triples (all words, where
    there are fewer than three) reaches `similarity`. Case and punctuation do not count.
    """
    posts: dict[tuple[str, ...], list[int]] = defaultdict(list)
    kept: dict[int, frozenset[tuple[str, ...]]] = {}
    first: list[int] = []
    for index, text in enumerate(texts):
        triples = _triples(text)
        match = _closest(triples, posts, kept, similarity)
        first.append(index if match is None else match)
        if match is None and triples:
            kept[index] = triples
            for triple in triples:
                posts[triple].append(index)
    return first


def _triples(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    if len(words) < 3:
        return frozenset([tuple(words)]) if words else frozenset()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _closest(
    triples: frozenset[tuple[str, ...]],
    posts: dict[tuple[str, ...], list[int]],
    kept: dict[int, frozenset[tuple[str, ...]]],
    similarity: float,
) -> int | None:
    shared: dict[int, int] = defaultdict(int)
    for triple in triples:
        for index in posts.get(triple, [])[:_COMMON]:
            shared[index] += 1
    for index in sorted(shared):
        if shared[index] / len(triples | kept[index]) >= similarity:
            return index
    return None
