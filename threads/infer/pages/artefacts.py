"""What a page prints around its comments, as data: buttons, counts, badges, headings, forms, menus.

Each pattern is matched on a whole short line (bounded, so that hostile text cannot slow it); they are hints for
the page model, never a verdict by themselves.
"""

# ruff: noqa: E501, SIM905 -- tables of words, patterns and features read better unbroken

from __future__ import annotations

import re
from functools import lru_cache

SHORT = 120
"""Longest line in code points that can be a button, a count, a heading or a header of a comment."""

_VOTES = frozenset("▲ ▼ △ ▽ ⬆ ⬇ ↑ ↓ − – + ± • · › » ♥ ❤ 👍 👎 ⋮ ⋯".split())
_NOISE = " \t•·|–—-−+*#↓↑▲▼△▽›»«‹<>…:.,()[]{}⋮≡♥❤👍👎➤→←★☆✓✔↩↪⤷⚑\u200b\u00a0"

_BUTTONS = frozenset("""
reply|share|like|likes|dislike|report|flag|edit|quote|permalink|link|embed|save|upvote|downvote|vote|vote up|vote down|
up|down|more|see more|read more|show more|show less|show replies|view replies|hide replies|hide|collapse|expand|load more|
load more comments|show more comments|more comments|load more replies|view more comments|reply to this comment|
reply to this|respond|log in to reply|login to reply|sign in to reply|reply quote|like reply|reply share|like reply share|
give award|award|report abuse|report comment|report this comment|abuse|helpful|was this helpful|thanks|recommend|follow|
continue this thread|give gold|context|full comments|parent|delete|copy link|react|favorite|see translation|translate|
antworten|antwort|zitieren|zitat|teilen|melden|gefällt mir|bearbeiten|mehr|mehr anzeigen|zum antworten anmelden|
kommentar melden|antworten anzeigen|weitere kommentare|mehr kommentare|weiterlesen|beitrag melden|link kopieren|empfehlen|
responder|compartir|me gusta|denunciar|reportar|citar|editar|ver más|ver más comentarios|ver respuestas|mostrar más|
répondre|partager|j'aime|signaler|citer|signaler un abus|voir plus|voir les réponses|
rispondi|condividi|mi piace|segnala|cita|responder citar|curtir|compartilhar|reageren|antwoorden|delen|
weiter lesen|mehr lesen|mehr erfahren|mehr dazu|zum artikel|zum beitrag|read on|continue reading|learn more|find out more|details|
leer más|seguir leyendo|lire la suite|en savoir plus|leggi tutto|continua a leggere|älter|neuer|ältere kommentare|neuere kommentare|
older comments|newer comments|previous|next|zurück|vor|anterior|siguiente|older|newer|parent|hide|crosspost|阅读全文|加载更多|
返信|回复|回覆|赞|いいね|ответить|поделиться|svara|svar|odpowiedz
""".replace("\n", "").split("|"))  # fmt: skip
_FIRST_WORDS = frozenset(button.split(" ")[0] for button in _BUTTONS)
_BADGES = frozenset("""
author|post author|article author|admin|administrator|mod|moderator|op|staff|editor|guest|verified|member|new member|
senior member|junior member|premium|subscriber|top contributor|top commenter|top fan|contributor|featured|pinned|team|
autor|autorin|redaktion|gast|mitglied|moderator|beitragsautor|verfasser|invitado|auteur|invité|autore|ospite|supporter|
regular|veteran|newbie|rising star|valued commenter|all-star contributor|top 1% commenter|conversation starter|verified user|community manager|edited|bearbeitet|editado|modifié|stickied comment|best answer|deleted|removed
""".replace("\n", "").split("|"))  # fmt: skip
READ_MORE = frozenset("""
read more|read on|continue reading|learn more|find out more|full story|weiterlesen|weiter lesen|mehr lesen|mehr erfahren|zum artikel|
zum beitrag|leer más|seguir leyendo|lire la suite|en savoir plus|leggi tutto|continua a leggere|阅读全文
""".replace("\n", "").split("|"))  # fmt: skip
NO_NAMES = frozenset("""
update|updated|published|posted|edit|date|time|source|advertisement|sponsored|summary|aktualisiert|veröffentlicht|stand|anzeige|quelle|
datum|fazit|actualizado|publicado|fuente|publicidad|publié|mis à jour|aggiornato|pubblicato|note|ps|tl;dr
""".replace("\n", "").split("|"))  # fmt: skip
"""What stands alone on a line like a name, and is none."""

SAYS = re.compile(
    r"\b(?:says?|said|wrote|writes|replied|responded|commented|posted|sagte?|schreibt|schrieb|meinte?|antwortete?|kommentierte?"
    r"|dice|dijo|escribió|escribe|comentó|respondió|dit|a écrit|a dit|écrit|répond|ha scritto|ha detto|scrive"
    r"|diz|disse|escreveu|zegt|schreef|schrijft|skriver|pisze|пишет|says on|says at)\s{0,3}(?:[:,….]|on\b|at\b|am\b|um\b|el\b|le\b|$)",
    re.I,
)
POINTS = re.compile(
    r"(?P<n>[-−+]?\d{1,6}(?:[.,]\d)?[km]?)\s{0,2}(?:points?|pts?|likes?|upvotes?|votes?|karma|punkte?|gefällt|stimmen|puntos?|votos?|me gusta)\b",
    re.I,
)
REPLY_TO = re.compile(
    r"\b(?:in reply to|in response to|replying to|replied to|reply to|response to|antwort (?:auf|an)|als antwort auf|auf antwort von"
    r"|en respuesta a|respuesta a|responde a|respondiendo a|en réponse à|réponse à|in risposta a|em resposta a|als reactie op)\s+@?(?P<name>[^\s].{0,60})",
    re.I,
)
HEADING = re.compile(
    r"^(?:show |view |all |join the |the |\W{1,3})?\(?(?:\d{1,6}|one|no|ein|eine|un|una)?\)?[\s:–-]{0,3}"
    r"(?:(?:user|reader|leser|top|recent|all|new)[ -]?)?"
    r"(?:comments?|thoughts?|responses?|replies|discussions?|conversations?|reactions?|kommentare?|antworten|meinungen|diskussion|leserkommentare"
    r"|reader interactions|comentarios?|respuestas?|opiniones|commentaires?|réactions?|réponses?|commenti|commento|comentários?|reacties|评论|コメント|комментари[ия]\w?)"
    r"\b(?:\s?\(\d{1,6}\))?(?:\s(?:on|to|zu|auf|sur|en|a|su|sobre|for|leave|for this|der leser|der nutzer)\b.{0,90}|\s?[:.\d»“\"-].{0,60})?$",
    re.I,
)
FORM = tuple("""
leave a reply|leave a comment|leave a response|post a comment|post a reply|add a comment|add your comment|write a comment|
join the discussion|join the conversation|cancel reply|your email address|required fields|log in to |login to post|login to comment|
login to reply|sign in to|notify me of|save my name|uses akismet|what do you think?|submit comment|post comment|
schreibe einen kommentar|schreib einen kommentar|schreibe deinen kommentar|kommentar schreiben|kommentar verfassen|kommentar hinterlassen|
kommentar abgeben|kommentar absenden|antworten abbrechen|antwort abbrechen|hinterlasse einen|hinterlassen sie einen|
e-mail-adresse wird nicht|erforderliche felder|benachrichtige mich|verwendet akismet|deja un comentario|deja tu comentario|
deja una respuesta|cancelar respuesta|cancelar la respuesta|tu dirección de correo|laisser un commentaire|annuler la réponse|
votre adresse|lascia un commento|deixe um comentário
""".replace("\n", "").split("|"))  # fmt: skip
NONE_YET = tuple("""
be the first to |no comments|no responses|no replies|no reviews yet|0 comments|0 kommentare|0 comentarios|0 commentaires|0 responses|0 replies|
there are no comments|noch keine kommentare|keine kommentare|kommentare sind geschlossen|schreiben sie den ersten|sei der erste|
erster kommentar|ersten kommentar|comments are closed|comments are disabled|comments are off|comments off|comments disabled|
sin comentarios|no hay comentarios|sé el primero|aucun commentaire|pas de commentaire|soyez le premier|nessun commento|nenhum comentário
""".replace("\n", "").split("|"))  # fmt: skip
AFTER = tuple("""
popular posts|related posts|related articles|related stories|related content|related topics|you may also|you might also|may like|you may enjoy|
recent posts|recent comments|recent articles|more from|more in |more stories|more on |read next|up next|recommended|trending|most read|
most viewed|most popular|previous post|next post|previous article|next article|ähnliche beiträge|ähnliche artikel|ähnliche themen|mehr zum thema|
mehr aus|mehr von|das könnte|verwandte|neueste beiträge|neueste kommentare|letzte beiträge|letzte kommentare|nächster beitrag|vorheriger beitrag|
meistgelesen|weitere artikel|weitere beiträge|weitere themen|entradas populares|entradas recientes|entradas relacionadas|artículos relacionados|
te puede interesar|lo más leído|lo más visto|articles similaires|articles récents|à lire aussi|leggi anche|blog archive|about the author|
post navigation|beitragsnavigation|beitrags-navigation
""".replace("\n", "").split("|"))  # fmt: skip
MENU = tuple("""
privacy|cookie|copyright|©|all rights reserved|terms of|terms &|terms and|sitemap|newsletter|subscribe|sign in|sign up|log in|login|logout|log out|
register|search|suche|menu|menü|contact|about us|about me|advertis|impressum|datenschutz|kontakt|anmelden|abonnieren|abonnement|registrieren|
startseite|über uns|agb|home|categories|kategorien|archiv|tags:|rss|facebook|twitter|instagram|pinterest|linkedin|whatsapp|youtube|skip to|zum inhalt|
sorted by|sort by|sortieren nach|ordenar por|trier par|user agreement|careers|
powered by|share this|share on|teilen auf|follow us|aviso legal|privacidad|suscríb|suscrib|iniciar sesión|mentions légales|confidentialité|
s'abonner|back to top|nach oben|loading
""".replace("\n", "").split("|"))  # fmt: skip
BYLINE = re.compile(
    r"^(?:by|von|por|par|di|posted by|written by|publicado por|posté par|geschrieben von|submitted by"
    r"|(?:submitted|posted|published|asked|gepostet|veröffentlicht|publicado|posté)\s[^.!?]{2,30}?\s(?:by|von|por|par))\s+(?=\S)",
    re.I,
)
PINGBACK = re.compile(r"^(?:pingback|trackback|ping)\s?:|^\s?\[(?:…|\.\.\.|&#8230;)\]", re.I)
FIRST_PERSON = frozenset("""
i i'm i’m im i've i’ve ive i'd i’d i'll i’ll me my mine myself imho imo ich mir mich mein meine meinen meiner meinem yo mi
mis creo je j'ai j’ai moi mon ma io eu meu ik mijn jag я мне
""".split())  # fmt: skip
SECOND_PERSON = frozenset("""
you your you're you’re yours you've you’ve yourself u ur du dir dich dein deine deinen deiner deinem ihr euch tú tu tus te
usted ustedes vous votre vos toi tuo você jij ты вы
""".split())  # fmt: skip
SPOKEN_WORDS = frozenset("""
thanks thank thx lol haha hahaha lmao wtf omg yeah yep nope wow hi hello hey dear agree disagree sorry btw gonna wanna please
yes no well ok danke dankeschön hallo liebe lieber moin gruß grüße stimmt genau super toll ja nein gracias hola saludos bravo
merci bonjour salut grazie ciao obrigado obrigada
""".split())  # fmt: skip
GREETING = re.compile(
    r"^(?:hi|hello|hey|dear|hallo|moin|liebe[rs]?|guten (?:tag|morgen|abend)|hola|bonjour|salut|ciao|good (?:morning|day|evening)|@[\w.-]{2,40})\b"
    r"(?:\s\S{1,25}){0,3}\s?[,!:.]{0,3}$",
    re.I,
)
"""A line that only greets somebody."""
_CLOSINGS = (
    "best", "cheers", "regards", "best regards", "kind regards", "warm regards", "best wishes", "all the best", "sincerely", "yours", "yours truly", "greetings", "thanks",
    "thank you", "many thanks", "thanks again", "thanks in advance", "peace", "ciao", "lg", "mfg", "vg", "gruß", "grüße", "viele grüße", "liebe grüße", "beste grüße", "schöne grüße",
    "mit freundlichen grüßen", "freundliche grüße", "danke", "vielen dank", "saludos", "un saludo", "saludos cordiales", "gracias", "cordialement", "merci", "amicalement", "saluti", "grazie",
)  # fmt: skip
_CLOSING = re.compile(
    rf"^(?:{'|'.join(sorted(_CLOSINGS, key=len, reverse=True))})(?:[,.!\s–-]{{1,3}}(?P<name>\S{{1,25}}(?:\s\S{{1,25}}){{0,2}}))?[,.!\s–-]{{0,3}}$",
    re.I,
)
QUOTED_FROM = re.compile(
    r"^(?:quote:?\s{0,3})?(?:originally posted by|originally said by|quote from:?|quoting|zitat von|zitat:? ?geschrieben von|cita de|citation de)\s{0,2}:?\s{0,3}(?P<name>\S.{0,60}?)[:.\s]{0,3}$|^(?:quote|zitat|cita|citation)\s?:$",
    re.I,
)
"""The line above a quotation that names whose words it is, as forums print it."""
SPOKEN_SIGNS = re.compile(r"[!?]{2,}|\.{3,}|…|[:;]-?[)(DP]|[\U0001F600-\U0001F64F\U0001F90C-\U0001F9FF]")


_PARTING = re.compile(r"[|·•]")


def mentions(line: str, phrases: tuple[str, ...]) -> bool:
    """Whether a short line holds one of the phrases, in any case; False for a longer one."""
    if len(line) > SHORT:
        return False
    low = line.lower()
    for phrase in phrases:  # noqa: SIM110 -- half the time of any() with a generator, on every short line
        if phrase in low:
            return True
    return False


def bare(line: str) -> str:
    """The line lowercased, without signs, bullets and numbers at its ends: "Reply ↓" is "reply", "12" is ""."""
    return line.strip(_NOISE).strip(_NOISE + "0123456789").lower()


def is_button(line: str) -> bool:
    """Whether the whole line is a button, a count or a sign: "Reply", "Like 3", "▲", "Share ›", "12"."""
    return len(line) <= SHORT and _is_button(line)


@lru_cache(maxsize=4096)
def _is_button(line: str) -> bool:
    word = " ".join(bare(line).split())
    return word in _BUTTONS or (
        all(part.strip(_NOISE + "0123456789") in _BUTTONS for part in _PARTING.split(word))
        if _PARTING.search(word)
        else _is_row(word.split())
    )


def _is_row(words: list[str]) -> bool:
    """Whether three words or more are buttons side by side: "permalink embed save report give award reply"."""
    if len(words) < 3 or words[0] not in _FIRST_WORDS:
        return False
    at = 0
    while at < len(words):
        wide = next((n for n in (3, 2, 1) if " ".join(words[at : at + n]) in _BUTTONS), 0)
        if not wide:
            return False
        at += wide
    return True


def closes(line: str) -> bool:
    """Whether the whole line is the end of a letter, with a name after it or not: "Cheers,", "Regards, Ann"."""
    match = _CLOSING.match(line)
    return bool(match and all(word[0].isupper() for word in (match["name"] or "").split()))


def is_vote(line: str) -> bool:
    """Whether the line is nothing but a sign to vote with or one that parts buttons: "▲", "−", "•"."""
    return line in _VOTES


def is_sign(line: str) -> bool:
    """Whether the line has no letter at all."""
    return len(line) <= SHORT and not any(c.isalpha() for c in line)


def is_badge(line: str) -> bool:
    """Whether the whole line names a role or state of an author: "Admin", "Guest", "OP"."""
    return len(line) <= 30 and bare(line) in _BADGES
