"""What is compared, and by which rule peers are found: the filters of 与同类比."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from ui.blocks import markup
from ui.cached import names
from ui.cached import peers as cached_peers
from ui.filters import controls
from ui.state import fields, links, session
from ui.words import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from markupsafe import Markup

    from ui.districts.peers.comparison import Comparison
    from ui.state.address import Field
    from ui.state.pages import Districts
    from ui.state.view import PageView


def compared(shown: Comparison) -> None:
    """Choose what is compared: a unit of the region, or the city that it is as a whole."""
    view, t = shown.view, shown.view.t
    options = list(names.districts(view.region, view.unit, "zh"))
    whole = names.whole_city(view.region)
    named = names.districts(view.region, view.unit, t.lang)

    def name(code: str) -> str:
        return named.get(code) or t("peers.whole", name=view.region_name)

    codes = [*([whole] if whole else []), *options]
    controls.choose(
        view,
        fields.SUBJECT,
        codes,
        name,
        label="subject_city" if shown.asked.level == "city" else "subject",
    )


def rule(shown: Comparison) -> None:
    """Choose how many peers, where they may lie, by which weights, and others in their place."""
    t, state = shown.view.t, shown.view.state
    key = "chosen" if state.set else state.where
    value = t(f"peers.rule_{key}", n=len(state.set) or state.peers)
    if len(set(shown.asked.weights)) > 1:
        value = t("list.stop").join([value, t("peers.weighted")])
    title = t("control.peers", alike=t("peers.alike", unit=shown.noun()))
    with st.popover(t("control.choice", label=title, value=value)):
        _few(shown, fields.PEERS, fields.PEERS.choices(state.values), lambda n: n)
        reach = fields.WHERE.choices(state.values)
        if len(reach) > 1:
            _few(shown, fields.WHERE, reach, lambda code: t(f"peers.where_{code}"))
        options = [
            code
            for code in cached_peers.codes(shown.view.region, shown.asked.level)
            if code != shown.of
        ]
        st.multiselect(
            t("control.set"),
            options,
            key=session.widget_key(fields.SET),
            format_func=partial(_placed, shown),
            max_selections=fields.MAX_PEERS,
            select_all=False,
            placeholder=t("peers.set_pick", most=fields.MAX_PEERS, unit=shown.noun()),
        )
        _weights(shown)
        if shown.own:
            st.caption(t("peers.own"))


def way(view: PageView[Districts]) -> Markup | None:
    """Return the link from a selected district to it beside its peers; None where none is."""
    code = view.state.at.of("district")
    if code is None:
        return None
    changes = {fields.VIEW.name: "peers", fields.SUBJECT.name: code}
    return markup.paragraph(
        links.change(view, changes, text=view.t("peers.link")), kind="note ct-near"
    )


def _weights(shown: Comparison) -> None:
    """Choose what each component of the distance counts for."""
    for item in (fields.RESIDENTS, fields.DENSITY, fields.MIX):
        _few(shown, item, fields.WEIGHTS, lambda weight: weight)
    st.caption(shown.view.t("peers.weights_note"))


def _few(
    shown: Comparison, item: Field, codes: Collection[str], name: Callable[[str], str]
) -> None:
    st.segmented_control(
        shown.view.t(f"control.{item.name}_of" if item is fields.PEERS else f"control.{item.name}"),
        list(codes),
        key=session.widget_key(item),
        format_func=name,
        width="content",
    )


def _placed(shown: Comparison, code: str) -> str:
    place = shown.place(code)
    return markdown.as_it_is(f"{shown.name(code)}　{place}" if place else shown.name(code))
