"""comment-threads: rebuild reply threads, score comments with evidence, rank what people should read first.

The names below are the library; each is loaded when it is first used, so that `import threads` is instant.
No module bears the name of a public function (scoring.py holds `score`): importing it would shadow that.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from threads import version

__version__ = version.VERSION

if TYPE_CHECKING:
    from threads.auditing import audit
    from threads.auditing.record import Audit
    from threads.case import Case
    from threads.cutting import sure_links
    from threads.evaluation.threads import measure_threads
    from threads.parsed import Parsed
    from threads.reading import parse, read
    from threads.scored import Explanation, Scored
    from threads.scoring import score
    from threads.summary import by_author, by_thread, over_time
    from threads.triaging import Policy, triage

_HOMES = {
    "Case": "case", "Parsed": "parsed", "parse": "reading", "read": "reading", "score": "scoring",
    "Explanation": "scored", "Scored": "scored", "by_author": "summary", "by_thread": "summary",
    "over_time": "summary", "Policy": "triaging", "triage": "triaging", "sure_links": "cutting",
    "measure_threads": "evaluation.threads", "Audit": "auditing.record", "audit": "auditing",
}  # fmt: skip

__all__ = [
    "Audit", "Case", "Explanation", "Parsed", "Policy", "Scored", "__version__", "audit", "by_author",
    "by_thread", "measure_threads", "over_time", "parse", "read", "score", "sure_links", "triage",
]  # fmt: skip


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a name is depends on the name
    if name not in _HOMES:
        raise AttributeError(f"module 'threads' has no attribute {name!r}")
    return getattr(importlib.import_module(f"threads.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
