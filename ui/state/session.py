"""The state of one reader's session: seeded from the address, written back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.checks.written import shortened
from ui.state import address, write_keys
from ui.state.address import Field, RefusedValue, Values, parse, render, without_left

if TYPE_CHECKING:
    from collections.abc import Collection

    from ui.state.address import Value

_STATE = "state"
_ADDRESS = "address"
_CAME = "address_come_by"
_REFUSED = "refused_address"
_PAGE = "page_of_fields"
_TYPED = "refused_typing"
_BEGUN = "begun_ahead"
_ARRIVALS = "arrivals"


def begin(fields: Collection[Field], *, ahead: bool = False) -> Values:
    """Return the state of this run.

    The address is read when the reader comes to it: on the first run, by a link to another page,
    and by going back or forward. On any other run it may be one before our last: to read it would
    undo what was clicked since.

    With `ahead` the page that runs next begins as well, and finds what was read here: what a
    reader typed is refused once.
    """
    store = st.session_state
    if store.pop(_BEGUN, False) and not ahead:
        return {item.name: store[_STATE][item.name] for item in fields}
    store[_BEGUN] = ahead
    comes = _STATE not in store or _went_through_history()
    store[_CAME] = st.query_params.to_dict() if comes else None
    if comes:
        _read(fields)
    before = store[_STATE]
    values = _edited(before, fields)
    for item in fields:
        # A default that hangs on another field (the level, on the region) follows it.
        if item.default_of is not None and item.fallback(values) != item.fallback(before):
            values[item.name] = item.fallback(values)
    state = store[_STATE] = address.settled(without_left(before, values, fields), fields)
    _keep_widgets(state, fields)
    _write(state, fields, step=not comes)
    return {item.name: state[item.name] for item in fields}


def _edited(before: Values, fields: Collection[Field]) -> dict[str, Any]:
    """Return the state with what the reader did to the widgets; notes what they typed in vain."""
    store, values, typed = st.session_state, dict(before), []
    for item in fields:
        values.setdefault(item.name, item.fallback(values))
        if widget_key(item) in store:
            value = item.code(store[widget_key(item)])
            values[item.name] = _from_widget(item, value, values)
            if item.free and not item.allows(values)(value):
                typed.append(RefusedValue(item.name, shortened(str(value))))
    store[_TYPED] = tuple(typed)
    return values


def _keep_widgets(state: Values, fields: Collection[Field]) -> None:
    """Keep the value of a widget that this page does not draw, or draws only later.

    Those of another page are others, and a choice shows its label as it was set: in another
    language it is set anew. One that has its value is left alone: to set it would undo what the
    reader types meanwhile.
    """
    store = st.session_state
    page = (str(state.get("lang", "")), *(item.name for item in fields))
    turned = store.get(_PAGE) != page
    store[_PAGE] = page
    for item in fields:
        key, value = widget_key(item), _as_widget(state[item.name])
        if turned or key not in store or store[key] != value:
            store[key] = value


def _read(fields: Collection[Field]) -> None:
    """Take over what the address says; what it cannot say stays as it was."""
    store = st.session_state
    written = st.query_params.to_dict()
    write_keys.read(written)
    parsed = parse(written, fields)
    store[_ARRIVALS] = arrivals() + 1
    store[_REFUSED] = parsed.refused
    store[_STATE] = {**store.get(_STATE, {}), **parsed.values}
    for item in fields:
        store[widget_key(item)] = _as_widget(parsed.values[item.name])


def _went_through_history() -> bool:
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _write(values: Values, fields: Collection[Field], *, step: bool) -> None:
    """Write the state to the address, as a step of the history, when the reader has changed it.

    Before anything of the page is sent: what is drawn may speak of the address it goes with. What
    the browser writes by itself is no reason to write.
    """
    store, params = st.session_state, render(values, fields)
    before, store[_ADDRESS] = store.get(_ADDRESS, {}), params
    of_browser = {item.name for item in fields if item.within}
    ours = (before | params).keys() - of_browser
    if step and any(before.get(name) != params.get(name) for name in ours):
        # A new address is the reader's answer to the notice about the old one.
        store[_REFUSED] = ()
        st.query_params.from_dict(params)


def address_of_state() -> dict[str, str]:
    """Return the address that the page's state has."""
    params: dict[str, str] = st.session_state[_ADDRESS]
    return params


def came() -> dict[str, str] | None:
    """Return the address that the reader came by, if they just did."""
    address: dict[str, str] | None = st.session_state[_CAME]
    return address


def arrivals() -> int:
    """Return how often the reader came to a page by its address."""
    return int(st.session_state.get(_ARRIVALS, 0))


def everything() -> Values:
    """Return all that the reader has chosen, on this page and on others."""
    return dict(st.session_state[_STATE])


def refused() -> tuple[RefusedValue, ...]:
    """What was refused of the address that is open."""
    return tuple(st.session_state.get(_REFUSED, ()))


def refused_typing() -> tuple[RefusedValue, ...]:
    """What was refused of what the reader typed."""
    return tuple(st.session_state.get(_TYPED, ()))


def widget_key(item: Field) -> str:
    """Key of the widget that edits a field."""
    return f"field_{item.name}"


def put(item: Field, value: Value) -> None:
    """Set a field from a callback, before the next run draws its widget."""
    st.session_state[widget_key(item)] = _as_widget(value)


def value(item: Field) -> object:
    """Return what a field was set to since the page began to run, else what it was."""
    return st.session_state.get(widget_key(item), item.default)


def kept(item: Field) -> tuple[str, ...]:
    """Return a list that other pages keep, on a page that does not show it."""
    return tuple(st.session_state.get(widget_key(item), ()))


def _as_widget(value: Value) -> str | list[str]:
    return list(value) if isinstance(value, tuple) else str(value)


def _from_widget(item: Field, value: object, values: Values) -> object:
    if item.many:
        return tuple(value) if isinstance(value, list | tuple) else item.default
    # A segmented control lets its choice be taken back: a click on what is on changes nothing. A
    # choice hands over its label where that changed while the reader chose: it says nothing then.
    if value is None or not item.allows(values)(value):
        former = values.get(item.name, item.fallback(values))
        # A workspace that somebody deleted meanwhile is no region any more.
        return former if item.allows(values)(former) else item.fallback(values)
    return value
