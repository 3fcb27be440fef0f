"""Tweets as JSON: of the interfaces 1.1 and 2, and folders such as RumourEval and PHEME, a tweet a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.files import decode, documents
from threads.files.objects import Object, count, identity, in_time, mapping, mappings, said, tops, words
from threads.files.times import moment
from threads.formats.base import PERSON

name = "twitter"
title = "Twitter (tweets as JSON; RumourEval and PHEME trees)"
keeps = "ids, parents, authors with id, times, likes"
identifies = PERSON

_OLD = frozenset({"id_str", "user", "created_at"})
_NEW = frozenset({"id", "text", "author_id"})
_FOLDERS = frozenset({"source-tweet", "source-tweets", "replies", "reactions"})
_SOURCE = re.compile(r"(\d{10,25})__")  # folders flattened to names: SOURCE__reply__ID.json
_ID = re.compile(r"\d{10,25}")


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object is a tweet, or a tree of nothing but their ids."""
    sure = documents.sureness(head, path, _is_tweet)
    return sure or (documents.sureness(head, path, _is_tree) if path.stem.endswith("structure") else 0.0)


def read(path: Path) -> Iterator[Record]:
    """Yield each tweet; its thread is what its folder names, its conversation, or the uppermost above it.

    A tree of ids yields a page for the tweet at its top: every tweet names its parent itself.
    """
    tweets: list[Object] = []
    people: dict[str | None, str | None] = {}
    for value in documents.known(path, lambda each: _is_tweet(each) or _is_person(each) or _is_tree(each)):
        if isinstance(value, Reject):
            yield value
        elif _is_tweet(value):
            tweets.append(value)
        elif _is_person(value):
            people[identity(value["id"])] = said(value["username"])
        else:
            yield Page(thread_id=next(iter(value)))
    threads = tops({own: _parent(tweet) for tweet in tweets if (own := _id(tweet))})
    place = _place(decode.plain(path))
    for position, tweet in enumerate(in_time(tweets, "created_at")):
        own = _id(tweet) or ""
        told = place or identity(tweet.get("conversation_id")) or threads.get(own, decode.plain(path).stem)
        yield _comment(tweet, told, people, position)


def _is_tweet(value: Object) -> bool:
    if value.keys() >= _OLD and ("text" in value or "full_text" in value):
        return isinstance(value["user"], dict)
    return value.keys() >= _NEW and not {"conversation_id", "referenced_tweets"}.isdisjoint(value)


def _is_person(value: Object) -> bool:
    return value.keys() >= {"id", "username", "name"}


def _is_tree(value: Object) -> bool:
    """Whether an object holds one id of a tweet, and below it ids with objects or empty lists."""
    top = next(iter(value), "")
    return len(value) == 1 and bool(_ID.fullmatch(top)) and isinstance(value[top], dict | list)


def _place(path: Path) -> str | None:
    """The source tweet that the folder of a file names, or its own name."""
    if path.parent.name in _FOLDERS:
        return path.parent.parent.name
    source = _SOURCE.match(path.name)
    return source[1] if source else None


def _id(tweet: Object) -> str | None:
    return identity(tweet.get("id_str")) or identity(tweet.get("id"))


def _parent(tweet: Object) -> str | None:
    answered = [each for each in mappings(tweet.get("referenced_tweets")) if each.get("type") == "replied_to"]
    if answered:
        return identity(answered[0].get("id"))
    return identity(tweet.get("in_reply_to_status_id_str")) or identity(tweet.get("in_reply_to_status_id"))


def _comment(tweet: Object, thread: str, people: dict[str | None, str | None], position: int) -> Comment:
    user, metrics = mapping(tweet.get("user")), mapping(tweet.get("public_metrics"))
    author_id = identity(user.get("id_str")) or identity(tweet.get("author_id"))
    return Comment(
        text=unescape(words(tweet.get("full_text")) or words(tweet.get("text"))),
        thread_id=thread,
        position=position,
        native_id=_id(tweet),
        parent_native_id=_parent(tweet),
        author=said(user.get("screen_name")) or people.get(author_id),
        author_id=author_id,
        created=moment(tweet.get("created_at")),
        likes=count(tweet.get("favorite_count") if user else metrics.get("like_count")),
        reply_to=said(tweet.get("in_reply_to_screen_name")),
    )
