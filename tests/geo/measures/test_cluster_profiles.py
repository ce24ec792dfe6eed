from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from geo import boundaries, catalog, clusters
from geo.errors import InputError
from geo.measures import cluster_profiles
from tests.geo import toy

if TYPE_CHECKING:
    import geopandas as gpd

GEOD = pyproj.Geod(ellps="WGS84")

# Five on a line in the west, one of them in the next district; eight in the north-east.
WEST = [(121.49 + at * 0.003, 31.15) for at in range(5)]
EAST = [(121.55 + at % 3 * 0.002, 31.25 + at // 3 * 0.002) for at in range(8)]


def catalogue() -> tuple[clusters.Clusters, gpd.GeoDataFrame, gpd.GeoDataFrame]:
    sectors = ["film_tv", "film_tv;fashion", None, "fashion", "fashion"] + ["mixed"] * 8
    sites = toy.sites(
        WEST + EAST,
        id=[f"s{at}" for at in range(13)],
        name_zh=[f"园{at}" for at in range(13)],
        sectors=sectors,
    )
    return clusters.clusters(sites), sites, toy.quarters()


def test_what_is_said_of_each_cluster() -> None:
    found, sites, districts = catalogue()
    table = cluster_profiles.profiles(found, sites, districts)
    assert table.index.equals(found.clusters.index)
    east, west = table.to_dict("records")
    assert (east["district"], east["districts"]) == ("310106", ("310106",))
    assert (west["site"], west["name_zh"], west["level"]) == ("s2", "园2", "micro")
    assert pd.isna(west["name_en"])
    assert west["members"] == ("s0", "s1", "s2", "s3", "s4")
    # On the border it is the smaller code's.
    assert west["districts"] == ("310101", "310104")
    # 2.5 of the four that state a sector.
    assert (west["family"], west["family_share"]) == ("fas", pytest.approx(2.5 / 4))
    assert (east["family"], east["family_share"], east["sites"]) == ("mix", 1.0, 8)
    assert table["kept"].isna().all()
    assert table.attrs == found.clusters.attrs


def test_the_outline_reaches_250_m_beyond_the_outermost_places() -> None:
    table = cluster_profiles.profiles(*catalogue())
    outline, places = table.geometry.loc[2], np.array(WEST)
    assert table.geometry.is_valid.all()
    rim = shapely.get_coordinates(outline)
    metres = [GEOD.inv(*np.repeat([at], len(places), 0).T, *places.T)[2].min() for at in rim]
    assert min(metres) == pytest.approx(250, abs=1)
    length = GEOD.inv(*WEST[0], *WEST[-1])[2]
    area = abs(GEOD.geometry_area_perimeter(outline)[0])
    assert area == pytest.approx(500 * length + np.pi * 250**2, rel=0.005)


def test_the_name_depends_on_no_order() -> None:
    found, sites, districts = catalogue()
    table = cluster_profiles.profiles(found, sites, districts)
    # Stacked on the central one: of those in one place the smaller id.
    rows = pd.concat([sites, sites.iloc[[2]].assign(id="s10b")], ignore_index=True)
    shuffled = rows.sample(frac=1, random_state=2)
    again = cluster_profiles.profiles(clusters.clusters(shuffled), shuffled, districts)
    assert again["site"].to_list() == [table["site"].loc[1], "s10b"]
    assert shapely.equals_exact(again.geometry, table.geometry, 1e-9).all()


def test_how_many_settings_keep_a_cluster() -> None:
    found, sites, districts = catalogue()
    _, kept = clusters.sensitivity(sites, found.labels)
    table = cluster_profiles.profiles(found, sites, districts, kept=kept)
    assert table["kept"].to_list() == kept.sum(axis=1).to_list()
    assert table["settings"].to_list() == [12, 12]
    assert table["stable"].to_list() == (kept.mean(axis=1) > 0.5).to_list()


def test_levels() -> None:
    def heap(lon: float, lat: float = 31.15) -> list[toy.Position]:
        return [(lon + at * 0.0005, lat) for at in range(5)]

    chain = [at for lon in (121.41, 121.43, 121.45) for at in heap(lon)]
    # The one in the middle is within the distance of a single place of either: no core.
    touching = [*heap(121.55, 31.25), (121.562, 31.25), *heap(121.572, 31.25)]
    sites = toy.sites(chain + touching)
    table = cluster_profiles.profiles(clusters.clusters(sites), sites, toy.quarters())
    assert sorted(table["level"]) == ["cluster", "corridor", "corridor", "corridor"]
    assert table["family"].isna().all()


def test_no_cluster_has_an_empty_table_of_the_same_columns() -> None:
    filled = cluster_profiles.profiles(*catalogue())
    sites = toy.sites([(121.5, 31.2)], sectors=["film_tv"])
    found = clusters.clusters(sites)
    _, kept = clusters.sensitivity(sites, found.labels)
    table = cluster_profiles.profiles(found, sites, toy.quarters(), kept=kept)
    assert len(table) == 0
    assert table.columns.equals(filled.columns)
    assert table.attrs["empty"] == "too_few"


def test_the_catalogue() -> None:
    sites, districts = catalog.sites("shanghai"), boundaries.districts("shanghai")
    found = clusters.clusters(sites, min_sites=3)
    table = cluster_profiles.profiles(found, sites, districts)
    assert table["name_en"].notna().all()
    assert set(table["family"]) <= set(catalog.families().index)
    assert (table["sites"] == table["members"].map(len)).all()
    assert {city for cities in table["cities"] for city in cities} == {"310000"}


def test_labels_of_other_sites_are_refused() -> None:
    found, sites, districts = catalogue()
    with pytest.raises(InputError, match="found: labels on another index"):
        cluster_profiles.profiles(found, sites.iloc[1:], districts)
