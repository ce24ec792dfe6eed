"""The filters of 选园: every choice says how many sites it would leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo import formats
from geo.search import criteria
from ui.blocks import grid, markup, site_facts
from ui.cached import indicators, names
from ui.filters import choices, controls, finding
from ui.filters.choices import Choice
from ui.state import fields, session
from ui.state.selection import Selection
from ui.words import markdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ui.state.address import Field
    from ui.state.pages import Find
    from ui.state.view import PageView

PLACING = "placing"
"""Session key: the next click on the map is the place that distances start from."""


def first_row(view: PageView[Find]) -> None:
    """Draw region, district, level, status, evidence, the rest behind a button, and the search."""
    left = finding.per_region(view, controls.regions(view))
    with st.popover(_button(view, "region", view.region_name)):
        choices = [Choice(code=c, name=names.region(c, view.t.lang), n=n) for c, n in left.items()]
        _one(view, fields.REGION, choices)
    _many(view, fields.DISTRICT, _districts(view))
    for item in (fields.LEVEL, fields.STATUS, fields.EVIDENCE):
        _many(view, item, _terms(view, item))
    _rest(view)
    st.text_input(
        view.t("control.text"),
        key=session.widget_key(fields.TEXT),
        placeholder=view.t("control.text_hint"),
        max_chars=criteria.MOST_TEXT,
        label_visibility="collapsed",
        width=230,
    )


def second_row(view: PageView[Find]) -> None:
    """Draw the sector families and the kinds in the open."""
    t = view.t
    counts = finding.counts(view)
    families = [
        Choice(code=key, name=view.family(key, short=True), n=n, colour=markup.colour(key))
        for key, n in counts["sector"].items()
    ]
    with st.container(key="families", horizontal=True):
        grid.write(choices.many(view, fields.SECTOR, families, label=t("control.sector")))
        if len(view.state.sector) > 1:
            ways = [Choice(code=c, name=t(f"control.match_{c}")) for c in criteria.MATCHES]
            _one(view, fields.MATCH, ways)
    with st.container(key="kinds", horizontal=True, width="content"):
        chosen = view.state.kind
        kinds = [each for each in _terms(view, fields.KIND) if each.n or each.code in chosen]
        grid.write(choices.many(view, fields.KIND, kinds, label=t("control.kind")))


def _button(view: PageView[Find], label: str, value: str) -> str:
    shown = markdown.as_it_is(value)
    return view.t("control.choice", label=view.t(f"control.{label}"), value=shown)


def _one(view: PageView[Find], item: Field, options: Iterable[Choice]) -> None:
    label = view.t(f"control.{item.name}")
    grid.write(choices.one(view, item, options, label=label))


def _many(view: PageView[Find], item: Field, options: list[Choice]) -> None:
    """Draw a many-of-many choice behind a button that says what is chosen."""
    t = view.t
    on = [each.name for each in options if each.code in item.of(view.state)]
    value = t("control.all") if not on else t("control.some", n=len(on))
    with st.popover(_button(view, item.name, on[0] if len(on) == 1 else value)):
        label = t(f"control.{item.name}")
        grid.write(choices.many(view, item, options, label=label))


def _terms(view: PageView[Find], item: Field) -> list[Choice]:
    """Return the words of a vocabulary with their counts."""
    field = fields.vocabulary_of(item)
    words = names.terms(field, view.t.lang)
    counts = finding.counts(view)[field]
    return [Choice(code=code, name=word, n=counts[code]) for code, word in words.items()]


def _districts(view: PageView[Find]) -> list[Choice]:
    """Return the region's units that have sites, or are chosen: each city before its districts."""
    counts = finding.counts(view)["district"]
    lang = view.t.lang
    units = names.districts(view.region, "district", lang)
    if "city" not in fields.unit_choices(view.region):
        listed = dict(units)
    else:
        homes = indicators.units(site_facts.query(view.region, "district"))["city_adcode"]
        city_of = {str(code): home for code, home in homes.items()}
        listed = {}
        for city, name in names.districts(view.region, "city", lang).items():
            listed[city] = name
            inside = (code for code, home in city_of.items() if home == city)
            listed |= {code: f"{name} · {units[code]}" for code in inside if code != city}
    return [
        Choice(code=str(code), name=word, n=counts.get(str(code), 0))
        for code, word in listed.items()
        if counts.get(str(code)) or code in view.state.district
    ]


def _rest(view: PageView[Find]) -> None:
    """Draw precision, opening, floor area and distance behind one button."""
    t = view.t
    mine = (fields.PRECISION, fields.OPENED, fields.AREA, fields.NEAR)
    on = sum(bool(item.of(view.state)) for item in mine)
    on += view.state.scope != fields.SCOPE.default
    with st.popover(t("control.more_on", n=on) if on else t("control.more")):
        _scope(view)
        grid.write(markup.heading(t("control.precision")))
        terms = _terms(view, fields.PRECISION)
        label = t("control.precision")
        grid.write(choices.many(view, fields.PRECISION, terms, label=label))
        _single(view, fields.OPENED, finding.YEARS)
        _area(view)
        _distance(view)
        st.button(
            t("control.clear"), on_click=controls.clear_filters, args=(view,), key="clear_find"
        )


def _single(view: PageView[Find], item: Field, options: Iterable[str]) -> None:
    """Draw a choice of one value, or none; a value from a link joins the options."""
    t = view.t
    values = sorted({*options, *filter(None, [item.of(view.state)])}, key=float)
    left = finding.left(view, item.name, values)
    near = item is fields.WITHIN
    listed = [] if near else [Choice(code="", name=t(f"control.{item.name}_any"))]
    for code in values:
        value = formats.whole(float(code)) if item is fields.AREA else code
        name = t(f"control.{item.name}_value", value=value)
        listed.append(Choice(code=code, name=name, n=left[code]))
    label = t(f"control.{item.name}")
    grid.write(markup.heading(label))
    default = f"{criteria.DEFAULT_KM:g}" if near else ""
    grid.write(choices.one(view, item, listed, label=label, default=default))


def _scope(view: PageView[Find]) -> None:
    """Choose whether technology and start-up parks count as well."""
    left = finding.left(view, fields.SCOPE.name, criteria.SCOPES)
    grid.write(markup.heading(view.t("control.scope")))
    named = [Choice(code=c, name=view.t(f"control.scope_{c}"), n=n) for c, n in left.items()]
    _one(view, fields.SCOPE, named)


def _area(view: PageView[Find]) -> None:
    """Choose a least area, or type one; say how many sites nobody published one of."""
    t = view.t
    _single(view, fields.AREA, finding.AREAS_M2)
    st.text_input(t("control.area_min_other"), key=session.widget_key(fields.AREA), max_chars=12)
    unknown, n = map(formats.whole, finding.without_area(view))
    st.caption(t("control.area_min_unknown", unknown=unknown, n=n))


def _distance(view: PageView[Find]) -> None:
    """Choose a place on the map, and how far from it."""
    t = view.t
    near = view.state.near
    if not near:
        grid.write(markup.heading(t("control.within_km")))
    else:
        _single(view, fields.WITHIN, finding.DISTANCES_KM)
        st.text_input(
            t("control.within_km_other", most=f"{criteria.MOST_KM:g}"),
            key=session.widget_key(fields.WITHIN),
            max_chars=12,
        )
        lon, lat = (float(part) for part in near.split(","))
        st.caption(t("control.near", lon=f"{lon:.4f}", lat=f"{lat:.4f}"))
        st.button(t("control.no_near"), on_click=_no_place, key="no_near")
    st.toggle(t("control.placing"), key=PLACING)


def choose_place(lon: float, lat: float) -> None:
    """Let distances start from a place: what a click on the map calls."""
    session.put(fields.NEAR, f"{lon:.6f},{lat:.6f}")
    session.put(fields.SORT, "distance")
    session.put(fields.AT_SITE, Selection())
    st.session_state[PLACING] = False


def _no_place() -> None:
    for item in (fields.NEAR, fields.WITHIN):
        session.put(item, "")
    session.put(fields.SORT, fields.SORT.default)


def sort(view: PageView[Find]) -> None:
    """Choose the order of the list."""
    named = {view.state.sort: finding.order(view)}
    controls.choose(
        view,
        fields.SORT,
        fields.sorts(view.state.near),
        lambda code: view.t(f"find.sort_{named.get(code, code)}"),
        label="sort",
    )
