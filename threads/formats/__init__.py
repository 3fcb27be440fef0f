"""The kinds of files that can be read; a new one is a module and a line in FORMATS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from threads.errors import InputError, UnknownFormat
from threads.files import decode
from threads.formats import (
    bluesky,
    commento,
    convokit,
    coral,
    discord,
    discourse,
    discourse_markdown,
    disqus_json,
    disqus_xml,
    feed,
    hackernews,
    imageboard,
    isso,
    isso_database,
    lemmy,
    mastodon,
    mbox,
    page_text,
    reddit,
    remark42,
    static_yaml,
    tables,
    telegram,
    twitter,
    webpage,
    wikiconv,
    wikitext,
    wordpress,
    youtube_api,
    youtube_downloader,
    youtube_rapidapi,
    ytdlp,
)
from threads.formats.base import Format
from threads.formats.json_records import JSON, JSON_LINES, JsonDocument, JsonLines

FORMATS: tuple[Format, ...] = (
    bluesky, commento, convokit, coral, discord, discourse, discourse_markdown, disqus_json,
    disqus_xml, feed, hackernews, imageboard, isso, isso_database, lemmy, mastodon, mbox, reddit, remark42,
    static_yaml, telegram, twitter, webpage, wikiconv, wikitext, wordpress, youtube_api, youtube_downloader,
    youtube_rapidapi, ytdlp,
    tables.PARQUET, JSON_LINES, JSON, tables.DELIMITED, page_text,
)  # fmt: skip

_OF_COLUMNS = (tables.Delimited, tables.Parquet, JsonLines, JsonDocument)


def detect(path: Path, columns: Mapping[str, str] | None = None) -> Format:
    """Return the format that knows the file best; `columns` names columns for those that have columns.

    Raises UnknownFormat where none knows it, InputError where the file is empty or not text.
    """
    head = decode.read_head(path)
    formats = [_naming(columns, each) for each in FORMATS] if columns else FORMATS
    named = decode.plain(path)
    sure, best = max(((each.sniff(head, named), each) for each in formats), key=lambda pair: pair[0])
    if sure > 0:
        return best
    if decode.encoding_of(head) is None:
        raise InputError(f"The file {path} is not text.")
    raise UnknownFormat(
        f"No format recognises the file {path}; `threads formats` lists those that there are."
    )


def _naming(columns: Mapping[str, str], each: Format) -> Format:
    return replace(each, columns=columns) if isinstance(each, _OF_COLUMNS) else each
