"""Worked examples of spread: how a region's sites lie among its districts, and in its outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely

from geo import formats
from geo.facts import own_regions
from geo.geometry import projection
from geo.measures import clusters, concentration, hot_spots, point_pattern, site_places
from ui.cached import indicators, records
from ui.methods.example import Example, Interval, Row, divided, equal, signed, tex

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray

    from geo.measures.autocorrelation import Moran
    from geo.measures.clusters import Clusters
    from ui.state.pages import Methods
    from ui.state.view import PageView

RADII_M: Final = (500.0, 1_000.0, 2_000.0, 3_000.0, 5_000.0)
SHOWN_M: Final = 1_000.0
"""The distance whose L is drawn."""

MINIMUM: Final = 3
"""Places that a cluster's core has within `SHOWN_M`."""


class Pattern(NamedTuple):
    """The exactly known sites of a region in a plane of its own.

    Attributes
    ----------
    xy
        Metres, one row a site.
    outline
        The region in the same plane.
    left_out
        Sites known to 3 km or worse, or not at all.
    """

    xy: NDArray[np.float64]
    outline: shapely.Geometry
    left_out: int


def unequal(view: PageView[Methods]) -> Example:
    """Return how unevenly a region's sites are spread over its districts."""
    t, n = view.t, indicators.table(view.query)["n"]
    cities = indicators.units(view.query)["city_adcode"]
    gini, scaled = (concentration.gini(n, normalised=each) for each in (False, True))
    theil = concentration.theil(n, groups=cities)
    rows = [
        Row("n", t("methods.districts", region=view.region_short), formats.whole(len(n))),
        Row(r"\sum x_i", t("methods.n_placed"), formats.whole(n.sum())),
        *(
            Row("x_{(n)}" if not at else "", view.district_name(str(code)), formats.whole(most))
            for at, (code, most) in enumerate(n.sort_values(ascending=False).head(3).items())
        ),
    ]
    if not n.sum():
        return Example(of=view.region_name, rows=rows, note=t("methods.no_site"))
    value = formats.ratio(gini)
    worked = [
        equal("G", value),
        equal("G^*", formats.ratio(scaled)),
        equal("T", formats.ratio(theil.total)),
        equal(r"\mathrm{CR}_3", formats.percent(concentration.top_share(n, k=3))),
    ]
    note = ""
    if len(set(cities)) > 1:
        parts = {"between": formats.ratio(theil.between), "within": formats.ratio(theil.within)}
        note = t("methods.theil", **parts)
    return Example(of=view.region_name, rows=rows, worked=worked, value=value, note=note)


def neighbour(view: PageView[Methods]) -> Example:
    """Return the nearest-neighbour index of a region's sites."""
    t, found = view.t, pattern(view.region)
    km2 = indicators.overall(view.query).area_km2
    places = len(np.unique(found.xy, axis=0))
    ratio, z, mean = point_pattern.nearest_neighbour(found.xy, 1e6 * km2)
    expected = 500 * np.sqrt(km2 / places) if places else np.nan
    rows = [
        Row("n", t("methods.places"), formats.whole(places)),
        Row(r"\bar d", t("methods.mean_distance"), formats.limit(mean)),
        Row("A", t("methods.land_of", region=view.region_short), formats.limit(km2)),
        Row(r"\tfrac12 \sqrt{A / n}", t("methods.expected"), formats.limit(expected)),
    ]
    note = t("methods.left_out", n=found.left_out)
    if np.isnan(ratio):
        return Example(of=view.region_name, rows=rows, note=t("methods.too_few_places"))
    value = formats.ratio(ratio)
    return Example(
        of=view.region_name,
        rows=rows,
        worked=[
            divided(formats.limit(mean), formats.limit(expected), value, name="R"),
            equal("z", signed(f"{z:.1f}")),
        ],
        value=t("methods.with_z", value=value, z=signed(f"{z:.1f}"), n=places),
        note=note,
    )


def ellipse(view: PageView[Methods]) -> Example:
    """Return the centre of a region's sites, and their ellipse."""
    t, found = view.t, pattern(view.region)
    _, (longer, shorter), angle = point_pattern.ellipse(found.xy)
    far = point_pattern.standard_distance(found.xy)
    rows = [Row("n", t("methods.n_exact"), formats.whole(len(found.xy)))]
    if np.isnan(angle):
        return Example(of=view.region_name, rows=rows, note=t("methods.too_few_places"))
    lon, lat = centre(view.region)
    rows += [
        Row(r"\bar p", t("methods.centre"), f"{lon:.4f}, {lat:.4f}"),
        Row("", t("methods.angle"), f"{angle:.0f}°"),
    ]
    axes = [formats.number(each / 1000, significant=3) for each in (longer, shorter, far)]
    return Example(
        of=view.region_name,
        rows=rows,
        worked=[
            equal(name, axis, unit="km") for name, axis in zip(("a", "b", "d_s"), axes, strict=True)
        ],
        value=t("methods.axes", longer=axes[0], shorter=axes[1], angle=f"{angle:.0f}"),
        note=t("methods.left_out", n=found.left_out),
    )


def ripley(view: PageView[Methods]) -> Example:
    """Return L of a region's sites against places at random in its outline."""
    t, table = view.t, ripley_k(view.region)
    found = pattern(view.region)
    low, above, high = table[["low", "l", "high"]].loc[[SHOWN_M]].to_numpy()[0].tolist()
    rows = [Row("n", t("methods.places"), formats.whole(table.attrs["places"]))]
    if np.isnan(above):
        return Example(of=view.region_name, rows=rows, note=t("methods.too_few_places"))
    rows += [
        Row(
            tex(f"L({metres:,.0f})"),
            t("methods.up_to", km=f"{metres / 1000:g}"),
            signed(formats.limit(each)),
        )
        for metres, each in zip(RADII_M, table["l"], strict=True)
    ]
    value, p = signed(formats.limit(above)), f"{table.attrs['p']:.3f}"
    limits = signed(formats.limit(low)), signed(formats.limit(high))
    place = _axis(min(0.0, low), max(above, high))
    return Example(
        of=view.region_name,
        rows=rows,
        worked=[equal("L(1{,}000)", value, unit="m"), equal("p", p)],
        value=t("methods.with_p", value=value, p=p, n=table.attrs["places"]),
        interval=Interval(
            low=place(low),
            value=place(above),
            high=place(high),
            ends=limits,
            ticks=[(place(0.0), "0")],
            mark=place(0.0),
            words=t("methods.envelope", value=value, low=limits[0], high=limits[1]),
        ),
        note=t("methods.left_out", n=found.left_out),
    )


def _axis(first: float, last: float) -> Callable[[float], float]:
    """Return what places values from a first to a last on an axis, with some room at its ends."""
    spread = (last - first) or 1.0
    return lambda value: 0.04 + 0.92 * (value - first) / spread


def moran(view: PageView[Methods]) -> Example:
    """Return whether neighbouring districts are alike in density, and which are hot."""
    t, values = view.t, indicators.table(view.query)["per_100_km2"]
    rows = [Row("n", t("methods.districts", region=view.region_short), formats.whole(len(values)))]
    figure, hot = alike(view.region)
    if np.isnan(figure.I):
        return Example(of=view.region_name, rows=rows, note=t("methods.too_few_districts"))
    value, p = signed(formats.ratio(figure.I)), f"{figure.p:.3f}"
    rows += [
        Row(r"\mathrm{E}(I)", t("methods.expected_i"), signed(formats.number(figure.expected))),
        Row("z", t("methods.errors"), signed(f"{figure.z:.1f}")),
        Row("p", t("methods.p"), p),
        Row("G_i^*", t("methods.hot"), formats.whole(len(hot))),
    ]
    names = [view.district_name(code) for code in hot]
    return Example(
        of=t("methods.of_figure", place=view.region_name, figure=t("shade.area")),
        rows=rows,
        worked=[equal("I", value)],
        value=t("methods.with_p", value=value, p=p, n=len(values)),
        note=t("methods.hot_named", names=formats.joined(names, t=t)) if names else "",
    )


def clustered(view: PageView[Methods]) -> Example:
    """Return the clusters of a region's sites, and how often the largest is kept."""
    t, (rows, labels) = view.t, together(view.region)
    given = [
        Row(r"\varepsilon", t("methods.distance"), formats.whole(SHOWN_M)),
        Row("m", t("methods.minimum"), formats.whole(MINIMUM)),
        Row("", t("methods.n_exact"), formats.whole(rows.attrs["used"])),
    ]
    if not len(rows):
        return Example(of=view.region_name, rows=given, note=t("methods.no_cluster"))
    _, kept = clusters.sensitivity(records.counted_sites(view.region), labels)
    stays, settings = int(kept.loc[[1]].to_numpy().sum()), kept.shape[1]
    given += [
        Row("", t("methods.in_clusters"), formats.whole(rows["sites"].sum())),
        Row("", t("methods.largest"), formats.whole(rows["sites"].iloc[0])),
        Row("", t("methods.stays"), t("methods.of", value=stays, total=settings)),
    ]
    value = formats.whole(len(rows))
    return Example(
        of=view.region_name,
        rows=given,
        worked=[equal("", value, label=t("methods.clusters"))],
        value=value,
        note=t("methods.left_out", n=rows.attrs["vague"] + rows.attrs["unlocated"]),
    )


@own_regions.by_region
def pattern(region: str) -> Pattern:
    """Return the exactly known sites of a region, and its outline."""
    places = site_places.of_sites(records.counted_sites(region), [])
    outlines = indicators.units(indicators.unfiltered(region)).geometry.to_numpy()
    west, south, east, north = shapely.total_bounds(outlines)
    plane = projection.laea((west + east) / 2, (south + north) / 2)
    outline = shapely.union_all(projection.project(outlines, [plane] * len(outlines)))
    used = places.of[places.of != site_places.NONE]
    xy = np.column_stack(plane.transform(*places.lonlat[used].T))
    xy.flags.writeable = False
    return Pattern(xy, outline, places.basis.n - places.basis.used)


def centre(region: str) -> tuple[float, float]:
    """Return longitude and latitude of the middle of a region's exactly known sites."""
    west, south, east, north = indicators.units(indicators.unfiltered(region)).total_bounds
    plane = projection.laea((west + east) / 2, (south + north) / 2)
    x, y = point_pattern.mean_centre(pattern(region).xy)
    lon, lat = plane.transform(x, y, direction="INVERSE")
    return float(lon), float(lat)


@own_regions.by_region
def ripley_k(region: str) -> pd.DataFrame:
    """Return K and L of a region's sites."""
    found = pattern(region)
    return point_pattern.ripley_k(found.xy, RADII_M, found.outline)


@own_regions.by_region
def alike(region: str) -> tuple[Moran, tuple[str, ...]]:
    """Return Moran's I of the density of districts, and the codes of the hot ones."""
    query = indicators.unfiltered(region)
    spots = hot_spots.hot_spots(indicators.table(query)["per_100_km2"], indicators.units(query))
    hot = spots.table[spots.table["spot"] == hot_spots.HOT].sort_values("z", ascending=False)
    return spots.moran, tuple(map(str, hot.index))


@own_regions.by_region
def together(region: str) -> Clusters:
    """Return the clusters of a region's sites."""
    sites = records.counted_sites(region)
    return clusters.clusters(sites, min_sites=MINIMUM, distance_m=SHOWN_M)
