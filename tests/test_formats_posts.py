"""Mastodon, Bluesky and Twitter: posts that answer each other without a page around them."""

from __future__ import annotations

import json

import pytest

from threads.comment import Comment, Page
from threads.formats import FORMATS, bluesky, mastodon, twitter


@pytest.fixture
def read(tmp_path):
    def read(expected, content, name="thread.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        head, known = path.read_bytes(), (*FORMATS, mastodon, bluesky, twitter)
        assert max(known, key=lambda each: each.sniff(head, path)).name == expected.name
        return list(expected.read(path))

    return read


def links(records):
    return [(r.thread_id, r.native_id, r.parent_native_id) for r in records if isinstance(r, Comment)]


def status(number, above=None, **more):
    return {
        "id": str(number),
        "created_at": "2021-03-04T05:06:07.000Z",
        "edited_at": None,
        "in_reply_to_id": above,
        "content": f"<p>toot {number}</p>",
        "spoiler_text": "",
        "favourites_count": 2,
        "reblog": None,
        "url": f"https://social.example/@ada/{number}",
        "account": {"id": "1", "acct": "ada@social.example"},
    } | more


def test_a_mastodon_context(read):
    context = {
        "ancestors": [status(1), status(2, "1", spoiler_text="boats")],
        "descendants": [status(4, "3"), status(5, "4", edited_at="2021-03-05T00:00:00Z")],
    }
    found = read(mastodon, context)
    assert links(found) == [("1", "1", None), ("1", "2", "1"), ("1", "4", "3"), ("1", "5", "4")]
    assert (found[1].text, found[1].author, found[1].likes) == ("boats\n\ntoot 2", "ada@social.example", 2)
    assert found[1].url == "https://social.example/@ada/2"
    assert [c.edited is None for c in found] == [True, True, True, False]
    whole = read(mastodon, {"status": status(3, "2"), "context": context})
    assert {thread for thread, _, _ in links(whole)} == {"1"}


def test_a_list_of_statuses_has_boosts_and_repetitions(read):
    found = read(mastodon, [status(9, reblog=status(1)), status(1), status(2, "1")])
    assert links(found) == [("1", "1", None), ("1", "2", "1")]
    assert read(mastodon, {"ancestors": [], "descendants": []}) == []


def post(key, *replies, above=None, root="aaa", **more):
    def uri(name):
        return f"at://did:plc:{name}/app.bsky.feed.post/{name}"

    reply = {"reply": {"parent": {"uri": uri(above)}, "root": {"uri": uri(root)}}} if above else {}
    return {
        "$type": "app.bsky.feed.defs#threadViewPost",
        "post": {
            "uri": uri(key),
            "cid": "c",
            "author": {"did": "did:plc:1", "handle": "ada.example"},
            "likeCount": 3,
            "record": {
                "$type": "app.bsky.feed.post",
                "text": f"post {key}",
                "createdAt": "2021-03-04T05:06:07Z",
            }
            | reply,
        },
        "replies": list(replies),
    } | more


def test_a_bluesky_thread_with_what_is_above(read):
    gone = {
        "$type": "app.bsky.feed.defs#notFoundPost",
        "uri": "at://did:plc:x/app.bsky.feed.post/xxx",
        "notFound": True,
    }
    asked = post("bbb", post("ccc", above="bbb"), gone, above="aaa", parent=post("aaa"))
    found = read(bluesky, {"thread": asked})
    assert links(found) == [
        ("aaa", "aaa", None),
        ("aaa", "bbb", "aaa"),
        ("aaa", "ccc", "bbb"),
        ("aaa", "xxx", "bbb"),
    ]
    assert [c.deleted for c in found] == [None, None, None, "deleted"]
    assert (found[0].author, found[0].author_id, found[0].likes) == ("ada.example", "did:plc:1", 3)


def test_bluesky_feeds_and_the_newer_thread(read):
    feed = {"feed": [{"post": post("aaa")["post"]}, {"post": post("bbb", above="aaa")["post"]}]}
    assert links(read(bluesky, feed)) == [("aaa", "aaa", None), ("aaa", "bbb", "aaa")]
    newer = {"thread": [{"uri": "at://x", "depth": 0, "value": {"post": post("aaa")["post"]}}]}
    assert links(read(bluesky, newer)) == [("aaa", "aaa", None)]


def test_bluesky_posts_that_are_hidden_or_gone_keep_their_place(read):
    def uri(key):
        return f"at://did:plc:x/app.bsky.feed.post/{key}"

    def unseen(key, kind, **more):
        return {"uri": uri(key), "depth": 1, "value": {"$type": f"app.bsky.unspecced.defs#{kind}"} | more}

    blocked = {"uri": uri("aaa"), "blocked": True, "author": {"did": "did:plc:x"}}
    found = read(bluesky, {"thread": post("bbb", above="aaa", parent=blocked)})
    assert links(found) == [("aaa", "aaa", None), ("aaa", "bbb", "aaa")]
    assert (found[0].text, found[0].deleted, found[0].author_id) == ("", None, "did:plc:x")
    newer = [
        {"uri": uri("ddd"), "depth": 0, "value": {"$type": "x#threadItemPost"} | post("ddd")},
        unseen("eee", "threadItemNotFound"),
        unseen("fff", "threadItemBlocked", author={"did": "did:plc:y"}),
    ]
    shown, gone, hidden = read(bluesky, {"thread": newer, "hasOtherReplies": False})
    assert (shown.native_id, gone.native_id, hidden.native_id) == ("ddd", "eee", "fff")
    assert (gone.deleted, hidden.deleted, hidden.author_id) == ("deleted", None, "did:plc:y")


def test_what_a_reply_in_a_bluesky_feed_answers(read):
    answer = post("ccc", above="bbb") | {
        "reply": {"root": post("aaa")["post"], "parent": post("bbb")["post"]}
    }
    found = read(bluesky, {"feed": [answer, post("aaa")]})
    assert [(n, p) for _, n, p in links(found)] == [("aaa", None), ("bbb", None), ("ccc", "bbb")]


def test_bluesky_records_and_events(read):
    facet = {
        "index": {"byteStart": 4, "byteEnd": 19},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org/tides/long"}],
    }
    value = {
        "$type": "app.bsky.feed.post",
        "text": "\u00e9: example.org/\u2026 and more",
        "createdAt": "2024-01-02T03:04:05Z",
        "facets": [facet],
    }
    (kept,) = read(
        bluesky, {"records": [{"uri": "at://did:plc:a/app.bsky.feed.post/k1", "cid": "c", "value": value}]}
    )
    assert (kept.native_id, kept.author_id, kept.author) == ("k1", "did:plc:a", None)
    assert kept.text == "\u00e9: example.org/\u2026 (https://example.org/tides/long) and more"
    event = {
        "did": "did:plc:a",
        "time_us": 1,
        "kind": "commit",
        "commit": {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "k1", "record": value},
    }
    other = {
        "did": "did:plc:a",
        "commit": {"operation": "delete", "collection": "app.bsky.feed.post", "rkey": "k"},
    }
    assert read(bluesky, "\n".join(map(json.dumps, [event, other])), "posts.jsonl") == [kept]


def tweet(number, above=None):
    return {
        "id": number,
        "id_str": str(number),
        "text": "a &amp; b",
        "created_at": "Thu Mar 04 05:06:07 +0000 2021",
        "in_reply_to_status_id_str": above,
        "in_reply_to_screen_name": "ada" if above else None,
        "favorite_count": 5,
        "user": {"id_str": "1", "screen_name": "ada", "name": "Ada"},
    }


def test_tweets_in_one_file(read):
    found = read(
        twitter, "\n".join(json.dumps(t) for t in (tweet(1), tweet(2, "1"), tweet(3, "2"))), "t.jsonl"
    )
    assert links(found) == [("1", "1", None), ("1", "2", "1"), ("1", "3", "2")]
    assert (found[1].text, found[1].author, found[1].reply_to, found[1].likes) == ("a & b", "ada", "ada", 5)


def test_tweets_of_the_second_interface(read):
    answer = {
        "data": [
            {
                "id": "1",
                "text": "one",
                "author_id": "7",
                "conversation_id": "1",
                "public_metrics": {"like_count": 2},
            },
            {
                "id": "2",
                "text": "two",
                "author_id": "8",
                "conversation_id": "1",
                "referenced_tweets": [{"type": "quoted", "id": "9"}, {"type": "replied_to", "id": "1"}],
            },
        ],
        "includes": {"users": [{"id": "7", "username": "ada", "name": "Ada"}]},
    }
    found = read(twitter, answer)
    assert links(found) == [("1", "1", None), ("1", "2", "1")]
    assert [(c.author, c.author_id, c.likes) for c in found] == [("ada", "7", 2), (None, "8", None)]


def test_a_folder_of_tweets_is_one_thread(read):
    source = "1234567890"
    tree = {source: {"1234567891": {"1234567892": []}}}
    read(twitter, tweet(1234567890), f"{source}/source-tweet/{source}.json")
    read(twitter, tweet(1234567891, source), f"{source}/replies/1234567891.json")
    read(twitter, tweet(1234567892, "1234567891"), f"{source}/replies/1234567892.json")
    assert read(twitter, tree, f"{source}/structure.json") == [Page(thread_id=source)]
    flat = read(twitter, tweet(1234567892, "1234567891"), f"{source}__reply__1234567892.json")
    assert flat[0].thread_id == source
