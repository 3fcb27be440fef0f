"""Which column of a table, or key of a JSON object, holds what.

A name counts whatever its case and separators: "Comment ID", "comment_id" and "commentId" are one. The
lists hold the names that exports and scraped tables are known to use; of several columns that fit, the
one whose name stands first in the list is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from threads.errors import InputError, MissingColumn


@dataclass(frozen=True, slots=True)
class Columns:
    """The column of each field; None where there is none."""

    text: str
    id: str | None = None
    parent: str | None = None
    thread: str | None = None
    author: str | None = None
    author_id: str | None = None
    created: str | None = None
    likes: str | None = None
    url: str | None = None
    title: str | None = None
    reply_to: str | None = None


FIELDS = tuple(field.name for field in fields(Columns))

_NAMES = {
    "text": """text comment_text text_original body comment_body message comment_message content
        comment_content comment post_text full_text tweet_text tweet raw_message body_text text_display
        reply_text post_content post_body post raw markdown selftext cooked html""",
    "id": """comment_id id native_id cid comment_hex message_id reply_id tweet_id status_id uuid _id guid
        id_str""",
    "parent": """parent_id parent parent_comment_id parent_native_id comment_parent parent_comment
        in_reply_to_id in_reply_to_status_id in_reply_to_status_id_str in_reply_to_comment_id reply_to_id
        reply_to_comment_id reply_to_post_id replied_to_id in_reply_to reply_to reply_to_comment parent_hex
        pid answer_to""",
    "thread": """thread_id link_id submission_id article_id conversation_id discussion_id topic_id story_id
        video_id thread conversation submission discussion topic page_id page_url article_url thread_url
        story_url video_url post_url article page thread_title article_title page_title post_title root_id
        post_id""",
    "author": """author author_name user_name username user author_display_name display_name commenter
        commenter_name comment_author by screen_name nickname nick handle poster posted_by writer name""",
    "author_id": """author_id user_id author_fullname author_channel_id commenter_id account_id uid
        commenter_hex""",
    "created": """created_utc created_at created comment_date_gmt published_at timestamp date datetime
        comment_date date_created creation_date posted_at posted date_posted post_date pub_date published
        publish_date submitted_at time time_stamp""",
    "likes": """ups like_count likes_count likes comment_likes upvotes score up_votes net_votes votes points
        favorites favourites favorite_count favourites_count comment_karma recommendations thumbs_up""",
    "url": "url permalink comment_url comment_link uri web_url link href",
    "title": """title page_title article_title post_title thread_title submission_title story_title
        headline link_title""",
    "reply_to": """reply_to_name reply_to_author reply_to_user reply_to_username in_reply_to_name
        in_reply_to_user in_reply_to_screen_name in_reply_to_author parent_author parent_author_name
        replying_to in_reply_to reply_to""",
}  # fmt: skip


def plain(name: str) -> str:
    """Return a column's name without case and separators."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


_ORDER = {
    field: tuple(dict.fromkeys(plain(name) for name in names.split())) for field, names in _NAMES.items()
}
_FIELD_OF = {name: field for field in reversed(FIELDS) for name in (plain(field), *_ORDER[field])}


def recognise(names: Iterable[str], given: Mapping[str, str]) -> Columns | None:
    """Return the column of each field, those that the user named first; None without one for the text.

    Raises InputError where the user names a field that does not exist.
    """
    present = {plain(name): name for name in reversed(list(names))}
    found: dict[str, str | None] = {field: _first(_ORDER[field], present) for field in FIELDS}
    found = _told_apart(found, present) | _as_given(given, set(present.values()))
    text = found.pop("text")
    return None if text is None else Columns(text, **found)


def _first(wanted: Iterable[str], present: Mapping[str, str]) -> str | None:
    return next((present[name] for name in wanted if name in present), None)


def _told_apart(found: dict[str, str | None], present: Mapping[str, str]) -> dict[str, str | None]:
    """Names with two meanings: "post_id" is a comment's id where something else names its thread or there
    are pointers to follow; "reply_to" is an id where comments have ids, and a person's name where not.
    """
    post = present.get("postid")
    if post and found["id"] is None and (found["thread"] != post or found["parent"]):
        found["id"] = post
        found["thread"] = None if found["thread"] == post else found["thread"]
    if found["id"] is None:
        found["parent"] = None
    elif found["reply_to"] == found["parent"]:
        found["reply_to"] = None
    return found


def _as_given(given: Mapping[str, str], present: set[str]) -> dict[str, str | None]:
    """What `--columns` says, for the columns that are there; any usual name of a field stands for it."""
    fitting: dict[str, str | None] = {}
    for name, column in given.items():
        field = _FIELD_OF.get(plain(name))
        if field is None:
            raise InputError(f"There is no field {name!r} for --columns; the fields are {', '.join(FIELDS)}.")
        if column in present:
            fitting[field] = column
    return fitting


def in_a_line(name: str, most: int = 40) -> str:
    """A column's name as a sentence can hold it: in one line, nothing unprintable, at most so long."""
    line = "".join(each if each.isprintable() else " " for each in name[: most + 1]).strip()
    return line if len(name) <= most else f"{line[:most]}…"


def missing_column(names: Iterable[str], absent: Sequence[str], source: Path) -> MissingColumn:
    """Return the error for a table that lacks columns the user named, or one for the text."""
    shown = [in_a_line(name) for name in names]
    listed = ", ".join(shown[:12]) + (f" and {len(shown) - 12} more" if len(shown) > 12 else "")
    lacks = (
        f"no column {' or '.join(absent)}" if absent else "no column that is known to hold a comment's text"
    )
    return MissingColumn(
        f"{source} has {lacks}, only {listed or 'none'}: name the right one with --columns text=NAME."
    )
