"""Formats that yield whole tables of comments, for files of many millions of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, runtime_checkable

import pyarrow as pa
import pyarrow.compute as pc

from threads.comment import Page, Reject
from threads.formats.base import Format
from threads.schema import COMMENTS


@runtime_checkable
class Columnar(Format, Protocol):
    """A format that reads a file into the same comments a table at a time."""

    def tables(self, path: Path) -> Iterator[pa.Table | Page | Reject]:
        """Yield what `read` yields, comments as tables whose columns are called as the fields of Comment.

        `thread_id`, `text`, `position`, `native_id` and `parent_native_id` are there in any case.
        """
        ...


def named(found: pa.Table, platform: str, thread: str, called: str) -> pa.Table:
    """Return such a table as COMMENTS, `comment_id` null where the source gives no id.

    A comment of `thread`, which only the file's name tells, has `called` for its thread and in its ids.
    """
    local = pc.equal(found["thread_id"], thread)
    before = pc.if_else(local, f"{platform}:{called}/", f"{platform}:")
    columns = {name: found[name] for name in found.column_names} | {
        "thread_id": pc.if_else(local, called, found["thread_id"]),
        "comment_id": pc.binary_join_element_wise(before, found["native_id"], ""),
        "parent_id": pc.binary_join_element_wise(before, found["parent_native_id"], ""),
    }
    return pa.table(
        [
            pc.cast(columns[field.name], field.type)
            if field.name in columns
            else pa.nulls(len(found), field.type)
            for field in COMMENTS
        ],
        names=COMMENTS.names,
    )
