"""Shows the tables of `threads` to people: `write` a report, `chart` one figure, `write_charts` all of them.

Nothing here computes a score or an aggregate. Each name is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.charts import chart, write_charts
    from reports.page import write

_HOMES = {"chart": "reports.charts", "write_charts": "reports.charts", "write": "reports.page"}

__all__ = ["chart", "write", "write_charts"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a name is depends on the name
    if name not in _HOMES:
        raise AttributeError(f"module 'reports' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
