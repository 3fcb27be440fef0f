"""Fits what is shipped: `python -m threads.train.toxicity`, `.links` and `.page`.

Nothing that runs in a user's hands imports from here.
"""

from importlib.util import find_spec

if find_spec("sklearn") is None:
    raise ModuleNotFoundError("scikit-learn is missing: pip install 'comment-threads[train]'")
