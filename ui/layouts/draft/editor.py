"""布局 with a draft in hand: the map with its tools, the list of elements, the scorecard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.policy import draft as drafts
from geo.policy import layouts
from layers import templates
from layers.policy.drafting import TOOLS, Drafting
from ui.blocks import grid, markup, notices
from ui.filters import controls
from ui.layouts import downloads, layout_map, layout_sentence, layout_words, panel, present_sites
from ui.layouts.draft import compared, drawing, form, keep, work
from ui.state.sides import Side
from ui.state.view import PageView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.policy.model import Element
    from layers.policy.layout_focus import Focus
    from ui.layouts.draft.work import Work
    from ui.state.pages import Layouts

KEYS: Final = {"undo": "Mod+Z", "redo": "Mod+Shift+Z"}


def page(view: PageView[Layouts], now: Work) -> None:
    """Draw the page."""
    side = _side(view, now)
    sentence = layout_sentence.headline(side.view, [side.layout])
    grid.headline(sentence)
    _bar(side, now)
    notices.show(view)
    keep.said(view)
    _refused(side, now)
    left, right = grid.sheet()
    with left:
        layout_map.show(
            side,
            key="layout",
            window=_window(now),
            drafting=_drafting(side, now),
            chooses=drawing.follow,
        )
    with right:
        grid.headline(sentence, narrow=True)
        _elements(side, now)
        grid.write(markup.heading(side.view.t("layouts.scorecard"), note=""))
        grid.write(compared.table(side, now))
        grid.write(markup.paragraph(side.view.t("draft.note")))


def _side(view: PageView[Layouts], now: Work) -> Side:
    """Return the draft as the page shows a layout; its elements are not in the address."""
    state = replace(view.state, element=now.chosen, beside="", mark=type(view.state.mark)())
    return Side(PageView(state, dark=view.dark), now.draft.layout)


def _window(now: Work) -> Focus | None:
    """Return where the map stands: as for the document, so that no stroke moves it."""
    base = layouts.within_reach(now.draft.layout.region).get(now.draft.base)
    if base is None or base.area != now.draft.layout.area:
        return None
    return layout_map.focus(base)


def _bar(side: Side, now: Work) -> None:
    view, t = side.view, side.view.t
    with grid.bar():
        with grid.filters():
            controls.phase(view)
            controls.radius(view)
        with grid.tools():
            steps = (("undo", work.undo, now.draft.past), ("redo", work.redo, now.draft.future))
            for name, act, left in steps:
                st.button(
                    t(f"draft.{name}"),
                    key=f"draft_{name}",
                    on_click=act,
                    disabled=not left,
                    shortcut=KEYS[name],
                )
            controls.language(view)
            keep.offer(view, now)
            downloads.of(view, {side.layout.id: side})
            st.button(t("draft.leave"), key="draft_leave", on_click=work.leave)


def _refused(side: Side, now: Work) -> None:
    """Say why the last step was not made."""
    t = side.view.t
    if now.refused is not None:
        at = now.refused.at
        text = t(
            f"draft.fault_{now.refused.code}",
            region=side.view.region_name if side.layout.place is None else side.layout.name_zh,
            at="" if at is None else f"{at[0]:.4f}, {at[1]:.4f}",
            text=now.refused.text,
        )
        grid.write(markup.refused(text, summary="", faults=()))
    elif now.faults:
        summary = t("notice.layouts_faults", n=len(now.faults))
        grid.write(markup.refused(t("draft.refused"), summary=summary, faults=now.faults))


def _drafting(side: Side, now: Work) -> Drafting:
    t = side.view.t
    corners: Sequence[tuple[float, float]] = ()
    closed = False
    if now.chosen:
        element = drafts.element_of(now.draft.layout, now.chosen)
        corners, closed = drawing.corners(element), bool(element.extent.outline)
    return Drafting(
        label=t("draft.tools"),
        names={key: t("draft.select") if key == TOOLS[0] else t(f"sign.{key}") for key in TOOLS},
        hints={key: t(f"draft.hint_{key}") for key in TOOLS[1:]},
        finish=t("draft.finish"),
        element=now.chosen if corners else "",
        corners=corners,
        closed=closed,
    )


@dataclass(frozen=True, kw_only=True)
class Row:
    """An element as the list of a draft has it."""

    id: str
    chosen: bool
    own: bool
    shape: str
    line: str
    letter: str
    name: str
    tags: Sequence[str]
    count: str


def _elements(side: Side, now: Work) -> None:
    """Draw the elements, each with its button, and below them the form of the one in hand."""
    t = side.view.t
    own = sum(each.own for each in side.layout.elements)
    note = t("draft.elements_note", n=len(side.layout.elements), own=own)
    grid.write(markup.heading(t("layouts.elements"), note=note))
    with st.container(key="draft_list"):
        for element in side.layout.elements:
            with st.container(key=f"draft_row_{element.id}", horizontal=True):
                grid.write(templates.piece(compared.TEMPLATE, "element")(_row(side, element, now)))
                on = element.id == now.chosen
                st.button(
                    t("draft.close" if on else "draft.edit"),
                    key=f"draft_edit_{element.id}",
                    type="tertiary",
                    on_click=partial(work.choose, element.id),
                )
    if now.chosen:
        form.show(side, now)
    form.by_name(side, now)


def _row(side: Side, element: Element, now: Work) -> Row:
    shown = panel.sign(side, element)
    ids = present_sites.present(side.layout, side.view.state.phase).get(element.id, ())
    counted = element.located and not element.is_venue
    return Row(
        id=f"draft-{element.id}",
        chosen=element.id == now.chosen,
        own=element.own,
        shape=shown.shape,
        line=shown.line,
        letter=shown.letter,
        name=side.view.t.of(element, "name"),
        tags=panel.tags(side, element),
        count=layout_words.count(side.view, side.layout, ids) if counted else "",
    )
