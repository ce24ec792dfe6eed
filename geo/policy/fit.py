"""How well the present fits a layout's elements: specialisations kept, and coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.checks import frames
from geo.facts import sectors
from geo.measures import coverage, location_quotient
from geo.policy.membership import territory
from geo.policy.score import Part, Score

if TYPE_CHECKING:
    import pandas as pd

    from geo.policy.model import Element
    from geo.policy.score import Mask, Present

ABOVE_ONE: Final = 1 + 1e-9
"""From here on a quotient is above 1: below it is the rounding of equal shares."""


def kept(present: Present) -> Score:
    """Return the share of declared specialisations that show in the present.

    A pair of an element and a sector is kept where the element's location quotient in the sector,
    against the region, is above 1. A pair can be computed where the element has a site with a
    stated sector and the region a site of the pair's; below 5 sites it is flagged.
    """
    pairs = sectors.shares(present.sites)
    stated = np.isin(np.arange(len(present.sites)), pairs["site"])
    declared = [
        (each, sector)
        for each in present.elements
        for sector in dict.fromkeys(s for spec in each.specialisations for s in spec.sectors)
    ]
    parts = tuple(_pair(present, *each, pairs=pairs, stated=stated) for each in declared)
    computed = [part for part in parts if part.value is not None]
    if not computed:
        reasons = {part.empty for part in parts}
        empty = "no_pairs" if not parts else "no_sites"
        if reasons == {"no_sector_sites"}:
            empty = "no_sector_sites"
        return Score(empty=empty, parts=parts)
    above = sum(part.kept for part in computed)
    holders = [each for each, _ in declared if any(each.id == part.element for part in computed)]
    return Score(
        value=above / len(computed),
        numerator=float(above),
        denominator=float(len(computed)),
        sites=present.ids(present.any(holders) & stated),
        districts=present.districts(holders),
        parts=parts,
    )


def _pair(
    present: Present, element: Element, sector: str, *, pairs: pd.DataFrame, stated: Mask
) -> Part:
    """Return the location quotient of a sector in an element, against the whole region."""
    own = pairs[pairs["sector"] == sector]
    weight = np.bincount(own["site"], weights=own["share"], minlength=len(present.sites))
    inside = present.inside[element.id]
    n = int((inside & stated).sum())
    x_s = float(weight.sum())
    if n == 0 or x_s == 0:
        empty = "no_sector_sites" if n else "no_sites"
        return Part(element=element.id, value=None, n=n, unit="ratio", sector=sector, empty=empty)
    quotient = location_quotient.location_quotient(weight[inside].sum(), n, x_s, stated.sum())
    value = float(quotient)
    return Part(
        element=element.id,
        value=value,
        n=n,
        unit="ratio",
        sector=sector,
        kept=value > ABOVE_ONE,
        few=n < location_quotient.FEW_SITES,
    )


def covered(present: Present) -> Score:
    """Return the share of all located elements together that lies within a radius of a site.

    An element given as a point is the disc in which its sites are looked for, as far as it lies
    in the region; one given as an axis has no area and is left out.
    """
    areas = {each.id: territory(each, present.ground) for each in present.elements}
    areas = {key: area for key, area in areas.items() if not shapely.is_empty(area)}
    if not areas:
        return Score(empty="no_elements")
    # Candidates and carriers repeat their city's outline: each outline is measured once.
    outlines = list(dict.fromkeys(areas.values()))
    together = shapely.union_all(outlines)
    frame = gpd.GeoDataFrame(geometry=[*outlines, together], crs=frames.WGS84)
    table = coverage.coverage(present.sites, frame, radius_m=present.radius_m)
    total = table.iloc[-1]
    used = int(total["n_used"]), int(total["n_sites"])
    known = used[0] > 0
    parts = tuple(
        Part(
            element=key,
            value=float(table["share"].iloc[outlines.index(area)]) if known else None,
            n=int(table["n_reaching"].iloc[outlines.index(area)]),
            empty=None if known else "no_exact_sites",
        )
        for key, area in areas.items()
    )
    if not known:
        return Score(empty="no_exact_sites", parts=parts, used=used)
    elements = [each for each in present.elements if each.id in areas]
    return Score(
        value=float(total["share"]),
        numerator=float(total["covered_km2"]),
        denominator=float(total["area_km2"]),
        sites=present.ids(_reaching(present, together)),
        districts=present.districts(elements),
        parts=parts,
        used=used,
        bounds=(
            (float(total["share_low"]), float(total["share_high"]))
            if total["share_method"] == coverage.BOUNDED
            else None
        ),
    )


def _reaching(present: Present, area: shapely.Geometry) -> Mask:
    """Return which sites, known to the radius, have a disc that meets an area."""
    chosen: Mask = present.ground.located & (present.ground.uncertainty_m <= present.radius_m)
    discs = coverage.geodesic_discs(present.ground.lonlat[chosen], radius_m=present.radius_m)
    # A copy of the call's own: preparing what other sessions hold would crash them all.
    area = shapely.force_2d(area)
    shapely.prepare(area)
    chosen[chosen] = shapely.intersects(area, discs)
    return chosen
