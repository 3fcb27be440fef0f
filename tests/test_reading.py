from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import threads
from threads.errors import InputError
from threads.outline import compare, read_outline
from threads.reading import files

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
OUTLINES = sorted(SEEDS.glob("*.outline"))

# Links right of those that a reader hangs, as measured when the pages were written; a floor, no goal.
PARENTS = {
    "corran_bridge": 27, "harvest_soup": 6, "mercado": 4, "night_bus": 7, "orchard_forum": 13, "radweg": 4,
    "tram_line": 12, "library_closed": 0, "lighthouse_blog": 0,
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
    with pytest.raises(InputError, match="1 more file"):
        threads.read(tmp_path)


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
