"""ConvoKit corpora: the utterances, the files beside them, older names, damage."""

from __future__ import annotations

import json
import zipfile

import pytest

from threads.comment import Comment, Page, Reject
from threads.errors import InputError
from threads.files import decode
from threads.formats import convokit


def utterance(number, parent, **more):
    return {"id": f"u{number}", "conversation_id": "u1", "text": "Hello.", "speaker": "p1",
            "reply_to": parent, "timestamp": 1_400_000_000 + number, "meta": {"score": 3}} | more  # fmt: skip


ROWS = [
    utterance(1, None),
    utterance(2, "u1", text="[deleted]", speaker="[deleted]"),
    utterance(3, "u2", speaker="p2"),
]
PEOPLE = {"p1": {"meta": {"name": "Ada Vries"}, "vectors": []}, "p2": {}}
TALKS = {"u1": {"meta": {"title": "On tides"}, "vectors": []}}


def lines(rows):
    return "\n".join(json.dumps(each) for each in rows)


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "utterances.jsonl").write_text(lines(ROWS))
    (tmp_path / "speakers.json").write_text(json.dumps(PEOPLE))
    (tmp_path / "conversations.json").write_text(json.dumps(TALKS))
    (tmp_path / "index.json").write_text(json.dumps({"version": 1, "utterances-index": {}}))
    return tmp_path


def test_a_corpus(corpus):
    page, one, two, three = convokit.read(corpus / "utterances.jsonl")
    assert page == Page(thread_id="u1", title="On tides")
    assert (one.author, one.author_id, one.likes, one.created.year) == ("Ada Vries", "p1", 3, 2014)
    assert (two.text, two.deleted, two.author, two.parent_native_id) == ("", "deleted", None, "u1")
    assert (three.author, three.parent_native_id) == ("p2", "u2")


@pytest.mark.parametrize("name", ["utterances.jsonl", "speakers.json", "conversations.json", "index.json"])
def test_each_file_of_a_corpus_is_known(corpus, name):
    path = corpus / name
    assert convokit.sniff(decode.read_head(path), path) == 0.99
    assert bool(list(convokit.read(path))) == (name == "utterances.jsonl")


def test_a_file_of_that_name_without_utterances_is_somebody_elses(tmp_path):
    (tmp_path / "index.json").write_text('{"text": "a"}')
    path = tmp_path / "index.json"
    assert convokit.sniff(decode.read_head(path), path) == 0


def test_a_corpus_in_an_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "corpus.zip", "w") as archive:
        archive.writestr("tides/utterances.jsonl", lines(ROWS))
        archive.writestr("tides/speakers.json", json.dumps(PEOPLE))
    _, one, *_ = convokit.read(tmp_path / "corpus.zip" / "tides" / "utterances.jsonl")
    assert one.author == "Ada Vries"


def test_older_names(tmp_path):
    rows = [{"id": n, "root": 1, "text": "x", "user": "ada", "reply-to": parent, "timestamp": None}
            for n, parent in ((1, None), (2, 1))]  # fmt: skip
    (tmp_path / "utterances.json").write_text(json.dumps(rows))
    path = tmp_path / "utterances.json"
    assert convokit.sniff(decode.read_head(path), path) == 0.99
    found = [each for each in convokit.read(path) if isinstance(each, Comment)]
    assert [(c.native_id, c.parent_native_id, c.thread_id, c.author) for c in found] == [
        ("1", None, "1", "ada"),
        ("2", "1", "1", "ada"),
    ]


def test_damaged_lines_are_told_and_the_rest_is_read(tmp_path):
    path = tmp_path / "utterances.jsonl"
    path.write_text(lines(ROWS[:1]) + '\n{"id": "u2", "te\n[]\n' + lines(ROWS[2:]))
    found = list(convokit.read(path))
    assert [each.line for each in found if isinstance(each, Reject)] == [2, 3]
    assert sum(isinstance(each, Comment) for each in found) == 2
    for content, sentence in [("nothing\n", "is whole JSON"), ('{"id": 1}\n', "is an utterance")]:
        path.write_text(content)
        with pytest.raises(InputError, match=rf"No line of the file .* {sentence}"):
            list(convokit.read(path))


def test_a_heading_is_the_title_of_its_conversation(tmp_path):
    heading = utterance(1, None, text="Tides again", meta={"is_section_header": True})
    rows = [heading, utterance(2, "u1", meta={"is_section_header": False}), utterance(3, "u2", meta=None)]
    (tmp_path / "utterances.jsonl").write_text(lines(rows))
    page, two, three = convokit.read(tmp_path / "utterances.jsonl")
    assert page.title == "Tides again"
    assert (two.native_id, two.parent_native_id, three.parent_native_id) == ("u2", None, "u2")


def test_what_is_kept_in_pickled_files_is_left_out(tmp_path):
    kept_apart = "<##bin{3}&&@**>"
    (tmp_path / "utterances.jsonl").write_text(lines([utterance(1, None, meta={"permalink": kept_apart})]))
    (tmp_path / "conversations.json").write_text(json.dumps({"u1": {"meta": {"title": kept_apart}}}))
    page, one = convokit.read(tmp_path / "utterances.jsonl")
    assert (page.title, one.url) == (None, None)
