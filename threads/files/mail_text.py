"""What a person wrote in a letter: its text decoded, and what is quoted marked as such."""

from __future__ import annotations

import codecs
import re
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart

from threads.files import decode
from threads.files.objects import clean
from threads.markup import strip_markup

# What the parser of the standard library has raised on damaged letters.
DAMAGE = (
    MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError,
)  # fmt: skip

_QUOTED = re.compile(r"^ {0,2}(?:>[ \t]?)+", re.MULTILINE)
_SENT_BEFORE = re.compile(
    r"-{2,}\s*(?:original message|original|forwarded message|ursprüngliche nachricht|"
    r"weitergeleitete nachricht|message d'origine|message original|mensaje original|messaggio originale|"
    r"mensagem original|"
    r"oorspronkelijk bericht|исходное сообщение|пересылаемое сообщение)\s*-{2,}$",
    re.IGNORECASE,
)
_SENT_BY = re.compile(r"(?:from|von|de|da|van|от):\s", re.IGNORECASE)  # below a line, as Outlook draws it
_NEXT_PART = re.compile(r"-{10,} next part -{10,}$")
_SCRUBBED = re.compile(r"An? .{1,40} (?:was|were) scrubbed\.\.\.$")
_TOLD = re.compile(r"(?:Type|Size|URL): \S{0,300}(?: bytes)?$")
_PGP_BEGINS, _PGP_ENDS = "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----"
_PGP_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_PGP_DIGITS = re.compile(r"[A-Za-z0-9+/=]{4,80}$")
# Codecs of Python that are no encodings of letters, and slow or loud on hostile bytes.
_NO_CHARSETS = frozenset({"unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined"})
_WIDER = {"iso8859-1": "cp1252", "ascii": "utf-8", "gb2312": "gb18030"}  # as programs mean them


def body(letter: EmailMessage) -> str:
    """The plain text of a letter, or its HTML as text; quoted lines begin with "> ", once for each level."""
    part = letter.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    text = clean(_decoded(part).replace("\r\n", "\n"))
    if part.get_content_type() == "text/html":
        return strip_markup(text).strip()
    if str(part.get_param("format", "")).casefold() == "flowed":
        text = _unflowed(text, join="" if str(part.get_param("delsp", "")).casefold() == "yes" else " ")
    written = "\n".join(_marked(_without_notices(text.strip().split("\n"))))
    return _QUOTED.sub(lambda found: "> " * found[0].count(">"), written).strip()


def _decoded(part: MIMEPart) -> str:
    """The text of a part; where no encoding is named, or none that there is, UTF-8 or Windows-1252."""
    try:
        payload = part.get_payload(decode=True)
    except DAMAGE:
        payload = None
    if not isinstance(payload, bytes):
        return ""
    try:
        named = codecs.lookup(part.get_content_charset() or "utf-8").name
        encoding = _WIDER.get(named, named)
        if encoding != "utf-8" and named.replace("_", "-") not in _NO_CHARSETS:
            return payload.decode(encoding, "replace")
    except DAMAGE:
        pass
    return decode.decode(payload, "utf-8")


def _unflowed(text: str, join: str) -> str:
    """The lines as they were before a program broke them (RFC 3676): those that end in a blank go on."""
    lines: list[tuple[str, list[str]]] = []
    is_open = False
    for line in text.split("\n"):
        rest = line.lstrip(">")
        depth, rest = ">" * (len(line) - len(rest)), rest.removeprefix(" ")
        if is_open and lines[-1][0] == depth and rest != "-- ":
            pieces = lines[-1][1]
            pieces[-1:] = [pieces[-1].removesuffix(" "), join, rest]
        else:
            lines.append((depth, [rest]))
        is_open = rest.endswith(" ") and rest != "-- "
    whole = ((depth, "".join(pieces)) for depth, pieces in lines)
    return "\n".join(f"{depth} {rest}" if depth else rest for depth, rest in whole)


def _without_notices(lines: list[str]) -> list[str]:
    """The lines without what an archive says of attachments that it took away, and without PGP's digits.

    A signature below "-- " stays: whatever somebody sent can be read by all.
    """
    kept = list[str]()
    is_told = is_signed = False
    for line in lines:
        bare = line.strip()
        is_scrubbed = bool(_SCRUBBED.match(bare))
        is_told = is_scrubbed or (
            is_told and bare.startswith(("Name: ", "Type: ", "Size: ", "Desc: ", "URL: "))
        )
        is_signed = bare == _PGP_BEGINS or (is_signed and bare != _PGP_ENDS)
        is_mark = bare in (_PGP_BEGINS, _PGP_ENDS, _PGP_SIGNED) or bool(_NEXT_PART.match(bare))
        is_notice = is_scrubbed or (is_told and bool(_TOLD.match(bare)))
        if not (is_mark or is_notice or (is_signed and _PGP_DIGITS.match(bare))):
            kept.append(line)
    return kept


def _marked(lines: list[str]) -> list[str]:
    """The lines, those of an earlier letter below quoted where their writer has marked none of them."""
    for place, line in enumerate(lines):
        if _SENT_BEFORE.match(line.strip()) or _is_sent_by(lines, place):
            before, below = lines[:place], lines[place + 1 :]
            return (
                lines
                if any(each.startswith(">") for each in below)
                else [*before, *(f"> {x}" for x in below)]
            )
    return lines


def _is_sent_by(lines: list[str], place: int) -> bool:
    line = lines[place].strip()
    if len(line) < 10 or line.strip("_"):
        return False
    return next((bool(_SENT_BY.match(each)) for each in lines[place + 1 :] if each.strip()), False)
