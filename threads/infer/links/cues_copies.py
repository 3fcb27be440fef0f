"""What comments share: rare words, and runs of words that one repeats from another (quotations)."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from threads.infer.links.thread import Thread

_WORD = re.compile(r"[\u3040-\u9fff]|[^\W_\u3040-\u9fff]{1,40}")
# Five words in a row are seldom shared by chance; a judgement, not measured.
_RUN = 5
_WORDS = 400
# A run that many comments share is a set phrase or a spam text; only its latest bearers are looked at.
_BEARERS = 6
_RAREST = 24


@dataclass(frozen=True, slots=True)
class Shared:
    """Per comment: repeated runs by earlier comment, runs from the article, rare words with weights."""

    copied: list[dict[int, int]]
    from_article: list[int]
    rare: list[frozenset[str]]
    weight: dict[str, float]
    article_share: list[float]

    def overlap(self, one: int, other: int) -> float:
        """The summed rarity of the words that two comments share; 0 where they share none."""
        return math.fsum(self.weight[word] for word in self.rare[one] & self.rare[other])


def find_shared(thread: Thread) -> Shared:
    """Reads each comment once; the work per comment is bounded by _WORDS and _BEARERS."""
    words = [_words(text) for text in thread.texts]
    article = _words(thread.title + "\n" + thread.article, 6 * _WORDS)
    copied, from_article = _copies(words, {_run(article, at) for at in range(len(article) - _RUN + 1)})
    bags = [_bag(tokens) for tokens in words]
    spread = Counter(word for bag in bags for word in bag)
    weight = {word: math.log((len(bags) + 1) / count) for word, count in spread.items() if count > 1}
    topic = _bag(article)
    return Shared(
        copied,
        from_article,
        [_rarest(bag, weight) for bag in bags],
        weight,
        [len(bag & topic) / len(bag) if bag else 0.0 for bag in bags],
    )


def _words(text: str, most: int = _WORDS) -> list[str]:
    return _WORD.findall(text[: most * 8].lower())[:most]


def _bag(tokens: Sequence[str]) -> frozenset[str]:
    """The words of four letters and more, and pairs of Chinese or Japanese characters."""
    pairs = {a + b for a, b in pairwise(tokens) if a >= "\u3040" and b >= "\u3040"}
    return frozenset(pairs | {token for token in tokens if len(token) > 3})


def _rarest(bag: frozenset[str], weight: dict[str, float]) -> frozenset[str]:
    known = [word for word in bag if word in weight]
    if len(known) <= _RAREST:
        return frozenset(known)
    return frozenset(sorted(known, key=lambda word: (-weight[word], word))[:_RAREST])


def _run(tokens: Sequence[str], at: int) -> int:
    return hash(tuple(tokens[at : at + _RUN]))


def _copies(words: Sequence[Sequence[str]], article: set[int]) -> tuple[list[dict[int, int]], list[int]]:
    bearers: dict[int, list[int]] = defaultdict(list)
    copied: list[dict[int, int]] = []
    from_article: list[int] = []
    for at, tokens in enumerate(words):
        runs = {_run(tokens, start) for start in range(len(tokens) - _RUN + 1)}
        counts: Counter[int] = Counter()
        for run in runs:
            known = bearers[run]
            if known:
                counts.update(known)
                del known[: 1 - _BEARERS]
            known.append(at)
        copied.append(dict(counts))
        from_article.append(len(runs & article))
    return copied, from_article
