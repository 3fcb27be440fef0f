"""Saved pages of the software that comments are written in: each by its markup, never by its address."""

# ruff: noqa: E501 -- markup as the software writes it

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from threads.comment import Comment, Page, Reject
from threads.formats.webpage import read as read_file


@pytest.fixture
def read(tmp_path):
    def read(body, head="<title>The pier</title>"):
        path = tmp_path / "page.html"
        path.write_text(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>")
        return list(read_file(path))

    return read


def comments(records):
    return [record for record in records if isinstance(record, Comment)]


def outline(records):
    return [(c.native_id, c.parent_native_id, c.author, c.text) for c in comments(records)]


WORDPRESS = """<article class="post hentry"><h1>The old pier</h1><div class="entry-content">
<p>The pier will be closed for the winter, and the council asks who should pay for the new planks.</p></div></article>
<ol class="comment-list">
<li id="comment-1" class="comment even depth-1 parent"><article id="div-comment-1" class="comment-body">
 <footer class="comment-meta"><div class="comment-author vcard"><img class="avatar"><b class="fn">Ada Brook</b>
 <span class="says">says:</span></div><div class="comment-metadata">
 <a href="https://pier.example/p#comment-1"><time datetime="2021-03-04T10:00:00+01:00">4 March</time></a></div></footer>
 <div class="comment-content"><blockquote><p>who should pay</p></blockquote><p>Not &amp; never we.<br>Ask the harbour.</p></div>
 <div class="reply"><a class="comment-reply-link" href="#">Reply</a></div></article>
 <ol class="children"><li id="comment-2" class="comment odd depth-2"><article class="comment-body">
  <div class="comment-author vcard"><b class="fn">Ben</b> <span class="says">says:</span></div>
  <div class="comment-meta commentmetadata"><a href="#comment-2">March 5, 2021 at 9:30 am</a></div>
  <p>The harbour is broke <img class="wp-smiley" alt="🙂">.</p><div class="reply"><a>Reply</a></div></article></li></ol></li>
<li class="pingback depth-1" id="comment-3"><p>Pingback: <a href="x">Another site</a></p></li>
<li id="comment-4" class="comment depth-1"><article class="comment-body"><cite class="fn">Cy</cite>
 <div class="comment-meta"><a href="#comment-4">March 6, 2021 at 9:30 am</a></div><p>Sell it.</p></article></li>
</ol><div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form id="commentform"></form></div>
<aside class="sidebar"><ul id="recentcomments"><li class="recentcomments">Zoe on The gulls</li></ul></aside>"""


def test_wordpress(read):
    page, *_ = found = read(WORDPRESS)
    assert outline(found) == [
        ("1", None, "Ada Brook", "> who should pay\n\nNot & never we.\nAsk the harbour."),
        ("2", "1", "Ben", "The harbour is broke 🙂."),
        ("4", None, "Cy", "Sell it."),
    ]
    assert isinstance(page, Page)
    assert page.title == "The old pier"
    assert page.article.startswith("The pier will be closed")
    assert "Ben" not in page.article
    assert page.note is None
    first, second, _ = comments(found)
    assert first.created == datetime(2021, 3, 4, 9, tzinfo=UTC)
    assert first.url == "https://pier.example/p#comment-1"
    assert second.created == datetime(2021, 3, 5, 9, 30, tzinfo=UTC)
    assert [c.indent for c in comments(found)] == [0, 1, 0]


WPDISCUZ = """<div class="wc-thread-wrapper"><div id="wc-comm-7_0" class="wc-comment wc_comment_level-1">
<div class="wc-comment-right" id="comment-7"><div class="wc-comment-author">Dora</div><div class="wc-comment-text"><p>Fine.</p></div>
<div class="wc-comment-footer"><span class="wc-vote-result">12</span><div class="wc-comment-date">3 hours ago</div></div></div>
<div id="wc-comm-8_7" class="wc-comment wc-reply wc_comment_level-2"><div id="comment-8"><div class="wc-comment-author">Eli</div>
<div class="wc-comment-text">Is it?</div><div class="wc-comment-footer"><div class="wc-comment-date">2 hours ago</div></div></div></div></div></div>"""
DRUPAL = """<section id="comments"><a id="comment-11"></a><article class="comment"><p class="submitted">
<span class="username">Fay</span> <time datetime="2023-10-18T13:11:26Z">18.</time></p><div class="field-name-comment-body"><p>One.</p></div>
<ul class="links inline"><li class="comment-reply"><a>reply</a></li></ul></article>
<div class="indented"><article class="comment" data-comment-id="12"><span class="username">Gus</span><time datetime="2023-10-19T13:11:26Z">19.</time>
<div class="field-name-comment-body"><p>Two.</p></div></article><div class="indented"><article class="comment" data-comment-id="13">
<span class="username">Hal</span><time datetime="2023-10-20T13:11:26Z">20.</time><div class="field-name-comment-body">Three.</div></article></div></div>
<article class="comment" data-comment-id="14"><span class="username">Ina</span><time datetime="2023-10-21T13:11:26Z">21.</time>
<div class="field-name-comment-body">Four.</div></article></section>"""
HACKER_NEWS = """<table class="comment-tree">
<tr class="athing comtr" id="101"><td><table><tr><td class="ind" indent="0"><img width="0"></td><td class="default"><span class="comhead">
<a href="user?id=jo" class="hnuser">jo</a> <span class="age" title="2024-02-03T16:43:55 1706978635"><a href="item?id=101">on Feb 3</a></span>
<span class="navs"> | <a href="#103">next</a></span></span><div class="comment"><div class="commtext c00">First.<p>Second &gt; third.</div>
<div class="reply"><p><u><a href="reply?id=101">reply</a></u></div></div></td></tr></table></td></tr>
<tr class="athing comtr" id="102"><td><table><tr><td class="ind" indent="1"><img width="40"></td><td class="default"><span class="comhead">
<a href="user?id=kim" class="hnuser">kim</a> <span class="age" title="2024-02-03T17:43:55 1706982235"><a href="item?id=102">on Feb 3</a></span></span>
<div class="comment"><div class="commtext c00">Why?</div></div></td></tr></table></td></tr>
<tr class="athing comtr" id="103"><td><table><tr><td class="ind" indent="0"><img width="0"></td><td class="default"><span class="comhead">
<a href="user?id=lu" class="hnuser">lu</a> <span class="age" title="2024-02-03T18:43:55 1706985835"><a href="item?id=103">on Feb 3</a></span></span>
<div class="comment">[flagged]</div></td></tr></table></td></tr></table>"""
HACKER_NEWS_OLD = """<table><tr><td><table><tr><td class="ind"><img width="0"></td><td class="default"><span class="comhead"><a href="user?id=jo">jo</a>
<a href="item?id=201">3 hours ago</a></span><span class="comment"><font>First.</font></span></td></tr></table></td></tr>
<tr><td><table><tr><td class="ind"><img width="40"></td><td class="default"><span class="comhead"><a href="user?id=kim">kim</a>
<a href="item?id=202">2 hours ago</a></span><span class="comment"><font>Why?</font></span></td></tr></table></td></tr>
<tr><td><table><tr><td class="ind"><img width="80"></td><td class="default"><span class="comhead"><a href="user?id=lu">lu</a>
<a href="item?id=203">1 hour ago</a></span><span class="comment"><font>So.</font></span></td></tr></table></td></tr></table>"""
OLD_REDDIT = """<div class="commentarea"><div class="sitetable"><div class="thing comment" data-fullname="t1_abc" data-permalink="/r/x/comments/1/y/abc/">
<div class="entry"><p class="tagline"><a class="author" href="/user/mo">mo</a> <span class="score dislikes">4 points</span>
<span class="score unvoted">5 points</span><time datetime="2025-01-15T10:30:00Z">2 days ago</time></p>
<div class="usertext-body"><div class="md"><p>Up.</p></div></div><ul class="flat-list buttons"><li>permalink</li></ul></div>
<div class="child"><div class="sitetable"><div class="thing comment" data-fullname="t1_abd"><div class="entry"><p class="tagline"><em>[deleted]</em>
<time datetime="2025-01-15T11:30:00Z">2 days ago</time></p><div class="usertext-body"><div class="md"><p>[removed]</p></div></div></div></div></div></div></div></div></div>"""
REDDIT = """<div style="padding-left:16px"><div class="Comment t1_aa1 xY9"><span>level 1</span><a data-testid="comment_author_link" href="/user/nia/">nia</a>
<a data-testid="comment_timestamp" href="https://r.example/comment/aa1/">4 yr. ago</a><div data-testid="comment"><p>Hm.</p></div></div></div>
<div style="padding-left:37px"><div class="Comment t1_aa2 xY9"><span>level 2</span><a data-testid="comment_author_link" href="/user/oz/">oz</a>
<a data-testid="comment_timestamp" href="https://r.example/comment/aa2/">4 yr. ago</a><div data-testid="comment"><p>Ah.</p></div></div></div>
<div style="padding-left:58px"><div class="Comment t1_aa3 xY9"><span>level 3</span><span>Comment deleted by user</span> ·
<a data-testid="comment_timestamp" href="https://r.example/comment/aa3/">4 yr. ago</a></div></div>"""
SHREDDIT = """<shreddit-comment thingid="t1_bb1" author="pat" score="9" depth="0" permalink="/r/x/comments/1/y/bb1/" created="2024-05-01T08:00:00.000000+0000">
<div slot="comment"><p>Outer.</p></div><shreddit-comment thingid="t1_bb2" parentid="t1_bb1" author="quy" score="-2" depth="1">
<div slot="comment"><p>Inner.</p></div></shreddit-comment></shreddit-comment>"""
DISCOURSE = """<div class="topic-body crawler-post" id="post_1"><span class="creator" itemprop="author"><span itemprop="name">ria</span></span>
<time class="post-time" datetime="2018-02-22T05:28:37Z">then</time><div class="post" itemprop="articleBody"><p>It fails.</p></div>
<div itemprop="interactionStatistic"><meta itemprop="interactionType" content="http://schema.org/LikeAction"><meta itemprop="userInteractionCount" content="3"></div></div>
<div class="topic-body crawler-post" id="post_2" itemprop="comment" itemtype="http://schema.org/Comment"><span class="creator" itemprop="author">
<span itemprop="name">sam</span></span><time datetime="2018-02-22T06:28:37Z">then</time>
<div class="post" itemprop="text"><aside class="quote" data-post="1" data-topic="5"><div class="title">ria:</div><blockquote><p>It fails.</p></blockquote></aside><p>Migrate.</p></div></div>"""
BLOGGER = """<ol><li class="comment" id="c7818214978921193094"><div class="comment-block"><div class="comment-header"><cite class="user"><a href="https://www.blogger.com/profile/1">Tea</a></cite>
<span class="icon user blog-author"></span><span class="datetime"><a href="https://b.example/p#c7818214978921193094">6. Juni 2015 um 10:23</a></span></div><p class="comment-content">Hallo<br><br>Welt</p>
<span class="comment-actions"><a class="comment-reply">Antworten</a></span></div><div class="comment-replies"><ol><li class="comment" id="c8427118110834982712"><div class="comment-block">
<div class="comment-header"><cite class="user">Uwe</cite><span class="datetime"><a href="#">6. Juni 2015 um 10:33</a></span></div><p class="comment-content">Ja.</p></div></li></ol></div></li></ol>"""
BLOGGER_OLD = """<dl id="comments-block"><dt class="comment-author" id="c11">Tea said...</dt><dd class="comment-body"><p>Hallo.</p></dd>
<dd class="comment-footer"><span class="comment-timestamp"><a href="#c11">10:23 AM, June 06, 2015</a></span></dd>
<dt class="comment-author" id="c12">Uwe said...</dt><dd class="comment-body"><p>Ja.</p></dd>
<dd class="comment-footer"><span class="comment-timestamp"><a href="#c12">11:23 AM, June 06, 2015</a></span></dd></dl>"""
DISQUS = """<ul id="post-list"><li class="post" id="post-31"><div class="post-content"><header><span class="post-byline"><span class="author">Val</span></span>
<a class="time-ago" title="Monday, March 2, 2020 4:05 PM" href="https://d.example/#comment-31">3 years ago</a></header>
<div class="post-message"><p>Good.</p></div><footer><a class="vote-up"><span class="updatable count">4</span></a><a>Reply</a></footer></div>
<ul class="children"><li class="post" id="post-32"><div class="post-content"><header><span class="author">Wes</span>
<a class="parent-link" href="https://d.example/#comment-31">Val</a><a class="time-ago" title="Monday, March 2, 2020 5:05 PM">3 years ago</a></header>
<div class="post-message"><p>Bad.</p></div></div></li></ul></li></ul>"""
KINJA = """<article class="reply" id="reply_501" data-parentid="400" data-authorid="9"><a class="fn url">Xia</a><span class="reply-author replyto-author">Yan</span>
<span class="publish-time" data-publishtime="1425913955940"><a href="https://k.example/a-501">3/09/15</a></span><div class="reply-content post-content"><p>Cash.</p></div>
<a class="js_like">7</a></article><article class="reply" id="reply_502" data-parentid="501"><a class="fn url">Yan</a>
<span class="publish-time" data-publishtime="1425914092673">3/09/15</span><div class="reply-content"><p>Yes.</p></div></article>"""
XENFORO = """<article class="message message--post" data-author="Abe" data-content="post-61"><a class="username">Abe</a><time class="u-dt" datetime="2020-01-01T10:00:00+0000">x</time>
<div class="message-body"><div class="bbWrapper">Which oil?</div></div><div class="message-signature"><div class="bbWrapper">Sent from a boat</div></div></article>
<article class="message message--post" data-author="Bo" data-content="post-62"><a class="username">Bo</a><time class="u-dt" datetime="2020-01-01T11:00:00+0000">x</time>
<div class="message-body"><div class="bbWrapper"><blockquote class="bbCodeBlock bbCodeBlock--quote" data-quote="Abe" data-source="post: 61"><div class="bbCodeBlock-title"><a href="/goto/post?id=61">Abe said:</a></div>
<div class="bbCodeBlock-content">Which oil?</div></blockquote>Any.</div></div></article>"""
PHPBB = """<div id="p71" class="post bg2"><div class="inner"><dl class="postprofile"><dt><a class="username" href="./memberlist.php?mode=viewprofile&u=2">Cal</a></dt></dl>
<div class="postbody"><h3><a href="#p71">Sails</a></h3><p class="author">by <strong><a class="username">Cal</a></strong> » <time datetime="2019-05-05T05:05:05+00:00">5 May</time></p>
<div class="content">Red or white?</div></div></div></div>
<div id="p72" class="post bg1"><div class="inner"><dl class="postprofile"><dt><a class="username">Deb</a></dt></dl><div class="postbody"><h3><a href="#p72">Re: Sails</a></h3>
<p class="author"><a class="username">Deb</a> <time datetime="2019-05-05T06:05:05+00:00">5 May</time></p><div class="content"><blockquote><div><cite>Cal wrote: <a href="./viewtopic.php?p=71#p71">↑</a></cite>Red or white?</div></blockquote>White.</div></div></div></div>"""
VBULLETIN = """<div id="posts"><table id="post81"><tr><td><div class="smallfont">05-06-2012, 07:08 AM</div><a class="bigusername" href="member.php?u=1">Edi</a>
<div id="post_message_81">Hi all.</div></td></tr></table><table id="post82"><tr><td><span class="date">25-06-2012, 07:09</span><a class="bigusername" href="member.php?u=2">Flo</a>
<div id="post_message_82">Hello.</div></td></tr></table></div>"""
SCHEMA = """<div itemscope itemtype="https://schema.org/Comment" id="comment-91"><span itemprop="author" itemscope><span itemprop="name">Gil</span></span>
<meta itemprop="datePublished" content="2022-02-02T02:02:02Z"><meta itemprop="upvoteCount" content="8"><p itemprop="text">Alone.</p></div>"""
MASTODON = """<div class="detailed-status"><a class="detailed-status__display-name"><strong class="display-name__html">Hana</strong>
<span class="display-name__account">@hana@m.example</span></a><div class="status__content"><div class="status__content__text"><p>Look.</p></div></div>
<a class="detailed-status__datetime" href="/@hana/900"><span>Apr 20, 2026, 12:00</span></a></div>
<div class="status" data-id="901"><span class="display-name"><strong class="display-name__html">Ivo</strong><span class="display-name__account">@ivo</span></span>
<time datetime="2026-04-20T12:05:00.000Z">5m</time><div class="status__content__text"><p>Where?</p></div></div>
<div class="status" data-id="902"><strong class="display-name__html">Hana</strong><time datetime="2026-04-20T12:06:00.000Z">4m</time><div class="status__content__text"><p>Up.</p></div></div>
<div class="status status--first-in-thread" data-id="903"><strong class="display-name__html">Jan</strong><time datetime="2026-04-20T12:07:00.000Z">3m</time><div class="status__content__text"><p>Nice.</p></div></div>"""
HASHED = """<section class="css-1a"><div class="css-2b comment-item"><a href="/profile/kit">Kit</a><span class="css-9 date">3 hours ago</span><div class="css-7"><p>One thing.</p></div><button>Reply</button></div>
<div class="css-2b comment-item"><a href="/profile/lea">Lea</a><span class="date">2 hours ago</span><div class="css-7"><p>Another.</p></div><button>Reply</button></div>
<div class="css-2b comment-item"><a href="/profile/max">Max</a><span class="date">1 hour ago</span><div class="css-7"><p>A third.</p></div><button>Reply</button></div></section>"""

PAGES = {
    "wpDiscuz": (WPDISCUZ, [("7", None, "Dora", "Fine."), ("8", "7", "Eli", "Is it?")]),
    "Drupal": (
        DRUPAL,
        [("11", None, "Fay", "One."), ("12", "11", "Gus", "Two."), ("13", "12", "Hal", "Three."), ("14", None, "Ina", "Four.")],
    ),
    "Hacker News": (
        HACKER_NEWS,
        [("101", None, "jo", "First.\n\nSecond > third."), ("102", "101", "kim", "Why?"), ("103", None, "lu", "")],
    ),
    "Hacker News of 2015": (
        HACKER_NEWS_OLD,
        [("201", None, "jo", "First."), ("202", "201", "kim", "Why?"), ("203", "202", "lu", "So.")],
    ),
    "Reddit of old": (OLD_REDDIT, [("abc", None, "mo", "Up."), ("abd", "abc", None, "")]),
    "Reddit of 2019": (REDDIT, [("aa1", None, "nia", "Hm."), ("aa2", "aa1", "oz", "Ah."), ("aa3", "aa2", None, "")]),
    "Reddit": (SHREDDIT, [("bb1", None, "pat", "Outer."), ("bb2", "bb1", "quy", "Inner.")]),
    "Discourse": (DISCOURSE, [("1", None, "ria", "It fails."), ("2", "1", "sam", "> It fails.\n\nMigrate.")]),
    "Blogger": (
        BLOGGER,
        [("7818214978921193094", None, "Tea", "Hallo\n\nWelt"), ("8427118110834982712", "7818214978921193094", "Uwe", "Ja.")],
    ),
    "Blogger of old": (BLOGGER_OLD, [("11", None, "Tea", "Hallo."), ("12", None, "Uwe", "Ja.")]),
    "Disqus": (DISQUS, [("31", None, "Val", "Good."), ("32", "31", "Wes", "Bad.")]),
    "Kinja": (KINJA, [("501", "400", "Xia", "Cash."), ("502", "501", "Yan", "Yes.")]),
    "XenForo": (XENFORO, [("61", None, "Abe", "Which oil?"), ("62", "61", "Bo", "> Which oil?\n\nAny.")]),
    "phpBB": (PHPBB, [("71", None, "Cal", "Red or white?"), ("72", "71", "Deb", "> Red or white?\n\nWhite.")]),
    "vBulletin": (VBULLETIN, [("81", None, "Edi", "Hi all."), ("82", None, "Flo", "Hello.")]),
    "schema.org": (SCHEMA, [("91", None, "Gil", "Alone.")]),
    "Mastodon": (
        MASTODON,
        [("900", None, "Hana", "Look."), ("901", "900", "Ivo", "Where?"), ("902", "901", "Hana", "Up."), ("903", "900", "Jan", "Nice.")],
    ),
    "generated class names": (
        HASHED,
        [(None, None, "Kit", "One thing."), (None, None, "Lea", "Another."), (None, None, "Max", "A third.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), PAGES.values(), ids=PAGES)
def test_software(read, body, expected):
    found = read(f"<h1>The pier</h1>{body}")
    given = [(None if c[0] and "#" in c[0] and c[0] != c[1] else c[0], *c[1:]) for c in outline(found)]
    assert given == expected
    assert all(c.created or c.created_text or c.author == "quy" for c in comments(found))
    assert not [record for record in found if isinstance(record, Reject)]


@pytest.mark.parametrize(
    ("body", "likes"),
    [
        (WPDISCUZ, [12, None]),
        (OLD_REDDIT, [5, None]),
        (SHREDDIT, [9, -2]),
        (DISCOURSE, [3, None]),
        (SCHEMA, [8]),
    ],
)
def test_likes(read, body, likes):
    assert [c.likes for c in comments(read(body))] == likes


@pytest.mark.parametrize(
    ("body", "how"), [(HACKER_NEWS, "removed"), (OLD_REDDIT, "removed"), (REDDIT, "deleted")]
)
def test_a_comment_that_was_taken_back_stays_in_its_place(read, body, how):
    last = comments(read(body))[-1]
    assert (last.deleted, last.text) == (how, "")


def test_a_numeric_date_is_read_in_the_order_that_the_page_writes(read):
    found = comments(read(VBULLETIN))
    assert found[0].created == datetime(2012, 6, 5, 7, 8, tzinfo=UTC)


def test_the_page_itself_is_nobody_s_parent(read):
    found = read(KINJA, '<title>x</title><link rel="canonical" href="https://k.example/a-400">')
    assert outline(found)[0][1] is None


NO_COMMENTS = {
    "an article": WORDPRESS[: WORDPRESS.index("<ol")] + WORDPRESS[WORDPRESS.index('<div id="respond"') :],
    "posts of a blog": """<div class="post hentry" id="post-1"><h2><a href="/a">A walk</a></h2><span class="author">Noa</span><time datetime="2020-01-01">x</time><p>We walked.</p></div>
<div class="post hentry" id="post-2"><h2><a href="/b">A swim</a></h2><span class="author">Noa</span><time datetime="2020-01-02">x</time><p>We swam.</p></div>""",
    "one post of an old blog": """<div class="post" id="post-3"><h2>A walk</h2><span class="author">Noa</span><span class="date">2 May 2010</span><div class="content"><p>We walked far.</p></div></div>""",
    "newest comments elsewhere": """<ol class="wp-block-latest-comments">"""
    + "".join(
        f"""<li class="wp-block-latest-comments__comment"><article><footer><a class="wp-block-latest-comments__comment-author" href="/x">Ola</a> on <a href="/p{n}#comment-{n}">A walk</a>
<time class="wp-block-latest-comments__comment-date" datetime="2020-01-0{n}T10:00:00Z">x</time></footer><div class="wp-block-latest-comments__comment-excerpt"><p>So true</p></div></article></li>"""
        for n in range(1, 5)
    )
    + "</ol>",
    "teasers of commentaries": "".join(
        f"""<div class="kommentar"><h3><a href="/k{n}">Was nun</a></h3><span class="author">Pia</span><span class="date">{n}. Mai 2020</span><p>Ein Kommentar.</p></div>"""
        for n in range(1, 5)
    ),
    "only pingbacks": """<ol><li class="pingback depth-1" id="comment-1"><span class="fn">A site</span> <time datetime="2020-01-01">x</time><p>[…] see […]</p></li></ol>""",
    "menus": "".join(f'<li id="reply-{n}"><a href="/{n}">Reply {n}</a></li>' for n in range(9)),
    "a frame": '<h1>A walk</h1><p>We walked.</p><div id="disqus_thread"></div>',
}  # fmt: skip


@pytest.mark.parametrize("body", NO_COMMENTS.values(), ids=NO_COMMENTS)
def test_a_page_without_comments_has_none(read, body):
    page, *rest = read(body)
    assert rest == []
    assert page.note


def test_where_the_comments_are_in_a_frame_the_note_says_so(read):
    assert "kept by Disqus" in read(NO_COMMENTS["a frame"])[0].note


LINKED = """<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"The pier","comment":[
{"@type":"Comment","@id":"c1","text":"Oh &amp; <b>no</b>.","author":{"@type":"Person","name":"Rae"},"dateCreated":"2021-01-01T00:00:00Z","upvoteCount":4,
"comment":[{"@type":"Comment","text":"Yes.","author":"Sol","datePublished":"2021-01-02T00:00:00Z"}]},{"@type":"Comment","text":"","author":"T"}]}</script>"""
STATE = """<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"articles":[{"title":"x","text":"An article","author":"Staff","id":1}],
"comments":[{"id":5,"body":"First","author":{"name":"Uma"},"createdAt":"2021-01-01T00:00:00Z","replies":[{"id":6,"body":"Second","author":{"name":"Vic"},"createdAt":"2021-01-02T00:00:00Z"}]}]}}}</script>"""
ASSIGNED = """<script>window.__INITIAL_STATE__ = {"comments":{"byId":{"7":{"id":"7","text":"Hi","username":"wim","created_at":1600000000},"8":{"id":"8","parent_id":"7","text":"Ho","username":"xan","created_at":1600000100}}}};(function(){})()</script>"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (LINKED, [("c1", None, "Rae", "Oh & no."), ("#1", "c1", "Sol", "Yes.")]),
        (STATE, [("5", None, "Uma", "First"), ("6", "5", "Vic", "Second")]),
        (ASSIGNED, [("7", None, "wim", "Hi"), ("8", "7", "xan", "Ho")]),
    ],
    ids=["JSON-LD", "next data", "initial state"],
)
def test_comments_that_only_a_script_holds(read, body, expected):
    assert outline(read(f"<h1>The pier</h1><p>A text.</p>{body}")) == expected


def test_a_deep_page_is_read_to_the_limit_and_says_so(read):
    one = '<div class="comment" id="comment-{n}"><b class="fn">Yul</b><time datetime="2020-01-01">x</time><p>More.</p>'
    body = "".join(one.replace("{n}", str(n)) for n in range(3_000)) + "</div>" * 3_000
    found = read(body)
    assert 1_000 < len(comments(found)) < 3_000
    assert comments(found)[900].parent_native_id == "899"
    assert "nests more than 2,048 elements" in found[-1].reason


def test_what_markup_does_not_mark_is_looked_for_in_the_text(read):
    names = ["Ana Field", "Bert Stone", "Cleo Marsh", "Dirk Holm", "Elsa Quist", "Finn Adler"]
    body = "".join(
        f"<div><div>{name}</div><div>{n + 1} hours ago</div><div>I think the pier should stay open, {n} planks or not.</div><div>Reply</div></div>"
        for n, name in enumerate(names)
    )
    page, *found = read(f"<h1>The pier</h1><p>The pier closes.</p><h2>6 Comments</h2>{body}")
    assert [c.author for c in found] == names
    assert "Nothing in the markup" in page.note


def test_an_attribute_whose_name_no_document_may_have_does_no_harm(read):
    comment = '<li class="comment" id="comment-{0}"><b class="author">Ada {0}</b><time {{http://="5" datetime="2026-01-0{0}">now</time><p>The ferry was late again, number {0}.</p></li>'
    found = comments(read(f'<ol class="comment-list">{"".join(comment.format(n) for n in range(1, 5))}</ol>'))
    assert [each.author for each in found] == ["Ada 1", "Ada 2", "Ada 3", "Ada 4"]
