"""The map of a trial: the reader's pins as squares, the plan beside them as numbered discs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shapely import get_coordinates

from geo import formats
from geo.planning.taking_part import staying
from geo.policy import layouts
from layers.highlight import Highlight
from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend
from layers.results.cluster_hulls import Hull
from layers.results.trial_pins import Mark, Trial, TrialPin, TrialTexts
from layers.scene import Scene
from ui.cached import indicators, plans, trials
from ui.map import page_map
from ui.siting import plan_map, wording
from ui.siting.trying import acts, compared, tables
from ui.state import map_listener

if TYPE_CHECKING:
    from ui.siting.trying.steps import Steps
    from ui.state.pages import Siting
    from ui.state.view import PageView


def show(view: PageView[Siting], done: Steps) -> None:
    """Draw the map; a click sets a pin, a drag moves it."""
    page_map.show(
        scene(view, done),
        region=view.region,
        unit=view.unit,
        chooses=partial(acts.follow, view),
        position=map_listener.shown(view, "siting"),
    )


def scene(view: PageView[Siting], done: Steps | None = None) -> Scene:
    """Return what the map shows; without the reader's steps, as on paper, what counts alone."""
    t, query = view.t, view.query
    sites = indicators.sites(query)
    fixed = sites[staying(sites, query.radius_m)]
    mine, plan = compared.mine(view), compared.beside(view)
    places = [(lon, lat) for _, lon, lat in (*view.state.pinned, *(plan.places if plan else ()))]
    n = len(view.state.pinned)
    return Scene(
        sites=None,
        look=None,
        units=plan_map.shaded(view, mine.districts if compared.inhabited(view) else None),
        legend=legend(view, done),
        texts=page_map.texts(view, t("trial.map_label", n=n, most=t("trial.map_keys"))),
        language=t.lang,
        theme=view.theme,
        selection=Highlight(district=view.state.at.of("district")),
        basemap=page_map.basemap(view),
        short_names=page_map.short_names(view),
        others=fixed if len(fixed) <= plans.DRAWN else None,
        reach=plans.reached_area(query, view.state.question),
        forbidden=plans.forbidden_area(view.region),
        clusters=() if plan is None else discs(view, plan),
        trial=_trial(view, done),
        view=plan_map.window(view, fixed, places),
    )


def discs(view: PageView[Siting], plan: compared.Beside) -> list[Hull]:
    """Return the reach of each site of the plan beside the pins, drawn quietly."""
    outlines = trials.outlines(view.query, view.state.question, plan.places)
    return [
        Hull(
            id=name,
            number=number,
            name=plan.short,
            size=view.t("trial.click"),
            caption="",
            outline=outline,
            centred=True,
            beside=True,
        )
        for number, ((name, *_), outline) in enumerate(zip(plan.places, outlines, strict=True), 1)
    ]


def _trial(view: PageView[Siting], done: Steps | None) -> Trial:
    t = view.t
    tagged, tag = ("", "") if done is None else tables.last_tag(view, done)
    last = next(iter(() if done is None else done.changes), None)
    before = {} if last is None else {pin.letter: pin for pin in last.before}
    moved = last is not None and last.kind == "moved"
    refused = acts.refused() if done is not None else ""
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
            )
        )
    removed = () if done is None else done.removed
    return Trial(
        pins=pins,
        removed=[TrialPin(id=pin.letter, at=(pin.lon, pin.lat), label="") for pin in removed],
        marks=marks(view),
        radius_m=view.query.radius_m,
        cell_m=trials.today(view.query, view.state.question).cell_m,
        texts=TrialTexts(
            hint=t(f"trial.refused_{refused}", region=view.region_name)
            if refused
            else ""
            if pins
            else t("trial.hint"),
            metres=t("trial.moved_metres", n="{n}"),
            km=t("trial.moved_km", n="{n}"),
            outside=t("trial.refused_outside", region=view.region_name),
        ),
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


def legend(view: PageView[Siting], done: Steps | None) -> Legend:
    """Return the legend: signs in use, each with how many there are."""
    t, plan = view.t, compared.beside(view)
    mine, today = compared.mine(view), trials.today(view.query, view.state.question)
    removed = () if done is None else done.removed
    counts = {
        "trial_pin": (t("trial.sign_pin", km=view.radius_km), len(view.state.pinned)),
        "trial_gone": (t("trial.sign_gone"), len(removed)),
        "trial_beside": (
            plan.short
            if plan and view.state.against
            else t("siting.sign_proposed", km=view.radius_km),
            len(plan.places) if plan else 0,
        ),
        "trial_element": (t("trial.sign_element"), len(marks(view))),
    }
    own = [
        Entry(sign=strip.sign(sign), label=label, count=formats.whole(n))
        for sign, (label, n) in counts.items()
        if n
    ]
    groups = [
        Group(
            name="clusters",
            title=t("trial.title"),
            entries=[*own, *plan_map.of_today(view, len(today.sites), mine.totals)],
            rows=3,
        )
    ]
    if plan is not None:
        groups.append(plan_map.need(view, mine.districts))
    return plan_map.legend_of(view, groups)
