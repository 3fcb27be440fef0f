"""How fast dumps of Reddit are read: comments a second of processor time, from .zst to COMMENTS.

    python benchmarks/reading.py [COMMENTS]

The dump is made up here, in the shape of the monthly files: some forty fields a comment, invented words, five
in a hundred deleted or removed, two in a hundred below a comment that is not in the file. Beside the format
stand, on the same file, what bounds it from above (unpacking alone, unpacking and parsing JSON) and the
general reader of JSON Lines.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import zstandard

from threads.files import decode
from threads.formats.json_records import JSON_LINES
from threads.infer import infer
from threads.reading import Source, read
from threads.rebuild import rebuild
from threads.schema import COMMENTS, empty

WORDS = [f"{a}{b}{c}" for a in ("ba", "to", "li", "re", "mu") for b in ("n", "rt", "ss", "") for c in ("e", "ing", "o", "ers")]  # fmt: skip  # noqa: E501
PER_THREAD = 60
ALWAYS = {
    "all_awardings": [], "archived": False, "associated_award": None, "author_flair_background_color": None,
    "author_flair_css_class": None, "author_flair_richtext": [], "author_flair_template_id": None,
    "author_flair_text": None, "author_flair_text_color": None, "author_flair_type": "text",
    "author_patreon_flair": False, "author_premium": False, "awarders": [], "can_gild": True,
    "can_mod_post": False, "collapsed": False, "collapsed_because_crowd_control": None,
    "collapsed_reason": None, "controversiality": 0, "distinguished": None, "edited": False, "gilded": 0,
    "gildings": {}, "is_submitter": False, "locked": False, "no_follow": True, "quarantined": False,
    "score_hidden": False, "send_replies": True, "stickied": False, "subreddit": "harbour_towns",
    "subreddit_id": "t5_9zzzz", "subreddit_name_prefixed": "r/harbour_towns", "subreddit_type": "public",
    "total_awards_received": 0, "treatment_tags": [],
}  # fmt: skip


def dump(count: int, seed: int = 7) -> Iterator[bytes]:
    """A line for each of `count` comments."""
    rng = random.Random(seed)  # noqa: S311
    people = [f"{rng.choice(WORDS)}_{rng.choice(WORDS)}{n}" for n in range(max(20, count // 12))]
    for n in range(count):
        thread, place = divmod(n, PER_THREAD)
        above = n - 1 - int(rng.random() ** 2 * place) if place and rng.random() < 0.75 else None
        yield json.dumps(_comment(n, above, f"s{thread:06x}", rng, people), separators=(",", ":")).encode()


def _comment(n: int, above: int | None, thread: str, rng: random.Random, people: list[str]) -> dict[str, Any]:
    body, author = " ".join(rng.choices(WORDS, k=int(rng.paretovariate(1.1) * 9) % 400)), rng.choice(people)
    if rng.random() < 0.1:
        body = f"&gt; {body}\n\n{author} &amp; others"
    gone = rng.random()
    if gone < 0.05:
        body, author = ("[deleted]", "[deleted]") if gone < 0.03 else ("[removed]", "[deleted]")
    parent = f"t3_{thread}" if above is None else f"t1_c{above:06x}"
    return ALWAYS | {
        "author": author,
        "author_created_utc": 1_400_000_000 + n,
        "author_fullname": f"t2_{hash(author) & 0xFFFFFF:x}" if author != "[deleted]" else None,
        "body": body,
        "created_utc": 1_600_000_000 + n,
        "edited": 1_600_000_500.0 + n if rng.random() < 0.04 else False,
        "id": f"c{n:06x}",
        "link_id": f"t3_{thread}",
        "parent_id": "t1_elsewhere" if rng.random() < 0.02 else parent,
        "permalink": f"/r/harbour_towns/comments/{thread}/a_walk_along_the_quay/c{n:06x}/",
        "retrieved_on": 1_600_300_000 + n,
        "score": rng.randrange(-5, 90),
    }


def cost(work: Callable[[], object]) -> float:
    """Seconds of processor time of the better of two runs."""
    spent = []
    for _ in range(2):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def unfinished(path: Path) -> pd.DataFrame:
    """COMMENTS of a file, people and links not yet inferred, threads not rebuilt."""
    return pd.concat([empty(COMMENTS), *Source(path, path.name, {}).tables()], ignore_index=True)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "RC_2020-09.zst"
        lines = b"\n".join(dump(count)) + b"\n"
        path.write_bytes(zstandard.ZstdCompressor(level=10).compress(lines))
        print(
            f"{count:,} comments of {len(lines) / count:.0f} bytes, "
            f"packed to a {len(lines) / path.stat().st_size:.0f}th"
        )
        comments = unfinished(path)
        steps: dict[str, Callable[[], object]] = {
            "unpack": lambda: decode.read_bytes(path),
            "unpack, parse JSON": lambda: [
                msgspec.json.decode(line) for line in decode.read_bytes(path).splitlines()
            ],
            "general reader, records only": lambda: sum(1 for _ in JSON_LINES.read(path)),
            "read to tables": lambda: unfinished(path),
            "infer": lambda: infer(comments, {}),
            "rebuild": lambda: rebuild(comments),
            "in all, to COMMENTS": lambda: read(path),
        }
        whole = 0.0
        for name, work in steps.items():
            whole = cost(work)
            print(f"{name:32} {whole:7.2f} s {count / whole:12,.0f} comments a second")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
