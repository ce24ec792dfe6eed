"""What a click, a key or a typed position does to the pins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.planning.scenario import MOST_PINS
from geo.policy import strokes
from geo.policy.strokes import RefusedStrokeError
from ui.cached import trials
from ui.siting import wording
from ui.siting.trying import steps
from ui.state import fields, pins, session
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.planning.scenario import Pin
    from layers.transport.message import Clicked
    from ui.state.pages import Siting
    from ui.state.view import PageView

TYPED: Final = "trial_typed"
_REFUSED: Final = "trial_refused"


def follow(view: PageView[Siting], clicked: Clicked) -> None:
    """Do what a click, a drag or a key on the map asks for."""
    if clicked.kind == "pinned":
        move(view, clicked.id, clicked.lon, clicked.lat)
    elif clicked.kind == "unpinned":
        remove(clicked.id)
    elif clicked.kind == "pin":
        choose(clicked.id)
    elif clicked.kind in {"district", "cluster", "place"}:
        put(view, clicked.lon, clicked.lat)


def put(view: PageView[Siting], lon: float, lat: float) -> None:
    """Set one more pin."""
    now = _now()
    if len(now) >= MOST_PINS:
        _refuse("full")
        return
    done = steps.current()
    removed = () if done is None else done.removed
    letter = pins.free_letter({pin.letter for pin in (*now, *removed)})
    letter = letter or pins.free_letter({pin.letter for pin in now})
    _set(view, [*now, pins.placed(letter, lon, lat)])


def move(view: PageView[Siting], letter: str, lon: float, lat: float) -> None:
    """Move a pin."""
    now = _now()
    if letter in {pin.letter for pin in now}:
        there = pins.placed(letter, lon, lat)
        _set(view, [there if pin.letter == letter else pin for pin in now])


def remove(letter: str) -> None:
    """Take a pin away."""
    session.put(fields.PINS, pins.written(pin for pin in _now() if pin.letter != letter))


def choose(letter: str) -> None:
    """Select a pin, or no longer."""
    chosen = Selection("pin", letter)
    now = Selection.read(str(session.value(fields.AT_PLACE)))
    session.put(fields.AT_PLACE, Selection() if now == chosen else chosen)


def type_in(view: PageView[Siting]) -> None:
    """Set a pin, or move the selected one, to coordinates that were typed."""
    text = str(st.session_state.get(TYPED, "")).strip()
    if not text:
        return
    try:
        ((lon, lat),) = strokes.typed(text)
    except (RefusedStrokeError, ValueError):
        _refuse("unread")
        return
    region, unit = view.region, view.unit
    if not trials.district(region, unit, lon, lat) and trials.district(region, unit, lat, lon):
        lon, lat = lat, lon  # latitude first, as telephones tell it
    letter = view.state.at.of("pin")
    if letter:
        move(view, letter, lon, lat)
    else:
        put(view, lon, lat)


def take_over(view: PageView[Siting]) -> None:
    """Go on from the proposal: its places become pins."""
    rows = wording.rows(view)
    letters = pins.LETTERS[: len(rows)]
    places = [
        pins.placed(letter, row["lon"], row["lat"])
        for letter, row in zip(letters, rows, strict=True)
    ]
    session.put(fields.MODE, "try")
    session.put(fields.AT_PLACE, Selection())
    _set(view, places)


def refused() -> str:
    """Return why the last act was refused, once."""
    return str(st.session_state.pop(_REFUSED, ""))


def _set(view: PageView[Siting], there: Iterable[Pin]) -> None:
    """Put pins in force where each is in the region and may be built; else say that one is not."""
    there = [*there]
    new = set(there).difference(_now())
    if not all(trials.district(view.region, view.unit, pin.lon, pin.lat) for pin in new):
        _refuse("outside")
    elif not all(trials.buildable(view.region, pin.lon, pin.lat) for pin in new):
        _refuse("forbidden")
    else:
        session.put(fields.PINS, pins.written(there))


def _now() -> tuple[Pin, ...]:
    return pins.pins(str(session.value(fields.PINS))) or ()


def _refuse(reason: str) -> None:
    st.session_state[_REFUSED] = reason
