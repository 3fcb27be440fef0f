"""What can go wrong, as a tree; every message is one sentence that a user can act on.

ThreadsError
├── InputError            something the user gave cannot be used (file, line, what to do)
│   ├── UnknownFormat     no format recognises the file
│   └── MissingColumn     a table has no column for the text
├── CaseError             a case folder cannot be read or written
├── PolicyError           a triage policy contradicts itself
├── LexiconError          a lexicon entry is not well formed
└── ModelError            weights are missing, damaged or of another version
"""


class ThreadsError(Exception):
    """Whatever this package refuses; `str(error)` is one sentence for the user."""


class InputError(ThreadsError):
    """Something the user gave cannot be used."""


class UnknownFormat(InputError):
    """No format recognises the file."""


class MissingColumn(InputError):
    """A table has no column that holds the text."""


class CaseError(ThreadsError):
    """A case folder cannot be read or written."""


class PolicyError(ThreadsError):
    """A triage policy contradicts itself."""


class LexiconError(ThreadsError):
    """A lexicon entry is not well formed."""


class ModelError(ThreadsError):
    """Weights are missing, damaged or of another version."""
