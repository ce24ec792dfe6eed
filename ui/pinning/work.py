"""What one reader's session has in hand: the row, where it is moved to, the corrections made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.corrections import correction, making, reasons
from geo.corrections import history as histories
from geo.corrections.correction import DEGREES
from geo.corrections.history import History
from geo.corrections.making import Why
from geo.errors import RefusedCorrectionError
from geo.facts import precision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.corrections.correction import Correction
    from geo.corrections.making import Rows
    from geo.settings import Language
    from layers.transport.message import Clicked
    from ui.pinning.holder import Holder

_KEY: Final = "pinning"
REASON, WORDS, PRECISION, TYPED, TABLE, SEARCH = (
    f"pin_{name}" for name in ("reason", "words", "precision", "typed", "table", "search")
)
"""Widgets; what is said of one row stands for the next as well."""

_SAID: Final = "pin_said"


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a reader has in hand.

    Attributes
    ----------
    history
        Corrections made, and those taken back.
    chosen
        Id of the row in hand.
    moves
        Where it was moved to, one after another, before that is recorded.
    refused
        Why the last step was not made.
    turn
        Changes with every step, so that widgets begin anew.
    """

    history: History = field(default_factory=History)
    chosen: str = ""
    moves: tuple[tuple[float, float], ...] = ()
    refused: RefusedCorrectionError | None = None
    turn: int = 0

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The corrections made."""
        return self.history.corrections


def of(key: str) -> Work:
    """Return what the reader has in hand of a holder's rows."""
    held: dict[str, Work] = st.session_state.get(_KEY, {})
    return held.get(key, Work())


def drop(key: str) -> None:
    """Let everything go."""
    held: dict[str, Work] = dict(st.session_state.get(_KEY, {}))
    held.pop(key, None)
    st.session_state[_KEY] = held


def _put(key: str, **changed: object) -> None:
    now = of(key)
    after = replace(now, turn=now.turn + 1, **{"refused": None, **changed})  # type: ignore[arg-type]
    st.session_state[_KEY] = {**st.session_state.get(_KEY, {}), key: after}


def rows(holder: Holder) -> Rows:
    """Return the rows with what the reader has put right; what no longer fits is let go."""
    try:
        return holder.rows(of(holder.key).corrections)
    except RefusedCorrectionError:
        history = histories.fitting(of(holder.key).history, holder.rows)
        _put(holder.key, history=history, refused=RefusedCorrectionError("gone"))
        return holder.rows(history.corrections)


def choose(key: str, row: str) -> None:
    """Take a row in hand, or lay it down."""
    chosen = "" if of(key).chosen == row else row
    st.session_state.pop(PRECISION, None)
    _put(key, chosen=chosen, moves=())


def follow(holder: Holder, clicked: Clicked) -> None:
    """Do what a click on the map, or a pin that was moved, asks for."""
    chosen = of(holder.key).chosen
    if clicked.kind == "site":
        choose(holder.key, clicked.id)
    elif chosen and (clicked.kind == "district" or clicked.id == chosen):
        move(holder, (clicked.lon, clicked.lat))


def move(holder: Holder, at: tuple[float, float]) -> None:
    """Move the row in hand; that is no correction until its reason is known."""
    try:
        making.district_at(*at, holder.units)
    except RefusedCorrectionError as error:
        _put(holder.key, refused=error)
        return
    lon, lat = (round(each, making.DECIMALS) for each in at)
    _put(holder.key, moves=(*of(holder.key).moves, (lon, lat)))


def type_in(holder: Holder) -> None:
    """Move the row in hand to coordinates that were typed."""
    text = str(st.session_state.get(TYPED, ""))
    if not text.strip():
        return
    try:
        move(holder, making.typed(text))
    except RefusedCorrectionError as error:
        _put(holder.key, refused=error)


def said(widget: str) -> str:
    """Return what the reader said last of a correction."""
    held: Mapping[str, str] = st.session_state.get(_SAID, {})
    return held.get(widget, "")


def record(holder: Holder, lang: Language) -> None:
    """Make the correction of the row in hand."""
    now = of(holder.key)
    cells: dict[str, object] = {precision.COLUMN: st.session_state.get(PRECISION) or ""}
    if now.moves:
        cells |= dict(zip(DEGREES, now.moves[-1], strict=True))
    _record(holder, {now.chosen: cells}, lang)


def record_table(holder: Holder, edits: Mapping[str, Mapping[str, object]], lang: Language) -> None:
    """Make the corrections that were typed into the table."""
    _record(holder, edits, lang)


def _record(holder: Holder, edits: Mapping[str, Mapping[str, object]], lang: Language) -> None:
    now = of(holder.key)
    code, words = (str(st.session_state.get(key) or "") for key in (REASON, WORDS))
    try:
        day = datetime.now(UTC).date().isoformat()
        why = Why(date=day, reason=reasons.joined(code, words), lang=lang)
        step = making.edited(holder.rows(now.corrections), edits, why)
    except RefusedCorrectionError as error:
        _put(holder.key, refused=error)
        return
    st.session_state[_SAID] = {
        REASON: code, WORDS: words, PRECISION: str(st.session_state.get(PRECISION) or "")
    }  # fmt: skip
    _put(holder.key, history=histories.record(now.history, step), chosen="", moves=())


def undo(key: str) -> None:
    """Take the last move back, else the last correction."""
    now = of(key)
    if now.moves:
        _put(key, moves=now.moves[:-1])
    else:
        _put(key, history=histories.undo(now.history))


def redo(key: str) -> None:
    """Make the correction again that was taken back last."""
    _put(key, history=histories.redo(of(key).history))


def without(key: str, at: int) -> None:
    """Take one correction back, whichever it is."""
    _put(key, history=histories.without(of(key).history, at))


def take_back(holder: Holder, step: tuple[Correction, ...]) -> None:
    """Take back what was kept before: that is one more correction."""
    now = of(holder.key)
    day = datetime.now(UTC).date().isoformat()
    back = tuple(correction.reversed_(step, date=day, reason=reasons.BACK))
    history = histories.record(now.history, back)
    try:
        holder.rows(history.corrections)
    except RefusedCorrectionError as error:
        _put(holder.key, refused=error)
        return
    _put(holder.key, history=history)
