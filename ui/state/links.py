"""Links of ours: followed without loading everything anew, and still real addresses.

A plain link starts a new session and a new map. Here one small listener hands a click on a link
within a page to the session, which changes one field and runs the page again, and makes one step
of the browser's history of a link to another page. Opened in a new tab, copied or without the
listener, the same link leads to the same state by its address.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from geo.checks.written import listed
from layers import templates
from ui.state import session
from ui.state.address import render, toggled, without_left

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from markupsafe import Markup

    from ui.state.address import Field, Value
    from ui.state.view import View

KEY = "links"
TEMPLATE = "ui/state/links.html"
TOGGLE = "~"
"""Before the name of a list that a value is put into or taken out of."""

_LAST = "followed_until"

_LISTENER = Path(__file__).with_name("links.js").read_text("utf-8")

_listener = st.components.v2.component("chuangtu_links", js=_LISTENER)


def to(
    view: View,
    *,
    text: str | Markup,
    name: str = "",
    **changes: Value,
) -> Markup:
    """Return a link that changes fields of this page.

    Parameters
    ----------
    view : View
        The state it starts from.
    text : str or Markup
        What it says.
    name : str
        Classes of the link.
    **changes : str, tuple of str or Selection
        New value of each field.
    """
    return change(view, changes, text=text, name=name)


def change(
    view: View,
    changes: Mapping[str, Value],
    *,
    text: str | Markup,
    name: str = "",
    checked: bool | None = None,
) -> Markup:
    """Return a link that changes fields of this page, as `to`, for names that `to` has itself.

    With `checked` it is one of several of which one is on.
    """
    address, put = changing(view, changes)
    role = "" if checked is None else "radio"
    return _link(address, put, text=text, name=name, role=role, checked=checked)


def changing(view: View, changes: Mapping[str, Value]) -> tuple[str, str]:
    """Return the query of a link that changes fields of this page, and what the listener is told.

    For links that are drawn otherwise: the latter is their ``data-put``.
    """
    put = urlencode({key: _written(value) for key, value in changes.items()})
    now, fields = view.state.values, view.state.fields()
    then = without_left(now, {**now, **changes}, fields)
    return urlencode(render(then, fields), safe=",:"), put


def leave(view: View, item: Field) -> Markup:
    """Return the link that leaves what a field has selected: Escape follows that of a card."""
    return change(view, {item.name: item.default}, text=view.t("card.close"), name="ct-close")


def toggle(view: View, item: Field, code: str, *, text: str | Markup, name: str) -> Markup:
    """Return a link that puts a code into a list of this page, or takes it out."""
    now = item.of(view.state)
    then = toggled(now, code)
    state = view.state
    address = urlencode(render({**state.values, item.name: then}, state.fields()), safe=",:")
    # Not the new list: two quick clicks must both count.
    put = urlencode({f"{TOGGLE}{item.name}": code})
    return _link(address, put, text=text, name=name, role="checkbox", checked=code in now)


def _link(
    address: str, put: str, *, text: str | Markup, name: str, role: str, checked: bool | None
) -> Markup:
    written = templates.piece(TEMPLATE, "changing")
    return written(address, put, text, name, role, checked)


def pages_beside(view: View, item: Field, page: int, *, last: int, **also: Value) -> list[Markup]:
    """Return links to the pages of a list before and after one, counted from 0.

    Parameters
    ----------
    view
        The state they start from.
    item
        The field of the page.
    page, last
        The page in view, and the last.
    **also
        Further fields that another page changes.
    """
    return [
        change(view, {item.name: str(page + 1 + step), **also}, text=view.t(f"find.{key}"))
        for step, key, there in ((-1, "before", page > 0), (1, "after", page < last))
        if there
    ]


def to_page(address: str, text: str, *, name: str = "") -> Markup:
    """Return a link to another page, in the style of a name."""
    return templates.piece(TEMPLATE, "leading")(address, text, name)


def listen(fields: Collection[Field]) -> None:
    """Hear clicks on links; once a page."""
    query = urlencode(session.address_of_state(), safe=",:")
    with st.container(key=f"{KEY}_place"):
        _listener(
            key=KEY,
            data={"came": session.came(), "settled": f"?{query}" if query else ""},
            on_put_change=partial(follow, {item.name: item for item in fields}),
        )


def follow(known: dict[str, Field]) -> None:
    """Set the fields of the links followed since the last time, in order."""
    clicks = st.session_state.get(KEY)
    for line in str(getattr(clicks, "put", "") or "").splitlines():
        moment, _, followed = line.partition(" ")
        if moment.isdecimal() and int(moment) > st.session_state.get(_LAST, 0):
            st.session_state[_LAST] = int(moment)
            _set(followed, known)


def _set(followed: str, known: dict[str, Field]) -> None:
    """Set the fields of one link; what the page does not know is no link of ours."""
    for name, value in parse_qsl(followed, keep_blank_values=True):
        item = known.get(name.removeprefix(TOGGLE))
        if item is None:
            continue
        if name.startswith(TOGGLE):
            now = tuple(st.session_state.get(session.widget_key(item), ()))
            then = toggled(now, value)
            if len(then) <= max(len(now), item.most):
                session.put(item, then)
        else:
            session.put(item, listed(value) if item.many else value)


def _written(value: Value) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)
