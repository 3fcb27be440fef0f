"""YAML as text: nothing is constructed from a tag, and what grows or nests without end is refused."""

from __future__ import annotations

from typing import Any

import yaml

# CBaseLoader leaves every scalar as it stood ("no" stays a name, "0123" an id) and knows no tags at all.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_MOST_ALIASES = 16  # js-yaml writes one for an object that stands twice; 25 real files have none
_MOST_LEVELS = 50  # real files have 2; the constructor recurses
_MOST_EVENTS = 2_000_000  # of about 100,000 comments in one file


def load(text: str) -> Any:  # noqa: ANN401
    """Return the one document of a text: dicts, lists and strings. Raises ValueError with the reason."""
    try:
        _check(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - the base loader makes no objects
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ValueError(f"is not YAML that can be read{where} ({problem.problem})") from problem
    except (yaml.YAMLError, RecursionError) as problem:
        raise ValueError("is not YAML that can be read") from problem


def _check(text: str) -> None:
    aliases = levels = 0
    for number, event in enumerate(yaml.parse(text, Loader=_Loader)):
        aliases += isinstance(event, yaml.AliasEvent)
        levels += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if aliases > _MOST_ALIASES:
            raise ValueError("repeats itself by aliases, by which a small file grows without end")
        if levels > _MOST_LEVELS or number > _MOST_EVENTS:
            raise ValueError("nests too deeply" if levels > _MOST_LEVELS else "holds too much for one file")
