"""One element of a draft in words: what it is called, is good at, rests on, and where it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.policy import draft as drafts
from geo.policy import strokes
from ui.cached import names, scorecards
from ui.layouts.draft import drawing, work
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from geo.policy.draft import Draft
    from geo.policy.model import Element
    from ui.layouts.draft.work import Work
    from ui.state.sides import Side

PRECISIONS: Final = ("building", "street", "district")
STATUSES: Final = ("existing", "planned")
TEXTS: Final = ("name", "role", "summary")
"""What is said in both languages."""


def show(side: Side, now: Work) -> None:
    """Draw the form of the element in hand."""
    t = side.view.t
    element = drafts.element_of(now.draft.layout, now.chosen)
    key = f"draft_{element.id}_{now.turn}"
    with st.form(key, border=True):
        for field in TEXTS:
            st.text_input(
                t(f"draft.{field}"),
                t.of(element, field),
                key=f"{key}_{field}",
                max_chars=200,
            )
        st.radio(
            t("control.status"),
            STATUSES,
            index=STATUSES.index(element.status),
            format_func=lambda code: t(f"draft.{code}"),
            horizontal=True,
            key=f"{key}_status",
        )
        st.multiselect(
            t("draft.sectors"),
            list(names.sectors(t.lang)),
            default=_sectors(element),
            format_func=names.sectors(t.lang).__getitem__,
            key=f"{key}_sectors",
        )
        st.text_input(t("draft.source"), element.source, key=f"{key}_source", max_chars=200)
        st.text_input(t("draft.section"), element.section, key=f"{key}_section", max_chars=60)
        _place(side, element, key)
        st.form_submit_button(
            t("draft.apply"), on_click=partial(apply, side, element.id, key), type="primary"
        )
    with st.container(key="draft_order", horizontal=True):
        at = [each.id for each in now.draft.layout.elements].index(element.id)
        last = len(now.draft.layout.elements) - 1
        for name, to, off in (("up", at - 1, at == 0), ("down", at + 1, at == last)):
            st.button(
                t(f"draft.{name}"),
                key=f"{key}_{name}",
                disabled=off,
                on_click=partial(_moved, element.id, to),
            )
        st.button(t("draft.delete"), key=f"{key}_delete", on_click=partial(_removed, element.id))


def _place(side: Side, element: Element, key: str) -> None:
    """Draw where an element is: its districts by name, or its corners as coordinates."""
    t, extent = side.view.t, element.extent
    if extent.districts:
        known = names.districts(side.layout.area, scorecards.unit(side.layout), t.lang)
        known = {**{code: code for code in extent.districts}, **known}
        st.multiselect(
            t("draft.districts"),
            list(known),
            default=list(extent.districts),
            format_func=known.__getitem__,
            key=f"{key}_districts",
        )
    elif not extent.unpublished:
        st.text_area(
            t("draft.corners"),
            strokes.written(drawing.corners(element)),
            key=f"{key}_corners",
            max_chars=20_000,
        )
    if extent.point:
        st.selectbox(
            t("draft.precision"),
            PRECISIONS,
            index=PRECISIONS.index(extent.point.precision),
            format_func=names.terms("precision", t.lang).__getitem__,
            key=f"{key}_precision",
        )


def apply(side: Side, element: str, key: str) -> None:
    """Make what the form says a step of the draft."""

    def said(name: str) -> Any:  # noqa: ANN401 - whatever the widget holds
        return st.session_state.get(f"{key}_{name}")

    def changed(draft: Draft) -> Draft:
        now = drafts.element_of(draft.layout, element)
        fields: dict[str, Any] = {
            name: _line(said(name)) for name in ("source", "section") if said(name) is not None
        }
        for name in TEXTS:
            fields |= _in_both(side, now, name, _line(said(name)))
        fields |= {
            "status": said("status") or now.status,
            "specialisations": _specialisations(now, said("sectors") or []),
            "extent": _extent(draft, now, said),
        }
        return drafts.change(draft, element, fields)

    work.step(changed)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _in_both(side: Side, element: Element, field: str, text: str) -> dict[str, str]:
    """Return a text in both languages: the other follows until it is a translation."""
    own, other = f"{field}_{side.view.t.lang}", f"{field}_{side.view.t.other}"
    before, beside = getattr(element, own), getattr(element, other)
    if text == before:
        return {}
    untold = beside == before or element.own
    return {own: text, other: text if untold else beside}


def _sectors(element: Element) -> list[str]:
    return list(dict.fromkeys(code for spec in element.specialisations for code in spec.sectors))


def _specialisations(element: Element, chosen: list[str]) -> list[dict[str, Any]]:
    """Return what an element is good at: what was said of chosen sectors stays as it was said."""
    kept = [spec for spec in element.specialisations if set(spec.sectors) <= set(chosen)]
    told = {code for spec in kept for code in spec.sectors}
    in_zh, in_en = names.sectors("zh"), names.sectors("en")
    return [
        *(spec.model_dump(mode="json") for spec in kept),
        *(
            {"name_zh": in_zh[code], "name_en": in_en[code], "sectors": [code]}
            for code in chosen
            if code not in told
        ),
    ]


def _extent(draft: Draft, element: Element, said: Any) -> dict[str, Any]:  # noqa: ANN401 - as in `apply`
    """Return where the form puts an element."""
    extent = element.extent
    kept: dict[str, Any] = extent.model_dump(mode="json")
    if extent.districts:
        districts = said("districts")
        return kept if districts is None else {**kept, "districts": districts}
    text = said("corners")
    precision = said("precision") or (extent.point.precision if extent.point else "street")
    same = extent.point is None or precision == extent.point.precision
    if text is None or (text == strokes.written(drawing.corners(element)) and same):
        return kept
    tool: strokes.Tool = "corridor" if extent.axis else "zone" if extent.outline else "carrier"
    units = drawing.units(draft.layout)
    return strokes.extent(tool, strokes.typed(text), units, precision=precision)


def _moved(element: str, to: int) -> None:
    work.step(lambda draft: drafts.move(draft, element, to))


def _removed(element: str) -> None:
    work.step(lambda draft: drafts.remove(draft, element))


def by_name(side: Side, now: Work) -> None:
    """Offer to add an element without the map."""
    t = side.view.t
    key = f"draft_add_{now.turn}"
    with st.expander(t("draft.by_name")), st.form(key, border=False):
        st.selectbox(
            t("draft.kind"),
            drawing.TOOLS,
            format_func=lambda code: PageTexts(t.lang)(f"sign.{code}"),
            key=f"{key}_tool",
        )
        st.text_area(
            t("draft.where"), key=f"{key}_where", help=t("draft.where_note"), max_chars=20_000
        )
        st.selectbox(
            t("draft.precision"),
            PRECISIONS,
            index=1,
            format_func=names.terms("precision", t.lang).__getitem__,
            key=f"{key}_precision",
        )
        st.form_submit_button(t("draft.add"), on_click=partial(_added, key))


def _added(key: str) -> None:
    tool, text, precision = (
        st.session_state[f"{key}_{name}"] for name in ("tool", "where", "precision")
    )
    drawing.by_text(tool, text, precision=precision)
