"""The reply graph of a run, for programs that draw and measure networks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

import networkx as nx
import pandas as pd

from threads.schema import LINKED
from threads.scored import Scored

_KEPT = (
    "thread_id", "author", "created", "text", "likes", "url", "title", "platform", "source", "link",
    "deleted", "depth", "n_replies", "n_descendants",
)  # fmt: skip
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, escaped or not (section 2.2)."""
_UNKEPT = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def reply_graph(scored: Scored) -> nx.DiGraph[str]:
    """Comments as nodes with their scores, and an edge from each reply to the comment that it answers.

    Edges have `confidence` (1 where the source gave the link) and `reason`. Attributes are texts and numbers;
    one that is missing is absent.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    for row in scored.wide().to_dict("records"):
        kept = {name: row[name] for name in (*_KEPT, *scored.heads)}
        graph.add_node(_written(row["comment_id"]), label=_label(row), **_attributes(kept))
    linked = scored.comments[scored.comments["link"].isin(LINKED)]
    for row in linked.to_dict("records"):
        said = {"confidence": row["parent_confidence"], "reason": row["parent_reason"]}
        graph.add_edge(_written(row["comment_id"]), _written(row["parent_id"]), **_attributes(said))
    return graph


def write_graph(scored: Scored, path: Path, kind: Literal["graphml", "gexf"]) -> int:
    """Write the reply graph as GraphML or GEXF (Gephi) and return its number of comments.

    Characters that XML cannot hold are left out.
    """
    graph = reply_graph(scored)
    (nx.write_graphml if kind == "graphml" else nx.write_gexf)(graph, path)
    return len(graph)


def _label(row: dict[Any, Any]) -> str:
    name = row["author"] if pd.notna(row["author"]) else "unnamed"
    return _writable(f"{name}: {row['text'][:40]}")


def _attributes(row: dict[str, Any]) -> dict[str, str | int | float]:
    return {name: _attribute(value) for name, value in row.items() if pd.notna(value)}


def _attribute(value: Any) -> str | int | float:  # noqa: ANN401 - a cell of a table
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    plain: str | int | float = value.item() if hasattr(value, "item") else value
    return _writable(plain) if isinstance(plain, str) else plain


def _written(name: str) -> str:
    """An id with what XML cannot hold, or does not keep, written as a number of Unicode: two stay two."""
    return _UNKEPT.sub(lambda found: f"\\u{ord(found[0]):04x}", name)


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)
