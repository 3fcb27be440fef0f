"""XML that is hostile or damaged: refused in a sentence, or read around the damage."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from threads.comment import Reject
from threads.errors import InputError
from threads.files.safe_xml import elements, is_declared, text


@pytest.fixture
def write(tmp_path):
    def write(content, name="export.xml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def said(path):
    return [each.reason if isinstance(each, Reject) else text(each) for each in elements(path, "post")]


LAUGHS = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 40))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!-- < --><!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
        '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>',
    ],
)
@pytest.mark.parametrize("ahead", ["", "<!--" + "long " * 20_000 + "-->"])
def test_a_file_that_declares_entities_is_refused(write, doctype, ahead):
    with pytest.raises(InputError, match=r"declares entities in its DOCTYPE, .*: it is refused; .*\.$"):
        said(write(f"{ahead}{doctype}<r><post>&l39;&x;</post></r>"))


def test_what_only_speaks_of_entities_is_read(write):
    path = write('<!-- <!ENTITY --><!DOCTYPE r><r><post><![CDATA[<!ENTITY a "b">]]></post></r>')
    assert said(path) == ['<!ENTITY a "b">']


def test_an_unknown_entity_and_characters_that_xml_cannot_hold(write):
    spaces = " " * 100
    assert said(write(f"junk\n{spaces}<r><post>a&nbsp;b&#11;\x01c</post></r>")) == ["a&nbsp;bc"]


def test_damage_costs_one_element_and_is_told_with_its_line(write):
    path = write(
        '<r xmlns="urn:x">\n<post>one</post>\n<post>two <b></post>\n<post>three</post>\n'
        "<post a=4>four</post>\n<post><![CDATA[five </post> still]]></post>\n<post>six</pos"
    )
    found = said(path)
    assert [each for each in found if "damaged" not in each] == ["one", "three", "five </post> still"]
    lines = [each.line for each in elements(path, "post") if isinstance(each, Reject)]
    assert lines == [3, 5, 7]


def test_a_file_damaged_throughout_is_refused(write):
    with pytest.raises(InputError, match="damaged in more than 100 places"):
        said(write("<r>" + "<post><b></post>" * 200 + "</r>"))


@pytest.mark.parametrize("content", ["no markup at all", "<", "<!-- only", "<!DOCTYPE r>"])
def test_what_is_no_xml_is_said_in_a_sentence(write, content):
    with pytest.raises(InputError, match=r"is not XML that can be read: .*\.$"):
        said(write(content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "iso-8859-5", "no-such"])
def test_encodings(write, encoding):
    known = "utf-8" if encoding == "no-such" else encoding
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    assert said(write(f"{head}<r><post>Море</post></r>".encode(known))) == ["Море"]


def test_only_outermost_elements_count_and_nesting_is_bounded(write):
    assert said(write("<r><post>a<post>b</post></post><post>c</post></r>")) == ["ab", "c"]
    deep = said(write("<r><post>" + "<b>" * 5_000 + "</b>" * 5_000 + "</post><post>c</post></r>"))
    assert len(deep) == 2
    assert "damaged" in deep[0]
    assert deep[1] == "c"


def test_a_long_file_is_read_in_little_memory(tmp_path):
    path = tmp_path / "export.xml.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write("<r>")
        out.writelines(f"<post>{'word ' * 200}{n}</post>\n" for n in range(8_000))  # 8 MB
        out.write("</r>")
    tracemalloc.start()
    assert sum(1 for _ in elements(path, "post")) == 8_000
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()


def test_the_root_is_seen_behind_comments():
    assert is_declared("<?xml version='1.0'?>\n<!-- <rss> --><x:feed a='1'>", "feed")
    assert not is_declared("<!-- <feed> --><rss>", "feed")
    assert not is_declared("<feeder>", "feed")
