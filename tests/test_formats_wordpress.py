"""WordPress's export."""

from __future__ import annotations

import pytest

from threads.comment import Comment, Page, Reject
from threads.errors import InputError
from threads.files import decode
from threads.formats import wordpress


def comment(number, parent=0, text="Hello.", *, approved="1", kind="", extra=""):
    return f"""<wp:comment><wp:comment_id>{number}</wp:comment_id>
    <wp:comment_author><![CDATA[Ada & Ben]]></wp:comment_author>
    <wp:comment_author_email>hidden@example.org</wp:comment_author_email>
    <wp:comment_date>2014-04-29 17:21:27</wp:comment_date>{extra}
    <wp:comment_content><![CDATA[{text}]]></wp:comment_content>
    <wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>
    <wp:comment_parent>{parent}</wp:comment_parent><wp:comment_user_id>7</wp:comment_user_id></wp:comment>"""


def export(*items, version="1.2"):
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/{version}/"><channel><title>A blog</title>
{"".join(items)}</channel></rss>"""


def item(*comments, head="<wp:post_id>18</wp:post_id>"):
    return f"""<item><title>On tides</title><link>https://example.org/tides/</link>{head}
    <content:encoded><![CDATA[<!-- wp:paragraph -->
<p>The sea.</p>
<!-- /wp:paragraph -->]]></content:encoded>{"".join(comments)}</item>"""


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / "blog.xml"
        path.write_text(content, "utf-8")
        assert wordpress.sniff(decode.read_head(path), path) == 0.99
        return list(wordpress.read(path))

    return read


LINK = "https://example.org/tides/"
GMT = "<wp:comment_date_gmt>2014-04-29 15:21:27</wp:comment_date_gmt>"


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_an_export(read, version):
    text = "First line\nsecond line\n\n<blockquote>They lie.</blockquote>No <b>way</b> &amp; never."
    page, one, two, three = read(
        export(
            item(),
            item(comment(1, extra=GMT), comment(2, 1, text), comment(3, 2, "x", approved="spam")),
            version=version,
        )
    )
    assert page == Page(thread_id=LINK, title="On tides", article="The sea.", url=LINK)
    assert (one.author, one.author_id, one.text) == ("Ada & Ben", "7", "Hello.")
    assert one.created.isoformat() == "2014-04-29T15:21:27+00:00"
    assert one.url == "https://example.org/tides/#comment-1"
    assert two.text == "First line\nsecond line\n\n> They lie.\n\nNo way & never."
    assert (two.parent_native_id, two.created, two.created_text) == ("1", None, "2014-04-29 17:21:27")
    assert (three.text, three.deleted, three.parent_native_id) == ("", "removed", "2")


def test_notices_of_other_sites_are_no_comments(read):
    page, one = read(export(item(comment(1, kind="pingback"), comment(2))))
    assert page.note.endswith("were left out: 1.")
    assert one.native_id == "2"


def test_a_post_without_an_address_is_known_by_its_number(read):
    page, one = read(export(item(comment(2)).replace(LINK, "")))
    assert (page.thread_id, page.url, one.thread_id, one.url) == ("18", None, "18", None)


def test_one_damaged_post_does_not_cost_the_others(read):
    broken = item(comment(1)).replace("</wp:comment_author>", "")
    found = read(export(broken, item(comment(2))))
    assert [type(each) for each in found] == [Reject, Page, Comment]
    assert found[0].line > 4


def test_an_export_without_posts_is_refused(read):
    with pytest.raises(InputError, match=r"without a post that can be read\.$"):
        read(export())
    with pytest.raises(InputError, match=r"can be read \(it is damaged at line \d\)\.$"):
        read(export().replace("</channel>", ""))
