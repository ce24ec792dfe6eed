"""Where the next sites would serve a region's residents best: a plan for what is asked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlencode

from api import filters, limits, query
from api.refusals import Faults, RefusedRequest, unusable
from api.words import ApiTexts
from geo import memory, planning
from geo.errors import InputError, NobodyError, NoCandidateError, NoSiteError
from geo.facts import boundaries, own_regions, schemas
from geo.planning import Question, demand, question, scenario, taking_part
from geo.planning.travel import of_region
from geo.policy import cluster_naming, layouts
from geo.search import criteria, matching
from geo.search.criteria import Criteria
from geo.settings import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from geo.planning import Proposal
    from geo.planning.question import Candidates, Model
    from geo.planning.scenario import Pin
    from geo.planning.taking_part import Stay

KM: Final = 1000

SECONDS: Final = 2.0
"""After which the best plan so far is served, with its bound."""

CODED: Final = ("region", "model", "candidates", "demand", "stay")
"""Filters that take codes beside those of sites."""

COLUMNS: Final = (
    "id", "region", "number", "name_zh", "name_en", "candidate", "district", "bearing", "residents",
    "km2", "overlap", "by_district", "nearest", "nearest_m", "named_by", "model", "new_sites",
    "radius_m", "candidates", "demand", "stay", "filters", "people", "size_m", "n_candidates",
    "spacing_m", "left_out", "fixed", "vague", "unlocated", "region_residents", "before", "after",
    "value", "bound", "gap", "proof", "geometry",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What plans are asked for.

    Attributes
    ----------
    regions
        Of the catalogue, all of them where none is named; without meaning for a region that
        somebody brought.
    question
        How many sites, within which distance, what makes a plan good.
    criteria, stay
        Which of today's sites stay, and whose.
    """

    regions: tuple[str, ...] = ()
    question: Question = field(default_factory=Question)
    criteria: Criteria = field(default_factory=Criteria)
    stay: Stay = taking_part.OWN

    @property
    def code(self) -> str:
        """What ids of places have of it: those of another question are others."""
        asked = self.question
        told = f"{asked.model}.{asked.candidates}.{asked.p}.{asked.radius_m:g}"
        pins = {"pins": scenario.written(asked.pins)} if asked.pins else {}
        served = {} if asked.demand == Question.demand else {"demand": asked.demand}
        stay = {} if self.stay == taking_part.OWN else {"stay": self.stay}
        chosen = urlencode(criteria.render(self.criteria) | served | pins | stay)
        digest = f".{hashlib.sha256(chosen.encode()).hexdigest()[:8]}" if chosen else ""
        return told + digest


USUAL: Final = Asked()
"""What is served where nothing else is asked for."""


def read(written: Mapping[str, str], own: filters.Filters) -> Asked:
    """Return what is asked.

    Parameters
    ----------
    written
        Values by the names of filters.
    own
        The filters of the collection.

    Raises
    ------
    RefusedRequest
        For all values that cannot be used; where another plan than the usual one is asked for in
        more than one region.
    """
    faults = Faults()
    codes = {
        name: faults.of(filters.codes, own[name], each) or set()
        for name, each in written.items()
        if name in CODED
    }
    p = faults.of(_number, written["p"]) if "p" in written else None
    km = faults.of(_kilometres, written["radius"]) if "radius" in written else None
    pins = faults.of(_pins, written["pins"]) if written.get("pins") else None
    wanted, bad = criteria.parse(written)
    for fault in bad:
        faults.add(filters.refused(own[fault.name], fault.value))
    faults.settle()
    candidates = cast("Candidates", next(iter(codes.get("candidates", ())), Question.candidates))
    if (candidates == "pins") != bool(pins):
        raise unusable("pins", written.get("pins", ""), expected="filters.pins")
    wished = Question(
        model=cast("Model", next(iter(codes.get("model", ())), Question.model)),
        p=p or Question.p,
        radius_m=KM * (km or limits.RADIUS_KM),
        candidates=candidates,
        pins=pins or (),
        demand=next(iter(codes.get("demand", ())), Question.demand),
    )
    stay = cast("Stay", next(iter(codes.get("stay", ())), taking_part.OWN))
    asked = Asked(tuple(sorted(codes.get("region", ()))), wished, wanted, stay)
    if "region" in own and len(asked.regions) != 1 and replace(asked, regions=()) != USUAL:
        raise RefusedRequest("one_region")
    return asked


def _number(value: str) -> int:
    if not query.WHOLE.fullmatch(value) or not 1 <= int(value) <= limits.MOST_NEW_SITES:
        raise unusable("p", value, expected="filters.p")
    return int(value)


def _kilometres(value: str) -> float:
    try:
        return query.basis_of({"radius": value}).radius_km
    except RefusedRequest as error:
        raise unusable("radius", value, expected="filters.reach") from error


def _pins(value: str) -> tuple[Pin, ...]:
    faults: list[str] = []
    try:
        pins = scenario.read(value)
    except InputError as error:
        raise unusable("pins", value, expected="filters.pins") from error
    scenario.check_pins(pins, faults)
    if faults:
        raise unusable("pins", value, expected="filters.pins")
    return pins


@memory.by_view(latest=64)
def table(region: str, asked: Asked) -> gpd.GeoDataFrame:
    """Return the places of a region's plan.

    Parameters
    ----------
    region
        Id of a region, or of one that somebody brought.
    asked
        Its question and criteria; the regions that it names have no meaning here.

    Returns
    -------
    GeoDataFrame
        WGS84 points, index ``id``: `COLUMNS`, as ``data/columns.csv`` explains them; of a region
        that somebody brought without its id, which holds a key.

    Raises
    ------
    RefusedRequest
        Where nobody is known to live in the region or no site is to be served there, none of its
        candidates can be used, it has none of its own that are asked for, or the catalogue has no
        site there and its sites are to stay.
    """
    brought, asked_of = own_regions.known(region), asked.question
    if asked_of.candidates == "own" and (brought is None or brought.candidates is None):
        raise RefusedRequest("no_candidate")
    try:
        today = taking_part.today(region, asked.stay)
    except NoSiteError as error:
        raise RefusedRequest("no_site") from error
    sites = matching.select(today, asked.criteria)
    districts = boundaries.districts(region)
    try:
        given = planning.case(
            sites.set_index("id"),
            districts,
            asked_of,
            demand=demand.of_region(region, of=asked_of.demand, radius_m=asked_of.radius_m),
            terrain=of_region(region),
        )
        found = planning.best(given, seconds=SECONDS)
    except NoCandidateError as error:
        raise RefusedRequest("no_candidate") from error
    except NobodyError as error:
        raise _nobody(asked_of) from error
    named = cluster_naming.places_named_by(
        found.places, districts["city_adcode"], known=layouts.within_reach(region)
    )
    rows = _rows(found, named, districts, asked)
    if brought is None:
        rows = rows.drop(columns="stay")
        rows.insert(0, "region", region)
    number = rows["number"].astype(str)
    rows.insert(
        0, "id", f"{asked.code}." + number if brought else f"{region}.{asked.code}." + number
    )
    return rows.set_index(rows["id"].rename(None))


def _nobody(asked: Question) -> RefusedRequest:
    """Return the refusal of a plan that would serve nobody."""
    if asked.demand == question.RESIDENTS:
        return RefusedRequest("no_plan")
    known = ", ".join(each for each in question.demands() if each != asked.demand)
    return RefusedRequest("no_demand", value=asked.demand, known=known)


def _rows(
    found: Proposal, named: pd.Series, districts: gpd.GeoDataFrame, asked: Asked
) -> gpd.GeoDataFrame:
    """Return places with what each adds, and what all of it rests on."""
    places, totals, basis = found.places, found.totals, found.basis
    told = {
        "model": asked.question.model,
        "new_sites": asked.question.p,
        "radius_m": asked.question.radius_m,
        "candidates": asked.question.candidates,
        "demand": asked.question.demand,
        "stay": asked.stay,
        "filters": urlencode(criteria.render(asked.criteria), safe=","),
        "people": basis.people,
        "size_m": basis.size_m,
        "n_candidates": basis.candidates,
        "spacing_m": basis.spacing_m,
        "left_out": basis.left_out,
        "fixed": basis.fixed,
        "vague": basis.vague,
        "unlocated": basis.unlocated,
        "region_residents": totals.residents,
        "before": totals.before,
        "after": totals.after,
        "value": found.plan.value,
        "bound": found.plan.bound,
        "gap": found.plan.gap,
        "proof": str(found.plan.status),
    }
    home = districts.loc[places["district"]]
    names = {
        f"name_{lang}": [
            ApiTexts(lang)(f"plans.part_{part}", name=name)
            for part, name in zip(places["part"], home[f"name_{lang}"], strict=True)
        ]
        for lang in LANGUAGES
    }
    lists = {
        "by_district": places["by_district"].map(
            lambda each: schemas.SEPARATOR.join(f"{code} {people:.0f}" for code, people in each)
        ),
        "named_by": named.map(
            lambda all_: schemas.SEPARATOR.join(f"{e.layout.id}.{e.element.id}" for e in all_)
        ),
    }
    rows = (
        places.reset_index()
        .rename(columns={"part": "bearing"})
        .assign(**names, **{k: v.to_numpy() for k, v in lists.items()}, **told)
    )
    return rows[[name for name in COLUMNS if name in rows]]
