"""The maps of a trial: the reader's pins as squares, the plan they stand against as discs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st
from shapely import get_coordinates

from geo import formats
from geo.planning.taking_part import staying
from geo.policy import layouts
from layers.highlight import Highlight
from layers.legend import strip
from layers.legend.strip import Entry, Group
from layers.results.cluster_hulls import Hull
from layers.results.trial_pins import Mark, Trial, TrialPin, TrialTexts
from layers.scene import Scene
from ui.blocks import grid, markup
from ui.cached import indicators, plans, trials
from ui.map import page_map
from ui.siting import plan_map, wording
from ui.siting.trying import acts, compared, tables
from ui.state import fields, map_listener, session
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from streamlit.delta_generator import DeltaGenerator

    from geo.planning.account import Totals
    from layers.transport.message import Clicked
    from ui.siting.trying.steps import Steps
    from ui.state.pages import Siting
    from ui.state.view import PageView

TOGETHER: Final = "trial"
"""What the two maps are called that move as one."""


def show(view: PageView[Siting], done: Steps) -> None:
    """Draw the pins and, beside them, what they are compared with; both maps move as one.

    A click on the first sets a pin, a drag moves it.
    """
    t, plan, n = view.t, compared.beside(view), len(view.state.pinned)
    title = t("trial.pins" if n else "trial.pins_first", n=n)
    with grid.row("trial_maps"):
        with _headed(view, "trial_mine", title, compared.mine(view).totals):
            page_map.show(
                mine(view, done),
                region=view.region,
                unit=view.unit,
                chooses=partial(acts.follow, view),
                position=map_listener.shown(view, "siting"),
            )
        if plan is None:
            return
        with _headed(view, "trial_theirs", plan.name, plan.totals):
            page_map.show(
                theirs(view, plan),
                region=view.region,
                unit=view.unit,
                key="map_beside",
                chooses=_look,
            )


def _headed(view: PageView[Siting], key: str, title: str, totals: Totals) -> DeltaGenerator:
    """Return the place of a map below what it shows, and what that adds."""
    more = wording.people(view, totals.after - totals.before)
    note = view.t("siting.more", n=more) if totals.after > totals.before else ""
    place = st.container(key=key)
    with place:
        grid.write(markup.heading(title, note=note))
    return place


def _look(clicked: Clicked) -> None:
    """Select the district that is clicked on the map beside the pins."""
    if clicked.kind == "district":
        session.put(fields.AT_PLACE, Selection("district", clicked.id))


def scene(view: PageView[Siting]) -> Scene:
    """Return what paper shows: the pins, and what they are compared with, on one map."""
    plan = compared.beside(view)
    groups = [_pins_group(view, None, plan)]
    if plan is not None:
        groups.append(plan_map.need(view, compared.mine(view).districts))
    return replace(
        _ground(view, compared.mine(view).districts, groups, label=_label(view)),
        clusters=() if plan is None else discs(view, plan, quietly=True),
        trial=_trial(view, None),
    )


def mine(view: PageView[Siting], done: Steps) -> Scene:
    """Return the map of the pins."""
    groups = [_pins_group(view, done, None)]
    ground = _ground(view, compared.mine(view).districts, groups, label=_label(view))
    return replace(ground, trial=_trial(view, done))


def theirs(view: PageView[Siting], plan: compared.Beside) -> Scene:
    """Return the map of what the pins are compared with."""
    t, marked = view.t, marks(view)
    counts = {
        "proposed": (_called(view, plan), len(plan.places)),
        "trial_element": (t("trial.sign_element"), len(marked)),
    }
    groups = [
        Group(name="clusters", title=plan.short, entries=_entries(counts), rows=3),
        plan_map.need(view, plan.districts),
    ]
    # What the proposal's places add and where they lie is known; of a scenario its letters are.
    drawn = discs(view, plan) if view.state.against else plan_map.discs(view)
    still = Trial(
        pins=(), removed=(), marks=marked, radius_m=view.query.radius_m, cell_m=0,
        texts=_texts(view, ""), still=True,
    )  # fmt: skip
    label = t("trial.map_beside", name=plan.short, n=len(plan.places))
    return replace(_ground(view, plan.districts, groups, label=label), clusters=drawn, trial=still)


def _label(view: PageView[Siting]) -> str:
    return view.t("trial.map_label", n=len(view.state.pinned), most=view.t("trial.map_keys"))


def _ground(
    view: PageView[Siting], districts: pd.DataFrame, groups: list[Group], *, label: str
) -> Scene:
    """Return districts and today's sites in the extent that pins and plan have together."""
    query, plan = view.query, compared.beside(view)
    sites = indicators.sites(query)
    fixed = sites[staying(sites, query.radius_m)]
    places = [(lon, lat) for _, lon, lat in (*view.state.pinned, *(plan.places if plan else ()))]
    return Scene(
        sites=None,
        look=None,
        units=plan_map.shaded(view, districts if compared.inhabited(view) else None),
        legend=plan_map.legend_of(view, groups),
        texts=page_map.texts(view, label),
        language=view.t.lang,
        theme=view.theme,
        selection=Highlight(district=view.state.at.of("district")),
        basemap=page_map.basemap(view),
        short_names=page_map.short_names(view),
        others=fixed if len(fixed) <= plans.DRAWN else None,
        reach=plans.reached_area(query, view.state.question),
        forbidden=plans.forbidden_area(view.region),
        view=plan_map.window(view, fixed, places),
        together=TOGETHER,
    )


def discs(view: PageView[Siting], plan: compared.Beside, *, quietly: bool = False) -> list[Hull]:
    """Return the reach of each site that pins are compared with; quietly on one map with them."""
    outlines = trials.outlines(view.query, view.state.question, plan.places)
    return [
        Hull(
            id=name,
            number=number,
            name=plan.short,
            size="",
            caption="",
            outline=outline,
            centred=True,
            beside=quietly,
        )
        for number, ((name, *_), outline) in enumerate(zip(plan.places, outlines, strict=True), 1)
    ]


def _trial(view: PageView[Siting], done: Steps | None) -> Trial:
    """Return the pins; without the reader's steps, as on paper, those that count alone."""
    t = view.t
    tagged, tag = ("", "") if done is None else tables.last_tag(view, done)
    last = next(iter(() if done is None else done.changes), None)
    before = {} if last is None else {pin.letter: pin for pin in last.before}
    moved = last is not None and last.kind == "moved"
    refused = acts.refused() if done is not None else ""
    reach = compared.outlines(view)
    pins = []
    for row in compared.rows(view):
        letter = str(row["letter"])
        was = before.get(letter) if moved and letter == tagged else None
        gains = wording.people(view, row["residents"])
        pins.append(
            TrialPin(
                id=letter,
                at=(row["lon"], row["lat"]),
                label=t("trial.pin_label", name=wording.name(view, row), gain=gains),
                tag=tag if letter == tagged else "",
                was=None if was is None else (was.lon, was.lat),
                chosen=view.state.at.of("pin") == letter,
                reach=reach.get(letter),
            )
        )
    removed = () if done is None else done.removed
    hint = "" if pins else t("trial.hint")
    if refused:
        hint = t(f"trial.refused_{refused}", region=view.region_name)
    return Trial(
        pins=pins,
        removed=[TrialPin(id=pin.letter, at=(pin.lon, pin.lat), label="") for pin in removed],
        marks=marks(view),
        radius_m=view.query.radius_m,
        cell_m=trials.today(view.query, view.state.question).cell_m,
        texts=_texts(view, hint),
    )


def _texts(view: PageView[Siting], hint: str) -> TrialTexts:
    t = view.t
    return TrialTexts(
        hint=hint,
        metres=t("trial.moved_metres", n="{n}"),
        km=t("trial.moved_km", n="{n}"),
        outside=t("trial.refused_outside", region=view.region_name),
    )


def marks(view: PageView[Siting]) -> list[Mark]:
    """Return the elements of the layout that are points."""
    if not view.state.layout:
        return []
    layout = layouts.layout(view.state.layout, view.region)
    points = [each for each in layout.elements if each.extent.point and each.kind == "node"]
    points = points or [each for each in layout.elements if each.extent.point]
    return [
        Mark(
            name=view.t.of(each, "name"),
            at=tuple(get_coordinates(layouts.geometry(layout, each))[0].tolist()),
        )
        for each in points
    ]


def _pins_group(view: PageView[Siting], done: Steps | None, plan: compared.Beside | None) -> Group:
    """Return the signs of the pins, of a plan on the same map, and of today's sites."""
    t, today = view.t, trials.today(view.query, view.state.question)
    counts = {
        "trial_pin": (t("trial.sign_pin", km=view.radius_km), len(view.state.pinned)),
        "trial_gone": (t("trial.sign_gone"), 0 if done is None else len(done.removed)),
        "trial_beside": ("", 0) if plan is None else (_called(view, plan), len(plan.places)),
        "trial_element": (t("trial.sign_element"), len(marks(view))),
    }
    of_today = plan_map.of_today(view, len(today.sites), compared.mine(view).totals)
    entries = [*_entries(counts), *of_today]
    return Group(name="clusters", title=t("trial.title"), entries=entries, rows=3)


def _called(view: PageView[Siting], plan: compared.Beside) -> str:
    """Return what a legend calls the sites that pins are compared with."""
    if view.state.against:
        return plan.short
    return view.t("siting.sign_proposed", km=view.radius_km)


def _entries(counts: Mapping[str, tuple[str, int]]) -> list[Entry]:
    """Return signs in use, each with how many there are."""
    return [
        Entry(sign=strip.sign(sign), label=label, count=formats.whole(n))
        for sign, (label, n) in counts.items()
        if n
    ]
