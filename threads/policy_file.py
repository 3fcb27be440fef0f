"""A team's policy as a TOML file that people read and edit: thresholds, weights, definition and the rest."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from threads.errors import PolicyError
from threads.triaging import Policy

DEFAULT = "default"
"""In place of a path: the policy without a file."""

_TABLES = ("thresholds", "weights")
_NUMBERS = {"reach": 1.0, "counter_speech": 1.0, "audit_share": 1.0, "copies": 1.0}
"""Settings in [0, …]."""
_WHOLE = ("audit_least", "seed")
_NAMES = tuple(field.name for field in fields(Policy))
_HEAD = re.compile(r"[a-z][a-z0-9_]{0,60}")
_MOST_BYTES = 1_000_000
_SECTION = re.compile(r"\s*\[\s*([a-z_]+)\s*\]")


def read_policy(path: Path) -> Policy:
    """Read a policy; what the file does not name is as by default.

    Raises PolicyError, with the line, for what is no policy.
    """
    source = _text(path)
    try:
        said = tomllib.loads(source)
    except tomllib.TOMLDecodeError as problem:
        raise PolicyError(f"The policy {path} is not TOML: {problem}.") from problem
    return _Reader(path, source).policy(said)


def policy_from(record: Mapping[str, Any]) -> Policy:
    """The policy that run.json keeps. Raises PolicyError where it is damaged."""
    try:
        return Policy(**record)
    except TypeError as problem:
        raise PolicyError(
            "The policy in run.json is of another version; give one with --policy."
        ) from problem


def chosen(given: str | None, run: Mapping[str, Any]) -> tuple[Policy, dict[str, str] | None]:
    """The policy of a command, and what run.json says of its file: name and SHA-256.

    `given` is a path or DEFAULT; without it the case keeps the file's policy that it was made with.
    """
    if given and given != DEFAULT:
        path = Path(given)
        return read_policy(path), {"name": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}
    if given != DEFAULT and run.get("policy_file"):
        return policy_from(run.get("policy", {})), run["policy_file"]
    return Policy(), None


def policy_text(policy: Policy, notes: Mapping[str, str] | None = None) -> str:
    """The policy as TOML that `read_policy` reads; `notes` are comments above the threshold of a head."""
    kept, notes = asdict(policy), notes or {}
    lines = [
        "# A policy for `threads run`, `queue` and `report --policy`.",
        "# definition: which contested categories of antisemitism are findings: agreed (none), ihra or jda.",
    ]
    lines += [f"{name} = {_toml(kept[name])}" for name in _NAMES if name not in _TABLES]
    lines += ["", "[thresholds]  # the score from which a comment is a finding"]
    for head, threshold in policy.thresholds.items():
        lines += [f"# {line}" for line in notes.get(head, "").splitlines()]
        lines.append(f"{head} = {_toml(threshold)}")
    lines += ["", "[weights]  # how much a head counts for the order of the queue"]
    lines += [f"{head} = {_toml(weight)}" for head, weight in policy.weights.items()]
    return "\n".join(lines) + "\n"


def write_policy(policy: Policy, path: Path, notes: Mapping[str, str] | None = None) -> None:
    """Write a policy file. Raises PolicyError where that cannot be done."""
    try:
        path.write_text(policy_text(policy, notes), encoding="utf-8", newline="\n")
    except OSError as problem:
        raise PolicyError(f"The policy cannot be written to {path}: {problem.strerror}.") from problem


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise PolicyError(f"The file {path} is too large to be a policy.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        reason = "there is no such file" if isinstance(problem, FileNotFoundError) else problem.strerror
        raise PolicyError(f"The policy {path} cannot be read: {reason}.") from problem
    except UnicodeDecodeError as problem:
        raise PolicyError(f"The policy {path} is not text in UTF-8.") from problem


class _Reader:
    """Checks what a file says; every complaint names the line."""

    def __init__(self, path: Path, source: str) -> None:
        self.path, self.lines = path, source.splitlines()

    def policy(self, said: Mapping[str, Any]) -> Policy:
        for name in said:
            if name not in _NAMES:
                raise self.wrong(name, f"there is no setting {name!r}; there are {', '.join(_NAMES)}")
        chosen: dict[str, Any] = {
            name: self.setting(name, value) for name, value in said.items() if name not in _TABLES
        }
        default = Policy()
        for table in _TABLES:
            chosen[table] = {**getattr(default, table), **self.heads(table, said.get(table, {}))}
        for table, other in (_TABLES, _TABLES[::-1]):
            for head in chosen[table].keys() - chosen[other].keys():
                raise self.wrong(head, f"{head} has no line in [{other}]; is the name right?", table)
        return Policy(**chosen)

    def setting(self, name: str, value: object) -> object:
        if name == "definition":
            if value not in ("agreed", "ihra", "jda"):
                raise self.wrong(name, "definition is one of agreed, ihra and jda")
        elif name in _WHOLE:
            if not _is_whole(value) or value < 0:  # type: ignore[operator]  # it is an int there
                raise self.wrong(name, f"{name} is a whole number from 0")
        elif not _is_number(value) or not 0 <= value <= _NUMBERS[name]:  # type: ignore[operator]
            raise self.wrong(name, f"{name} is a number from 0 to 1")
        return value

    def heads(self, table: str, said: object) -> dict[str, float]:
        if not isinstance(said, dict):
            raise self.wrong(table, f"{table} is a section: [{table}] with a line for each head")
        for head, value in said.items():
            if not _HEAD.fullmatch(head):
                raise self.wrong(head, f"{head[:40]!r} is no name of a head", table)
            if not _is_number(value) or not 0 < value <= 1:
                raise self.wrong(head, f"{head} is a number above 0 and up to 1", table)
        return {head: float(value) for head, value in said.items()}

    def wrong(self, key: str, why: str, table: str = "") -> PolicyError:
        line = self.line(key, table)
        return PolicyError(f"The policy {self.path}{f', line {line}' if line else ''}: {why}.")

    def line(self, key: str, table: str) -> int | None:
        """The line of a key, below the heading of its section."""
        section = ""
        for number, text in enumerate(self.lines, 1):
            if found := _SECTION.match(text):
                section = found[1]
                if section == key and not table:
                    return number
            elif text.partition("=")[0].strip().strip("\"'") == key and section == table:
                return number
        return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
