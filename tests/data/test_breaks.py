"""The classes of every map: what a reader would call different has different colours."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.facts import boundaries, catalog
from geo.measures import breaks, classes, district_table

if TYPE_CHECKING:
    import pandas as pd

    from geo.facts.boundaries import Level

UNITS: list[tuple[str, Level]] = [
    *((str(region), "district") for region in catalog.regions().index),
    ("guangdong", "city"),
]
AMOUNTS = ("per_100_km2", "per_100k_residents", "n")
RADII_KM = (0.5, 1, 3, 10)


@cache
def figures(region: str, level: Level, radius_km: float) -> pd.DataFrame:
    sites, units = catalog.sites(region), boundaries.districts(region, level=level)
    return district_table.table(sites, units, radius_m=1000 * radius_km)


def parts(values: pd.Series, limits: tuple[float, ...]) -> list[np.ndarray]:
    """Return what each class holds, zero first."""
    found = classes.classify(values, limits)
    return [np.sort(values[found == at].to_numpy(dtype=float)) for at in range(len(limits) + 2)]


@pytest.mark.parametrize(("region", "level"), UNITS)
@pytest.mark.parametrize("column", AMOUNTS)
def test_amounts_of_one_colour_are_at_most_four_times_apart(
    region: str, level: Level, column: str
) -> None:
    values = figures(region, level, 3)[column].dropna()
    limits = breaks.amount_breaks(values)
    zero, *above = parts(values, limits)
    assert not zero.any()
    assert 3 <= len(above) <= 5
    assert all(len(part) and part[-1] <= 4 * part[0] for part in above)
    assert all(f"{limit:.0e}"[0] in "1235" for limit in limits)


@pytest.mark.parametrize(("region", "level"), UNITS)
@pytest.mark.parametrize("column", AMOUNTS)
def test_round_limits_part_amounts_nearly_as_well_as_any(
    region: str, level: Level, column: str
) -> None:
    """Fisher and Jenks's breaks of the logarithms, by mapclassify, are the best that there are."""
    import mapclassify  # noqa: PLC0415 - compiles at its import, for whoever collects tests

    values = figures(region, level, 3)[column]
    above = np.log(np.sort(values[values > 0].to_numpy(dtype=float)))
    limits = np.log(breaks.amount_breaks(values.dropna()))
    best = mapclassify.FisherJenks(above, k=len(limits) + 1)
    of_ours, of_peer = (
        sum(part.var() * len(part) for part in np.split(above, ends))
        for ends in (
            np.searchsorted(above, limits, side="left"),
            np.searchsorted(above, best.bins[:-1], side="right"),
        )
    )
    total = above.var() * len(above)
    assert total - of_ours > 0.97 * (total - of_peer)


@pytest.mark.parametrize(("region", "level"), UNITS)
@pytest.mark.parametrize("radius_km", RADII_KM)
def test_shares_of_one_colour_are_close(region: str, level: Level, radius_km: float) -> None:
    values = figures(region, level, radius_km)["share"].dropna()
    limits = breaks.share_breaks(values)
    _, *above = parts(values, limits)
    distinct = len(set(values[values > 0]))
    assert min(3, distinct - 1) <= len(above) <= 5
    assert all(len(part) for part in above)
    # As far apart on the scale on which shares vary alike as 0 and 10 %, or 90 and 100 %.
    spans = [math.asin(math.sqrt(part[-1])) - math.asin(math.sqrt(part[0])) for part in above]
    assert max(spans) <= math.asin(math.sqrt(0.1)) + 1e-9


def test_named_in_the_issue() -> None:
    """渝中 (26) is no longer painted like 南岸 (2.3), nor 宝山 (3.7) like 杨浦 (44)."""
    for region, one, other in (
        ("chongqing", "500103", "500108"),
        ("shanghai", "310113", "310110"),
    ):
        density = figures(region, "district", 3)["per_100_km2"]
        found = classes.classify(density, breaks.amount_breaks(density.dropna()))
        assert found[one] != found[other]
