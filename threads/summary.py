"""Every aggregate there is: per author, per thread, over time, of labels, of replies against their parents.

None of them is a verdict on a person: a mean never goes without the number of comments behind it.
Those that rest on links take a floor on parent_confidence and name it in `frame.attrs`; what becomes of
the comments whose link is under it, `threads.cutting` says.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from threads.cutting import at_floor, floor_of
from threads.schema import LINKED
from threads.scored import Scored
from threads.triaging import Policy, exceeding

_COUNTED = {"n_roots": "root", "n_given": "reply", "n_inferred": "inferred", "n_unsure": "unsure"}
_POSSIBLE = (pd.Timestamp("1970-01-01", tz="UTC"), pd.Timestamp("2100-01-01", tz="UTC"))


def by_author(
    scored: Scored, policy: Policy | None = None, *, min_link_confidence: float = 0.0
) -> pd.DataFrame:
    """One row an author, most comments first; unnamed people stand under their author_id.

    Columns: author_id, author, n_comments, n_threads, n_words, first, last, n_answers (comments that
    answer someone else), n_answered (answers from others), mean_<head> for every head, n_<head> (comments
    over the policy's threshold) and n_mentions, n_counter_speech (comments that report or condemn a trope).
    Of the links, those of at least `min_link_confidence` count; attrs name it.
    """
    scored = at_floor(scored, min_link_confidence)
    table = _keyed(_flagged(scored, policy))
    groups = table.groupby("author_id", sort=False)
    summary = _summed(groups, scored).assign(
        author=groups.author.first(), n_threads=groups.thread_id.nunique()
    )
    links = _answers(table)
    summary["n_answers"] = links.author_id.value_counts().reindex(summary.index).fillna(0).astype(int)
    summary["n_answered"] = links.parent_author_id.value_counts().reindex(summary.index).fillna(0).astype(int)
    ordered = summary.reset_index().sort_values(
        ["n_comments", "author_id"], ascending=[False, True], ignore_index=True
    )  # fmt: skip
    return _named(ordered, scored)


def by_thread(
    scored: Scored, policy: Policy | None = None, *, min_link_confidence: float = 0.0
) -> pd.DataFrame:
    """One row a thread in reading order; a page without comments has none.

    Columns: thread_id, title, source, n_comments, n_authors, n_roots (comments that answer nobody), depth
    (the deepest), n_words, first, last, n_given (links that the source gave), n_inferred (links that were
    inferred), n_unsure (links under the floor, which count for nothing else), mean_link_confidence (null
    without links), mean_<head>, n_<head>, n_mentions, n_counter_speech. Of the links, those of at least
    `min_link_confidence` count; attrs name it.
    """
    scored = at_floor(scored, min_link_confidence)
    table = _flagged(scored, policy)
    groups = table.groupby("thread_id", sort=False)
    summary = _summed(groups, scored).assign(
        title=_titles(groups.title.first(), scored.pages),
        source=groups.source.first(),
        n_authors=groups.author_id.nunique(),
        depth=groups.depth.max(),
        mean_link_confidence=_links(table).groupby("thread_id").parent_confidence.mean(),
        **{name: (table.link == link).groupby(table.thread_id).sum() for name, link in _COUNTED.items()},
    )
    return _named(summary.reset_index(), scored)


def _titles(titles: pd.Series, pages: pd.DataFrame) -> pd.Series:
    """The titles of threads, taken from their pages where no comment bears one."""
    of_pages = (
        pages.dropna(subset="title").drop_duplicates("thread_id").set_index("thread_id").title.to_dict()
    )
    return titles.astype(object).where(titles.notna(), titles.index.map(of_pages.get)).astype("str")


def over_time(scored: Scored, freq: str = "D", policy: Policy | None = None) -> pd.DataFrame:
    """One row a period of pandas' `freq` ("D", "W", "h"), empty periods included; undated comments left out.

    A date before 1970 or after 2100 is an error of the source and counts as none.

    Columns: period (its start, UTC), n_comments, n_words, mean_<head>, n_<head>, n_mentions,
    n_counter_speech. `attrs["n_undated"]` says how many comments have no absolute time.
    """
    table = _flagged(scored, policy)
    dated = table[dated_rows(table)]
    groups = dated.groupby(pd.Grouper(key="created", freq=freq))
    summary = _summed(groups, scored).drop(columns=["first", "last"]).rename_axis("period").reset_index()
    summary.attrs["n_undated"] = len(table) - len(dated)
    return summary


def dated_rows(comments: pd.DataFrame) -> pd.Series:
    """Which comments have an absolute time that can be true: not before 1970 and not after 2100."""
    return comments.created.between(*_POSSIBLE)


def overlap(scored: Scored, policy: Policy | None = None) -> pd.DataFrame:
    """How many comments exceed the thresholds of which heads together.

    Columns: a boolean column a head of the policy, and n_comments; comments that exceed none are left out
    and counted in `attrs["n_unflagged"]`.
    """
    policy = policy or Policy()
    heads = [head for head in policy.thresholds if head in scored.heads]
    over = exceeding(scored.wide(), scored, policy)[heads]
    some = over[over.any(axis=1)]
    counted = some.value_counts().rename("n_comments").reset_index()
    ordered = counted.sort_values(["n_comments", *heads], ascending=False, ignore_index=True)
    ordered.attrs["n_unflagged"] = len(over) - len(some)
    return ordered


def reply_pairs(scored: Scored, *, min_link_confidence: float = 0.0) -> pd.DataFrame:
    """One row for every reply: comment_id, parent_id, parent_confidence, and <head>, parent_<head>.

    Of the links, those of at least `min_link_confidence` count; attrs name it.
    """
    scored = at_floor(scored, min_link_confidence)
    links = _links(scored.wide())
    parents = scored.scores.set_index("comment_id").add_prefix("parent_")
    kept = links[["comment_id", "parent_id", "parent_confidence", *scored.heads]]
    return _named(kept.join(parents, on="parent_id").reset_index(drop=True), scored)


def reply_network(scored: Scored, *, min_link_confidence: float = 0.0) -> pd.DataFrame:
    """One row for every two people of whom the first answers the second, most answers first.

    Columns: author_id, author, parent_author_id, parent_author, n_replies, mean_link_confidence; unnamed
    people stand under their author_id, and answers to oneself are left out. Of the links, those of at
    least `min_link_confidence` count; attrs name it.
    """
    scored = at_floor(scored, min_link_confidence)
    table = _keyed(scored.comments)
    names = table.groupby("author_id", sort=False).author.first()
    pairs = _answers(table).groupby(["author_id", "parent_author_id"], as_index=False).agg(
        n_replies=("comment_id", "size"), mean_link_confidence=("parent_confidence", "mean")
    )  # fmt: skip
    pairs.insert(1, "author", pairs.author_id.map(names).astype("str"))
    pairs.insert(3, "parent_author", pairs.parent_author_id.map(names).astype("str"))
    keys, ascending = ["n_replies", "author_id", "parent_author_id"], [False, True, True]
    return _named(pairs.sort_values(keys, ascending=ascending, ignore_index=True), scored)


def _flagged(scored: Scored, policy: Policy | None) -> pd.DataFrame:
    """Comments with scores, and boolean columns over_<head>, mention and counter_speech."""
    policy = policy or Policy()
    table = scored.wide()
    over = exceeding(table, scored, policy).add_prefix("over_")
    mentions = scored.mentions()
    condemned = set(mentions[mentions.stance == "condemn"].comment_id)
    return pd.concat([table, over], axis=1).assign(
        n_words=table.text.str.count(r"\S+"),
        mention=table.comment_id.isin(set(mentions.comment_id) - condemned),
        counter_speech=table.comment_id.isin(condemned),
    )


def _summed(groups: Any, scored: Scored) -> pd.DataFrame:  # noqa: ANN401 - pandas names no such type
    columns = {
        "n_comments": ("comment_id", "size"), "n_words": ("n_words", "sum"),
        "first": ("created", "min"), "last": ("created", "max"),
        **{f"mean_{head}": (head, "mean") for head in scored.heads},
        **{f"n_{c.removeprefix('over_')}": (c, "sum") for c in groups.obj.columns if c.startswith("over_")},
        "n_mentions": ("mention", "sum"), "n_counter_speech": ("counter_speech", "sum"),
    }  # fmt: skip
    summed: pd.DataFrame = groups.agg(**columns)
    return summed


def _keyed(table: pd.DataFrame) -> pd.DataFrame:
    """Everybody under an author_id: a comment that nothing ties to another is one by itself."""
    return table.assign(author_id=table.author_id.fillna(table.comment_id))


def _answers(table: pd.DataFrame) -> pd.DataFrame:
    """The replies of one person to another, with parent_author_id."""
    authors = table.set_index("comment_id").author_id
    links = _links(table)
    links = links.assign(parent_author_id=links.parent_id.map(authors))
    return links[links.parent_author_id.notna() & (links.parent_author_id != links.author_id)]


def _links(table: pd.DataFrame) -> pd.DataFrame:
    return table[table.link.isin(LINKED)]


def _named(frame: pd.DataFrame, scored: Scored) -> pd.DataFrame:
    """The aggregate with the floor that its links were cut at in attrs."""
    frame.attrs["min_link_confidence"] = floor_of(scored.comments)
    return frame
