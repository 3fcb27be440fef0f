r"""What classes, ids and the like say about an element, as data: each pattern with its reason.

A name counts in one spelling: "commentAuthor", "comment_author" and "comment__author" are "comment-author".
Of the patterns for a field the first that fits an element of a comment wins, so what is surer stands first.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARTING = re.compile(r"[^a-zA-Z0-9À-ɏ]+")
_LONGEST = 120  # characters of a name that are looked at; longer ones are generated
_ATTRIBUTES = ("class", "id", "data-testid", "data-test-id", "slot", "part", "component", "data-role")
# What says more than a class, with the prefix that tells it from one.
_VOCABULARIES = (("itemprop", "ip-"), ("property", "rdf-"), ("rel", "rel-"))

Patterns = tuple[re.Pattern[str], ...]


def _patterns(*listed: str) -> Patterns:
    return tuple(re.compile(rf"(?:^|-)(?:{words})$") for words in listed)


AUTHOR = _patterns(
    "rel-author|ip-author|ip-creator|rdf-foaf-name|rdf-schema-author",  # vocabularies say it outright
    "fn|p-author|h-card",  # microformats; WordPress since 2.7 has b.fn inside .comment-author
    "comment-author-name|author-name|name-author|comment-author-link|author-link|comment-user-name",
    "comment-actor-name|comment-author|reply-author|author-text|message-author|post-author-name|comment-username|comment-name|comment-user",
    "hnuser|bigusername|username|user-name|display-name-html|screen-name|nick-?name|userid",
    "display-name",
    "author|creator|commenter|poster|poster-name|posted-by|comment-by|nick|authorname",
    "user|user-link|user-info-name|byline|by|from",
    "name",
)
NO_AUTHOR = re.compile(  # names of what stands near an author: badges, the one answered, the avatar
    r"(?:^|-)(?:reply-?to-author|post-author|author-badge|author-info|user-badge|avatar"
    r"|author-image|author-title|user-title|usertitle|about-author|author-bio|user-avatar|user-actions"
    r"|author-role|author-flair|flair|parent-author|blog-author|author-comment|by-?post-?author)$"
)
TIME = _patterns(
    "ip-date-?published|ip-date-?created|ip-comment-?time|rdf-dc-date|rdf-dc-created|rdf-schema-date-created",
    "dt-published|published|publish-time|publish-date|published-time-text|relative-time|live-timestamp",
    "comment-date|comment-time|comment-date-time|comment-datetime|comment-published|comment-timestamp",
    "post-date|post-time|postdate|message-date|date-created|created-at|posted-on|post-created|age|date-?time",
    "comment-metadata|commentmetadata|comment-permalink|comment-meta|date|time|timestamp|time-ago|timeago",
    "submitted|created|posted|when|ago|meta|detailed-status-datetime|status-relative-time",
)
EDITED = _patterns(
    "ip-date-?modified|dt-updated|edited-timestamp|edited-time|edit-date|comment-edited|last-edited|edited"
)
BODY = _patterns(
    "ip-text|ip-comment-?text|ip-article-?body|rdf-content-encoded|e-content|rdf-schema-text",
    "comment-text|commtext|comment-message|comment-content-text|comment-text-content|js-comment-body",
    "comment-content|comment-copy|comment-body-content|content-text|comment-description|post-message",
    r"post-message-\d+|post-text-\d+|comment-body-\d+|message-body|message-text|bb-wrapper|status-content-text",
    "post-content|reply-content|usertext-body|message-content|status-content|cooked|isso-text|post-body",
    "comment-body|comment-text-body|comment-main-text|post-text|entry-content|content-text|contenttext",
    "postcontent|answercell|s-prose|md|format-text|rich-text-json-root|comment-html|comment-comment",
    "text|content|body|message",
    "inner|description|p-content|comment|postbody",
)
LIKES = _patterns(
    "ip-upvote-?count|ip-user-interaction-count",
    "unvoted",  # old Reddit prints three scores, this is the one without the reader's own vote
    "like-count|likes-count|vote-count|vote-result|votes-count|vote-count-middle|score-count|upvote-count",
    "comment-likes|comment-score|comment-votes|like-feedback|upvotes|post-likes|recommend-count|likes|score",
    r"vote-arrows-t1-\w+|detailed-status-favorites|votes|points|karma|rating-count|num-likes|favou?rites",
    "like-button|react-button|votes-counter|reactions?-count",
)
REPLY_TO = _patterns(
    "reply-?to-author|reply-to-tab|in-reply-to|u-in-reply-to|reply-to|replying-to|parent-author",
    "comment-parent|parent-link|parent-comment|reply-info|reply-context|comment-reply-to|responded-to",
)
# What is never part of what somebody wrote: buttons, counts, forms, avatars, signatures of forums.
FURNITURE = re.compile(
    r"(?:^|-)(?:comment-reply-link|comment-reply-login|comment-reply|reply|reply-links?|reply-button|replies"
    r"|reply-?tools|comment-actions|comment-tools|comment-controls|actions|action-bar|action-buttons|buttons"
    r"|comment-footer|post-footer|footer-left|footer-right|likes|comment-likes|like|like-button|likebtn-container"
    r"|likebtn-wrapper|sharedaddy|share|share-buttons|share-menu|sharing|vote|votes|voting|vote-arrows|votelinks"
    r"|edit-link|comment-edit|comment-edit-link|permalink|moderate|report|flag|signature|sig|user-signature"
    r"|signature-content|avatar|comment-avatar|user-avatar|screen-reader-text|sr-only|visually-hidden"
    r"|comment-awaiting-moderation|comment-links|links|flat-list|comment-menu|dropdown|dropdown-menu|f-dropdown"
    r"|hovercard|author-hovercard|tooltip|readmore|read-more|hellip|ellipsis|bb-code-block-expand-link|expand-link|quote-expand|quotefooter|lightbox-wrapper"
    r"|comment-form|respond|reply-form|quick-reply|message-attribution|message-user|postprofile|user-?info|userdetails"
    r"|threadline|thread-toggle|status-card|lasteditedby|last-edit|edited|editedby|edit-note|message-last-edit"
    r"|navs|comment-permalink|hidden|hide|post-controls|postcontrols|message-footer|message-attachments|element-hidden)$"
)
# The head of a comment, which some themes keep in the same element as the text.
HEADER = re.compile(
    r"(?:^|-)(?:vcard|comment-meta|commentmetadata|comment-metadata|comment-header|comment-info|comment-head"
    r"|comment-author|comment-details|says|meta|tagline|comhead|message-header|post-header|posthead|submitted"
    r"|comment-date|comment-time|comment-title|byline|author-meta|rel-bookmark)$"
)
QUOTES = re.compile(
    r"(?:^|-)(?:bbcode-quote|quotecontent|quote-content|quote-body|quoted|bbc-standard-quote|quote-container)$"
)
QUOTE_HEADS = re.compile(
    r"(?:^|-)(?:bb-code-block-title|attribution|quote-?header|quote-?title|bbcode-postedby|quote-author)$"
)
MENUS = re.compile(
    r"(?:^|-)(?:nav|navigation|menu|main-menu|breadcrumbs?|skip-link|skiplink|topbar|site-header|masthead|cookie-banner"
    r"|toolbar|social-links|share-bar|newsletter|tags?-list|author-box|author-bio)$"
)
# Above a list that answers the comment before it: the list stands one level deeper.
NESTS = re.compile(
    r"(?:^|-)(?:children|child|childs|indent|indented|replies|nested|nest|sub-?comments?|comment-replies|responses"
    r"|answers|comment-children|thread-children|nested-comments|reply-list|children-list|comments-subtree)$"
)
# Whole regions whose entries look like comments and are none of this page.
ELSEWHERE = re.compile(
    r"(?:^|-)(?:(?:recent|latest|newest|popular|related|similar|trending|recommended|featured|last)-?"
    r"(?:comments?(?:-list|-comments?)?|posts?|articles?|stories|news|replies|content|entries|discussions|threads|topics)"
    r"|comments?-(?:recent|latest|popular)|recentcomments|widget-area|widget-recent-(?:comments|entries)|respond"
    r"|comment-respond|comment-form|commentform|leftrail|rightrail|testimonials?|blogroll|suggested-topics)$"
    r"|^(?:primary-|secondary-|main-|blog-|page-|left-|right-)?side-?bar(?:-\d|-left|-right|-primary|-content)?$"
)


def plain(name: str) -> str:
    """Return a name in the one spelling in which the patterns are written."""
    return "-".join(part for part in _PARTING.split(_CAMEL.sub("-", name[:_LONGEST])) if part).lower()


_plain = lru_cache(maxsize=65_536)(plain)


def names_of(element: etree._Element) -> list[str]:
    """Return what an element is called by its class, id, vocabulary and test id."""
    found: list[str] = []
    attributes = element.attrib
    for key in _ATTRIBUTES:
        if key in attributes:
            found += [_plain(token) for token in attributes[key].split()[:40]]
    for key, prefix in _VOCABULARIES:
        if key in attributes:
            found += [prefix + _plain(token) for token in attributes[key].split()[:8]]
    return found


@lru_cache(maxsize=65_536)
def rank(patterns: Patterns, name: str) -> int | None:
    """Return which of the patterns a name fits, the surest being 0; None where it fits none."""
    return next((at for at, pattern in enumerate(patterns) if pattern.search(name)), None)


def best_rank(patterns: Patterns, names: list[str]) -> int | None:
    """Return the best rank that an element has by any of its names."""
    return min((at for at in (rank(patterns, name) for name in names) if at is not None), default=None)


@lru_cache(maxsize=65_536)
def fits(pattern: re.Pattern[str], name: str) -> bool:
    """Whether a name fits; remembered, as a page says the same few names thousands of times."""
    return bool(pattern.search(name))
