"""Which two lists are compared: 甲 and 乙."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

import streamlit as st

from ui.intake.comparing import lists

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.intake.comparing.lists import Listed
    from ui.state.view import View

Side = Literal["one", "other"]
SIDES: Final[tuple[Side, ...]] = get_args(Side)

_CHOSEN: Final = "compared_sides"


def chosen(known: Mapping[str, Listed]) -> dict[Side, str]:
    """Return the codes of both lists; empty where none is chosen."""
    kept: dict[Side, str] = st.session_state.get(_CHOSEN, {})
    usual: dict[Side, str] = {"one": next(iter(known)), "other": _second(known)}
    return {side: code if (code := kept.get(side, "")) in known else usual[side] for side in SIDES}


def choose(view: View, code: str) -> None:
    """Compare with another list."""
    now = chosen(lists.known(view))
    if now["one"] == code:
        now["one"] = ""
    st.session_state[_CHOSEN] = {**now, "other": code}


def show(view: View, known: Mapping[str, Listed]) -> dict[Side, str]:
    """Draw the choice of both; return them."""
    t, now = view.t, chosen(known)
    for side in SIDES:
        key = _key(side)
        st.session_state[key] = now[side]
        st.selectbox(
            t(f"compare.{side}"),
            ["", *known] if side == "other" else [*known],
            key=key,
            format_func=lambda code: known[code].title if code else t("compare.none"),
            on_change=_take,
            args=(side, now),
            filter_mode=None,
        )
    st.button(
        t("compare.swap"),
        key="compare_swap",
        on_click=_swap,
        args=(now,),
        disabled=not now["other"],
    )
    return now


def _second(known: Mapping[str, Listed]) -> str:
    """Return what a list is compared with unasked: the version before it, if there is one."""
    return next((code for code in known if code.startswith("version.")), "")


def _key(side: Side) -> str:
    return f"compare_{side}"


def _take(side: Side, now: Mapping[Side, str]) -> None:
    code = st.session_state.get(_key(side))
    if code is not None:
        st.session_state[_CHOSEN] = {**now, side: code}


def _swap(now: Mapping[Side, str]) -> None:
    st.session_state[_CHOSEN] = {"one": now["other"], "other": now["one"]}
