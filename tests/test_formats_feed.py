"""Feeds of comments: Reddit, WordPress, Blogger, Discourse, and plain ones."""

from __future__ import annotations

from html import escape

import pytest

from threads.comment import Comment, Page
from threads.errors import InputError
from threads.files import decode
from threads.formats import feed


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / "feed.xml"
        path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>{content}', "utf-8")
        assert feed.sniff(decode.read_head(path), path) == 0.96
        return list(feed.read(path))

    return read


ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">'


def reddit(native, path, title, html, author="/u/ada_v"):
    body = escape(f'<!-- SC_OFF --><div class="md">{html}</div><!-- SC_ON --> submitted by /u/ada_v')
    return f"""<entry><author><name>{author}</name><uri>https://www.reddit.com/user/ada_v</uri></author>
    <content type="html">{body}</content><id>{native}</id>
    <link href="https://www.reddit.com/r/tides/comments/{path}/"/>
    <updated>2025-01-02T03:04:05+00:00</updated><title>{title}</title></entry>"""


def test_reddit(read):
    page, one, two = read(
        f"{ATOM}<title>Why tides? : tides</title>"
        + reddit("t3_abc12", "abc12/why", "Why tides?", "<p>The moon?</p>")
        + reddit(
            "t1_zz1", "abc12/why/zz1", "/u/ada_v on Why tides?", "<blockquote>moon</blockquote><p>Yes.</p>"
        )
        + reddit("t1_zz2", "abc12/why/zz2", "/u/ada_v on Why tides?", "<p>[deleted]</p>")
        + "</feed>"
    )
    assert (page.thread_id, page.title, page.article) == ("abc12", "Why tides?", "The moon?")
    assert (one.native_id, one.thread_id, one.author, one.text) == ("zz1", "abc12", "ada_v", "> moon\n\nYes.")
    assert (one.author_id, one.parent_native_id) == ("ada_v", None)
    assert (two.text, two.deleted) == ("", "deleted")


def test_reddit_with_comments_of_several_posts(read):
    entries = [reddit(f"t1_z{n}", f"post{n}/x/z{n}", f"/u/a on Post {n}", "x") for n in range(2)]
    found = read(f"{ATOM}<title>comments : tides</title>{''.join(entries)}</feed>")
    assert [(p.thread_id, p.title) for p in found if isinstance(p, Page)] == [
        ("post0", "Post 0"),
        ("post1", "Post 1"),
    ]


RSS = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
 <channel><title>{title}</title>{items}</channel></rss>"""


def item(link, title, creator="Ada Vries", body="<p>Hello &amp; more.</p>", guid=""):
    return f"""<item><title>{title}</title><link>{link}</link><dc:creator><![CDATA[{creator}]]></dc:creator>
    <pubDate>Mon, 03 Mar 2025 10:00:00 +0000</pubDate><guid isPermaLink="false">{guid or link}</guid>
    <description>short</description><content:encoded><![CDATA[{body}]]></content:encoded></item>"""


def test_the_feed_of_a_wordpress_post(read):
    links = ["https://example.org/tides/#comment-7", "https://example.org/tides/comment-page-2/#comment-9"]
    page, one, two = read(
        RSS.format(title="Comments on: On tides", items="".join(item(each, "By: Ada") for each in links))
    )
    assert page == Page(
        thread_id="https://example.org/tides/", title="On tides", url="https://example.org/tides/"
    )
    assert (one.native_id, two.native_id, two.thread_id) == ("7", "9", "https://example.org/tides/")
    assert (one.text, one.author, one.url) == ("Hello & more.", "Ada Vries", links[0])
    assert one.created.isoformat() == "2025-03-03T10:00:00+00:00"


def test_the_feed_of_a_wordpress_site(read):
    items = item("https://example.org/a/#comment-1", "Comment on On tides by Ada")
    items += item("https://example.org/b/#comment-2", "Comment on Floods by Ben")
    found = read(RSS.format(title="Comments for A blog", items=items))
    assert [each.title for each in found if isinstance(each, Page)] == ["On tides", "Floods"]


@pytest.mark.parametrize("link", ["/t/on-tides/21/4", "/t/on-tides/21?page=2#post_4"])
def test_discourse(read, link):
    body = "<p>x</p><p><a href='#'>Read full topic</a></p>"
    items = item(f"https://forum.example.org{link}", "On tides", "@ada_v Ada Vries", body, "forum-post-21-4")
    page, one = read(RSS.format(title="On tides", items=items))
    assert (page.thread_id, page.title) == ("https://forum.example.org/t/on-tides/21", "On tides")
    assert (one.native_id, one.author, one.author_id, one.text) == ("4", "ada_v", "ada_v", "x")


def test_blogger_with_replies(read):
    blog = "tag:blogger.com,1999:blog-1.post-"
    kind = "http://schemas.google.com/blogger/2008/kind#"

    def entry(number, what, more=""):
        return f"""<entry><id>{blog}{number}</id><published>2020-01-01T10:00:00.000-08:00</published>
        <updated>2020-01-01T10:00:00.000-08:00</updated><category term="{kind}{what}"/>
        <title type="text">T</title><content type="html">&lt;b&gt;hi&lt;/b&gt;</content>{more}
        <author><name>Ada</name></author></entry>"""

    under = f'<thr:in-reply-to ref="{blog}100"/>'
    related = '<link rel="related" href="http://www.blogger.com/feeds/1/100/comments/default/5"/>'
    page, one, two = read(
        ATOM + entry(1, "settings") + entry(100, "post") + entry(6, "comment", under + related)
        + entry(5, "comment", under) + "</feed>"
    )  # fmt: skip
    assert (page.thread_id, page.article) == (f"{blog}100", "hi")
    assert (one.native_id, one.parent_native_id, one.thread_id) == (f"{blog}6", f"{blog}5", f"{blog}100")
    assert (two.parent_native_id, two.thread_id) == (None, f"{blog}100")


def test_atom_threading_and_xhtml(read):
    body = '<div xmlns="http://www.w3.org/1999/xhtml"><blockquote>q</blockquote>a</div>'
    body, when = f'<content type="xhtml">{body}</content>', "<updated>2020-01-01T10:00:00Z</updated>"
    entries = [
        f'<entry><id>u:2</id>{when}{body}<thr:in-reply-to ref="u:1"/></entry>',
        f'<entry><id>u:1</id>{when}<summary type="text">a &lt; b</summary></entry>',
    ]
    found = [
        each
        for each in read(f"{ATOM}<title>Talk</title>{''.join(entries)}</feed>")
        if isinstance(each, Comment)
    ]
    assert [(c.native_id, c.parent_native_id, c.text) for c in found] == [
        ("u:2", "u:1", "> q\n\na"),
        ("u:1", None, "a < b"),
    ]


def test_wordpress_in_atom_and_rss_that_names_what_is_answered(read):
    post, page = "https://example.org/?p=5", "https://example.org/tides/"
    when = "<updated>2020-01-01T10:00:00Z</updated>"
    under = f'<thr:in-reply-to ref="{post}" href="{page}" type="text/html"/>'
    below = f'<thr:in-reply-to ref="{post}#comment-7" href="{page}#comment-7" type="text/html"/>'
    entries = [
        f'<entry><id>{post}#comment-{n}</id><link href="{page}#comment-{n}"/>{when}{told}</entry>'
        for n, told in ((9, below), (7, under))
    ]
    found = read(f"{ATOM}<title>Comments on: On tides</title>{''.join(entries)}</feed>")
    links = [(c.thread_id, c.native_id, c.parent_native_id) for c in found if isinstance(c, Comment)]
    assert links == [(page, "9", "7"), (page, "7", None)]
    named = "<source:inReplyTo xmlns:source='http://source.scripting.com/'>https://example.org/a</source:inReplyTo>"
    items = item("https://example.org/a", "x") + item("https://example.org/b", "y").replace(
        "<title>", named + "<title>"
    )
    found = [each for each in read(RSS.format(title="Talk", items=items)) if isinstance(each, Comment)]
    assert [each.parent_native_id for each in found] == [None, found[0].native_id]


def test_a_feed_that_may_be_of_articles_says_so(read):
    page, one = read(RSS.format(title="News", items=item("https://example.org/a", "A flood")))
    assert page.note.startswith("Nothing in this feed says that its entries are comments")
    assert one.confidence == 0.5


def test_a_feed_without_entries_is_refused(read):
    with pytest.raises(InputError, match="has no entries"):
        read(RSS.format(title="News", items=""))
    with pytest.raises(InputError, match="declares entities"):
        read('<!DOCTYPE rss [<!ENTITY a "b">]>' + RSS.format(title="&a;", items=""))


def test_a_wordpress_export_is_no_feed_of_comments(tmp_path):
    from threads.formats import wordpress

    path = tmp_path / "x.xml"
    path.write_text('<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel></channel></rss>')
    head = decode.read_head(path)
    assert (wordpress.sniff(head, path), feed.sniff(head, path)) == (0.99, 0)
