"""Real exports, where they lie beside the repository: each is known as what it is, and its links hold."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from threads.comment import Comment, Reject
from threads.errors import InputError
from threads.files import decode
from threads.formats import (
    FORMATS,
    discourse,
    discourse_markdown,
    hackernews,
    imageboard,
    mastodon,
    twitter,
    wikiconv,
    youtube_api,
    youtube_rapidapi,
)

SHARED = Path(__file__).resolve().parents[2] / "shared" / "fixtures"
FOLDERS = {
    "hackernews_json": hackernews,
    "youtube_api_json": youtube_api,
    "youtube_other_json": youtube_rapidapi,
    "fourchan_json": imageboard,
    "discourse_json": discourse,
    "discourse_markdown": discourse_markdown,
    "mastodon_json": mastodon,
    "twitter_rumoureval": twitter,
    "wikipedia_talk_json": wikiconv,
}
NO_DATA = {"4chan-API__Threads.md"}  # a page of documentation
PARTS = {  # saved in part: a board's last posts, a page of a topic, a context without its status
    "4bot__4ChanJSONRequest.js": 5,
    "imageboard__4chan__parseThreadsResponse.test.input.1.js": 2,
    "imageboard__infinity__parseThreadResponse.test.js": 1,
    "Mastodon.py__test_entity_context.yaml": 1,
    "discourse-rss-auto-archive-linked-content__posts.json": 10,
}
KNOWN = tuple({each.name: each for each in (*FORMATS, *FOLDERS.values())}.values())

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real exports are not here")


def files(folder):
    left_out = {"README.md", *NO_DATA}
    return [p for p in sorted((SHARED / folder).glob("*")) if p.name not in left_out and p.suffix != ".rss"]


def is_ours(path, expected):
    head = decode.read_head(path)
    best = max(KNOWN, key=lambda each: each.sniff(head, path))
    return best.name == expected.name and best.sniff(head, path) > 0


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_file_is_known_and_read(folder):
    expected, unknown = FOLDERS[folder], []
    for path in files(folder):
        if is_ours(path, expected):
            records = list(expected.read(path))
            assert not [r.reason for r in records if isinstance(r, Reject) and "not whole" in r.reason], path
        else:
            unknown.append(path)
    # Code that tests the reading of what lies in the file beside it holds no data of its own.
    assert [p.name for p in unknown if "export default" in p.read_text() or p.suffix != ".js"] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_links_hold(folder):
    ids, links = defaultdict(set), []
    for path in files(folder):
        if is_ours(path, FOLDERS[folder]):
            for record in FOLDERS[folder].read(path):
                if isinstance(record, Comment):
                    scope = record.thread_id if folder == "twitter_rumoureval" else (path, record.thread_id)
                    ids[scope].add(record.native_id)
                    links += [(path.name, scope, record.parent_native_id)] if record.parent_native_id else []
    lost = defaultdict(int)
    for name, scope, parent in links:
        lost[name] += parent not in ids[scope]
    parts = {name: PARTS.get(name, 0) for name in lost if "_post_" not in name and "_pn_" not in name}
    assert {name: lost[name] for name in parts} == parts


def test_no_file_of_another_kind_is_taken():
    taken = []
    for path in sorted(SHARED.rglob("*")):
        if path.is_file() and path.parent.name not in FOLDERS and path.name != "README.md":
            try:
                head = decode.read_head(path)
            except InputError:
                continue
            taken += [(path.name, each.name) for each in FOLDERS.values() if each.sniff(head, path) > 0]
    assert taken == []
