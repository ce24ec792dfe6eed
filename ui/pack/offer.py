"""The report of a page as a button: which parts in which order, what is being made, the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from layers.printed.sheet import SIZES, Sheet
from ui.downloads import menu
from ui.pack import contents, line, making, view_map
from ui.pack.asked import Asked
from ui.state import fields, pages, session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.delta_generator import DeltaGenerator

    from ui.pack.making import FileFormat
    from ui.state.pages import Page
    from ui.state.view import View

OF_MAPS: Final = {"side": ("landscape", "portrait"), "ink": ("colour", "grey")}
"""How the sheet of a map may be, the usual first."""

_PLACE: Final = "pack_place"
_WANTED: Final = "pack_wanted"
_MADE: Final = "pack_made"


class Offer(NamedTuple):
    """A page's view as files, and the place in which one is handed out."""

    asked: Asked[Page]
    place: DeltaGenerator


class Made(NamedTuple):
    """A file that a reader had made: what was wanted, and what is in it."""

    order: making.Order
    content: bytes


def show(view: View, page: str) -> None:
    """Draw the button and what is behind it."""
    t = view.t
    with st.container(key="pack", width="content"), st.popover(t("pack.button")):
        st.caption(t("pack.note"))
        _parts(view, page)
        sheet = _sheet(view, page)
        with st.container(key="pack_files", horizontal=True):
            for kind in making.formats(page):
                text, key = t(f"pack.file_{kind}"), f"pack_{kind}"
                st.button(text, key=key, on_click=_want, args=(kind, sheet))
        asked = Asked(page=page, view=view, base=menu.base())
        st.session_state[_PLACE] = Offer(asked, st.container(key="pack_made_file"))


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


def _choose(key: str, known: Sequence[str], before: Sequence[str]) -> None:
    """Take over the choice; what only other pages have stays as it was."""
    others = [part for part in before if part not in known]
    session.put(fields.PARTS, (*st.session_state[key], *others))


def _sheet(view: View, page: str) -> Sheet:
    """Choose the paper; a map may lie or stand, in colour or grey."""
    t = view.t
    choices: dict[str, dict[str, str]] = {"paper": {each: each.upper() for each in SIZES}}
    if view_map.has_map(pages.OF_PAGE[page]):
        choices |= {
            name: {each: t(f"pack.{each}") for each in options} for name, options in OF_MAPS.items()
        }
    with st.container(key="pack_sheet", horizontal=True):
        chosen = {
            name: st.segmented_control(
                t(f"pack.{name}"),
                options,
                default=next(iter(options)),
                required=True,
                key=f"pack_{name}",
                format_func=options.__getitem__,
                width="content",
            )
            for name, options in choices.items()
        }
    return Sheet(
        paper=next(each for each in SIZES if each == chosen["paper"]),
        landscape=chosen.get("side") != "portrait",
        grey=chosen.get("ink") == "grey",
    )


def _want(kind: FileFormat, sheet: Sheet) -> None:
    st.session_state[_WANTED] = (kind, sheet)


def fulfil() -> None:
    """Make the file that the reader asked for, once all of the page is drawn, and hand it out.

    What they do to the page meanwhile stops it.
    """
    store = st.session_state
    offer: Offer | None = store.pop(_PLACE, None)
    wanted: tuple[FileFormat, Sheet] | None = store.pop(_WANTED, None)
    if offer is None:
        return
    with offer.place:
        if wanted is not None:
            kind, sheet = wanted
            order = making.Order(asked=offer.asked, file_format=kind, sheet=sheet)
            store[_MADE] = Made(order, content(order))
        made: Made | None = store.get(_MADE)
        if made is not None and made.order.asked == offer.asked:
            _hand_out(made)


def content(order: making.Order) -> bytes:
    """Make a file behind a bar that says what is being made, or how many are before it.

    A plan is waited for before the turn: those in line do not wait for it.
    """
    t = order.asked.view.t
    bar = st.progress(0.0, text=t("pack.step_cover"))
    opened = contents.opened(order.asked, lambda: bar.progress(0.0, text=t("siting.looking")))
    with line.turn(lambda before: bar.progress(0.0, text=t("pack.waiting", n=before))):
        made = making.write(
            replace(order, asked=opened), lambda done, text: bar.progress(done, text=text)
        )
    bar.empty()
    return made


def _hand_out(made: Made) -> None:
    kind, t = made.order.file_format, made.order.asked.view.t
    size = f"{len(made.content) / 1e6:.1f}"
    st.download_button(
        t("pack.ready", name=t(f"pack.file_{kind}"), size=size),
        data=made.content,
        file_name=made.order.name,
        mime=making.MEDIA[kind],
        on_click="ignore",
        type="primary",
        key=f"pack_ready_{kind}",
    )
