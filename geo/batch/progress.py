"""How far a run is, and how long it still takes."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from geo.batch.words import BatchTexts

EVERY_S: Final = {True: 0.2, False: 10.0}
"""Seconds between two lines: on a terminal, where each takes the place of the one before, else."""


class Progress:
    """Lines on standard error.

    Parameters
    ----------
    t
        What they say.
    points
        How many there are to do; a point counts once for each task that reads it.
    """

    def __init__(self, t: BatchTexts, points: int) -> None:
        self.t, self.points = t, points
        self.done = self.before = 0
        self.begun = self.told = time.monotonic()
        self.terminal = sys.stderr.isatty()

    def add(self, points: int, *, again: bool = False) -> None:
        """Note points that are done; `again` where an earlier run did them."""
        self.done += points
        self.before += points if again else 0
        now = time.monotonic()
        if now - self.told >= EVERY_S[self.terminal]:
            self.told = now
            self._tell(now - self.begun)

    def _tell(self, passed: float) -> None:
        new = self.done - self.before
        left = passed * (self.points - self.done) / new if new else None
        line = self.t(
            "say.progress",
            done=f"{self.done:,}",
            points=f"{self.points:,}",
            rate=f"{new / passed:,.0f}",
            left="?" if left is None else f"{left / 60:.0f}:{left % 60:02.0f}",
        )
        if self.terminal:
            print(f"\r{line}", end="", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr)
