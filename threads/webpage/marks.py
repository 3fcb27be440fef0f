r"""What marks an element as one comment, as data: each mark with its reason and how far it may be trusted.

A mark groups the elements that bear it. Marks that are `sure` say "comment" in a vocabulary or in a form that
one software alone uses: one such element with a text and an author is enough. The others are words that pages
use for much else, and must prove themselves by their number and by what stands in each of them.
"""

# ruff: noqa: E501 -- a mark a line reads better unbroken

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from threads.webpage.names import fits, plain

_COMMENT = (
    "comment|kommentar|leserkommentar|commentaire|comentario|commento|reactie|komentarz|kommentti|yorum"
)


class Bearing(NamedTuple):
    """A group that an element belongs to: by which mark, whether that is sure, how many there must be.

    With `around` the comment is not the element, but the nearest one of that tag that it stands in.
    """

    group: str
    sure: bool = False
    least: int = 1
    around: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """All that is given must hold of one element: its tag, one class, another class, its id, an attribute.

    No class may be one of `never`, and there must be `least` such elements on the page. With `around` the
    comment is the nearest element of that tag around the one that bears the mark.
    """

    name: str
    why: str
    tag: str | None = None
    word: str | None = None
    also: str | None = None
    id: str | None = None
    attribute: tuple[str, str] | None = None
    never: str | None = None
    least: int = 1
    sure: bool = True
    around: str | None = None

    def holds(self, tag: str, classes: list[str], attributes: Mapping[str, str]) -> bool:
        """Whether an element bears the mark."""
        return (
            (self.tag is None or _full(self.tag, tag))
            and (self.word is None or any(_full(self.word, each) for each in classes))
            and (self.also is None or any(_full(self.also, each) for each in classes))
            and (self.never is None or not any(_full(self.never, each) for each in classes))
            and (self.id is None or _full(self.id, attributes["id"]))
            and (self.attribute is None or _full(self.attribute[1], attributes[self.attribute[0]]))
        )


def _full(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


_NUMBERED = r"(?:js-|edit|pid|p|post|msg|message|elComment|Comment|ItemComment)[-_]?\d{1,20}"
# What WordPress and hAtom call the posts of a blog, which are articles and no comments.
_OF_A_BLOG = (
    r"hentry|h-entry|type-\w+|status-publish|format-\w+|category-.*|tag-.*|blog-?post|post-outer|single"
)

MARKS = (
    Mark(name="schema", why="schema.org says so", attribute=("itemtype", r".*schema\.org/(?:Comment|UserComments|Answer)/?")),
    Mark(name="rdfa", why="Drupal 7 writes its comments in SIOC", attribute=("typeof", r".*\b(?:sioct?|schema):Comment\b.*")),
    Mark(name="microformat", why="webmentions and IndieWeb comments", word="h-cite|h-entry", also="[pu]-comment|comment|entry-reply"),
    Mark(name="depth", why="wp_list_comments writes comment and depth-N, whatever the theme", word="comment|pingback", also=r"depth-\d+"),
    Mark(name="wpdiscuz", why="wpDiscuz: wc-comm-ID_PARENT, later wpd-comm-ID_PARENT", id=r"wpd?c?-comm-\d+_\d+"),
    Mark(name="thing", why="old Reddit", word="thing", also="comment"),
    Mark(name="t1", why="Reddit from 2018 to 2023: the class is the id", word="Comment", also=r"t1_\w+"),
    Mark(name="shreddit", why="Reddit since 2023: an element of its own", tag="shreddit-comment"),
    Mark(name="comtr", why="Hacker News: a row a comment", tag="tr", word="comtr"),
    Mark(name="kinja", why="Kinja: reply_ID", tag="article", word="reply", id=r"reply_\d+"),
    Mark(name="disqus", why="Disqus, its frame saved as a page", tag="li", word="post", id=r"post-\d+", never=_OF_A_BLOG),
    Mark(name="crawler", why="Discourse, as search engines are shown it", word="crawler-post|topic-post"),
    Mark(name="discourse", why="Discourse, as a browser shows it", tag="article", attribute=("data-post-id", r"\d+")),
    Mark(name="mastodon", why="Mastodon: statuses below one another", word="status", attribute=("data-id", r"\d+")),
    Mark(name="mastodon", why="Mastodon: the status that the page is about", word="detailed-status"),
    Mark(name="mastodon entry", why="Mastodon until 3, as it showed a status to anyone", word="entry", also="entry-(?:predecessor|center|successor)"),
    Mark(name="blogger", why="Blogger's threads: c and 19 digits", tag="li", word="comment", id=r"c\d+"),
    Mark(name="blogger-old", why="Blogger before threads: dt, dd, dd", tag="dt", word="comment-author", id=r"c\d+"),
    Mark(name="forum", why="phpBB, MyBB, vBulletin 4 and 5, XenForo 1, IPB, SMF, Vanilla", word="post|postbit|postbitlegacy|postcontainer|postbitim|message|b-post|ipsComment|post_block|post_wrapper|ItemComment|Comment|windowbg2?", id=_NUMBERED, never=_OF_A_BLOG, least=2, sure=False),
    Mark(name="xenforo", why="XenForo 2: an article with data-content", tag="article", word="message", attribute=("data-content", r"[\w-]*post-\d+")),
    Mark(name="vbulletin", why="vBulletin 3: a table a post", tag="table|div", id=r"post\d+", never=_OF_A_BLOG, least=2, sure=False),
    Mark(name="vbulletin 5", why="vBulletin 5: a node a post", tag="li", word="b-post|js-post", attribute=("data-node-id", r"\d+")),
    Mark(name="phpbb 2", why="phpBB 2: a row a post, its author in a span", tag="span", word="name", around="tr", least=2, sure=False),
    Mark(name="flarum", why="Flarum", word="CommentPost"),
    Mark(name="nodebb", why="NodeBB", attribute=("component", "post")),
    Mark(name="answer", why="Stack Exchange", word="answer", attribute=("data-answerid", r"\d+")),
    Mark(name="question", why="Stack Exchange", word="question", attribute=("data-questionid", r"\d+")),
    Mark(name="labelled", why="Facebook tells those who cannot see it whose comment it is", attribute=("aria-label", r"(?:Comment|Reply|Kommentar|Antwort|Commentaire|Réponse|Comentario|Respuesta|Commento|Risposta) (?:by|von|de|di) .+"), tag="div|article|li"),
    Mark(name="youtube", why="YouTube: elements of its own", tag="ytd-comment-(?:view-model|renderer)"),
    Mark(name="github", why="GitHub issues", word="timeline-comment"),
    Mark(name="isso", why="Isso, old and new", id=r"isso-\d+"),
    Mark(name="commento", why="Commento: a card a comment", id=r"commento-comment-card-[0-9a-f]{16,}"),
    Mark(name="dated list", why="a dt with author and date, the text in the dd", tag="dt", word="comment"),
    Mark(name="indented cell", why="Hacker News before 2016: a cell as wide as the comment is set in", tag="td", word="ind", around="tr", sure=False),
)  # fmt: skip

# A class that names one comment, with the words that themes set before and behind it.
_ITEM = re.compile(
    rf"(?:^|-)(?:{_COMMENT})(?:-(?:item|node|wrap|wrapper|container|entry|box|block|card|row|view|unit|holder|inner"
    r"|article|single|body|main|element|detail|cell|list-item|root|regular|group|thread|component))?$"
    r"|^(?:[a-z0-9]{1,12}-)?(?:reply|response|answer)(?:-item)?$"
)
# An id that numbers a comment.
_ITEM_ID = re.compile(
    rf"^((?:li-|div-|article-|js-|the-|single-)*(?:{_COMMENT}|reply|response|answer|cmt|c|cid|comment-item))"
    r"-?(?:\d{1,20}|[0-9a-f]{16,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$"
)
_LOOKED_AT = ("class", "id", *sorted({mark.attribute[0] for mark in MARKS if mark.attribute} - {"class"}))
_LONGEST = 500  # characters of an attribute that are looked at
# What is part of a line: the comments of a program that a page shows are spans of that class.
_INLINE = frozenset(
    ("span", "a", "b", "i", "em", "strong", "code", "small", "time", "label", "button", "input")
)
_NOT_OF_A_READER = frozenset({"pingback", "trackback"})


def is_of_a_reader(element: etree._Element) -> bool:
    """Whether it is not the notice that another site links here, which blogs list among the comments."""
    return _NOT_OF_A_READER.isdisjoint((element.get("class") or "").split())


def marks_of(element: etree._Element) -> tuple[Bearing, ...]:
    """Return the groups that an element belongs to."""
    attributes = element.attrib
    if not attributes and "-" not in element.tag:
        return ()
    return _marks(element.tag, *(attributes.get(key, "")[:_LONGEST] for key in _LOOKED_AT))


@lru_cache(maxsize=16_384)
def _marks(tag: str, *values: str) -> tuple[Bearing, ...]:
    """The same for a tag and its attributes; remembered, as a page repeats the same few."""
    attributes = dict(zip(_LOOKED_AT, values, strict=True))
    classes = attributes["class"].split()[:40]
    borne = (mark for mark in MARKS if mark.holds(tag, classes, attributes))
    found = [Bearing(mark.name, mark.sure, mark.least, mark.around) for mark in borne]
    for token in map(plain, () if tag in _INLINE else classes):
        if fits(_ITEM, token):
            found.append(Bearing(f"{tag}.{token}"))
    if number := _ITEM_ID.match(plain(attributes["id"])):
        found.append(Bearing(f"{tag}#{number[1]}"))
    return tuple(found)
