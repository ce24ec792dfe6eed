"""Worked examples of layouts and of the catalogue: what was divided, and what it rests on."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from geo import formats
from geo.errors import NoCandidateError
from geo.facts import completeness
from geo.methods.method import methods
from geo.networks.reach import Walk
from geo.planning import Question
from geo.policy import layouts
from ui.cached import indicators, names, plans, scorecards, walking
from ui.methods.example import Example, Line, Row, divided, equal
from ui.state import fields

if TYPE_CHECKING:
    from geo.policy.score import Score
    from ui.state.pages import Methods
    from ui.state.view import PageView

MOST_PARTS: Final = 6
"""Elements that are named with their sites."""


def proposed(view: PageView[Methods]) -> Example:
    """Return what three new sites add to those who have one within the radius."""
    t, query = view.t, indicators.unfiltered(view.region)
    query = dataclasses.replace(query, radius_m=view.query.radius_m)
    asked = Question(radius_m=query.radius_m)
    if not plans.inhabited(query, asked):
        return Example(of=view.region_name, rows=[], note=t("siting.nobody"))
    try:
        found = plans.plan(query, asked)
    except NoCandidateError:
        return Example(of=view.region_name, rows=[], note=t("siting.no_candidate"))
    before, after = (formats.whole(each) for each in (found.totals.before, found.totals.after))
    rows = [
        Row("p", t("control.p"), formats.whole(len(found.places))),
        Row("", t("siting.column_candidates"), formats.whole(found.basis.candidates)),
        Row("", t("siting.district_before"), before),
    ]
    return Example(
        of=view.region_name,
        rows=rows,
        worked=[equal(r"\sum_i w_i z_i", after, label=t("siting.district_after"))],
        value=after,
        note=t("siting.bound", gap=formats.at_most(found.plan.gap) if found.plan.gap else "0%"),
    )


def walked(view: PageView[Methods]) -> Example:
    """Return how many residents walk to a site in a quarter of an hour, where streets are known."""
    t, query = view.t, indicators.unfiltered(view.region)
    if walking.streets(view.region) is None:
        return Example(of=view.region_name, rows=[], note=t("onfoot.no_streets"))
    walk = Walk(minutes=float(str(fields.MINUTES.default)))
    query = dataclasses.replace(query, radius_m=walk.radius_m)
    table = walking.by_district(query, walk)
    table = table[table["residents"].notna()]
    total, on_foot, by_disc = (table[name].sum() for name in ("residents", "on_foot", "by_disc"))
    if not total:
        return Example(of=view.region_name, rows=[], note=t("siting.nobody"))
    value = formats.percent(on_foot / total)
    rows = [
        Row(r"\tau", t("control.minutes"), t("control.minutes_value", n=f"{walk.limit:g}")),
        Row("v", t("control.speed"), t("control.speed_value", n=f"{walk.speed_kmh:g}")),
        Row("", t("onfoot.column_by_disc"), formats.whole(by_disc)),
        Row("", t("onfoot.column_on_foot"), formats.whole(on_foot)),
    ]
    return Example(
        of=view.region_name,
        rows=rows,
        worked=[divided(formats.whole(on_foot), formats.whole(total), value, name="R")],
        value=value,
    )


def scored(view: PageView[Methods]) -> Example:
    """Return the scores of a layout that a method explains."""
    t = view.t
    if not view.state.layout:
        note = t("layouts.none_of_region", region=view.region_short)
        return Example(of=view.region_name, rows=[], note=note)
    layout = layouts.layout(view.state.layout, view.region)
    wanted = methods()[view.state.method].scores
    scores = [each for each in scorecards.scores(layout, view.query.radius_m) if each.key in wanted]
    of = names.layout_with_region(layout, t)
    first = scores[0]
    named = {each.id: t.of(each, "name") for each in layout.elements}
    sites = {part.element: part.n for part in first.parts}
    rows = [
        Row("", named[element], t("methods.n_sites", n=n))
        for element, n in list(sites.items())[:MOST_PARTS]
    ]
    if len(sites) > MOST_PARTS:
        rows.append(Row("", t("methods.more_elements", n=len(sites) - MOST_PARTS), ""))
    if first.unit == "count":
        rows.append(Row("T", t("methods.top"), formats.whole(first.denominator)))
    known = [each for each in scores if each.value is not None]
    empty = [
        t(
            "methods.empty",
            name=t(f"score.{each.key}", km=view.radius_km),
            why=t(f"empty.{each.empty}"),
        )
        for each in scores
        if each.empty
    ]
    return Example(
        of=of,
        rows=rows,
        worked=[line for each in known for line in _worked(view, each)],
        value=_written(known[0]) if known else "",
        note=t("list.stop").join(dict.fromkeys(empty)),
    )


def complete(view: PageView[Methods]) -> Example:
    """Return how much of what an authority reports is on record."""
    t = view.t
    widest = completeness.widest(indicators.reported(view.region))
    if widest is None:
        return Example(of=view.region_name, rows=[], note=t("methods.not_reported"))
    reported, sites = formats.whole(widest["reported"]), formats.whole(widest["sites"])
    what = t("list.comma").join(widest[f"name_{t.lang}"])
    year = formats.year(widest["year"])
    value = formats.percent(widest["sites"] / widest["reported"], digits=0)
    rows = [
        Row("N_k", t("methods.reported", what=what, year=year), reported),
        Row("n_k", t("methods.on_record"), sites),
    ]
    if widest["unranked"]:
        rows.append(Row("", t("methods.unranked"), formats.whole(widest["unranked"])))
    return Example(
        of=view.region_name,
        rows=rows,
        worked=[divided(sites, reported, value, name="V")],
        value=value,
        note=t("methods.at_most") if widest["at_least"] else "",
    )


def _worked(view: PageView[Methods], score: Score) -> list[Line]:
    t, value = view.t, _written(score)
    label = t(f"score.{score.key}", km=view.radius_km)
    if score.numerator is not None and score.denominator is not None and score.unit != "count":
        above, below = formats.limit(score.numerator), formats.limit(score.denominator)
        return [divided(above, below, value, label=label)]
    details = [
        equal("", formats.ratio(figure), label=t(f"score.{key}")) for key, figure in score.details
    ]
    return [equal("", value, label=label), *details]


def _written(score: Score) -> str:
    if score.unit == "count":
        return formats.whole(score.value)
    if score.unit == "share":
        return formats.percent(score.value, digits=0)
    return formats.ratio(score.value)
