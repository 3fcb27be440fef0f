# ruff: noqa: E501  (a list of words reads better on one line than broken by its length)
"""What a comment's own words say about being an answer, whoever it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from threads.infer.links.thread import Floats

# Words of English, German, French, Spanish and Chinese pages. No pattern repeats over a class that
# another repetition beside it could also match, so none can run away on hostile text.
_OPENERS: tuple[tuple[str, str], ...] = (
    (
        "thanks",
        r"thank|thanks|thx|ty\b|cheers|danke|vielen dank|merci|gracias|muchas gracias|感谢|谢谢|感謝|謝謝",
    ),
    (
        "agree",
        r"yes\b|yeah|yep|yup|exactly|agreed?\b|i agree|true\b|right\b|indeed|correct\b|absolutely|of course|sure\b"
        r"|good point|same here|me too|well said|fair|ja\b|genau|stimmt|richtig|oui\b|exact|sí\b|si,|claro|是的|对",
    ),
    (
        "disagree",
        r"no\b|nope|nah\b|not really|wrong|disagree|i disagree|i don.?t think|nonsense|bullshit|actually|but\b"
        r"|however|nein\b|falsch|quatsch|doch\b|aber\b|non\b|mais\b|pero\b|不是|但",
    ),
    (
        "asks back",
        r"why\b|how\b|what\b|who\b|where\b|when\b|which\b|really\b|huh|source\?|do you|did you|are you|have you"
        r"|can you|could you|warum|wieso|was\b|wer\b|woher|pourquoi|quoi|por qu|qué\b|为什么",
    ),
    (
        "goes on",
        r"and\b|so\b|also\b|because|or\b|then\b|well\b|ok\b|okay|oh\b|ah\b|haha|lol|hm+\b|it.?s\b|that.?s|that\b|this\b"
        r"|he\b|she\b|they\b|it\b|und\b|das\b|et\b|c.est|y\b|eso\b|哈|呵|嗯|那",
    ),
    ("greets", r"hi\b|hello|hey\b|dear\b|good (?:morning|day|evening)|hallo|bonjour|salut|hola|你好"),
    ("sorry", r"sorry|apolog|my bad|oops|entschuld|désol|perdón|抱歉|对不起"),
    ("welcome", r"you.?re welcome|no problem|np\b|glad|bitte\b|gern|de rien|de nada|不客气"),
    ("corrects itself", r"edit\b|update\b|correction|p\.?s\b|typo|s/|i meant|\*|nachtrag"),
)
_ANYWHERE: tuple[tuple[str, str], ...] = (
    ("you", r"\b(?:you|your|yours|you.?re|u|ur|du|dir|dich|dein\w{0,2}|sie|ihnen|ihre?|vous|votre|tu|usted)\b|你|您"),
    (
        "your post",
        r"\byour (?:\w{1,12} )?(?:posts?|comments?|links?|points?|questions?|repl(?:y|ies)|answers?|arguments?"
        r"|claims?|examples?|statements?|suggestions?|code)\b|\b(?:as )?you (?:mention\w{0,2}|said|say|wrote|stated?"
        r"|point\w{0,2} out|claim\w{0,2}|suggest\w{0,2}|describe\w{0,1}|ask\w{0,2}|mean)\b|\bdein\w{0,2} (?:kommentar|beitrag|frage)",
    ),
    ("thanks for the link", r"(?:thank|thanks|thx)[^.!?\n]{0,25} (?:link|video|clip|article|source|reference)s?\b"),
    ("article", r"\b(?:(?:this|the|great|nice|good|interesting|excellent|your) (?:article|blog|site|author|review|recipe"
     r"|blog post|piece)|for sharing|keep up|diese[rn]? (?:artikel|beitrag|rezept)|cet article|este artículo)\b|文章|博主|学习了"),
    ("first person", r"\b(?:i|i.m|my|me|mine|ich|mein\w{0,2}|je|mon|yo|mi)\b|我"),
    ("people in general", r"\b(?:anyone|anybody|someone|does any|everyone|people|guys|jemand|quelqu.un|alguien)\b"),
    ("refers back", r"\b(?:that|this|it|those|he|she|they|above|earlier|previous|latter)\b"),
)  # fmt: skip
_OPEN = [re.compile(rf"\W{{0,3}}(?:{pattern})", re.IGNORECASE) for _, pattern in _OPENERS]
_IN = [re.compile(pattern, re.IGNORECASE) for _, pattern in _ANYWHERE]
LINK = re.compile(r"https?://|\bwww\.|\[url\]", re.IGNORECASE)
_QUOTES = re.compile(r"^\s{0,8}(?:>|&gt;|[“\"«„])", re.MULTILINE)

# Longer texts are read at their beginning and end only: the work per comment stays bounded.
READ = 2000

NAMES: tuple[str, ...] = (
    *(f"opens: {name}" for name, _ in _OPENERS),
    *(name for name, _ in _ANYWHERE),
    "asks",
    "ends asking",
    "asks at first",
    "link",
    "quotes",
    "opens quoting",
    "opens small",
    "empty",
    "length",
    "paragraphs",
    "exclaims",
)


def read(text: str) -> list[float]:
    """The values of NAMES for one text; most are 0 or 1, length and paragraphs are logarithms."""
    text = text if len(text) <= READ else text[: READ // 2] + "\n" + text[-READ // 2 :]
    head = text.lstrip()[:80]
    quote = _QUOTES.search(text)
    return [
        *(float(bool(pattern.match(head))) for pattern in _OPEN),
        *(float(bool(pattern.search(text))) for pattern in _IN),
        float("?" in text or "？" in text),
        float(text.rstrip().endswith(("?", "？"))),
        float("?" in head),
        float(bool(LINK.search(text))),
        float(quote is not None or "“" in text),
        float(quote is not None and not text[: quote.start()].strip()),
        float(head[:1].islower()),
        float(not head),
        float(np.log1p(len(text)) / 4),
        float(np.log1p(text.count("\n")) / 2),
        float("!" in text),
    ]


def word_cues(texts: Sequence[str]) -> Floats:
    """One row a text, one column for each of NAMES."""
    return np.array([read(text) for text in texts], dtype=np.float32).reshape(len(texts), len(NAMES))
