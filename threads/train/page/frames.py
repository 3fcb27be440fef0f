"""What sites print between the title and the first comment and below the last: the manner of known sites, in our words."""

# ruff: noqa: E501 -- tables of words, patterns and features read better unbroken

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Frame:
    """`above` and `below` are lines with places for a name, a date, counts and the site;

    `early` are lines above the title; every line is printed with the rate of the page, in order.
    """

    early: Sequence[str]
    above: Sequence[str]
    below: Sequence[str]


FRAMES = (
    Frame(
        ("jump to content", "my subscriptions", "{site}", "comments", "other discussions ({k})", "hot", "new", "rising", "want to join? log in or sign up in seconds.", "English"),
        ("({site}.example)", "submitted {ago} by {name}", "submitted {ago} * by {name}", "{n} comments", "share", "save", "hide", "report", "crosspost", "all {n} comments", "sorted by: best", "sorted by: top (suggested)", "top {n} comments", "you are viewing a single comment's thread.", "view the rest of the comments →", "Want to add to the discussion?", "Post a comment!", "Create an account"),
        ("load more comments ({k} replies)", "about", "blog", "advertise", "careers", "help", "site rules", "FAQ", "wiki", "apps & tools", "mobile website", "Use of this site constitutes acceptance of our user agreement and privacy policy.", "© {y} {site} inc. All rights reserved.", "submit a link", "{n}{n} readers", "{k} users here now", "created by {name}", "a community for {k} years", "MODERATORS", "message the mods"),
    ),
    Frame(
        ("{site} News", "new | past | comments | ask | show | jobs | submit", "login"),
        ("{n} points by {name} {ago} | hide | past | favorite | {n} comments", "{n} points by {name} {ago} | hide | {n} comments", "add comment"),
        ("Guidelines | FAQ | Lists | Security | Legal | Apply | Contact", "Search:", "Applications are open for {y}"),
    ),
    Frame(
        ("{site} Forum", "Register", "Login", "Board index", "FAQ", "Members", "Unanswered topics", "Active topics", "Search"),
        ("Post Reply", "Search this topic…", "{n} posts", "{n} posts • Page 1 of {k}", "1", "2", "Next", "Moderator: {name}", "Topic Tools", "Views: {n}{n}"),
        ("Display posts from previous: All posts Sort by Post time Ascending", "Return to “{site}”", "Jump to", "Who is online", "Users browsing this forum: {name} and {k} guests", "All times are UTC", "Delete cookies", "Powered by a forum software", "Privacy", "Terms", "Previous topic", "Next topic", "{n} posts • Page 1 of {k}"),
    ),
    Frame(
        ("{site}", "Log In", "Sign Up", "Topics", "All categories", "Latest"),
        ("Support", "created", "{ago}", "last reply", "{k}d", "{n} replies", "{n} views", "{k} users", "{k} likes", "{n} links", "read {k} min", "Summarize topic"),
        ("Related topics", "Topic", "Replies", "Views", "Activity", "Home", "Categories", "Guidelines", "Terms of Service", "Privacy Policy", "This topic was automatically closed {k}0 days after the last reply.", "New replies are no longer allowed.", "Powered by a forum software, best viewed with JavaScript enabled"),
    ),
    Frame(
        ("{site}", "Home", "News", "Login"),
        ("{n} Comments", "{site}", "{name}", "Log in", "1", "Login", "Favorite", "Recommend {k}", "Share", "Tweet", "Sort by Best", "Sort by Newest", "Best", "Newest", "Oldest", "Join the discussion…", "Log in with", "or sign up", "Name", "Start the discussion…"),
        ("Load more comments", "Subscribe", "Add this to your site", "Do Not Sell My Data", "Privacy", "Also on {site}", "{ago} • {k} comments", "{name} — {n} comments"),
    ),
    Frame(
        ("Subscribe", "{site}", "World", "Politics", "Sport", "Culture", "Edition: UK", "Sign in"),
        ("By {name}", "Published {ago}", "{n} comments", "This discussion is now closed for comments", "Sort by", "Newest first", "Oldest first", "Most recommended", "Show {k}5", "Threads: collapsed", "Comments are moderated before publication.", "Please keep the debate civil.", "View all comments >"),
        ("View more", "Most viewed", "More on this story", "Contact us", "Terms & conditions", "Privacy policy", "© {y} {site}", "Back to top", "Advertising", "Editors' picks", "{ago}"),
    ),
    Frame(
        ("Zum Inhalt springen", "{site}", "Abo", "Anmelden", "Politik", "Lokales", "Sport", "Kultur", "E-Paper"),
        ("Von {name}", "{n} Kommentare", "Kommentare lesen", "Sortieren nach", "Neueste zuerst", "Älteste zuerst", "Leserempfehlungen", "Bitte melden Sie sich an, um zu kommentieren.", "Beachten Sie unsere Netiquette.", "Seite 1 von {k}", "Artikel merken", "Drucken"),
        ("Mehr Kommentare laden", "Das könnte Sie auch interessieren", "Kommentar schreiben", "Impressum", "Datenschutz", "AGB", "Kontakt", "Mediadaten", "© {site} {y}", "Nach oben", "Newsletter", "Kommentarregeln"),
    ),
    Frame(
        ("Saltar al contenido", "{site}", "Portada", "Opinión", "Deportes", "Suscríbete"),
        ("Por {name}", "{n} comentarios", "Ordenar por", "Más recientes", "Más valorados", "Inicia sesión para comentar", "Normas de participación"),
        ("Cargar más comentarios", "Te puede interesar", "Lo más visto", "Aviso legal", "Política de privacidad", "Contacto", "© {y} {site}"),
    ),
)  # fmt: skip


def filled(rng: Random, lines: Sequence[str], rate: float, **values: object) -> list[str]:
    """Some of the lines of a frame in their order, their places filled."""
    return [
        line.format(n=rng.randint(2, 99), k=rng.randint(1, 9), y=rng.randint(2008, 2024), **values)
        for line in lines
        if rng.random() < rate
    ]
