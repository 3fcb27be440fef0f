"""Saved web pages: comments found by the structure of the markup, whatever the site.

The steps, a module each: `names` (what classes and ids say, as data), `marks` (what marks an element as a
comment), `candidates` (groups of like elements, and which of them are the comments), `region` (what belongs
to one comment and not to its replies), `fields`, `dates`, `bodies` (what one comment says of itself),
`nesting` (who is answered), `scripts` (comments that lie in a script's JSON), `article` (what they stand
under), `reading` (all of it in order).
"""

from threads.webpage.document import Document, parse_page
from threads.webpage.reading import read_document

__all__ = ["Document", "parse_page", "read_document"]
