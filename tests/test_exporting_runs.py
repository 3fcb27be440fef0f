"""Runs out: a ConvoKit corpus that ConvoKit loads, reply graphs that networkx reads."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

import threads as th
from threads.detectors.sentiment import Sentiment
from threads.errors import CaseError
from threads.exporting import export_run
from threads.scored import Scored

ROWS = [
    ("1", None, "Ada", "First & <foremost>, the bridge.", "2024-03-01T10:00:00Z"),
    ("2", "1", "Ben", "Which bridge?\x0b\x1f Nobody knows \ufffe.", "2024-03-01T10:05:00Z"),
    ("3", "2", None, "The old one.", None),
    ("4", "9", "Ada", "An answer to what is gone.", None),
    ("5", None, None, "", None),
]


@pytest.fixture(scope="module")
def run() -> Scored:
    table = pd.DataFrame(ROWS, columns=["comment_id", "parent_id", "author", "text", "created"])
    return th.score(table.assign(thread_id="t", title="The bridge"), [Sentiment()])


def test_every_utterance_has_the_fields_that_convokit_documents(run: Scored, tmp_path: Path) -> None:
    assert export_run(run, tmp_path / "corpus", "convokit") == len(ROWS)
    lines = (tmp_path / "corpus" / "utterances.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert all(
        set(each) == {"id", "conversation_id", "text", "speaker", "reply-to", "timestamp", "meta", "vectors"}
        for each in found
    )
    assert [each["reply-to"] for each in found] == [None, "1", "2", None, None]
    assert [each["conversation_id"] for each in found] == ["1", "1", "1", "4", "5"]
    assert found[0]["timestamp"] == 1709287200 and found[2]["timestamp"] == 1709287500
    assert [each["meta"]["timed"] for each in found] == [True, True, False, False, False]
    assert found[4]["timestamp"] == 0
    assert found[1]["meta"]["sentiment"] == pytest.approx(run.scores.sentiment[1], abs=1e-5)
    speakers = json.loads((tmp_path / "corpus" / "speakers.json").read_text())
    assert {each["speaker"] for each in found} == set(speakers)
    assert [speakers[each["speaker"]]["meta"]["named"] for each in found] == [True, True, False, True, False]
    conversations = json.loads((tmp_path / "corpus" / "conversations.json").read_text())
    assert conversations["1"]["meta"]["title"] == "The bridge"


@pytest.mark.filterwarnings("ignore")  # ConvoKit's own
def test_convokit_loads_the_corpus(run: Scored, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the packages that it brings
        convokit = pytest.importorskip("convokit")
    export_run(run, tmp_path / "corpus", "convokit")
    corpus = convokit.Corpus(filename=str(tmp_path / "corpus"))
    assert sorted(corpus.get_utterance_ids()) == ["1", "2", "3", "4", "5"]
    assert corpus.get_utterance("2").reply_to == "1" and corpus.get_utterance("2").speaker.id == "Ben"
    talk = corpus.get_conversation("1")
    assert talk.meta["title"] == "The bridge" and talk.check_integrity(verbose=False)
    assert [each.id for each in talk.traverse("dfs")] == ["1", "2", "3"]
    assert corpus.get_utterances_dataframe()["meta.sentiment"].notna().all()


@pytest.mark.parametrize(("kind", "load"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networkx_reads_the_graph(run: Scored, tmp_path: Path, kind: str, load) -> None:
    assert export_run(run, tmp_path / "graph", kind) == len(ROWS)
    graph = load(tmp_path / "graph")
    assert set(graph.edges) == {("2", "1"), ("3", "2")}
    assert graph.nodes["1"]["text"] == "First & <foremost>, the bridge."
    assert graph.nodes["2"]["text"] == "Which bridge? Nobody knows ."
    assert graph.nodes["1"]["sentiment"] == pytest.approx(run.scores.sentiment[0], abs=1e-5)
    assert "author" not in graph.nodes["3"]
    assert graph.edges["2", "1"]["confidence"] == 1


@pytest.fixture(scope="module")
def odd() -> Scored:
    """Comments that are gone, that answer each other in a circle or what is not there; ids that XML lacks."""
    table = pd.DataFrame({
        "comment_id": ["a\x01", "a\x02", "b\n", "c", "d", "e"],
        "parent_id": ["a\x02", "a\x01", "a\x01", "gone", None, "d"],
        "author": ["Ada\x00", "Ben", None, "Ada\x00", None, "Ben"], "thread_id": "t",
        "deleted": [None, None, "removed", None, "deleted", None],
        "text": ["One.\x08\ud7ff\ufffe", "Two.", "", "Three.", "", "Four."],
    })  # fmt: skip
    return th.score(table, [Sentiment()])


@pytest.mark.parametrize(("kind", "load"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_a_graph_of_odd_ids_is_whole(odd: Scored, tmp_path: Path, kind: str, load) -> None:
    assert export_run(odd, tmp_path / "graph", kind) == 6
    graph = load(tmp_path / "graph")
    assert len(graph) == 6 and nx.is_directed_acyclic_graph(graph)
    assert set(graph.edges) == {("a\\u0002", "a\\u0001"), ("b\\u000a", "a\\u0001"), ("e", "d")}
    assert graph.nodes["d"]["deleted"] == "deleted" and graph.nodes["c"]["link"] == "missing"


@pytest.mark.filterwarnings("ignore")  # ConvoKit's own
def test_what_is_gone_or_runs_in_a_circle_is_sane_in_convokit(odd: Scored, tmp_path: Path) -> None:
    export_run(odd, tmp_path / "corpus", "convokit")
    lines = (tmp_path / "corpus" / "utterances.jsonl").read_text("utf-8").splitlines()
    found = {each["id"]: each for each in map(json.loads, lines)}
    assert {name: each["reply-to"] for name, each in found.items()} == {
        "a\x01": None, "a\x02": "a\x01", "b\n": "a\x01", "c": None, "d": None, "e": "d",
    }  # fmt: skip
    assert found["c"]["conversation_id"] == "c" and found["c"]["meta"]["link"] == "missing"
    assert found["d"]["text"] == "" and found["d"]["meta"]["deleted"] == "deleted"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        convokit = pytest.importorskip("convokit")
    corpus = convokit.Corpus(filename=str(tmp_path / "corpus"))
    assert all(each.check_integrity(verbose=False) for each in corpus.iter_conversations())
    assert sum(len(list(each.traverse("bfs"))) for each in corpus.iter_conversations()) == 6


@pytest.mark.parametrize("kind", ["convokit", "graphml", "csv"])
def test_a_place_that_cannot_be_written_is_said_in_a_sentence(run: Scored, tmp_path: Path, kind: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CaseError, match="cannot be written"):
        export_run(run, tmp_path / "file" / "out", kind)
