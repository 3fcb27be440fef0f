from __future__ import annotations

import json
import os
from pathlib import Path

import pandas as pd
import pytest

import threads
from threads.errors import InputError
from threads.inputs import files
from threads.outline import compare, read_outline

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
OUTLINES = sorted(SEEDS.glob("*.outline"))

# Links right of those that a reader hangs, as measured when the pages were written; a floor, no goal.
PARENTS = {
    "corran_bridge": 28, "harvest_soup": 6, "mercado": 4, "night_bus": 7, "orchard_forum": 13, "radweg": 8,
    "tram_line": 17, "library_closed": 0, "lighthouse_blog": 0,
}  # fmt: skip


def write(path: Path, *rows: dict) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


def numbered(*texts: str) -> list[dict]:
    """Rows numbered from 1, each answering the one before."""
    return [{"id": i, "parent_id": i - 1 or None, "text": text} for i, text in enumerate(texts, start=1)]


@pytest.mark.parametrize("outline", OUTLINES, ids=lambda p: p.stem)
def test_every_sample_page_is_read_as_its_outline_says(outline: Path) -> None:
    page = next(path for path in SEEDS.glob(f"{outline.stem}.*") if path != outline)
    counts = compare(threads.read(page), read_outline(outline))
    assert counts["found"] == counts["wanted"]
    assert counts["extra"] == 0
    assert counts["authors"] == counts["wanted"]
    assert counts["parents"] >= PARENTS[outline.stem]


def test_every_sample_page_has_an_outline() -> None:
    assert {path.stem for path, _ in files(SEEDS)} == {path.stem for path in OUTLINES}


def test_an_id_does_not_depend_on_what_else_is_read(tmp_path: Path) -> None:
    one = write(tmp_path / "a" / "page.jsonl", *numbered("one", "two"))
    other = write(tmp_path / "b" / "page.jsonl", *numbered("uno", "dos"))
    alone, both = threads.read(one), threads.read([one, other])
    assert both.comment_id.is_unique
    assert alone.comment_id.tolist() == both.comment_id.tolist()[:2]
    assert (both.link == "reply").sum() == 2
    assert both.thread_id.nunique() == 2


def test_one_file_given_twice(tmp_path: Path) -> None:
    one = write(tmp_path / "page.jsonl", *numbered("one", "two"))
    assert threads.read([one, one]).comment_id.is_unique


def test_a_folder_is_read_sorted_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", ".hidden.jsonl", "a.outline"):
        write(tmp_path / name, {"text": name})
    assert [name for _, name in files(tmp_path)] == ["a.jsonl", "b.jsonl"]
    assert threads.read(tmp_path).text.tolist() == ["a.jsonl", "b.jsonl"]


def test_nothing_readable_at_all_is_one_error_that_counts_the_rest(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(InputError, match="1 more file could not"):
        threads.read(tmp_path)


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ({"text": ["a", "b"]}, {"depth": [0, 0]}),
        ({"text": ["a", "b"], "comment_id": [1.0, 2.0], "parent_id": [None, 1.0]}, {"depth": [0, 1]}),
        ({"text": ["a", "b"], "comment_id": ["x", None], "parent_id": [None, "x"]}, {"depth": [0, 1]}),
        ({"text": ["a", 7], "author": ["Ann", 3]}, {"author": ["Ann", "3"], "text": ["a", "7"]}),
        ({"text": ["a", "b"], "likes": ["many", "4"]}, {"likes": [None, 4]}),
        ({"text": ["a", "b"], "created": ["2024-01-02", "soon"]}, {"created_text": [None, "soon"]}),
    ],
    ids=["plain", "numbers as ids", "an id lost", "odd types", "likes", "dates"],
)
def test_a_frame_of_odd_types_is_read_for_what_it_holds(frame: dict, expected: dict) -> None:
    table = threads.score(pd.DataFrame(frame, index=[7, 7]), []).comments
    assert len(table) == 2
    assert table.comment_id.is_unique
    for name, values in expected.items():
        assert [None if pd.isna(value) else value for value in table[name]] == values


def test_the_author_of_a_frame_is_one_person_in_every_aggregate() -> None:
    scored = threads.score(pd.DataFrame({"text": ["a", "b", "c"], "author": ["Ann", "Bo", "Ann"]}))
    assert threads.by_author(scored).n_comments.tolist() == [2, 1]


def test_a_label_of_the_frame_stands_beside_the_score(tmp_path: Path) -> None:
    scored = threads.score(pd.DataFrame({"text": ["You fool", "Hello"], "toxicity": [1, 0]}))
    assert scored.comments.toxicity_given.tolist() == [1, 0]
    assert threads.by_thread(scored).mean_toxicity.between(0, 1).all()


@pytest.mark.parametrize("what", [["a", "b"], "a", pd.Series(["a"]), None])
def test_what_is_no_frame_is_refused_in_a_sentence(what: object) -> None:
    with pytest.raises(InputError, match="A frame with a column 'text'"):
        threads.score(what, [])  # type: ignore[arg-type]


def test_nothing_to_read() -> None:
    with pytest.raises(InputError, match="No file or folder"):
        threads.read([])


def test_a_file_that_cannot_be_opened_is_counted_and_the_rest_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.jsonl", {"text": "words"})
    (tmp_path / "in" / "b.jsonl").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "in" / "c.jsonl")
    parsed = threads.parse(tmp_path / "in")
    assert parsed.comments.text.tolist() == ["words"]
    assert parsed.rejects.source.tolist() == ["b.jsonl", "c.jsonl"]
    assert [bool(source["sha256"]) for source in parsed.inputs] == [True, False, False]


def test_any_frame_with_a_text_column_can_be_scored() -> None:
    frame = pd.DataFrame({"text": ["You brainless idiot.", None, "Lovely weather."], "mine": [1, 2, 3]})
    scored = threads.score(frame, [])
    assert scored.comments.comment_id.is_unique
    assert scored.comments.link.tolist() == ["root"] * 3
    assert scored.comments.text.tolist() == ["You brainless idiot.", "", "Lovely weather."]
    assert scored.wide().mine.tolist() == [1, 2, 3]


def test_a_frame_with_ids_and_parents_is_rebuilt() -> None:
    frame = pd.DataFrame({"comment_id": ["x", "y"], "parent_id": [None, "x"], "text": ["one", "two"]})
    assert threads.score(frame, []).comments.depth.tolist() == [0, 1]


def test_a_frame_without_text_says_what_it_has() -> None:
    with pytest.raises(InputError, match="it has colour"):
        threads.score(pd.DataFrame({"colour": ["red"]}), [])


def test_a_table_that_tells_of_no_page_has_a_row_for_each_of_its_threads(tmp_path: Path) -> None:
    rows = [{"id": i, "thread_id": thread, "text": "words"} for i, thread in enumerate("xxy")]
    pages = threads.parse(write(tmp_path / "page.jsonl", *rows)).pages
    assert pages[["thread_id", "n_comments"]].to_numpy().tolist() == [["x", 2], ["y", 1]]
