"""XML element by element in constant memory: no entities, no network, damage passed over and told."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from threads.comment import Reject
from threads.errors import InputError
from threads.files import decode

Element = etree._Element

_CHUNK = 2**16
_MOST_STRAY = 3  # characters before the first "<"; of 13 real exports two begin with a stray one
_LONGEST_RECORD = 250_000_000  # characters; a post with 100,000 comments has about 100 million
_LONGEST_TAG = 100  # a closing tag
_MOST_DAMAGE = 100  # places; a file with more is no longer guessed at
_LONGEST_HEADER = 2**24  # characters before the first record: an export with 50,000 tags has 12 million
_DECLARED = re.compile(r"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_ROOT = re.compile(r"<[A-Za-z_]")
_BAD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BAD_REFERENCE = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
_CUT_REFERENCE = re.compile(r"&[#\w]{0,12}$")
_HARMLESS = frozenset({"ERR_UNDECLARED_ENTITY", "WAR_UNDECLARED_ENTITY"})  # the reference stays as it stood


def elements(path: Path, *names: str) -> Iterator[Element | Reject]:
    """Yield each outermost element of these local names; it is emptied when the next one is asked for.

    An element in which the file is not well-formed is a Reject with its line, and so is damage elsewhere.
    Raises InputError for a file that declares entities, or that has no root.
    """
    pieces = _pieces(path, names)
    header = next(pieces, "")
    _refuse_entities("<!ENTITY" in _uncommented(header), path)
    reader = _Reader(path, names, header)
    for piece in pieces:
        yield from reader.feed(piece)
    yield from reader.close()


def child(element: Element, name: str) -> Element | None:
    """The first child of a local name, whatever its namespace."""
    return element.find(f"{{*}}{name}")


def text(element: Element | None, name: str | None = None) -> str:
    """All text in an element, or in its first child of that name; empty where there is none."""
    found = child(element, name) if element is not None and name else element
    return "" if found is None else "".join(map(str, found.itertext())).strip()


def is_declared(head: str, root: str) -> bool:
    """Whether the beginning of a file has a root element of this name behind declarations and comments."""
    plain = _uncommented(head)
    match = _ROOT.search(plain)
    if match is None or len(plain.partition("<")[0].strip()) > _MOST_STRAY:
        return False
    return re.match(rf"<(?:\w+:)?{root}\b", plain[match.start() :]) is not None


class _Reader:
    """Parses piece by piece, and behind a damaged piece begins anew, as if at the head of the file."""

    def __init__(self, path: Path, names: tuple[str, ...], header: str) -> None:
        self._path, self._names, self._header = path, frozenset(names), header
        self._lines, self._damaged = header.count("\n"), 0
        self._checked = False
        self._begin()

    def _begin(self) -> None:
        self._parser: Any = etree.XMLPullParser(
            events=("end",), tag=[f"{{*}}{name}" for name in self._names], encoding="utf-8", recover=True,
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        self._parser.feed(self._header.encode())
        self._ahead = self._lines - self._header.count("\n")  # lines of the file before this parser's first
        self._seen = len(self._parser.feed_error_log) if self._damaged else 0

    def feed(self, piece: str) -> Iterator[Element | Reject]:
        """Parse a piece and yield what ends in it."""
        self._parser.feed(piece.encode())
        self._lines += piece.count("\n")
        damage = self._damage()
        if damage is None:
            yield from self._ended()
            return
        yield damage
        self._damaged += 1
        if self._damaged > _MOST_DAMAGE:
            raise InputError(
                f"The file {self._path} is damaged in more than {_MOST_DAMAGE} places: export it again."
            )
        self._begin()

    def _ended(self) -> Iterator[Element]:
        for _, element in self._parser.read_events():
            self._check(element)
            if not any(str(each.tag).rpartition("}")[2] in self._names for each in element.iterancestors()):
                yield element
                _empty(element)

    def close(self) -> Iterator[Element | Reject]:
        """Yield what is left. Raises InputError where there was nothing that is XML."""
        try:
            root = self._parser.close()
        except etree.XMLSyntaxError:
            root = None
        if root is not None:
            self._check(root)
        elif not self._checked:
            raise InputError(f"The file {self._path} is not XML that can be read: export it again.")
        damage = self._damage()
        yield from [damage] if damage else self._ended()

    def _damage(self) -> Reject | None:
        """The first place since the last call in which the file is not well-formed."""
        log = list(self._parser.feed_error_log)[self._seen :]
        self._seen += len(log)
        for entry in log:
            if entry.level == etree.ErrorLevels.FATAL and entry.type_name not in _HARMLESS:
                line, reason = entry.line + self._ahead, entry.message.strip().rstrip(".")
                sentence = f"The file is damaged at line {line}, and what stands there is left out: {reason}."
                return Reject(line=line, reason=sentence)
        return None

    def _check(self, element: Element) -> None:
        if not self._checked:
            dtd: Any = element.getroottree().docinfo.internalDTD
            _refuse_entities(dtd is not None and bool(dtd.entities()), self._path)
        self._checked = True


def _refuse_entities(declared: bool, path: Path) -> None:
    if declared:
        raise InputError(
            f"The file {path} declares entities in its DOCTYPE, by which a small file grows without end or"
            " reads other files: it is refused; take the DOCTYPE out to have it read."
        )


def _empty(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _pieces(path: Path, names: tuple[str, ...]) -> Iterator[str]:
    """The text of a file from its first "<" on: all before the first element of the names, then what
    ends with a closing tag of them, then the rest.
    """
    either = "|".join(names)
    begin, end = re.compile(rf"<(?:\w+:)?(?:{either})[\s/>]"), re.compile(rf"</(?:\w+:)?(?:{either})\s*>")
    header, rest, searched = "", "", 0
    for chunk in _characters(path):
        rest += chunk
        if not header:
            first = begin.search(_uncommented(rest))
            if first is None and len(rest) < _LONGEST_HEADER:
                continue
            header = rest[: first.start() if first else None]
            rest = rest[len(header) :]
            yield header
        at = 0
        for found in end.finditer(rest, max(0, searched - _LONGEST_TAG)):
            yield rest[at : found.end()]
            at = found.end()
        rest, searched = rest[at:], len(rest) - at
        if len(rest) > _LONGEST_RECORD:
            raise InputError(
                f"The file {path} holds a record of more than 250 million characters: it is refused."
            )
    yield rest


def _uncommented(text: str) -> str:
    """The text with blanks where it has comments, as long as before."""
    parts, at = [], 0
    while (begin := text.find("<!--", at)) >= 0:
        end = text.find("-->", begin)
        stop = len(text) if end < 0 else end + 3
        parts += [text[at:begin], " " * (stop - begin)]
        at = stop
    return "".join(parts) + text[at:]


def _characters(path: Path) -> Iterator[str]:
    """The text from its first "<" on, without characters that XML cannot hold."""
    begun, rest = False, ""
    for chunk in _chunks(path):
        text = rest + chunk
        if not begun:
            text = text[text.find("<") :] if "<" in text else ""
            begun = bool(text)
        cut = _CUT_REFERENCE.search(text, max(0, len(text) - 16))
        text, rest = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
        yield _BAD_REFERENCE.sub("", _BAD.sub("", text))
    yield rest


def _chunks(path: Path) -> Iterator[str]:
    encoding = _encoding(path)
    errors = "threads.windows-1252" if encoding == "utf-8" else "replace"
    with io.TextIOWrapper(decode.open_binary(path), encoding, errors, newline="") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _encoding(path: Path) -> str:
    """What the file declares, where Python knows it and the bytes do not speak against it."""
    head = decode.read_head(path)
    found = decode.encoding_of(head)
    if found is None:
        raise InputError(f"The file {path} is not text.")
    declared = _DECLARED.search(decode.head_text(head[:1000]))
    if found != "utf-8" or declared is None or head.startswith(codecs.BOM_UTF8):
        return found
    try:
        name = codecs.lookup(declared[1]).name
        return name if "utf" not in name and "<" in head[:1000].decode(name, "replace") else found
    except (LookupError, ValueError):
        return found
