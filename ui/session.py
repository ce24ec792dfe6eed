"""The state of one reader's session: seeded from the address, written back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.written import shortened
from ui.address import Field, Refused, Values, parse, render, settle

if TYPE_CHECKING:
    from collections.abc import Collection

_STATE = "state"
_WRITTEN = "written_addresses"
_MOST_WRITTEN = 20
"""Addresses remembered; a browser is never so far behind."""
_REFUSED = "refused_address"
_PAGE = "page_of_fields"
_TYPED = "refused_typing"


def begin(fields: Collection[Field]) -> Values:
    """Return the state of this run.

    The address is read when it is not the one we wrote last: on the first run, when a link is
    pasted, and when the reader goes back or forward.
    """
    store = st.session_state
    if address_changed():
        parsed = parse(st.query_params.to_dict(), fields)
        values = {**store.get(_STATE, {}), **parsed.values}
        store[_REFUSED] = parsed.refused
        store[_STATE] = values
        for item in fields:
            store[widget_key(item)] = _as_widget(values[item.name])
    values = store[_STATE]
    before = dict(values)
    typed = []
    for item in fields:
        values.setdefault(item.name, item.fallback(values))
        if widget_key(item) in store:
            value = item.code(store[widget_key(item)])
            values[item.name] = _from_widget(item, value, values)
            if item.free and value not in item.choices(values):
                typed.append(Refused(item.name, shortened(str(value))))
    store[_TYPED] = tuple(typed)
    for item in fields:
        # A default that hangs on another field (the level, on the region) follows it.
        if item.default_of is not None and item.fallback(values) != item.fallback(before):
            values[item.name] = item.fallback(values)
    settle(values, fields)
    page = tuple(item.name for item in fields)
    turned = store.get(_PAGE) != page
    store[_PAGE] = page
    for item in fields:
        # Keeps the value of a widget that this page does not draw, or draws only later; those of
        # another page are others. One that has its value is left alone: to set it would undo what
        # the reader types meanwhile.
        key, value = widget_key(item), _as_widget(values[item.name])
        if turned or key not in store or store[key] != value:
            store[key] = value
    return {item.name: values[item.name] for item in fields}


def address_changed() -> bool:
    """Whether the open address says something that the state does not know yet.

    That is so on the first run and when the reader goes back or forward. Streamlit empties the
    address when the reader turns to another page of the navigation: then the state goes along.
    A quick click is sent with the address that the browser shows at that moment, which may be one
    before our last: to read it would undo what was clicked since.
    """
    written = st.session_state.get(_WRITTEN)
    if written is None:
        return True
    params = st.query_params.to_dict()
    if params == written[-1]:
        return False
    return _went_through_history() or (bool(params) and params not in written)


def _went_through_history() -> bool:
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def finish(values: Values, fields: Collection[Field]) -> None:
    """Write the state to the address, once a run and only when it changed."""
    params = render(values, fields)
    if params != st.query_params.to_dict():
        st.query_params.from_dict(params)
        # A new address is the reader's answer to the notice about the old one.
        if _WRITTEN in st.session_state:
            st.session_state[_REFUSED] = ()
    written = [each for each in st.session_state.get(_WRITTEN, ()) if each != params]
    st.session_state[_WRITTEN] = [*written, params][-_MOST_WRITTEN:]


def refused() -> tuple[Refused, ...]:
    """What was refused of the address that is open."""
    return tuple(st.session_state.get(_REFUSED, ()))


def refused_typing() -> tuple[Refused, ...]:
    """What was refused of what the reader typed."""
    return tuple(st.session_state.get(_TYPED, ()))


def widget_key(item: Field) -> str:
    """Key of the widget that edits a field."""
    return f"field_{item.name}"


def put(item: Field, value: str | tuple[str, ...]) -> None:
    """Set a field from a callback, before the next run draws its widget."""
    st.session_state[widget_key(item)] = _as_widget(value)


def kept(item: Field) -> tuple[str, ...]:
    """Return a list that other pages keep, on a page that does not show it."""
    return tuple(st.session_state.get(widget_key(item), ()))


def _as_widget(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _from_widget(item: Field, value: object, values: Values) -> object:
    if item.many:
        return tuple(value) if isinstance(value, list | tuple) else item.default
    # A segmented control lets its choice be taken back: a click on what is on changes nothing. A
    # choice hands over its label where that changed while the reader chose: it says nothing then.
    if value is None or value not in item.choices(values):
        return values.get(item.name, item.fallback(values))
    return value
