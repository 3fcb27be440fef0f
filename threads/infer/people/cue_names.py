# ruff: noqa: E501  (a list of names reads better on one line than broken by its length)
"""Names that pages show in place of a name: they tell nobody from anybody."""

from __future__ import annotations

from threads.infer.links.thread import name_key

# What comment systems and exports write for people who gave no name or are gone; of Disqus, WordPress,
# Blogger, Reddit, Slashdot and forums, as they stand there or in the languages of their pages.
_PLACEHOLDERS = frozenset(
    """anonymous|anon|anonymous user|anonymous coward|anonymous reader|an anonymous user|name withheld|no name|noname|nameless|none
guest|guests|guest user|guest poster|a guest|unregistered|unregistered user|unregistered guest|visitor|unknown|unknown user|unknown author|user|a user|username|your name|author unknown
deleted|removed|deleted user|deleted account|deleted member|user deleted|account deleted|removed user|former member|former user|suspended|banned user|a google user|google user|facebook user|a facebook user|youtube user
anonym|anonymer nutzer|anonymer benutzer|gast|unbekannt|unbekannter nutzer|unregistriert|besucher|ohne namen|namenlos|gelöscht|gelöschter nutzer|gelöschter benutzer|ehemaliges mitglied|ehemaliger nutzer
anonyme|utilisateur anonyme|invité|inconnu|visiteur|utilisateur supprimé|compte supprimé|supprimé
anónimo|anonimo|usuario anónimo|anónima|invitado|desconocido|visitante|sin nombre|usuario eliminado|eliminado|anônimo|usuário anônimo|convidado|desconhecido
utente anonimo|ospite|sconosciuto|anoniem|onbekend|anonim|anonimowy|gość|gosc|anonym användare|gäst|аноним|гость|匿名|匿名用户|游客|訪客|匿名さん|名無しさん""".replace("\n", "|").split("|")
)  # fmt: skip


def placeholder(name: str) -> str:
    """The name as it is compared if it stands for nobody in particular ("Guest", "[deleted]"), else ""."""
    key = name_key(name).strip("[]()<>{}*_-–— ")
    return key if key in _PLACEHOLDERS else ""
