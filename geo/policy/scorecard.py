"""Policy against present: what a layout says beside what stands there.

Each score keeps what it rests on: the sites and districts behind it, and its parts by element.
What cannot be computed is empty and says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.checks import frames
from geo.measures import coverage, location_quotient, polycentricity
from geo.policy import fit, phases
from geo.policy.membership import (
    element_sites,
    left_out,
    members,
    near_axis,
    strong,
    strong_districts,
    strongholds,
    survey,
    unnamed,
    within,
)
from geo.policy.score import Part, Present, Score

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import geopandas as gpd

    from geo.policy.model import Element, Layout
    from geo.policy.phases import Phase
    from geo.policy.score import Unit

__all__ = [
    "KEYS",
    "MEASURES",
    "Measure",
    "Part",
    "Score",
    "element_sites",
    "left_out",
    "scorecard",
    "strong",
    "strongholds",
]


def scorecard(
    layout: Layout,
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    *,
    radius_m: float,
    phase: Phase = "planned",
) -> tuple[Score, ...]:
    """Return the scorecard of a layout: one score for each of :data:`MEASURES`, in that order.

    Parameters
    ----------
    layout
        The layout.
    sites : GeoDataFrame, n rows
        All sites of the layout's region, with ``precision`` and ``sectors``; ``id``, ``adcode``
        and ``city_adcode`` as for `membership.survey`.
    districts : GeoDataFrame, m rows
        The region's districts or cities, the index adcodes, ``city_adcode`` optional.
    radius_m : float
        Radius of the coverage in metres, 1 to 300,000.
    phase
        "present" scores the elements that exist and the sites that are not planned; what the
        document names is the same in both.

    Raises
    ------
    InputError
        As `coverage.coverage` and `location_quotient.by_district`.

    Notes
    -----
    Elements are those the document names; what only another source knows is never scored.
    core share = sites in cores / sites of the region; core balance = min / max over cores; served
    elements = located elements with a site / located elements, without carriers and candidates
    that only repeat another element's districts; specialisation kept = declared
    pairs of element and sector with a location quotient above 1 / pairs that can be computed
    (flagged below 5 sites in the element); coverage = covered share of all located elements
    together; unnamed strongholds = strong districts that no element names; polycentricity =
    1 - HHI* over cores and nodes; corridor share = located sites within 5 km of a published axis.
    """
    faults: list[str] = []
    coverage.check_radius(radius_m, faults)
    frames.refuse(faults)
    if phase == "present":
        sites = phases.standing(sites)
    ground = survey(sites, districts)
    located = phases.scored(layout, phase=phase)
    inside = {each.id: members(each, ground) for each in located}
    present = Present(layout, sites, ground, located, inside, radius_m)
    return tuple(
        replace(measure.score(present), key=key, unit=measure.unit)
        for key, measure in MEASURES.items()
    )


def _cores(present: Present) -> tuple[list[Element], str | None]:
    """Return the located cores, or why there is none."""
    cores = present.of("core")
    named = any(each.kind == "core" for each in present.layout.elements)
    return cores, None if cores else "cores_unpublished" if named else "no_cores"


def _parts(
    present: Present, elements: Sequence[Element], total: int, *, unit: Unit = "share"
) -> tuple[Part, ...]:
    """Return each element's sites over `total`."""
    return tuple(
        Part(
            element=each.id,
            value=present.n(each) / total if total else None,
            n=present.n(each),
            unit=unit,
        )
        for each in elements
    )


def _core_share(present: Present) -> Score:
    cores, empty = _cores(present)
    total = len(present.ground.ids)
    empty = empty or (None if total else "no_sites")
    if empty:
        return Score(empty=empty)
    chosen = present.any(cores)
    return Score(
        value=float(chosen.sum() / total),
        numerator=float(chosen.sum()),
        denominator=float(total),
        sites=present.ids(chosen),
        districts=present.districts(cores),
        parts=_parts(present, cores, total),
        details=_hosts(present, cores),
    )


def _hosts(present: Present, cores: Sequence[Element]) -> tuple[tuple[str, float], ...]:
    """Return the share of the sites in the districts that cores known by a point lie in."""
    hosts = {d for each in cores if each.extent.point for d in within(each, present.ground)}
    labels = present.ground.labels
    share = sum(label in hosts for label in labels) / len(labels)
    return (("host", share),) if hosts else ()


def _core_balance(present: Present) -> Score:
    cores, empty = _cores(present)
    counts = [present.n(each) for each in cores]
    if not empty and len(cores) == 1:
        empty = "one_core"
    if not empty and not any(counts):
        empty = "no_sites"
    if empty:
        return Score(empty=empty)
    return Score(
        value=min(counts) / max(counts),
        numerator=float(min(counts)),
        denominator=float(max(counts)),
        sites=present.ids(present.any(cores)),
        districts=present.districts(cores),
        parts=_parts(present, cores, max(counts), unit="ratio"),
        few=sum(counts) < location_quotient.FEW_SITES,
    )


def _served(present: Present) -> Score:
    empty = None if present.elements else "no_elements"
    if not empty and not len(present.ground.ids):
        # Of a region without a recorded site nobody knows what is served: not none.
        empty = "no_sites"
    if empty:
        return Score(empty=empty)
    parts = tuple(
        Part(element=each.id, value=float(present.n(each) > 0), n=present.n(each))
        for each in present.elements
    )
    served = sum(part.n > 0 for part in parts)
    return Score(
        value=served / len(parts),
        numerator=float(served),
        denominator=float(len(parts)),
        sites=present.ids(present.any(present.elements)),
        districts=present.districts(present.elements),
        parts=parts,
    )


def _unnamed(present: Present) -> Score:
    ground = present.ground
    leading = strong_districts(ground)
    if not leading:
        return Score(empty="no_sites")
    overlooked = unnamed(present.layout, ground)
    return Score(
        value=float(len(overlooked)),
        numerator=float(len(overlooked)),
        denominator=float(len(leading)),
        sites=tuple(
            str(site)
            for site, label in zip(ground.ids, ground.labels, strict=True)
            if label in overlooked
        ),
        districts=overlooked,
    )


def _polycentricity(present: Present) -> Score:
    elements = present.of("core", "node")
    counts = [present.n(each) for each in elements]
    empty = "few_elements" if len(elements) < polycentricity.FEWEST else None
    if not empty and not any(counts):
        empty = "no_sites"
    if empty:
        return Score(empty=empty)
    return Score(
        value=polycentricity.evenness(counts),
        sites=present.ids(present.any(elements)),
        districts=present.districts(elements),
        parts=_parts(present, elements, sum(counts)),
        few=sum(counts) < location_quotient.FEW_SITES,
        details=(
            ("primacy", polycentricity.primacy(counts)),
            ("green", polycentricity.green(counts)),
        ),
    )


def _corridor(present: Present) -> Score:
    named = any(each.kind == "corridor" for each in present.layout.elements)
    corridors = [each for each in present.of("corridor") if each.extent.axis]
    total = int(present.ground.located.sum())
    empty = "axis_unpublished" if named else "no_corridor"
    if corridors:
        empty = "" if total else "no_sites"
    if empty:
        return Score(empty=empty)
    along = {each.id: near_axis(each.extent.axis, present.ground) for each in corridors}
    chosen = np.logical_or.reduce(list(along.values()))
    return Score(
        value=float(chosen.sum() / total),
        numerator=float(chosen.sum()),
        denominator=float(total),
        sites=present.ids(chosen),
        parts=tuple(
            Part(element=key, value=float(near.sum() / total), n=int(near.sum()))
            for key, near in along.items()
        ),
    )


@dataclass(frozen=True)
class Measure:
    """A figure of the scorecard.

    Attributes
    ----------
    score
        Computes it.
    unit
        Of its value.
    """

    score: Callable[[Present], Score]
    unit: Unit


MEASURES: Final[Mapping[str, Measure]] = MappingProxyType(
    {
        "core_share": Measure(_core_share, "share"),
        "core_balance": Measure(_core_balance, "ratio"),
        "served_elements": Measure(_served, "share"),
        "specialisation_kept": Measure(fit.kept, "share"),
        "coverage": Measure(fit.covered, "share"),
        "unnamed_strongholds": Measure(_unnamed, "count"),
        "polycentricity": Measure(_polycentricity, "ratio"),
        "corridor_share": Measure(_corridor, "share"),
    }
)
"""Every figure of the scorecard, in its order."""

KEYS: Final = tuple(MEASURES)
