"""What the reader did to their pins, step by step, in this session.

The pins themselves are in the address: each step is one of the browser's history, too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import streamlit as st

from geo.geometry import sphere
from geo.workspaces.region import key_of
from ui.state import fields, session
from ui.state.pins import pins

if TYPE_CHECKING:
    from geo.planning.scenario import Pin
    from ui.state.pages import Siting
    from ui.state.view import PageView

_KEY: Final = "trial_steps"

MOST: Final = 100
"""Steps that are remembered."""

Kind = Literal["put", "moved", "removed", "several"]


class Change(NamedTuple):
    """What one step did: to which pins, how far one was moved, and the pins before and after."""

    kind: Kind
    letters: tuple[str, ...]
    metres: float
    before: tuple[Pin, ...]
    after: tuple[Pin, ...]


@dataclass(frozen=True, kw_only=True)
class Steps:
    """The pins of a region after each step, as the address has them, and which are in force.

    Attributes
    ----------
    region
        Whose: of a workspace its key.
    states
        From the first to the last that is known.
    now
        The place in them of those in force: what follows was taken back.
    """

    region: str
    states: tuple[str, ...]
    now: int = 0

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was done up to now, the last first."""
        made = [
            change(pins(before) or (), pins(after) or ())
            for before, after in zip(
                self.states[: self.now], self.states[1 : self.now + 1], strict=True
            )
        ]
        return tuple(reversed(made))

    @property
    def removed(self) -> tuple[Pin, ...]:
        """Pins that there were and are no more, where they stood last."""
        known = {
            pin.letter: pin for text in self.states[: self.now + 1] for pin in pins(text) or ()
        }
        for pin in pins(self.states[self.now]) or ():
            known.pop(pin.letter)
        return tuple(known[letter] for letter in sorted(known))


def change(before: tuple[Pin, ...], after: tuple[Pin, ...]) -> Change:
    """Return what was done from some pins to others."""
    was, now = ({pin.letter: pin for pin in each} for each in (before, after))
    put = tuple(letter for letter in now if letter not in was)
    removed = tuple(letter for letter in was if letter not in now)
    moved = tuple(letter for letter in now if letter in was and now[letter] != was[letter])
    metres = 0.0
    if moved:
        first, last = was[moved[0]], now[moved[0]]
        metres = sphere.WGS84.inv(first.lon, first.lat, last.lon, last.lat)[2]
    kinds: dict[Kind, tuple[str, ...]] = {"put": put, "moved": moved, "removed": removed}
    done = {kind: letters for kind, letters in kinds.items() if letters}
    kind: Kind = next(iter(done)) if len(done) == 1 and len(moved) < 2 else "several"
    return Change(kind, tuple(sorted({*put, *moved, *removed})), metres, before, after)


def follow(view: PageView[Siting]) -> Steps:
    """Take up what the address says now; once a run.

    Who goes back or forward, or comes again, is where they were; anything else is a new step.
    """
    # A workspace's pins go on when it is saved, which makes another version of it.
    text, region = view.state.pins, key_of(view.region) or view.region
    steps = current()
    if steps is None or steps.region != region:
        steps = Steps(region=region, states=(text,))
    elif text != steps.states[steps.now]:
        if session.came() is None:
            kept = (*steps.states[: steps.now + 1], text)[-MOST:]
            steps = replace(steps, states=kept, now=len(kept) - 1)
        elif text in steps.states:
            near = [row for row, each in enumerate(steps.states) if each == text]
            now = steps.now
            steps = replace(steps, now=min(near, key=lambda row: abs(row - now)))
        else:
            steps = Steps(region=region, states=(text,))
    st.session_state[_KEY] = steps
    return steps


def current() -> Steps | None:
    """Return what the reader did, if they tried anything."""
    steps: Steps | None = st.session_state.get(_KEY)
    return steps


def undo() -> None:
    """Take the last step back: a step of the browser's history as well."""
    _go(-1)


def redo() -> None:
    """Make the step again that was taken back."""
    _go(1)


def _go(way: int) -> None:
    steps = current()
    if steps is None or not 0 <= steps.now + way < len(steps.states):
        return
    steps = replace(steps, now=steps.now + way)
    st.session_state[_KEY] = steps
    session.put(fields.PINS, steps.states[steps.now])
