"""Telegram and Discord."""

from __future__ import annotations

import json
import tracemalloc
from datetime import UTC, datetime

import pytest

from threads.comment import Comment, Page, Reject
from threads.files import long_list
from threads.formats import FORMATS, discord, telegram


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


def test_what_telegram_writes_beside_plain_messages(read):
    quoting = ["He says\n", {"type": "blockquote", "text": "old\nones\n"}, "and I do not"]
    poll = {
        "question": "Sail today?",
        "closed": False,
        "answers": [{"text": "Yes", "voters": 2}, {"text": "No"}],
    }
    never = {"edited": "1970-01-01T01:00:00"}  # as its first versions wrote for what was not edited
    _, unread, said, asked, migrated = read(
        telegram,
        chat(
            {"id": 1, "type": "unsupported"},
            message(2, quoting, reply_to_message_id=1),
            message(3, "", poll=poll, **never),
            message(-999_999_123, "from the old group", forwarded_from="Bo"),
        ),
    )
    assert (unread.native_id, unread.text, unread.author) == ("77/1", "", None)
    assert (said.text, said.parent_native_id) == ("He says\n> old\n> ones\nand I do not", "77/1")
    assert (asked.text, asked.edited) == ("Sail today?\n- Yes\n- No", None)
    assert migrated.native_id == "77/-999999123"


def test_a_telegram_account_with_many_contacts_before_its_chats(read):
    contacts = [{"user_id": number, "first_name": "x" * 40} for number in range(2000)]
    account = {"about": "all", "contacts": {"about": "", "list": contacts}}
    account |= {
        "chats": {"about": "", "list": [chat(message(1)), chat(number=78), chat(message(1), number=79)]}
    }
    records = read(telegram, json.dumps(account, indent=1))
    assert [r.thread_id for r in records if isinstance(r, Page)] == ["77", "78", "79"]
    assert [(c.position, c.native_id) for c in records if isinstance(c, Comment)] == [
        (0, "77/1"),
        (1, "79/1"),
    ]


def test_a_chat_with_its_names_sorted(read):
    """The messages then stand before the type of the chat, and are told by all of it."""
    page, *found = read(telegram, json.dumps(chat(message(1), message(2)), sort_keys=True))
    assert (page.thread_id, links(found)) == ("77", [("77", "77/1", None), ("77", "77/2", None)])


def test_control_characters_that_telegram_writes_as_json_does_not_know_them(read):
    text = json.dumps(chat(message(1), message(2, "up AND down"), message(3)), indent=1)
    _, _, second, third = read(telegram, text.replace(" AND ", r"\x0B\\x\u2028"))
    assert (second.text, third.native_id) == ("up\x0b\\x\u2028down", "77/3")


DAMAGES = {
    "a quote is lost": ('"second"', '"second'),
    "a bracket is lost": ('"second"\n  },', '"second"\n  ,'),
    "brackets are torn": ('"from": "Ada",\n   "from_id": "user1",\n   "text": "second"', "]}, ]]}"),
    "it begins in the middle": ('{\n   "id": 2,\n   "type": "message",', ""),
    "it holds what is no text": ('"second"', "\x01\x02 second"),
    "it nests without end": ('"second"', "[" * 5_000),
}


@pytest.mark.parametrize("size", [64, 2**20])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_message_is_told_and_the_rest_read(read, monkeypatch, damage, size):
    monkeypatch.setattr(long_list, "_PIECE", size)
    text = json.dumps(chat(message(1), message(2, "second"), message(3), message(4)), indent=1)
    before, after = DAMAGES[damage]
    assert before in text
    found = read(telegram, text.replace(before, after, 1))
    assert [c.native_id for c in found if isinstance(c, Comment)] == ["77/1", "77/3", "77/4"]
    (told,) = [r for r in found if isinstance(r, Reject)]
    assert told.reason == "Message 2 is not whole JSON; reading goes on with the next."
    assert text.split("\n")[told.line - 1].strip() in ("{", '"id": 2,')


def test_damage_in_one_chat_leaves_the_next(read):
    account = {
        "about": "",
        "contacts": {},
        "chats": {"list": [chat(message(1), message(2)), chat(message(1), number=78)]},
    }
    text = json.dumps(account, indent=1)
    start = text.index('"text"', text.index('"id": 2'))
    found = read(telegram, text[:start] + text[text.index("{", start) :])  # up to where the next chat begins
    assert [r.native_id for r in found if isinstance(r, Comment)] == ["77/1", "78/1"]
    assert [r.reason for r in found if isinstance(r, Reject)] == [
        "Message 2 is not whole JSON; reading goes on with the next."
    ]


def test_a_chat_that_is_cut_anywhere_gives_all_before_the_cut(read):
    text = json.dumps(chat(*(message(number, "x" * number) for number in range(1, 9))), indent=1)
    ends = [at for at in range(len(text)) if text.startswith(("},\n", "}\n ]"), at)]
    for cut in range(text.index('"id": 2'), text.rindex("]"), 23):
        *found, told = read(telegram, text[:cut])
        whole = sum(end < cut for end in ends)
        assert [c.native_id for c in found[1:]] == [f"77/{number}" for number in range(1, whole + 1)]
        assert told.line <= text.count("\n", 0, cut) + 1
        assert (
            told.reason
            == f"Message {whole + 1} is not whole JSON and none follows: here the file breaks off."
        )


def test_a_file_of_beginnings_alone_is_no_hang(read):
    text = json.dumps(chat(message(1)))
    one = '{"id": 2, "type": "message", "text": "'
    found = read(telegram, text.removesuffix("]}") + ",\n" + one * 4_000)
    assert [type(record) for record in found[:2]] == [Page, Comment]
    assert [record.line for record in found[2:]] == [2] * 4_000


def test_a_long_chat_takes_no_more_memory_than_a_short_one(tmp_path, monkeypatch):
    monkeypatch.setattr(long_list, "_PIECE", 2**12)
    path = tmp_path / "result.json"
    path.write_text(json.dumps(chat(*(message(number, "word " * 20) for number in range(3_000)))))
    tracemalloc.start()
    count = sum(isinstance(record, Comment) for record in telegram.read(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 3_000
    assert peak < path.stat().st_size / 4  # a line is the whole file here


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


def test_what_discord_writes_beside_plain_messages(read):
    """What is forwarded stands beside an empty text, and types unknown to its exporter are in digits."""
    export = {
        "guild": {"id": "0", "name": "Direct Messages"},
        "channel": {"id": "5", "type": "GuildPublicThread", "name": "knots", "topic": None},
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2024-01-01T00:00:00+00:00",
        "messages": [
            written("10", content="", reference={"type": "Forward", "messageId": "1", "channelId": "6"},
                    forwardedMessage={"timestamp": "2021-03-04T06:06:07+00:00", "content": "old words"}),
            written("11", "20", content="/roll"),
            written("12", "46", content=""),
            written("13", author={"id": "2", "name": "bo", "discriminator": "0000"}),
        ],
        "messageCount": 4,
    }  # fmt: skip
    page, forwarded, command, other = read(discord, json.dumps(export, indent=2))
    assert (page.title, page.article) == ("knots", "")
    assert (forwarded.text, forwarded.parent_native_id) == ("old words", None)
    assert (command.text, other.author, other.native_id) == ("/roll", "bo", "13")


def test_a_damaged_message_of_discord(read):
    export = {
        "guild": {"id": "4"},
        "channel": {"id": "5"},
        "messages": [written(str(n)) for n in range(1, 5)],
    }
    text = json.dumps(export, indent=2)
    at = text.index('"content"', text.index('"id": "3"'))
    one, two, told, four = read(discord, text[:at] + text[at + 40 :])[1:]
    assert [one.native_id, two.native_id, four.native_id] == ["1", "2", "4"]
    assert told.reason == "Message 3 is not whole JSON; reading goes on with the next."
    assert told.line == text.count("\n", 0, text.index('"id": "3"'))
