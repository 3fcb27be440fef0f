"""No name of anybody is left anywhere in a case that was read under pseudonyms, whatever the format."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import threads as th
from threads.cli import main

BLOG = """THE FERRY IS LATE AGAIN

The ferry to Varn came an hour late on Monday, and nobody on the quay was told why. The harbour master said
that the engine had to be cooled twice on the way.

3 comments

Quillon Abernathy says:
May 3, 2024 at 10:00 am
I waited there for an hour with two children and a dog. What a mess you make of it.
Reply

Zyx_Prowler9 says:
May 3, 2024 at 10:20 am
Quillon, you are right. Quillon Abernathy for harbour master! You idiots cannot run a bath.
Reply

Will says:
May 3, 2024 at 11:00 am
@Zyx_Prowler9 I will not wait. As quillon said, the ferry will be late.
Reply
"""
TABLE = [
    ("1", None, "Jürgen Möckel-Øst", "The quay is shut.", "Jürgen Möckel-Øst on the quay"),
    ("2", "1", "[Vex*|Droom]", "No, Juergen Moeckel-Oest, it is not; jurgen mockel-ost knows.", "The quay"),
    ("3", "2", "will", "It will rain. See https://x.example/u/vex-droom?from=J%C3%BCrgen%20M%C3%B6ckel-%C3%98st",
     "The quay"),
    ("4", "1", "Art", "Art is long, the Art of talk; thanks Art! vex droom, no", "The quay"),
    ("5", "vexdroom/77", None, "QUILLON ABERNATHY says zyx_prowler9 lies", "The quay"),
    ("6", "1", "Snorre$Kvasir (mod)", "(snorre$kvasir (mod)) <@snorre_kvasir>", "The quay"),
]  # fmt: skip
LEAKS = (
    "quillon", "abernathy", "prowler9", "juergen", "jürgen", "jurgen", "möckel", "mockel", "moeckel",
    "c3%bcrgen", "vex", "droom", "snorre", "kvasir", "talvik", "oddny", "plc:", "brimble",
    "tovehus", "hollertz",
)  # fmt: skip


def status(number: int, above: str | None, acct: str, content: str) -> dict:
    return {
        "id": str(number), "created_at": "2021-03-04T05:06:07.000Z", "edited_at": None,
        "in_reply_to_id": above, "content": content, "spoiler_text": "", "favourites_count": 2,
        "reblog": None, "url": f"https://social.example/@{acct}/{number}",
        "account": {"id": f"77{number}", "acct": acct},
    }  # fmt: skip


def post(key: str, *replies: dict, handle: str, text: str) -> dict:
    uri = f"at://did:plc:{key}/app.bsky.feed.post/{key}"
    return {
        "$type": "app.bsky.feed.defs#threadViewPost",
        "post": {
            "uri": uri, "cid": "c", "author": {"did": f"did:plc:{key}", "handle": handle}, "likeCount": 1,
            "record": {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2021-03-04T05:06:07Z"},
        },
        "replies": list(replies),
    }  # fmt: skip


def letter(name: str, sender: str, body: str, *headers: str) -> str:
    lines = [
        "From x@mail.example Thu Mar  4 05:06:07 2021", f"From: {sender}", f"Message-ID: <{name}>",
        "Date: Thu, 4 Mar 2021 06:06:07 +0100", "Subject: What Tove Hollertz asks", *headers,
        "", body, "", "",
    ]  # fmt: skip
    return "\n".join(lines)


def write_all(folder: Path) -> None:
    """Files of seven formats whose people are named in texts, ids, titles, addresses and names of files."""
    (folder / "blog-of-quillon-abernathy.txt").write_text(BLOG)
    columns = ["id", "parent_id", "author", "text", "title"]
    table = pd.DataFrame(TABLE, columns=columns).assign(url="https://x.example/vex_droom/quay")
    table.to_csv(folder / "wall_vex_droom.csv", index=False)
    mention = (
        '<p><a href="https://social.example/@Talvik" class="u-url mention">@<span>Talvik</span></a> no</p>'
    )
    context = {
        "ancestors": [status(1, None, "talvik@far.example", "<p>Hello, I am Oddny Brimble</p>")],
        "descendants": [status(2, "1", "oddny_brimble", mention)],
    }
    (folder / "toots.json").write_text(json.dumps(context))
    below = post("kvq", handle="tovehus.bsky.social", text="tovehus here, see @talvik.far.example")
    posts = post("abc", below, handle="oddny.brimble.example", text="Tovehus knows")
    (folder / "sky.json").write_text(json.dumps({"thread": posts}))
    (folder / "list.mbox").write_text(
        letter("1@brimble.example", "Tove Hollertz <tove@hollertz.example>", "Hello all")
        + letter("2@x.example", "oddny <oddny@brimble.example>",
                 "On Monday Tove Hollertz wrote:\n> Hello all\n\nTove, write to oddny@brimble.example",
                 "In-Reply-To: <1@brimble.example>")
    )  # fmt: skip
    said = {
        "type": "message",
        "date": "2021-03-04T06:06:07",
        "date_unixtime": "1614834367",
        "from_id": "user881",
    }
    chat = [
        said | {"id": 2, "from": "Oddny Brimble", "text": "Who is Will?"},
        said
        | {"id": 3, "from": "Will", "text": "@oddny_b me", "reply_to_message_id": 2, "from_id": "user882"},
    ]
    telegram = {"name": "Boats", "type": "private_supergroup", "id": 77, "messages": chat}
    (folder / "result.json").write_text(json.dumps(telegram))
    row = {"link_id": "t3_zz", "created_utc": 1614834367}
    reddit = [
        row | {"id": "abc", "body": "u/Vex_Droom_X lies", "author": "Oddny_Brimble", "parent_id": "t3_zz",
               "author_fullname": "t2_droom", "permalink": "/r/u_Vex_Droom_X/comments/zz/x/abc/"},
        row | {"id": "abd", "body": "[deleted]", "author": "Vex_Droom_X", "parent_id": "t1_gone"},
    ]  # fmt: skip
    (folder / "dump.jsonl").write_text(
        "".join(json.dumps(each) + "\n" for each in reddit) + "{broken Quillon\n"
    )


def told(path: Path) -> str:
    """All that a file of a case or an export says; tables as text."""
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv()
    return path.read_bytes().decode("utf-8", "replace")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    write_all(folder)
    case = tmp_path_factory.mktemp("out") / "case"
    run = CliRunner().invoke(main, ["run", str(folder), "-o", str(case), "--pseudonymise", "--fast"])
    assert run.exit_code == 0, run.output
    for kind in ("csv", "jsonl", "parquet", "convokit", "graphml", "gexf"):
        out = case / f"out.{kind}"
        assert (
            CliRunner().invoke(main, ["export", str(case), "--format", kind, "-o", str(out)]).exit_code == 0
        )
    return case


def test_no_file_of_the_case_names_anybody(case: Path) -> None:
    files = [path for path in case.rglob("*") if path.is_file() and path.name != "salt"]
    assert {"run.json", "rejects.jsonl", "report.html", "queue.csv", "pages.parquet"} <= {
        f.name for f in files
    }
    left = [(path.name, name) for path in files for name in LEAKS if name in told(path).casefold()]
    assert not left


def test_the_salt_lies_in_one_file(case: Path) -> None:
    salt = (case / "salt").read_bytes()
    others = [path for path in case.rglob("*") if path.is_file() and path.name != "salt"]
    assert not any(salt in path.read_bytes() or salt.hex() in told(path) for path in others)


def test_words_that_are_names_are_words_still_and_the_trees_stand(case: Path) -> None:
    comments = th.Case(case).comments()
    texts = " ".join(comments.text)
    assert "I will not wait" in texts and "the ferry will be late" in texts and "It will rain" in texts
    assert "Art is long" in texts and "Who is Will?" not in texts
    links = comments.groupby("platform").link.value_counts().to_dict()
    assert links[("csv", "reply")] == 4 and links[("csv", "missing")] == 1
    assert (
        links[("mbox", "reply")] == 1
        and links[("bluesky", "reply")] == 1
        and links[("mastodon", "reply")] == 1
    )
    assert set(comments.parent_id[comments.link == "reply"]) <= set(comments.comment_id)
    assert set(comments.root_id) <= set(comments.comment_id)
    pages = th.Case(case).scored().pages
    assert set(comments.thread_id) <= set(pages.thread_id)
    assert comments.author.dropna().str.fullmatch("p-[0-9a-f]{12}").all()


def test_a_person_is_one_pseudonym_in_all_formats(case: Path) -> None:
    comments = th.Case(case).comments()
    here = comments.assign(who=comments.author.fillna("nobody"))
    will = here[(here.platform == "telegram") & here.text.str.startswith("@p-")].who.item()
    assert will in set(here.who[here.platform == "csv"]) & set(here.who[here.platform == "page_text"])
