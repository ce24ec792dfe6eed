"""Lists that are shown a page at a time."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from ui.state import session
from ui.state.pages import Page

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ui.state.address import Field
    from ui.state.view import PageView

P = TypeVar("P", bound=Page)


def back_to_the_first(view: PageView[P], item: Field, listed: Hashable) -> PageView[P]:
    """Return the view, on the first page when the list is no longer the one that was paged.

    Parameters
    ----------
    view
        The view.
    item
        The field of the page.
    listed
        What the list depends on.
    """
    key = f"listed_{item.name}"
    before = st.session_state.get(key)
    st.session_state[key] = listed
    if before in {None, listed}:
        return view
    session.put(item, item.default)
    first: dict[str, Any] = {item.attribute: item.default}
    state = dataclasses.replace(view.state, **first)
    return dataclasses.replace(view, state=state)
