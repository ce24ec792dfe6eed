"""The steps of one reader: made, taken back, made again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from geo.errors import RefusedCorrectionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.corrections.correction import Correction

    Step = tuple[Correction, ...]
    """What was put right at once: a position with its district, or several rows of a table."""


@dataclass(frozen=True, kw_only=True)
class History:
    """Steps in order.

    Attributes
    ----------
    done
        Those that count.
    undone
        Those that were taken back, the last one last.
    """

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """All corrections that count, in order."""
        return tuple(chain.from_iterable(self.done))


def record(history: History, step: Step) -> History:
    """Return a history with one more step; one without a change is none."""
    return History(done=(*history.done, step)) if step else history


def undo(history: History) -> History:
    """Return a history without its last step, which can be made again."""
    if not history.done:
        return history
    return History(done=history.done[:-1], undone=(*history.undone, history.done[-1]))


def redo(history: History) -> History:
    """Return a history with the step again that was taken back last."""
    if not history.undone:
        return history
    return History(done=(*history.done, history.undone[-1]), undone=history.undone[:-1])


def is_last(history: History, at: int) -> bool:
    """Return whether no later step changes what a step, counted from 0, has changed."""
    own = {(each.id, each.field) for each in history.done[at]}
    later = {(each.id, each.field) for step in history.done[at + 1 :] for each in step}
    return not own & later


def fitting(history: History, fits: Callable[[tuple[Correction, ...]], object]) -> History:
    """Return a history with those steps alone that can be made, one after another.

    Parameters
    ----------
    history
        Steps that were made of rows, which may have changed since.
    fits
        Makes corrections of the rows as they are now.
    """
    kept = History()
    for step in history.done:
        after = record(kept, step)
        try:
            fits(after.corrections)
        except RefusedCorrectionError:
            continue
        kept = after
    return kept


def without(history: History, at: int) -> History:
    """Return a history without one of its steps, counted from 0.

    Raises
    ------
    RefusedCorrectionError
        ``changed``: a later step builds upon it.
    """
    if not is_last(history, at):
        raise RefusedCorrectionError("changed")
    return replace(history, done=(*history.done[:at], *history.done[at + 1 :]), undone=())
