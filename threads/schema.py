"""The tables that go from stage to stage: their columns, types and meaning, declared once."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from threads.errors import InputError


def _field(name: str, kind: pa.DataType, meaning: str, *, required: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=not required, metadata={"meaning": meaning})


_TEXT, _SMALL = pa.string(), pa.float32()
_TIME = pa.timestamp("us", tz="UTC")

COMMENTS = pa.schema([
    _field("comment_id", _TEXT, "platform:native, or a hash of thread, author, time, position and text; unique", required=True),
    _field("thread_id", _TEXT, "the page or conversation", required=True),
    _field("parent_id", _TEXT, "comment_id of the comment answered; null for a root"),
    _field("author", _TEXT, "name as shown; null where the source lost it"),
    _field("author_id", _TEXT, "stable within the thread for an unnamed person, across threads for a named one"),
    _field("author_confidence", _SMALL, "1 where the source names the author; less for a person inferred from the text"),
    _field("created", _TIME, "absolute time, UTC"),
    _field("created_text", _TEXT, "the date as it stood where it is relative or unclear"),
    _field("edited", _TIME, "when it was last changed, where the source says so"),
    _field("deleted", _TEXT, "deleted (by its author) or removed (by others), where the source says so; the text is then empty"),
    _field("text", _TEXT, "the comment; empty where it was deleted or a picture", required=True),
    _field("likes", pa.int32(), "net approval where the source has it"),
    _field("url", _TEXT, "address of the comment or of its page"),
    _field("title", _TEXT, "title of the page"),
    _field("platform", _TEXT, "name of the format that read it", required=True),
    _field("source", _TEXT, "file it was read from", required=True),
    _field("position", pa.int32(), "place on the page or in the file, from 0", required=True),
    _field("reply_to_all", _TEXT, "comment_ids of all comments that it answers, parted by blanks, where the source allows several"),
    _field("reply_to", _TEXT, "the name that the page gives as the one answered"),
    _field("indent", pa.int32(), "how far the page sets it in, 0 outermost"),
    _field("comment_confidence", _SMALL, "how sure it is that this is one whole comment; 1 where the format says so"),
    _field("link", _TEXT, "root, reply, inferred, missing (the parent is not here), cycle, or unsure (cut, being under a floor that was asked for)"),
    _field("parent_confidence", _SMALL, "how likely parent_id (or being a root) is right; 1 where the source says so"),
    _field("parent_reason", _TEXT, "which cues spoke for the parent, in words"),
    _field("root_id", _TEXT, "comment_id of the comment that starts this branch"),
    _field("depth", pa.int32(), "0 for a root"),
    _field("order", pa.int32(), "reading order within the thread, depth first, from 0"),
    _field("n_replies", pa.int32(), "direct replies"),
    _field("n_descendants", pa.int32(), "all comments below"),
])  # fmt: skip

SCORES = pa.schema([_field("comment_id", _TEXT, "as in COMMENTS", required=True)])
"""One row a comment; every further column is a detector head, float32, in [0, 1] (`sentiment`: [-1, 1])."""

EVIDENCE = pa.schema([
    _field("comment_id", _TEXT, "as in COMMENTS", required=True),
    _field("detector", _TEXT, "toxicity, antisemitism, conspiracy, sentiment", required=True),
    _field("category", _TEXT, "id in the taxonomy (A1–A16, N1–N8, T1–T7, S) or empty"),
    _field("start", pa.int32(), "first code point of the span in the stored text", required=True),
    _field("end", pa.int32(), "one past the last code point", required=True),
    _field("weight", _SMALL, "how much it raised the score; below 0: what speaks against it", required=True),
    _field("rule", _TEXT, "id of the lexicon entry, cue or model behind it", required=True),
    _field("kind", _TEXT, "rule, exact or approximate: how far the span may be trusted as the reason", required=True),
    _field("stance", _TEXT, "endorse, insinuate, report, condemn, in_group, unclear; empty for heads without one"),
    _field("reason", _TEXT, "the rule in plain words, for the reader"),
])  # fmt: skip

PAGES = pa.schema([
    _field("thread_id", _TEXT, "as in COMMENTS", required=True),
    _field("source", _TEXT, "file it was read from", required=True),
    _field("platform", _TEXT, "name of the format that read it", required=True),
    _field("title", _TEXT, "title of the page"),
    _field("article", _TEXT, "the article's text, paragraphs parted by blank lines"),
    _field("url", _TEXT, "address of the page"),
    _field("n_comments", pa.int32(), "comments found on it"),
    _field("note", _TEXT, "a sentence about the page, as that it has no comments and why we think so"),
    _field("confidence", _SMALL, "how sure the reading of the page is"),
])  # fmt: skip

FINDING_STANCES = ("endorse", "insinuate", "unclear")
"""Stances under which a matched trope counts; under the others it is kept as a mention."""


LINKED = ("reply", "inferred")
"""Values of `link` under which `parent_id` can be followed."""


def empty(schema: pa.Schema) -> pd.DataFrame:
    """A frame with the schema's columns and no rows."""
    frame: pd.DataFrame = schema.empty_table().to_pandas()
    return frame


def conform(frame: pd.DataFrame, schema: pa.Schema) -> pd.DataFrame:
    """The frame with exactly the schema's columns and types, in its order; absent optional ones are null.

    Columns that the schema does not have are dropped, save in SCORES, where each is a head and becomes
    float32. Raises InputError where a required column is absent or a value cannot be of its type.
    """
    heads = [c for c in frame.columns if c not in schema.names] if schema is SCORES else []
    full = pa.schema([*schema, *(pa.field(head, _SMALL) for head in heads)])
    missing = [f.name for f in schema if not f.nullable and f.name not in frame.columns]
    if missing:
        raise InputError(f"The table has no column {', '.join(missing)}.")
    try:
        columns = [_column(frame, field) for field in full]
    except (pa.ArrowInvalid, pa.ArrowTypeError) as problem:
        raise InputError(f"A column of the table has the wrong type: {problem}.") from problem
    table: pd.DataFrame = pa.Table.from_arrays(columns, schema=full.remove_metadata()).to_pandas()
    return table.set_axis(frame.index)


def _column(frame: pd.DataFrame, field: pa.Field) -> pa.Array:
    if field.name not in frame.columns:
        return pa.nulls(len(frame), field.type)
    array = pa.Array.from_pandas(frame[field.name], type=field.type, safe=False)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
