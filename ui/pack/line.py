"""Readers wait in line: one pack is made at a time, whoever asked first goes first."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from threading import Condition
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_tickets: Final[deque[object]] = deque()
_moved: Final = Condition()

ASKED_AGAIN_S: Final = 1.0
"""After so long somebody who waits is told again, where nobody moved: they may have left."""


@contextmanager
def turn(tell: Callable[[int], object]) -> Iterator[None]:
    """Wait until those who came before are done.

    Parameters
    ----------
    tell
        Takes how many these are, now and then; whatever it raises gives the place up.
    """
    own = object()
    with _moved:
        _tickets.append(own)
    try:
        while before := _before(own):
            tell(before)
            with _moved:
                _moved.wait(ASKED_AGAIN_S)
        yield
    finally:
        with _moved:
            _tickets.remove(own)
            _moved.notify_all()


def _before(own: object) -> int:
    with _moved:  # may be held already: its lock lets its holder in again
        return _tickets.index(own)
