"""What pages print around comments in four languages, for rendering pages to learn from."""

# ruff: noqa: E501 -- tables of words, patterns and features read better unbroken

from __future__ import annotations

WORDS: dict[str, dict[str, list[str]]] = {
    "en": {
        "says": ["says:", "says", "wrote:", "said:", "commented:", "replied:", "said..."],
        "heading": ["{n} Comments", "Comments", "Comments ({n})", "{n} thoughts on “{t}”", "{n} responses to “{t}”", "{n} Replies", "Discussion", "{n} Comments:", "Reader comments"],
        "tail": ["Reply", "Reply|Share", "Reply|•|Share ›", "Like|Reply", "▲|▼|Reply", "Report", "Share", "0", "−|+", "Reply|Report", "Quote", "3|Reply", "Reply ↓", "LikeLike|Reply", "permalink|embed|save|report|give award|reply", "Like (2)|Reply|Share"],
        "form": ["Leave a Reply", "Post a comment", "Leave a Comment|Cancel reply", "Add your comment", "Log in to reply"],
        "fields": ["Your email address will not be published. Required fields are marked *", "Comment *", "Name *", "Email *", "Website", "Save my name, email, and website in this browser for the next time I comment."],
        "none": ["Be the first to comment", "No comments yet", "0 Comments", "Comments are closed.", "No Comments", "Comments"],
        "after": ["Popular posts from this blog", "Related Posts", "You may also like", "More from this author", "Recent Posts", "Trending", "Read next"],
        "months": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        "ago": ["{k} minutes ago", "{k} hours ago", "{k} days ago", "{k} months ago", "{k} years ago", "a day ago", "• {k} days ago", "• {k} years ago", "{k}d", "{k}h", "{k} weeks ago"],
        "by": ["by", "By", "Posted by", "Submitted by"], "badge": ["Author", "Admin", "Moderator", "Guest", "OP", "Member", "Top contributor", "Senior Member"],
        "to": ["in reply to {o}", "Replying to {o}", "In reply to {o}", "Reply to {o}"], "more": ["Read more", "Continue reading →", "Load more comments", "Read More »"],
    },
    "de": {
        "says": ["sagt:", "schreibt:", "sagte am", "meint:"],
        "heading": ["{n} Kommentare", "Kommentare", "Kommentare ({n})", "{n} Gedanken zu „{t}“", "{n} Antworten zu {t}", "Leserkommentare", "{n} Kommentare zu “{t}”"],
        "tail": ["Antworten", "Antworten|Melden", "Zitieren", "Antworten ↓", "Gefällt mir|Antworten", "- Antworten", "Zum Antworten anmelden|Zitieren|#"],
        "form": ["Schreibe einen Kommentar", "Hinterlasse einen Kommentar|Antworten abbrechen", "Kommentar verfassen"],
        "fields": ["Deine E-Mail-Adresse wird nicht veröffentlicht.", "Erforderliche Felder sind mit * markiert", "Kommentar", "Name *", "E-Mail *", "Website"],
        "none": ["Noch keine Kommentare", "Keine Kommentare", "0 Kommentare", "Kommentare sind geschlossen.", "Kommentare"],
        "after": ["Ähnliche Beiträge", "Das könnte dich auch interessieren", "Letzte Beiträge", "Mehr zum Thema", "Meistgelesen"],
        "months": ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
        "ago": ["vor {k} Tagen", "vor {k} Stunden", "vor {k} Monaten", "vor {k} Jahren", "vor einem Jahr"],
        "by": ["von", "Von"], "badge": ["Autor", "Gast", "Moderator", "Redaktion", "Mitglied"], "to": ["Antwort auf {o}", "Als Antwort auf {o}"], "more": ["Weiterlesen", "Mehr anzeigen"],
    },
    "es": {
        "says": ["dice:", "dijo...", "escribió:", "comentó:"],
        "heading": ["{n} comentarios", "Comentarios", "{n} comentarios en “{t}”", "Comentarios ({n})", "{n} respuestas a “{t}”"],
        "tail": ["Responder", "Responder|Compartir", "Me gusta|Responder", "Denunciar"],
        "form": ["Deja un comentario", "Deja una respuesta|Cancelar la respuesta"],
        "fields": ["Tu dirección de correo electrónico no será publicada.", "Comentario *", "Nombre *", "Correo electrónico *", "Web"],
        "none": ["Sin comentarios", "No hay comentarios", "Sé el primero en comentar", "Comentarios"],
        "after": ["Entradas populares", "Artículos relacionados", "Lo más leído", "Te puede interesar"],
        "months": ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
        "ago": ["hace {k} días", "hace {k} horas", "hace {k} meses", "hace un año"],
        "by": ["por", "Por", "Publicado por"], "badge": ["Autor", "Invitado", "Moderador"], "to": ["En respuesta a {o}", "en respuesta a {o}"], "more": ["Leer más", "Ver más comentarios"],
    },
    "fr": {
        "says": ["dit :", "a écrit :", "a dit…"],
        "heading": ["{n} commentaires", "Commentaires", "{n} réponses à « {t} »", "{n} commentaires sur “{t}”"],
        "tail": ["Répondre", "Répondre|Signaler", "J'aime|Répondre"],
        "form": ["Laisser un commentaire", "Laisser un commentaire|Annuler la réponse"],
        "fields": ["Votre adresse e-mail ne sera pas publiée.", "Commentaire *", "Nom *", "E-mail *", "Site web"],
        "none": ["Aucun commentaire", "Soyez le premier à commenter", "Commentaires"],
        "after": ["Articles similaires", "À lire aussi", "Articles récents"],
        "months": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
        "ago": ["il y a {k} jours", "il y a {k} heures", "il y a {k} mois", "il y a un an"],
        "by": ["par", "Par"], "badge": ["Auteur", "Invité"], "to": ["En réponse à {o}", "en réponse à {o}"], "more": ["Lire la suite", "Voir plus"],
    },
}  # fmt: skip
