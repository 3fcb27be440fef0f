"""Comments of static sites: one YAML file each, links between files, and YAML that is hostile."""

from __future__ import annotations

import zipfile

import pytest

from threads.comment import Comment, Reject
from threads.errors import InputError
from threads.files import bounded_yaml, decode
from threads.formats import static_yaml


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "_data" / "comments" / "2016" / "on-tides"
    place.mkdir(parents=True)
    return place


def write(folder, name, content):
    path = folder / name
    path.write_text(content, "utf-8")
    return path


def read(path):
    (found,) = static_yaml.read(path)
    assert static_yaml.sniff(decode.read_head(path), path) > 0.9
    return found


def test_a_comment(folder):
    path = write(folder, "comment-5.yml", """_id: 0012
name: 'No'
email: hidden@example.org
message: >-
  They say it is
  <em>all</em> a lie &amp; more.

  > Quoted
date: 2016-02-22 20:34:34 -0500
updated: 2016-02-23
""")  # fmt: skip
    found = read(path)
    assert (found.native_id, found.author, found.thread_id) == ("0012", "No", "2016/on-tides")
    assert found.text == "They say it is all a lie & more. > Quoted"
    assert found.created.isoformat() == "2016-02-23T01:34:34+00:00"
    assert found.edited.day == 23


@pytest.mark.parametrize(
    "link", ["replying_to: '2'", "replying_to_uid: bbbbbbbb", "parent: comment-3", "_parent: bbbbbbbb"]
)
def test_the_comment_answered_is_found_among_the_files_beside_it(folder, link):
    write(folder, "comment-1.yml", "_id: aaa\nname: Ada\nmessage: first")
    write(folder, "comment-2.yml", "_id: abb\nname: Ada\nmessage: a reply\nreplying_to: '1'")
    write(folder, "comment-3.yml", "_id: bbbbbbbb\nname: Ben\nmessage: second\nreplying_to: ''")
    write(folder, "broken.yml", "name: [")
    found = read(write(folder, "comment-4.yml", f"_id: ccc\nname: Cleo\nmessage: third\n{link}"))
    assert found.parent_native_id == "bbbbbbbb"


def test_the_page_that_comments_name_is_their_thread(folder):
    write(folder, "a-1.yml", "name: Ada\nmessage: x\n_parent: https://example.org/other/")
    write(folder, "a-2.yml", "name: Ada\nmessage: x\n_parent: https://example.org/tides/")
    found = read(write(folder, "a-3.yml", "name: B\nmessage: y\n_parent: /tides\nreplying_to: '1'"))
    assert (found.thread_id, found.parent_native_id) == ("/tides", "a-2")


def test_the_comment_answered_is_found_in_an_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
        archive.writestr("comments/tides/c-1.yml", "name: Ada\nmessage: x")
        archive.writestr("comments/floods/c-0.yml", "name: Ada\nmessage: x")
        archive.writestr("comments/tides/c-2.yml", "name: Ben\nmessage: y\nreplying_to: '1'")
    found = read(tmp_path / "site.zip" / "comments" / "tides" / "c-2.yml")
    assert (found.thread_id, found.native_id, found.parent_native_id) == ("tides", "c-2", "c-1")


def test_a_reply_to_what_is_not_there_keeps_saying_so(folder):
    assert read(write(folder, "a.yml", "name: A\nmessage: y\nreplying_to: '9'")).parent_native_id == "9"


def test_a_list_of_comments_in_one_file(folder):
    path = write(
        folder,
        "all.yml",
        "- name: Ada\n  id: 1\n  message: x\n- name: Ben\n  message: y\n  parent: 1\n- {}\n",
    )
    assert static_yaml.sniff(decode.read_head(path), path) > 0.9
    found = list(static_yaml.read(path))
    comments = [each for each in found if isinstance(each, Comment)]
    assert [(c.native_id, c.parent_native_id) for c in comments] == [("1", None), ("all-1", "1")]
    assert sum(isinstance(each, Reject) for each in found) == 1


def test_yaml_before_the_text(folder):
    path = write(folder, "c.md", "---\npost_id: /tides\nname: Ada\ndate: 2016-02-22\n---\nThe **sea**.\n")
    found = read(path)
    assert (found.text, found.author, found.thread_id) == ("The **sea**.", "Ada", "/tides")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("name: [\nmessage: x", r"is not YAML that can be read at line \d, column \d+"),
        ("a: &a [x]\nb: [" + "*a, " * 20 + "]\nname: x\nmessage: y", "repeats itself by aliases"),
        ("name: x\nmessage: " + "[" * 900, "nests too deeply|is not YAML"),
        ("name: x\nmessage: " + "[" * 100_000, "nests too deeply|is not YAML"),
        ("name: x\n---\nmessage: y", "is not YAML"),
        ("name: x", "holds no comment"),
        ("just words", "holds no comment"),
        ("message: *unknown", "is not YAML"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(folder, content, sentence):
    with pytest.raises(InputError, match=sentence):
        list(static_yaml.read(write(folder, "x.yml", content)))


def test_a_tag_makes_no_object():
    text = "message: !!python/object/apply:os.system ['false']\nname: !!int x\ndate: 2021-99-99"
    assert bounded_yaml.load(text) == {"message": ["false"], "name": "x", "date": "2021-99-99"}


def test_merging_is_not_done():
    levels = "".join(f"a{n}: &a{n}\n  <<: *a{n - 1}\n  k{n}: x\n" for n in range(1, 9))
    assert bounded_yaml.load(f"a0: &a0 {{k: x}}\n{levels}")["a8"].keys() == {"<<", "k8"}


@pytest.mark.parametrize(
    "content", ["name: x\non: push\n", '{"name": "x", "message": "y"}', "Dear all,\nhello.\n"]
)
def test_other_files_are_not_claimed(folder, content):
    path = write(folder, "x.yml", content)
    assert static_yaml.sniff(decode.read_head(path), path) == 0
