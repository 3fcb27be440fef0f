"""Whether the comments of a page without times stand in order of time, as the page itself shows."""

from __future__ import annotations

from threads.infer.links.thread import NOBODY, Thread
from threads.infer.names import CALLED, Mentions

# On 1,279 pages of eight comments and more that list replies under their parent (blogs, Disqus, Reddit, saved
# pages, a forum listed so) none reaches both; of 153 logs of a chat 136 do, but hardly any forum in order of
# time, where few names are called.
_LEAST, _SHARE = 4, 0.1
# Branches open at once that are looked at, so that the work per comment is bounded.
_OPEN = 400


def in_time_order(thread: Thread, mentions: Mentions) -> bool:
    """Whether people are spoken to who could not be answered if replies stood under their parents.

    Whoever answers a comment closes all that stand between the two. The branch is taken to be as open as
    the names called allow: only a name that is called closes anything, and as little as it can.
    """
    open_: list[int] = []
    seen: set[int] = set()
    called = closed = 0
    for at, person in enumerate(thread.people.tolist()):
        to = {other for other, how in mentions.of[at].items() if how >= CALLED} & seen
        if to:
            called += 1
            rank = next((rank for rank in range(len(open_) - 1, -1, -1) if open_[rank] in to), None)
            closed += rank is None
            if rank is not None:
                del open_[rank + 1 :]
        open_.append(person)
        if len(open_) > _OPEN:
            del open_[: _OPEN // 2]
        if person != NOBODY:
            seen.add(person)
    return closed >= _LEAST and closed >= _SHARE * called
