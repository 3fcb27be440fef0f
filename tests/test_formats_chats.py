"""Telegram and Discord."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from threads.comment import Comment, Page
from threads.formats import FORMATS, discord, long_list, telegram


@pytest.fixture
def read(tmp_path):
    def read(expected, content, name="result.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        head = path.read_bytes()
        assert (
            max((*FORMATS, telegram, discord), key=lambda each: each.sniff(head, path)).name == expected.name
        )
        return list(expected.read(path))

    return read


def links(records):
    return [(r.thread_id, r.native_id, r.parent_native_id) for r in records if isinstance(r, Comment)]


def message(number, text="hi", **more):
    return {
        "id": number,
        "type": "message",
        "date": "2021-03-04T06:06:07",
        "date_unixtime": "1614834367",
        "from": "Ada",
        "from_id": "user1",
        "text": text,
    } | more


def chat(*messages, number=77):
    return {"name": "Boats", "type": "private_supergroup", "id": number, "messages": list(messages)}


def test_a_telegram_chat(read):
    quoting = [{"type": "blockquote", "text": "old\nones"}, "new ", {"type": "bold", "text": "words"}]
    link = ["see ", {"type": "text_link", "text": "this", "href": "https://example.org/"}]
    reported = {"id": 1, "type": "service", "date": "2021-03-04T06:06:07", "action": "topic_created"}
    content = chat(
        reported,
        message(2),
        message(3, quoting, reply_to_message_id=2, edited_unixtime="1614834400"),
        message(4, link, reply_to_message_id=1),
        message(5, reply_to_message_id=9, reply_to_peer_id="channel3"),
        message(6, "", **{"from": None}),
    )
    page, *found = read(telegram, content)
    assert page == Page(thread_id="77", title="Boats")
    assert links(found) == [
        ("77", "77/2", None),
        ("77", "77/3", "77/2"),
        ("77", "77/4", None),
        ("77", "77/5", None),
        ("77", "77/6", None),
    ]
    first, second, third, _, last = found
    assert (first.author, first.author_id) == ("Ada", "user1")
    assert first.created == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert (second.text, second.edited is None) == ("> old\n> ones\nnew words", False)
    assert third.text == "see this (https://example.org/)"
    assert (last.author, last.text) == (None, "")


def test_all_chats_of_a_telegram_account(read):
    account = {"about": "all", "chats": {"list": [chat(message(1)), chat(message(1), number=78)]}}
    assert [(t, n) for t, n, _ in links(read(telegram, account))] == [("77", "77/1"), ("78", "78/1")]
    assert read(telegram, chat()) == [Page(thread_id="77", title="Boats")]


def test_a_telegram_chat_that_breaks_off(read):
    text = json.dumps(chat(message(1), message(2), message(3, "a long message")), indent=1)
    *found, damage = read(telegram, text[: text.index("long")])
    assert links(found) == [("77", "77/1", None), ("77", "77/2", None)]
    assert damage.line == text[: text.index('"id": 3')].count("\n")
    assert damage.excerpt.startswith("{")


def test_a_long_chat_is_read_piece_by_piece(read, monkeypatch):
    content = chat(*(message(number, "x" * (number % 97)) for number in range(500)))
    for size in (1, 50, 2**20):
        monkeypatch.setattr(long_list, "_PIECE", size)
        whole = read(telegram, json.dumps(content, indent=1))
        assert [(c.position, c.native_id, len(c.text)) for c in whole[1:]] == [
            (number, f"77/{number}", number % 97) for number in range(500)
        ]
    assert whole == read(telegram, json.dumps(content))


def written(number, kind="Default", **more):
    return {
        "id": number,
        "type": kind,
        "timestamp": "2021-03-04T06:06:07.5+01:00",
        "timestampEdited": None,
        "content": "hi",
        "author": {"id": "1", "name": "ada", "nickname": "Ada", "isBot": False},
    } | more


def test_a_discord_channel(read):
    def to(number, channel="5"):
        return {"messageId": number, "channelId": channel, "guildId": "4"}

    export = {
        "guild": {"id": "4", "name": "Harbour"},
        "channel": {"id": "5", "name": "boats", "topic": "All boats"},
        "messages": [
            written("10"),
            written("11", "Reply", reference=to("10"), timestampEdited="2021-03-05T00:00:00Z"),
            written("12", "GuildMemberJoin"),
            written("13", "Reply", reference=to("9", "6")),
            written("14", reference=to("10")),
            written("15", "19", reference={"messageId": "11"}),
        ],
    }
    page, *found = read(discord, export)
    assert page == Page(thread_id="5", title="boats", article="All boats")
    assert links(found) == [
        ("5", "10", None),
        ("5", "11", "10"),
        ("5", "13", None),
        ("5", "14", None),
        ("5", "15", "11"),
    ]
    assert (found[0].author, found[0].author_id) == ("Ada", "1")
    assert found[0].created == datetime(2021, 3, 4, 5, 6, 7, 500_000, tzinfo=UTC)
    assert found[1].edited is not None
