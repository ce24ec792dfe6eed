"""The row of filters, the same on every page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import streamlit as st

from geo.measures import coverage
from geo.measures.indicator_list import RULES
from geo.policy import layouts
from geo.search import criteria
from geo.settings import LANGUAGES
from layers.ground import basemaps
from ui.cached import names
from ui.filters import embedding
from ui.state import fields, map_listener, session, sides
from ui.state.address import render
from ui.state.selection import Selection
from ui.words import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ui.state.address import Field
    from ui.state.pages import Layouts
    from ui.state.view import PageView, View

FIRST_WIDE = 0x2E80
"""Code point from which letters are as wide as they are high: the Chinese ones."""

WIDE_PX, NARROW_PX, ARROW_PX = 14.0, 7.2, 46
WIDEST_PX = 260
"""A longer choice is cut off, so that the filters stay in one row."""

LANGUAGE_NAMES = {"zh": "中文", "en": "EN"}
"""Each language in its own words, whichever is on."""


def choose(
    view: View, item: Field, options: Iterable[str], name: Callable[[str], str], *, label: str
) -> None:
    """Draw a one-of-many choice; the page's style puts its label inside the closed box."""
    title, value = view.t(f"control.{label}"), name(item.of(view.state))
    with st.container(key=f"choose_{item.name}", width="content"):
        st.selectbox(
            title,
            list(options),
            key=session.widget_key(item),
            format_func=name,
            filter_mode=None,
            width=box_width(view.t("control.choice", label=title, value=value)),
        )


def box_width(text: str) -> int:
    """Return the width in px of a closed choice that shows `text` at 14 px, arrow included."""
    letters = sum(WIDE_PX if ord(char) > FIRST_WIDE else NARROW_PX for char in text)
    return min(round(letters) + ARROW_PX, WIDEST_PX)


def choose_many(
    view: View, item: Field, options: Iterable[str], name: Callable[[str], str], *, label: str
) -> None:
    """Draw a many-of-many choice behind a button that says how much is chosen."""
    t = view.t
    codes = list(options)
    chosen = item.of(view.state)
    if not chosen:
        value = t("control.all")
    elif len(chosen) == 1:
        value = name(chosen[0])
    else:
        value = t("control.some", n=len(chosen))
    title = t(f"control.{label}")
    with st.popover(t("control.choice", label=title, value=markdown.as_it_is(value))):
        pills(view, item, codes, name, label=label)


def pills(
    view: View, item: Field, options: Iterable[str], name: Callable[[str], str], *, label: str
) -> None:
    """Draw a many-of-many choice in the open."""
    st.pills(
        view.t(f"control.{label}"),
        list(options),
        key=session.widget_key(item),
        selection_mode="multi",
        format_func=lambda code: markdown.as_it_is(name(code)),
    )


def regions(view: View) -> list[str]:
    """Return the regions on offer: the one in view first where it is somebody's own."""
    known = list(names.regions(view.t.lang))
    return known if view.region in known else [view.region, *known]


def choose_region(view: View) -> None:
    """Choose the region."""
    named = partial(names.region, lang=view.t.lang)
    choose(view, fields.REGION, regions(view), named, label="region")


def region(view: View) -> None:
    """Choose the region and, where it has two, the level of its units."""
    choose_region(view)
    units = fields.unit_choices(view.region)
    if len(units) > 1:
        counts = {str(unit): len(names.districts(view.region, unit, "zh")) for unit in units}
        choose(
            view,
            fields.UNIT,
            units,
            lambda code: view.t(f"control.unit_value_{code}", n=counts[code]),
            label="unit",
        )


def sector(view: View) -> None:
    """Choose sector families."""
    choose_many(view, fields.SECTOR, names.families("zh"), view.family, label="sector")


def kind(view: View) -> None:
    """Choose kinds of site."""
    codes = names.terms("kind", "zh")
    choose_many(view, fields.KIND, codes, lambda code: view.term("kind", code), label="kind")


def focus(view: View) -> None:
    """Choose the sector family whose location quotient is shown."""
    choose(view, fields.FOCUS, names.families("zh"), view.family, label="focus")


def shown(view: View) -> None:
    """Choose between map, table and a district beside its peers: the one that is selected."""
    _either(view, fields.VIEW, fields.VIEWS, on_change=_compare_selected)


def _compare_selected() -> None:
    chosen = Selection.read(str(session.value(fields.SELECTED)))
    if chosen.kind == "district" and session.value(fields.VIEW) == "peers":
        session.put(fields.SUBJECT, chosen.id)


def layout(view: View) -> None:
    """Choose a layout, and another to set beside it."""
    t = view.t

    def name(code: str) -> str:
        if not code:
            return t("control.beside_none")
        shown = known[code]
        return f"{names.place(shown, t)} {t.of(shown, 'name')}"

    known = layouts.within_reach(view.region)
    choose(view, fields.LAYOUT, known, name, label="layout")
    choose(view, fields.BESIDE, ["", *known], name, label="beside")


def element(view: PageView[Layouts]) -> None:
    """Choose an element by name: the keyboard's way to what a click on its sign does."""
    t, options = view.t, {"": view.t("control.all")}
    for side in sides.sides(view):
        for key, name in side.names.items():
            place = names.place(side.layout, t)
            text = t("layouts.title", region=place, name=name) if side.second else name
            options[side.named(key)] = text
    choose(view, fields.ELEMENT, list(options), options.__getitem__, label="element")


def phase(view: View) -> None:
    """Choose between what is planned and what is there."""
    _either(view, fields.PHASE, fields.PHASES)


def mode(view: View) -> None:
    """Choose between places that are proposed and those that the reader tries."""
    _either(view, fields.MODE, fields.MODES)


def layout_of(view: View, item: Field, codes: Iterable[str]) -> None:
    """Choose one of the layouts of a region."""
    known = layouts.within_reach(view.region)
    choose(view, item, codes, lambda code: view.t.of(known[code], "name"), label="layout")


def form(view: View) -> None:
    """Choose between a method's formula and its code."""
    _either(view, fields.FORM, fields.FORMS)


def _either(
    view: View, item: Field, codes: Sequence[str], *, on_change: Callable[[], None] | None = None
) -> None:
    """Choose one of a few by buttons side by side."""
    st.segmented_control(
        view.t(f"control.{item.name}"),
        codes,
        key=session.widget_key(item),
        format_func=lambda code: view.t(f"control.{item.name}_{code}"),
        label_visibility="collapsed",
        width="content",
        on_change=on_change,
    )


def more(view: View, items: tuple[Field, ...]) -> None:
    """Choose kind, level, status and evidence behind one button that says how many are on.

    The button below them clears every filter, also those in boxes of their own.
    """
    t = view.t
    wide = fields.SCOPE.of(view.state) != fields.SCOPE.default
    active = wide + sum(bool(item.of(view.state)) for item in items)
    with st.popover(t("control.more_on", n=active) if active else t("control.more")):
        scope(view)
        for item in items:
            field = fields.vocabulary_of(item)
            codes = names.terms(field, "zh")
            pills(view, item, codes, partial(view.term, field), label=item.name)
        clear(view, key="clear")


def clear(view: View, *, key: str) -> None:
    """Offer to clear every filter."""
    text, off = view.t("control.clear"), not view.filtered
    st.button(text, on_click=clear_filters, args=(view,), disabled=off, key=key)


def clear_filters(view: View) -> None:
    """Take every filter of a page away."""
    for item in fields.FILTERS:
        if item in view.state.fields():
            session.put(item, item.default)


def scope(view: View) -> None:
    """Choose whether technology and start-up parks count as well."""
    st.segmented_control(
        view.t("control.scope"),
        criteria.SCOPES,
        key=session.widget_key(fields.SCOPE),
        format_func=lambda code: view.t(f"control.scope_{code}"),
        width="content",
    )


def radius(view: View) -> None:
    """Choose what is near: a radius or, where streets are known, how long a walk."""
    way = next((each for each in view.state.fields() if each.name == fields.WAY.name), None)
    ways = () if way is None else tuple(way.choices(view.state.values))
    if way is None or len(ways) < 2:
        _radius(view)
        return
    t, walk = view.t, view.state.walk
    value = t("control.radius_value", km=view.radius_km)
    if walk is not None:
        value = t("control.minutes_value", n=f"{walk.limit:g}")
    with st.popover(
        t("control.choice", label=t(f"control.near_{way.of(view.state)}"), value=value)
    ):
        _either(view, way, ways)
        if walk is None:
            _radii(view)
            return
        for item in (fields.MINUTES, fields.SPEED):
            st.pills(
                t(f"control.{item.name}"),
                item.choices({}),
                key=session.widget_key(item),
                format_func=partial(_of_walk, view, item),
            )
        st.caption(t("control.walk_note", km=view.radius_km))


def _of_walk(view: View, item: Field, code: str) -> str:
    return view.t(f"control.{item.name}_value", n=code)


def _radius(view: View) -> None:
    """Choose the radius of coverage."""
    t = view.t
    value = t("control.radius_value", km=view.radius_km)
    with st.popover(t("control.choice", label=t("control.radius"), value=value)):
        _radii(view)


def _radii(view: View) -> None:
    """Choose a usual radius by a click, or write any other down."""
    t, now = view.t, view.state.radius
    usual, usual_key = fields.RADII_KM.usual, "usual_radii"
    limits = {"least": f"{fields.RADII_KM.least:g}", "most": f"{fields.RADII_KM.most:g}"}
    st.session_state[usual_key] = now if now in usual else None
    st.pills(
        t("control.radius"),
        usual,
        key=usual_key,
        format_func=lambda km: t("control.radius_value", km=km),
        on_change=_usual_radius,
        args=(usual_key,),
    )
    st.text_input(
        t("control.radius_other", **limits),
        key=session.widget_key(fields.RADIUS),
        max_chars=12,
    )
    known = names.terms("precision", t.lang)
    good = [known[code] for code in coverage.known_within(1000 * float(now))]
    st.caption(t("control.radius_note", precisions=t("list.stop").join(good)))


def _usual_radius(key: str) -> None:
    """Take a usual radius; a click on the one that is on changes nothing."""
    chosen = st.session_state[key]
    if chosen is not None:
        session.put(fields.RADIUS, str(chosen))


def shading(view: View, item: Field, options: Iterable[str], *, label: str) -> None:
    """Choose what the districts' colour shows."""
    choose(view, item, options, lambda code: view.t(f"shade.{code}"), label=label)


def base_map(view: View) -> None:
    """Choose the base map: the districts themselves, or an online one beside them."""
    t = view.t
    online = basemaps.basemaps()

    def name(code: str) -> str:
        if code not in online:
            return t("control.base_none")
        return t.of(online[code], "name")

    with st.popover(t("control.base")):
        st.radio(
            t("control.base"),
            fields.base_map_choices(),
            key=session.widget_key(fields.BASE),
            format_func=name,
        )
        if fields.CLASSES in view.state.fields() and not view.state.quotient:
            classes(view)
        if fields.VENUES in view.state.fields():
            st.segmented_control(
                t("legend.venues"),
                fields.VENUES_SHOWN,
                key=session.widget_key(fields.VENUES),
                format_func=lambda code: t(f"control.venues_{code}"),
                width="content",
            )


def classes(view: View) -> None:
    """Choose how the classes of a map are made."""
    st.radio(
        view.t("control.classes"),
        RULES,
        key=session.widget_key(fields.CLASSES),
        format_func=lambda rule: view.t(f"control.classes_{rule}"),
    )


def language(view: View) -> None:
    """Switch the language."""
    st.segmented_control(
        view.t("control.language"),
        LANGUAGES,
        key=session.widget_key(fields.LANG),
        format_func=LANGUAGE_NAMES.__getitem__,
        label_visibility="collapsed",
        width="content",
    )


def copy_link(view: View, page: str) -> None:
    """Show the address of this view, with a button that copies it."""
    map_listener.listen(view, page)
    state = view.state
    values = {**state.values, **map_listener.positions(page)}
    address = render(values, state.fields())
    with st.popover(view.t("control.copy"), key=map_listener.COPIES):
        st.caption(view.t("control.copy_note"))
        here = urlsplit(str(st.context.url or ""))
        link = here._replace(path=here.path or "/", query=urlencode(address, safe=",:"))
        st.code(link.geturl(), language=None, wrap_lines=True)
        embedding.offer(view, page, link._replace(query="").geturl(), values)
