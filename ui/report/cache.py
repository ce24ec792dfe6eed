"""Maps of reports drawn before: a second or two of work, and often asked for again."""

from __future__ import annotations

import gzip
from threading import Lock
from typing import TYPE_CHECKING, Final

from cachetools import LRUCache
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable

MOST: Final = 32
"""Shortlists whose maps are kept, the least recently asked for dropped first."""

Key = tuple[str, tuple[str, ...]]
"""What the maps depend on: the language and the ids of the shortlist, in order."""

drawn: LRUCache[Key, bytes] = LRUCache(MOST)
"""Maps of shortlists, packed."""

_guard = Lock()


def maps(key: Key, draw: Callable[[], Markup]) -> Markup:
    """Return a shortlist's maps, drawn only where nobody asked for them before.

    Parameters
    ----------
    key
        What they depend on.
    draw : callable
        Draws them; where nothing comes of it, nothing is kept: map scripts may be installed
        meanwhile.
    """
    with _guard:
        kept = drawn.get(key)
    if kept is not None:
        return Markup(gzip.decompress(kept).decode())  # noqa: S704 - drawn by us
    made = draw()
    if made:
        packed = gzip.compress(made.encode(), compresslevel=4, mtime=0)
        with _guard:
            drawn[key] = packed
    return made
