"""The report of a page as a button: which parts in which order, what is being made, the file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from ui.downloads import menu
from ui.pack import contents, line, making
from ui.pack.asked import Asked
from ui.state import fields, session

if TYPE_CHECKING:
    from ui.state.pages import Page
    from ui.state.view import View

_MADE: Final = "pack_made"


class Made(NamedTuple):
    """A file that a reader had made: of which order, its name and what is in it."""

    order: making.Order
    content: bytes


def show(view: View, page: str) -> None:
    """Draw the button and what is behind it."""
    t = view.t
    with st.container(key="pack", width="content"), st.popover(t("pack.button")):
        st.caption(t("pack.note"))
        _parts(view, page)
        _files(Asked(page=page, view=view, base=menu.base()))


def _parts(view: View, page: str) -> None:
    """Choose the parts; the order in which they are chosen is theirs."""
    t, known = view.t, contents.on_offer(page)
    key = f"pack_parts_{page}"
    st.session_state[key] = [part for part in view.state.parts if part in known]
    st.multiselect(
        t("pack.parts"),
        sorted(known, key=fields.PARTS_OF_PACKS.index),
        key=key,
        format_func=lambda part: t(f"pack.part_{part}"),
        on_change=_choose,
        args=(key, known, view.state.parts),
        select_all=False,
        help=t("pack.parts_note"),
    )


def _choose(key: str, known: tuple[str, ...], before: tuple[str, ...]) -> None:
    """Take over the choice; what only other pages have stays as it was."""
    others = tuple(part for part in before if part not in known)
    chosen = tuple(st.session_state[key]) + others
    usual = set(chosen) == set(fields.PARTS.default) and tuple(chosen) != fields.PARTS.default
    in_usual_order = tuple(part for part in fields.PARTS_OF_PACKS if part in chosen)
    same = [part for part in chosen if part in known] == [p for p in in_usual_order if p in known]
    session.put(fields.PARTS, fields.PARTS.default if usual and same else chosen)


@st.fragment
def _files(asked: Asked[Page]) -> None:
    """Offer each kind of file; the one that was asked for is made, then handed out."""
    t = asked.view.t
    with st.container(key="pack_files", horizontal=True):
        pressed = [
            kind
            for kind in making.FILE_FORMATS
            if st.button(t(f"pack.file_{kind}"), key=f"pack_{kind}")
        ]
    for kind in pressed:
        order = making.Order(asked=asked, file_format=kind)
        st.session_state[_MADE] = Made(order, _made(order))
    made: Made | None = st.session_state.get(_MADE)
    if made is not None and made.order.asked == asked:
        _hand_out(asked, made)


def _made(order: making.Order) -> bytes:
    """Make a file behind a bar that says what is being made, or how many are before it."""
    t = order.asked.view.t
    bar = st.progress(0.0, text=t("pack.step_cover"))

    def wait(before: int) -> None:
        bar.progress(0.0, text=t("pack.waiting", n=before))

    with line.turn(wait):
        content = making.make(order, partial(_tell, bar))
    bar.empty()
    return content


def _tell(bar: st.delta_generator.DeltaGenerator, done: float, text: str) -> None:
    bar.progress(min(done, 1.0), text=text)


def _hand_out(asked: Asked[Page], made: Made) -> None:
    t, kind = asked.view.t, made.order.file_format
    st.download_button(
        t("pack.ready", name=t(f"pack.file_{kind}"), size=f"{len(made.content) / 1e6:.1f}"),
        data=made.content,
        file_name=made.order.name,
        mime=making.MEDIA[kind],
        on_click="ignore",
        type="primary",
        key=f"pack_ready_{kind}",
    )
