"""What holds for every export of a comment system: known, never mistaken, and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from threads.comment import Comment, Page, Reject
from threads.errors import InputError
from threads.files import decode
from threads.formats import (
    FORMATS,
    commento,
    convokit,
    coral,
    disqus_json,
    disqus_xml,
    feed,
    isso,
    remark42,
    static_yaml,
    wordpress,
)

OURS = (
    disqus_xml, disqus_json, wordpress, commento, isso, remark42, static_yaml, coral, convokit, feed,
)  # fmt: skip
SAMPLES = {
    disqus_xml: """<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><link>http://example.org/</link><title>T</title></thread>
<post dsq:id="2"><message><![CDATA[<p>a &amp; b</p>]]></message><createdAt>2020-01-01T00:00:00Z</createdAt>
<author><name>Ada</name></author><thread dsq:id="1"/><parent dsq:id="1"/></post></disqus>""",
    disqus_json: """{"response": [{"id": "1", "parent": null, "thread": "7", "message": "<p>a</p>",
"raw_message": "a", "author": {"name": "Ada"}, "isDeleted": false, "isSpam": false, "likes": 1,
"createdAt": "2020-01-01T00:00:00"}]}""",
    wordpress: """<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>T</title>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Ada</wp:comment_author>
<wp:comment_content>a &lt;b&gt;c</wp:comment_content><wp:comment_parent>0</wp:comment_parent></wp:comment>
</item></channel></rss>""",
    commento: """{"version": 1, "comments": [{"commentHex": "a", "domain": "d", "url": "/u",
"commenterHex": "p", "markdown": "x", "parentHex": "root", "score": 1, "creationDate": "2020-01-01T00:00:00Z",
"deleted": false}], "commenters": [{"commenterHex": "p", "name": "Ada"}]}""",
    isso: """[{"id": "/p/", "title": "T", "comments": [{"id": 0, "author": "Ada", "email": "", "website": "",
"remote_addr": "0", "created": "2020-01-01 00:00:00", "text": "x", "parent": 0}]}]""",
    remark42: """{"id": "a", "pid": "", "text": "<p>x</p>", "user": {"name": "Ada", "id": "u"},
"locator": {"site": "s", "url": "u"}, "score": 1, "time": "2020-01-01T00:00:00Z"}""",
    static_yaml: "_id: a\n_parent: /t\nreplying_to: '1'\nname: Ada\nmessage: |\n  x\n  y\ndate: 2020-01-01\n",
    coral: """[{"id": "a", "storyID": "s", "authorID": "Ada", "parentID": null, "status": "NONE",
"revisions": [{"body": "x", "createdAt": "2020-01-01T00:00:00Z"}], "actionCounts": {"REACTION": 1},
"createdAt": {"$date": {"$numberLong": "1577836800000"}}}]""",
    convokit: """{"id": "a", "conversation_id": "a", "text": "x", "speaker": {"id": "u", "name": "Ada"},
"reply_to": null, "timestamp": 1577836800, "meta": {"score": 1}}""".replace("\n", ""),
    feed: """<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>
<entry><author><name>Ada</name></author>
<content type="html">&lt;p&gt;x&lt;/p&gt;</content><id>t1_a</id>
<link href="https://x.org/comments/abc/d/a/"/>
<updated>2020-01-01T00:00:00Z</updated><title>T</title></entry></feed>""",
}  # fmt: skip
NAMES = [form.name for form in OURS]


def detected(path):
    """What `detect` would choose among all formats, ours in FORMATS or not yet."""
    head, named = decode.read_head(path), decode.plain(path)
    formats = [form for form in FORMATS if form.name not in NAMES] + list(OURS)
    sure, best = max(((form.sniff(head, named), form) for form in formats), key=lambda pair: pair[0])
    return best if sure else None


@pytest.mark.parametrize("form", OURS, ids=NAMES)
def test_a_sample_is_known_and_read(tmp_path, form):
    path = tmp_path / ("x.yml" if form is static_yaml else "x")
    path.write_text(SAMPLES[form], "utf-8")
    assert detected(path) is form
    (comment,) = (each for each in form.read(path) if isinstance(each, Comment))
    assert "Ada" in (comment.author, comment.author_id)
    assert set(form.identifies) <= set(Comment.__dataclass_fields__)
    assert form.title
    assert form.keeps


@pytest.mark.parametrize("form", OURS, ids=NAMES)
def test_nobody_claims_the_sample_of_another(tmp_path, form):
    path = tmp_path / ("x.yml" if form is static_yaml else "x")
    path.write_text(SAMPLES[form], "utf-8")
    head = decode.read_head(path)
    assert [each.name for each in OURS if each.sniff(head, path)] == [form.name]


EDITS = st.lists(
    st.tuples(
        st.integers(0, 600),
        st.integers(0, 40),
        st.sampled_from([
            "", "<", ">", "&", "]]>", "<!--", "<![CDATA[", "</post>", '"', "{", "}", "[", "]", ",", "null",
            "-1", "1e999", "true", "\\ud800", "\0", "\n", ": ", "- ", "&a ", "*a", "!!int ", "\u2028",
            "9" * 30, '"id"', "<item>",
        ]),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@pytest.mark.parametrize("form", OURS, ids=NAMES)
@settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(edits=EDITS)
def test_damage_is_never_a_traceback(tmp_path, form, edits):
    text = SAMPLES[form]
    for place, length, stray in edits:
        text = text[:place] + stray + text[place + length :]
    path = tmp_path / "x.yml"
    path.write_text(text or " ", "utf-8")
    form.sniff(decode.read_head(path), path)
    try:
        found = list(form.read(path))
    except InputError as problem:
        assert str(problem).endswith((".", "?"))
        return
    for each in found:
        assert isinstance(each, Comment | Page | Reject)
        if isinstance(each, Comment):
            each.text.encode()
            (each.author or "").encode()


ODD = (
    None,
    True,
    -1,
    10**30,
    1.5,
    float("inf"),
    "",
    "x",
    [],
    {},
    [None],
    [{}],
    {"id": {}},
    [["x"]],
    "9" * 5_000,
)


def variants(value):
    """The value with each thing in it, one at a time, replaced by each odd one."""
    if isinstance(value, dict | list):
        places = value.items() if isinstance(value, dict) else enumerate(value)
        for place, inner in list(places):
            for other in (*ODD, *variants(inner)):
                changed = value.copy()
                changed[place] = other
                yield changed


JSON_FORMS = [form for form in OURS if SAMPLES[form][0] in "{["]


@pytest.mark.parametrize("form", JSON_FORMS, ids=[form.name for form in JSON_FORMS])
def test_any_value_in_any_field(tmp_path, form):
    path = tmp_path / "x"
    for changed in variants(json.loads(SAMPLES[form])):
        path.write_text(json.dumps(changed), "utf-8")
        try:
            found = [each for each in form.read(path) if isinstance(each, Comment)]
        except InputError:
            continue
        for each in found:
            fields = (each.text, each.thread_id, each.author or "", each.native_id or "", each.url or "")
            assert all(isinstance(field, str) for field in fields)
            assert type(each.likes) in (int, type(None))
            assert type(each.parent_native_id) in (str, type(None))


FIXTURES = Path(__file__).resolve().parents[2] / "shared" / "fixtures"
REAL = {
    "disqus_xml": disqus_xml, "wordpress_wxr": wordpress, "commento_json": commento,
    "isso_generic_json": isso, "remark42_json": remark42, "static_comments_yaml": static_yaml,
}  # fmt: skip
_EMPTY = {"wordpress-importer__malformed.xml"}  # an export whose channel is gone


def real():
    return [
        (path, REAL[path.parent.name])
        for path in sorted(FIXTURES.glob("*/*"))
        if path.parent.name in REAL and path.name != "README.md"
    ]


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the real exports are not here")
def test_real_exports_are_known_and_read_and_their_links_lead_somewhere():
    found = []
    for path, form in real():
        assert detected(path) is form, path
        try:
            found += [(form.name, each) for each in form.read(path) if isinstance(each, Comment)]
        except InputError:
            assert path.name in _EMPTY
    ids = {(name, each.thread_id, each.native_id) for name, each in found}
    answers = [(name, each) for name, each in found if each.parent_native_id]
    assert len(answers) > 500
    assert {(name, each.thread_id, each.parent_native_id) for name, each in answers} <= ids


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the real files are not here")
def test_no_other_real_file_is_claimed():
    others = [
        p for p in FIXTURES.glob("*/*") if p.parent.name not in REAL and p.suffix not in {".md", ".rss"}
    ]
    for path in others:
        head = decode.read_head(path)
        assert not [form.name for form in OURS if form.sniff(head, path)], path
