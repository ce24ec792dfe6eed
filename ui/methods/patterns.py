"""Worked examples of spread: how a region's sites lie among its districts, and in its outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
import shapely

from geo import formats
from geo.facts import own_regions
from geo.measures import (
    areal_units,
    concentration,
    hot_spots,
    point_pattern,
    region_plane,
    site_places,
)
from geo.measures.indicator_list import AREAL
from ui.cached import clustering, indicators, records
from ui.filters import wording
from ui.methods.example import (
    Example,
    Interval,
    Line,
    Row,
    district,
    divided,
    equal,
    signed,
    strong,
    tex,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geo.measures.pair_test import AtRandom
    from geo.measures.region_plane import RegionPlane
    from geo.measures.site_places import Basis
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
    basis
        How many sites these are, and why others are left out.
    """

    xy: NDArray[np.float64]
    outline: shapely.Geometry
    basis: Basis


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
    value, known = formats.ratio(gini), int(n.count())
    above, placed = formats.whole(gini * known * n.sum()), formats.whole(n.sum())
    below = [rf"{formats.whole(each)} \times {placed}" for each in (known, known - 1)]
    three = formats.whole(n.nlargest(3).sum())
    share = formats.percent(concentration.top_share(n, k=3))
    worked = [
        divided(above, below[0], value, name="G"),
        divided(above, below[1], formats.ratio(scaled), name="G^*"),
        equal("T", formats.ratio(theil.total)),
        divided(three, placed, share, name=r"\mathrm{CR}_3"),
    ]
    note = ""
    if len(set(cities)) > 1:
        parts = {"between": formats.ratio(theil.between), "within": formats.ratio(theil.within)}
        note = t("methods.theil", **parts)
    return Example(of=view.region_name, rows=rows, worked=worked, value=value, note=note)


def neighbour(view: PageView[Methods]) -> Example:
    """Return the nearest-neighbour index of a region's sites."""
    t, near = view.t, clustering.nearness(view.query)
    (ratio, z, mean), places = near.nearest, near.places
    km2 = indicators.overall(view.query).area_km2
    expected = 500 * np.sqrt(km2 / places) if places else np.nan
    rows = [
        Row("n", t("methods.places"), formats.whole(places)),
        Row(r"\bar d", t("methods.mean_distance"), formats.limit(mean)),
        Row("A", t("methods.land_of", region=view.region_short), formats.limit(km2)),
        Row(r"\tfrac12 \sqrt{A / n}", t("methods.expected"), formats.limit(expected)),
    ]
    if near.empty:
        return Example(of=view.region_name, rows=rows, note=t("methods.too_few_places"))
    value = formats.ratio(ratio)
    return Example(
        of=view.region_name,
        rows=rows,
        worked=[
            divided(formats.limit(mean), formats.limit(expected), value, name="R"),
            equal("z", formats.signed(z)),
        ],
        value=t("methods.with_z", value=value, z=formats.signed(z), n=places),
        note=_left_out(view, near.basis, near.outside),
    )


def paired(view: PageView[Methods]) -> Example:
    """Return how many pairs of places lie near each other, and how many would at random."""
    t, test = view.t, clustering.pairs(view.query, SHOWN_M)
    rows = [
        Row("n", t("methods.places"), formats.whole(test.places)),
        Row("r", t("methods.distance"), formats.whole(SHOWN_M)),
        Row("M", t("methods.draws"), formats.whole(clustering.SIMULATIONS)),
    ]
    if test.empty:
        return Example(of=view.region_name, rows=rows, note=t("methods.too_few_places"))
    within, anywhere = test.in_districts, test.in_region
    rows += [
        Row("N_k", t(f"methods.{label}"), _at_random(view, each))
        for label, each in (("in_districts", within), ("in_region", anywhere))
    ]
    pairs = formats.whole(test.pairs)
    p = [formats.probability(each.p) for each in (within, anywhere)]
    return Example(
        of=view.region_name,
        rows=rows,
        worked=[
            equal("N", pairs),
            equal("p", p[0], label=t("methods.in_districts")),
            equal("p", p[1], label=t("methods.in_region")),
        ],
        value=t("methods.with_p", value=pairs, p=p[0], n=test.places),
        note=_left_out(view, test.basis, test.outside),
    )


def _at_random(view: PageView[Methods], drawn: AtRandom) -> str:
    low, high = formats.whole(drawn.low), formats.whole(drawn.high)
    return view.t("methods.drawn", mean=formats.limit(drawn.mean), low=low, high=high)


def _left_out(view: PageView[Methods], basis: Basis, outside: int) -> str:
    """Return how many sites a figure of places leaves out, and why."""
    parts = [view.t("methods.left_out", n=basis.vague + basis.unlocated)]
    if outside:
        parts.append(view.t("methods.outside", n=outside))
    return view.t("list.sentence").join(parts)


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
        note=_left_out(view, found.basis, 0),
    )


def ripley(view: PageView[Methods]) -> Example:
    """Return L of a region's sites against places at random in its outline."""
    t, found, table = view.t, pattern(view.region), ripley_k(view.region)
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
        note=_left_out(view, found.basis, table.attrs["outside"]),
    )


def _axis(first: float, last: float) -> Callable[[float], float]:
    """Return what places values from a first to a last on an axis, with some room at its ends."""
    spread = (last - first) or 1.0
    return lambda value: 0.04 + 0.92 * (value - first) / spread


def moran(view: PageView[Methods]) -> Example:
    """Return whether neighbouring districts are alike in density, and which are hot."""
    t, spots = view.t, clustering.spots(view.query)
    figure, n = spots.moran, len(spots.table)
    rows = [Row("n", t("methods.districts", region=view.region_short), formats.whole(n))]
    if spots.empty:
        return Example(of=view.region_name, rows=rows, note=t("methods.too_few_districts"))
    hot = spots.table[spots.table["spot"] == hot_spots.HOT].sort_values("z", ascending=False)
    value, p = formats.ratio(figure.I), f"{figure.p:.3f}"
    rows += [
        Row(r"\mathrm{E}(I)", t("methods.expected_i"), signed(formats.number(figure.expected))),
        Row("z", t("methods.errors"), formats.signed(figure.z)),
        Row("p", t("methods.p"), p),
        Row("G_i^*", t("methods.hot"), formats.whole(len(hot))),
    ]
    names = [view.district_name(str(code)) for code in hot.index]
    return Example(
        of=t("methods.of_figure", place=view.region_name, figure=t("shade.area")),
        rows=rows,
        worked=[equal("I", value)],
        value=t("methods.with_p", value=value, p=p, n=n),
        note=t("methods.hot_named", names=formats.joined(names, t=t)) if names else "",
    )


def clustered(view: PageView[Methods]) -> Example:
    """Return the clusters of a region's sites, and how often the largest is kept."""
    t = view.t
    if clustering.too_many(view.query):
        most = formats.whole(clustering.MOST)
        return Example(of=view.region_name, rows=[], note=t("methods.too_many", most=most))
    rows = clustering.profiles(view.query, clustering.Setting(SHOWN_M, MINIMUM))
    given = [
        Row(r"\varepsilon", t("methods.distance"), formats.whole(SHOWN_M)),
        Row("m", t("methods.minimum"), formats.whole(MINIMUM)),
        Row("", t("methods.n_exact"), formats.whole(rows.attrs["used"])),
    ]
    if not len(rows):
        return Example(of=view.region_name, rows=given, note=t("methods.no_cluster"))
    largest = rows.iloc[0]
    stays = t("methods.of", value=largest["kept"], total=largest["settings"])
    given += [
        Row("", t("methods.in_clusters"), formats.whole(rows["sites"].sum())),
        Row("", t("methods.largest"), formats.whole(largest["sites"])),
        Row("", t("methods.stays"), stays),
        Row("p", t("methods.p_largest"), formats.probability(largest["p"])),
    ]
    value = formats.whole(len(rows))
    return Example(
        of=view.region_name,
        rows=given,
        worked=[equal("", value, label=t("methods.clusters"))],
        value=value,
        note=t("methods.left_out", n=rows.attrs["vague"] + rows.attrs["unlocated"]),
    )


def redivided(view: PageView[Methods]) -> Example:
    """Return by how many ranks a district moves where squares take the place of districts."""
    t, of = view.t, district(view)
    place, sizes = view.district_name(of), [f"{size_m}m" for size_m in areal_units.SIZES_M]
    named = [t("areal.squares", km=f"{size_m / 1000:g}") for size_m in areal_units.SIZES_M]
    table = _ranks(view, "area")
    row = pd.Series(table.loc[of])
    rows = [
        Row("n_d", t("methods.n_exact"), formats.whole(row["n"])),
        Row("v_d", t("shade.area"), formats.limit(row["per_100_km2"])),
        *(
            Row(r"\bar v_d", label, formats.limit(row[f"per_100_km2_{size}"]))
            for label, size in zip(named, sizes, strict=True)
        ),
    ]
    if pd.isna(row["rank"]):
        return Example(of=place, rows=rows[:1], note=t("methods.no_site"))
    rank = formats.whole(row["rank"])
    worked = [
        Line(
            rf"\Delta_d = {rank} - {formats.whole(row[f'rank_{size}'])}"
            rf" = {strong(formats.whole(row[f'change_{size}']))}",
            label,
        )
        for label, size in zip(named, sizes, strict=True)
    ]
    rows += [Row(r"\mathrm{rank}", *_ranked(view, name)) for name in AREAL if name != "area"]
    return Example(
        of=place,
        rows=rows,
        worked=worked,
        value=t("methods.rank", rank=rank, n=formats.whole(table["rank"].notna().sum())),
        note=t("methods.in_turn", sizes=formats.joined([view.noun(1), *named], t=t)),
    )


def _ranks(view: PageView[Methods], indicator: str) -> pd.DataFrame:
    return indicators.in_units(view.query, indicator, view.state.focus).ranks


def _ranked(view: PageView[Methods], indicator: str) -> tuple[str, str]:
    """Return an indicator, and the ranks of the district by it in each division."""
    row = pd.Series(_ranks(view, indicator).loc[district(view)])
    columns = ["rank", *(f"rank_{size_m}m" for size_m in areal_units.SIZES_M)]
    ranks = view.t("list.comma").join(formats.whole(row[each]) for each in columns)
    return formats.capitalised(wording.quantity(view, indicator)), ranks


@own_regions.by_region
def pattern(region: str) -> Pattern:
    """Return the exactly known sites of a region, and its outline."""
    places = site_places.of_sites(records.counted_sites(region), [])
    ground = _ground(region)
    used = places.of[places.of != site_places.NONE]
    xy = np.column_stack(ground.plane.transform(*places.lonlat[used].T))
    xy.flags.writeable = False
    return Pattern(xy, ground.whole, places.basis)


def _ground(region: str) -> RegionPlane:
    outlines = indicators.units(indicators.unfiltered(region)).geometry
    return region_plane.of(outlines.to_numpy())


def centre(region: str) -> tuple[float, float]:
    """Return longitude and latitude of the middle of a region's exactly known sites."""
    x, y = point_pattern.mean_centre(pattern(region).xy)
    lon, lat = _ground(region).plane.transform(x, y, direction="INVERSE")
    return float(lon), float(lat)


@own_regions.by_region
def ripley_k(region: str) -> pd.DataFrame:
    """Return K and L of a region's sites; how many of them lie beyond its outline in `attrs`."""
    found = pattern(region)
    inside = shapely.intersects_xy(found.outline, *found.xy.T)
    table = point_pattern.ripley_k(found.xy[inside], RADII_M, found.outline)
    table.attrs["outside"] = int((~inside).sum())
    return table
