"""Talk pages of Wikipedia: WikiConv's JSON, and wikitext in several languages."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from threads.comment import Comment, Page
from threads.formats import FORMATS, wikiconv, wikitext
from threads.formats.wikitext_signatures import signature


@pytest.fixture
def read(tmp_path):
    def read(expected, content, name="talk.txt"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        head = path.read_bytes()
        assert (
            max((*FORMATS, wikiconv, wikitext), key=lambda each: each.sniff(head, path)).name == expected.name
        )
        return list(expected.read(path))

    return read


def links(records):
    return [(r.native_id, r.parent_native_id) for r in records if isinstance(r, Comment)]


def old(number, kind, above, content="hm", *, user="Ada"):
    return {
        "id": number,
        "comment_type": kind,
        "content": content,
        "timestamp": "2021-03-04 05:06:07 UTC",
        "status": "just added",
        "page_title": "Talk:Knots",
        "user_text": user,
        "parent_id": above,
    }


def test_the_older_wikiconv_in_a_script(read):
    section = [
        old("1.1", "SECTION_CREATION", "", " ==Bowline== "),
        old("1.2", "COMMENT_ADDING", "1.1", " ::one"),
    ]
    section += [old("1.3", "COMMENT_MODIFICATION", "1.2", user="Bo"), old("1.4", "COMMENT_ADDING", "1.3")]
    text = "var conversations = [\n" + json.dumps({each["id"]: each for each in section}) + ",\n];"
    page, *found = read(wikiconv, text, "job.js")
    assert page == Page(thread_id="1.1", title="Talk:Knots: Bowline")
    assert links(found) == [("1.2", None), ("1.3", "1.2"), ("1.4", "1.3")]
    assert (found[0].text, found[0].author) == ("one", "Ada")
    assert found[0].created == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)


def action(number, kind, answered=None, ancestor=None, *, user="Ada", content="hm"):
    return {
        "id": number,
        "type": kind,
        "replyTo_id": answered,
        "parent_id": ancestor,
        "ancestor_id": ancestor,
        "conversation_id": "1",
        "page_title": "Talk:Knots",
        "user_text": user,
        "content": content,
        "timestamp": "2021-03-04T05:06:07Z",
    }


def test_wikiconv_by_line_with_changes(read):
    actions = [
        action("1", "CREATION", content="== Bowline =="),
        action("2", "ADDITION", "1"),
        action("3", "MODIFICATION", "1", "2", content="changed"),
        action("4", "ADDITION", "3", user="Bo"),
        action("5", "DELETION", ancestor="4", user="Cy"),
        action("6", "ADDITION", "2"),
        action("7", "DELETION", ancestor="6"),
    ]
    page, *found = read(wikiconv, "\n".join(map(json.dumps, actions)), "talk.jsonl")
    assert page.title == "Talk:Knots: Bowline"
    assert links(found) == [("2", None), ("4", "2"), ("6", "2")]
    assert [(c.text, c.deleted) for c in found] == [("changed", None), ("", "removed"), ("", "deleted")]
    assert found[0].edited is not None


TALK = """{{Talk header}}
<!-- [[User:Hidden|Hidden]] 01:02, 3 March 2021 (UTC) -->
== Bowline ==
Is it <blockquote>safe
and easy</blockquote> to tie?

Second paragraph. [[User:Ada Oak|Ada]] ([[User talk:Ada Oak|talk]]) 12:34, 5 March 2021 (UTC)
:Yes. --[[User:Bo|'''Bo''']] <small>([[User talk:Bo|t]])</small> 12:40, 5 March 2021 (UTC)
::{{tq|easy}} is [[Knot|too much]] &mdash; [[User:Ada Oak|Ada]] 13:00, 5 March 2021 (UTC)
::* No, see [[User:Bo]]. [[Special:Contributions/192.0.2.7|192.0.2.7]] 13:10, 5 March 2021 (UTC)
:: More. {{unsigned|Cy|13:20, 5 March 2021 (UTC)}}
{{outdent|::}} Thanks. [[User:Ada Oak|Ada]] 14:00, 5 March 2021 (UTC)
: Welcome. [[User:Bo|Bo]] 14:10, 5 March 2021 (UTC)
{{reflist-talk}}

== Sheet bend ==
Anyone? [[User:Di|Di]] 10:00, 6 March 2021 (UTC)
: I forgot to sign
=== Aside ===
New. [[User:Di|Di]] 10:30, 6 March 2021 (UTC)
"""


def test_wikitext(read):
    found = read(wikitext, TALK)
    first, second = (record for record in found if isinstance(record, Page))
    comments = [record for record in found if isinstance(record, Comment)]
    assert (first.title, second.title) == ("Bowline", "Sheet bend")
    place = {comment.native_id: number for number, comment in enumerate(comments)}
    assert [place.get(comment.parent_native_id) for comment in comments] == [
        None,
        0,
        1,
        2,
        1,
        4,
        5,
        None,
        7,
        None,
    ]
    assert [comment.author for comment in comments] == [
        "Ada Oak",
        "Bo",
        "Ada Oak",
        "192.0.2.7",
        "Cy",
        "Ada Oak",
        "Bo",
        "Di",
        None,
        "Di",
    ]
    assert comments[0].text == "Is it \n> safe\n> and easy\n to tie?\n\nSecond paragraph."
    assert [c.text for c in comments[1:6]] == [
        "Yes.",
        '"easy" is [[Knot|too much]]',
        "No, see [[User:Bo]].",
        "More.",
        "Thanks.",
    ]
    assert comments[8].text == "I forgot to sign"
    assert comments[0].created == datetime(2021, 3, 5, 12, 34, tzinfo=UTC)
    assert [comment.position for comment in comments] == list(range(10))
    assert {comment.thread_id for comment in comments} == {first.thread_id, second.thread_id}


@pytest.mark.parametrize(
    ("line", "author", "hour"),
    [
        (
            "Ja. --[[Benutzer:Otto|Otto]] ([[Benutzer Diskussion:Otto|D]]) 13:34, 5. Mär. 2021 (CET)",
            "Otto",
            12,
        ),
        (
            "Oui. [[Utilisatrice:Lea|Lea]] ([[Discussion utilisatrice:Lea|d]]) 5 mars 2021 à 13:34 (CET)",
            "Lea",
            12,
        ),
        ("Sí. [[Usuario:Pepe|Pepe]] ([[Usuario discusión:Pepe|d]]) 12:34 5 mar 2021 (UTC)", "Pepe", 12),
        (
            "Sim. [[Usuário:Rui|Rui]] ([[Usuário Discussão:Rui|d]]) 12h34min de 5 de março de 2021 (UTC)",
            "Rui",
            12,
        ),
        (
            "Да. [[Участник:Иван|Иван]] ([[Обсуждение участника:Иван|обс.]]) 12:34, 5 марта 2021 (UTC)",
            "Иван",
            12,
        ),
        ("Так. [[Користувач:Іван|Іван]] 12:34, 5 березня 2021 (UTC)", "Іван", 12),
        ("Tak. [[Wikipedysta:Jan|Jan]] ([[Dyskusja wikipedysty:Jan|d]]) 13:34, 5 mar 2021 (CET)", "Jan", 12),
        ("Ja. [[Gebruiker:Piet|Piet]] ([[Overleg gebruiker:Piet|o]]) 5 mrt 2021 13:34 (CET)", "Piet", 12),
        ("はい。--[[利用者:花|花]]（[[利用者‐会話:花|会話]]） 2021年3月5日 (金) 12:34 (UTC)", "花", 12),
        ("好。--[[User:山|山]]（[[User talk:山|留言]]） 2021年3月5日 (五) 12:34 (UTC)", "山", 12),
        ("Jo. [[Användare:Ulf|Ulf]] ([[Användardiskussion:Ulf|d]]) 5 mars 2021 kl. 13.34 (CET)", "Ulf", 12),
        ("Juu. [[Käyttäjä:Aino|Aino]] 5. maaliskuuta 2021 kello 14.34 (EET)", "Aino", 12),
        ("Ano. [[Wikipedista:Jana|Jana]] 5. 3. 2021, 13:34 (CET)", "Jana", 12),
        ("Sì. --[[Utente:Ugo|Ugo]] ([[Discussioni utente:Ugo|msg]]) 13:34, 5 mar 2021 (CET)", "Ugo", 12),
        ("Igen. [[Szerkesztő:Géza|Géza]] 2021. március 5., 13:34 (CET)", "Géza", 12),
        ("Evet. [[Kullanıcı:Can|Can]] 12.34, 5 Mart 2021 (UTC)", "Can", 12),
        ("네. [[사용자:나무|나무]] ([[사용자토론:나무|토론]]) 2021년 3월 5일 (금) 21:34 (KST)", "나무", 12),
        ("نعم. [[مستخدم:نور|نور]] ([[نقاش المستخدم:نور|نقاش]]) 12:34، 5 مارس 2021 (ت ع م)", "نور", 12),
        ("بله. [[کاربر:نور|نور]] ([[بحث کاربر:نور|بحث]]) \u200fُ۵ مارس ۲۰۲۱، ساعت ۱۲:۳۴ (UTC)", "نور", 12),
        ("כן. [[משתמש:דן|דן]] - [[שיחת משתמש:דן|שיחה]] 15:34, 5 במרץ 2021 (IDT)", "דן", 12),
        ("Có. [[Thành viên:An|An]] 12:34, ngày 5 tháng 3 năm 2021 (UTC)", "An", 12),
        ("Da. [[Utilizator:Ion|Ion]] ([[Discuție Utilizator:Ion|d]]) 5 martie 2021 14:34 (EET)", "Ion", 12),
        ("Ναι. [[Χρήστης:Άννα|Άννα]] ([[Συζήτηση χρήστη:Άννα|σ]]) 12:34, 5 Μαρτίου 2021 (UTC)", "Άννα", 12),
        ("Да. [[Потребител:Иво|Иво]] 12:34, 5 март 2021 (UTC)", "Иво", 12),
        ("Да. [[Корисник:Ана|Ана]] ([[Разговор с корисником:Ана|р]]) 13:34, 5. март 2021. (CET)", "Ана", 12),
        ("Ya. [[Pengguna:Adi|Adi]] 5 Maret 2021 12.34 (UTC)", "Adi", 12),
        ("Áno. [[Redaktor:Jan|Jan]] 13:34, 5. marec 2021 (CET)", "Jan", 12),
        ("Bai. [[Lankide:Ane|Ane]] 13:34, 5 martxoa 2021 (CET)", "Ane", 12),
        ("Ja. [[User:Ola|Ola]] 5. mars 2021 kl. 19:34\u200e (+07)", "Ola", 12),
    ],
)
def test_signatures_in_many_languages(line, author, hour):
    signed = signature(line)
    assert signed is not None
    assert (signed.author, signed.created) == (author, datetime(2021, 3, 5, hour, 34, tzinfo=UTC))
    assert "[[" not in line[: signed.start]


@pytest.mark.parametrize(
    ("month", "number"),
    [
        ("des.", 12),
        ("Agustus", 8),
        ("iunie", 6),
        ("ноември", 11),
        ("დეკ", None),
        ("noiembrie", 11),
        ("juny", 6),
    ],
)
def test_months_of_smaller_wikis(month, number):
    created = signature(f"Hm. [[User:Ada|Ada]] 5 {month} 2021 12:34 (UTC)").created
    assert (created and created.month) == number


BY_OTHERS = [
    '<small class="autosigned">— Preceding [[Wikipedia:Signatures|unsigned]] comment added by '
    "[[User:Ada|Ada]] ([[User talk:Ada|talk]] • [[Special:Contributions/Ada|contribs]]) "
    "12:34, 5 March 2021 (UTC)</small>",
    "<small>(''nicht [[Hilfe:Signatur|signierter]] Beitrag von'' [[Benutzer:Ada|Ada]] "
    "([[Benutzer Diskussion:Ada|Diskussion]]) 13:34, 5. Mär. 2021 (CET))</small>",
    "{{unsignedIP2|12:34, 5 March 2021 (UTC)|Ada}}",
    "{{nicht signiert|Ada|12:34, 5. Mär. 2021}}",
    "{{sin firma|Ada|12:34 5 mar 2021 (UTC)}}",
]


@pytest.mark.parametrize("signed", BY_OTHERS)
def test_what_others_wrote_below_an_unsigned_comment_is_no_part_of_it(signed):
    line = f"Is it <small>so</small>? {signed}"
    found = signature(line)
    assert (found.author, line[: found.start].strip()) == ("Ada", "Is it <small>so</small>?")
    assert found.created == datetime(2021, 3, 5, 12, 34, tzinfo=UTC)


def test_a_template_that_calls_somebody_is_the_name(read):
    _, one, *_ = read(
        wikitext, f"== Knots ==\n{{{{ping|Bo Elm}}}} why? [[User:Ada|Ada]] 12:34, 5 March 2021 (UTC)\n{TALK}"
    )
    assert one.text == "@Bo Elm why?"


@pytest.mark.parametrize(
    "line",
    [
        "Ask [[User:Ada|Ada]], who wrote on 5 March 2021.",
        "[[File:Knot.png]] 12:34, 5 March 2021 (UTC)",
        "12:34, 5 March 2021 (UTC)",
        "[[User:Ada|Ada]] (USA)",
        "{{unsigned|}}",
    ],
)
def test_what_is_no_signature(line):
    assert signature(line) is None


def test_a_time_that_is_not_understood_stays_as_it_stood():
    signed = signature("Hm. [[User:Ada|Ada]] 12:34, 5 Foo 2021 (XYZ)")
    assert (signed.created, signed.created_text) == (None, "12:34, 5 Foo 2021 (XYZ)")


@pytest.mark.parametrize("text", ["{" * 5000, "[[User:" * 5000, "<!--" * 5000, "-" * 90_000, "(UTC)" * 9000])
def test_hostile_markup_is_no_hang(read, text):
    read(wikitext, f"{TALK}\n== Odd ==\n{text}[[User:Ada|Ada]] 12:34, 5 March 2021 (UTC)\n")
