"""From a page's tree to its records: the page, then its comments in page order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from threads.comment import Comment, Page, Record, Reject
from threads.infer.pages import dates as artefacts_dates
from threads.webpage import anchors, article, candidates, fallback, nesting, scripts
from threads.webpage.candidates import Group
from threads.webpage.document import Document
from threads.webpage.fields import Draft, draft
from threads.webpage.region import region


def read_document(document: Document, thread_id: str, url: str | None = None) -> list[Record]:
    """Return the page, its comments in page order, and a reject for each limit that was met.

    `url` is the address under which the page was saved, for one that does not give its own.

    Comments are read from the markup; where it has none, from the JSON in the page's scripts; and where that
    has none, from the text alone by the reader for scraped text, which the page's note then says.
    """
    root = document.root
    group = candidates.comments_of(root) or anchors.blocks_of(root)
    drafts, unread = drafts_of(group) if group else ([], 0)
    items = {each.region.item for each in drafts}
    page = Page(
        thread_id=thread_id,
        title=article.title_of(root, items),
        article=article.article_of(root, items),
        url=article.url_of(root) or url,
    )
    found: Sequence[Comment] = comments_of(drafts, group.name, page) if group else ()
    found = found or scripts.comments(root, page)
    if not found:
        learned, note = fallback.read_text(root, thread_id)
        found = [replace(each, title=page.title) for each in learned.comments]
        page = replace(
            page,
            title=page.title or learned.title,
            article=page.article or learned.article,
            note=note,
            confidence=learned.confidence,
        )
    reasons = [document.cut] if document.cut else []
    if unread:
        reasons.append(f"The page has {unread:,} comments more than the {candidates.MOST:,} that were read.")
    return [page, *found, *(Reject(line=None, reason=reason) for reason in reasons)]


def drafts_of(group: Group) -> tuple[list[Draft], int]:
    """Return what each comment says of itself, copies left out, and how many were left unread."""
    items = set(group.elements)
    seen: set[tuple[str, str]] = set()
    drafts = []
    for element in islice(dict.fromkeys(group.elements), candidates.MOST):
        each = draft(region(element, items))
        if not (each.is_told or each.author or (each.when and each.region.inside)):
            continue
        if each.native_id:
            copy = (each.native_id, each.text)
            if copy in seen:
                continue
            seen.add(copy)
        drafts.append(each)
    return drafts, max(0, len(items) - candidates.MOST)


def comments_of(drafts: Sequence[Draft], group: str, page: Page) -> list[Comment]:
    """Return the comments, each with the one it answers; one that is answered gets an id if it has none."""
    places, depths = nesting.parents(drafts, group)
    ids = _ids(drafts, places)
    order = artefacts_dates.day_order(each.when.stamp for each in drafts if each.when and each.when.stamp)
    found = []
    for at, each in enumerate(drafts):
        place = places[at]
        created = each.when.resolved(order) if each.when else None
        parent = ids[place] if place is not None else _missing(each, page)
        others = tuple(name for name in each.parent_ids if name in ids and name != ids[at])
        found.append(
            Comment(
                text=each.text,
                thread_id=page.thread_id,
                position=at,
                native_id=ids[at],
                parent_native_id=parent,
                author=each.author,
                author_id=each.author_id,
                created=created,
                created_text=each.when.text if each.when and created is None else None,
                edited=each.edited if each.edited != created else None,
                deleted=each.deleted,
                reply_to_all=tuple(dict.fromkeys((parent, *others))) if parent and len(others) > 1 else (),
                likes=each.likes,
                url=article.absolute(each.url, page.url),
                title=page.title,
                reply_to=each.reply_to,
                indent=depths[at],
            )
        )
    return found


def _ids(drafts: Sequence[Draft], places: Sequence[int | None]) -> list[str | None]:
    """The ids, each once: the second comment of an id, or an answered one without, is called by its place."""
    answered = {place for place in places if place is not None}
    taken: set[str] = set()
    ids: list[str | None] = []
    for at, each in enumerate(drafts):
        name = each.native_id
        if name in taken or (name is None and at in answered):
            name = f"{name or ''}#{at}"
        if name is not None:
            taken.add(name)
        ids.append(name)
    return ids


def _missing(each: Draft, page: Page) -> str | None:
    """The id of a parent that is not on the page; who answers the page itself answers nobody."""
    parent = each.parent_id
    if parent in (None, each.native_id) or parent.startswith("t3_") or not parent.strip("0-"):
        return None
    return None if page.url and re.search(rf"\b{re.escape(parent)}\b", page.url) else parent
