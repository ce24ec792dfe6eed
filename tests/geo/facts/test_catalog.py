"""The facts, held to each other and to what was published."""

from __future__ import annotations

import datetime as dt
import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.errors import InputError, UnknownRegionError
from geo.facts import boundaries, catalog
from geo.geometry import projection

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

REGIONS = ["harbin", "shanghai", "jinan", "chongqing", "guangdong"]
TABLES = [
    catalog.sites,
    catalog.venues,
    catalog.aggregates,
    catalog.regions,
    catalog.sectors,
    catalog.families,
    catalog.targets,
    catalog.documents,
    catalog.district_facts,
    catalog.city_facts,
    catalog.census,
    catalog.census_zones,
]


def metres_between(outline: shapely.Geometry, lon: float, lat: float) -> float:
    """Return how far a position lies from an outline, in the plane centred on the position."""
    plane = projection.laea(lon, lat)

    def planar(degrees: np.ndarray) -> np.ndarray:
        return np.column_stack(plane.transform(degrees[:, 0], degrees[:, 1]))

    return float(shapely.distance(shapely.transform(outline, planar), shapely.Point(0, 0)))


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (catalog.sites, 658),
        (catalog.venues, 56),
        (catalog.aggregates, 79),
        (catalog.targets, 60),
        (catalog.documents, 5),
        (catalog.district_facts, 207),
        (catalog.city_facts, 21),
        (catalog.census, 2849),
        (catalog.census_zones, 137),
    ],
)
def test_no_row_is_lost(table: Callable[[], pd.DataFrame], rows: int) -> None:
    assert len(table()) == rows


def test_sites_by_evidence_and_precision() -> None:
    sites = catalog.sites()
    assert sites["evidence"].value_counts().to_dict() == {
        "official": 90, "documented": 224, "listed": 286, "unverified": 58,
    }  # fmt: skip
    assert sites["precision"].value_counts().to_dict() == {
        "district": 193,
        "none": 141,
        "street": 204,
        "building": 120,
    }
    assert sites["adcode"].isna().sum() == 51


@pytest.mark.parametrize("table", TABLES)
def test_every_result_is_the_callers_own(table: Callable[[], pd.DataFrame]) -> None:
    first = table()
    column = first.columns[0]
    first[column] = first[column].iloc[0]
    assert not table().equals(first)


def test_columns_of_sites() -> None:
    assert list(catalog.sites().columns) == [
        *("id", "region", "name_zh", "name_en", "kind", "scope", "level", "city", "city_adcode"),
        *("district", "district_listed", "adcode", "address", "sectors", "status"),
        *("opened_year", "area_m2"),
        *("lon", "lat", "precision", "evidence", "source", "coord_source", "note", "geometry"),
    ]


def test_the_regions_sites_are_all_sites() -> None:
    parts = [catalog.sites(region) for region in REGIONS]
    assert list(catalog.regions().index) == REGIONS
    assert sorted(pd.concat(parts)["id"]) == sorted(catalog.sites()["id"])
    assert all(list(part.index) == list(range(len(part))) for part in parts)


def test_unlocated_sites_have_an_empty_geometry() -> None:
    sites = catalog.sites()
    assert sites.crs == "EPSG:4326"
    assert (sites.geometry.is_empty == sites["lon"].isna()).all()
    located = sites[~sites.geometry.is_empty]
    assert (located.geometry.x == located["lon"]).all()
    assert (located.geometry.y == located["lat"]).all()


def test_ids_are_unique_over_all_places() -> None:
    tables = (catalog.sites, catalog.venues, catalog.aggregates)
    ids = pd.concat([table()["id"] for table in tables])
    assert ids.is_unique


def test_every_site_names_a_unit_of_the_boundary_layer() -> None:
    sites = catalog.sites()
    for region in REGIONS:
        units = set(boundaries.districts(region).index)
        assert set(sites.loc[sites["region"] == region, "adcode"].dropna()) <= units


@pytest.mark.parametrize(
    ("table", "located"),
    [
        (partial(catalog.sites, scope=catalog.WIDE), 724),
        (catalog.venues, 56),
        (catalog.aggregates, 34),
    ],
)
def test_every_located_place_lies_in_its_district_within_its_uncertainty(
    table: Callable[[], gpd.GeoDataFrame], located: int
) -> None:
    radius = catalog.vocabulary("precision")["radius_m"]
    sites = table()
    stated = sites[~sites.geometry.is_empty & sites["adcode"].notna()].set_index("id")
    districts = pd.concat([boundaries.districts(region) for region in REGIONS]).geometry
    outlines = districts.loc[stated["adcode"]]
    distances = [
        metres_between(outline, lon, lat)
        for outline, lon, lat in zip(outlines, stated["lon"], stated["lat"], strict=True)
    ]
    beyond = pd.Series(distances, stated.index) - stated["precision"].map(radius)
    assert len(stated) == located == (~sites.geometry.is_empty).sum()
    assert beyond[beyond > 0].to_dict() == {}


@pytest.mark.parametrize("table", [catalog.sites, catalog.venues, catalog.aggregates])
def test_every_place_has_a_source_and_every_position_too(table: Callable[[], pd.DataFrame]) -> None:
    places = table()
    assert (places["source"].str.len() > 0).all()
    assert (places["coord_source"].notna() == places["lon"].notna()).all()


@pytest.mark.parametrize(
    "facts", [catalog.district_facts, catalog.city_facts, catalog.census, catalog.census_zones]
)
def test_every_number_of_residents_has_a_year_and_a_source(
    facts: Callable[[], pd.DataFrame],
) -> None:
    units = facts()
    assert (units["population"].notna() == units["population_source"].notna()).all()
    assert (units["population"].notna() == units["population_year"].notna()).all()


@pytest.mark.parametrize("facts", [catalog.district_facts, catalog.city_facts])
def test_every_area_and_name_has_a_source(facts: Callable[[], pd.DataFrame]) -> None:
    units = facts()
    assert (units["area_land_km2"].notna() == units["area_source"].notna()).all()
    assert units["name_en_source"].notna().all()


def test_land_areas_agree_with_the_polygons_inland() -> None:
    # Polygons of coastal units hold water; elsewhere the figures differ by the survey only.
    for region in REGIONS:
        districts = boundaries.districts(region)
        ratio = districts["area_polygon_km2"] / districts["area_land_km2"]
        coastal = ratio > 1.08
        assert ratio[~coastal].dropna().between(0.93, 1.08).all()
        assert set(districts.loc[coastal, "name_zh"]) <= {
            *("浦东新区", "崇明区", "宝山区", "金山区", "奉贤区", "龙岗区", "盐田区"),
        }


def test_an_area_that_contradicts_the_polygon_is_kept_and_not_used() -> None:
    facts = catalog.district_facts()
    kept = facts[facts["area_land_km2"].notna() & (facts["area_use"] == "polygon")]
    districts = pd.concat([boundaries.districts(region) for region in REGIONS]).loc[kept.index]
    assert len(kept) == 18
    assert (kept["area_land_km2"] / districts["area_polygon_km2"] - 1).abs().gt(0.07).all()
    assert districts["area_land_km2"].isna().all()
    assert kept["area_note"].str.endswith("the area of the polygon is used").all()


def test_every_district_has_an_official_area() -> None:
    facts = catalog.district_facts()
    assert facts["area_land_km2"].notna().all()
    # 2019: the table of counties; 2025: news of the change in Chongqing.
    years = facts["area_year"].value_counts(dropna=False).to_dict()
    assert years == {2019: 191, 2025: 2, pd.NA: 14}
    confirmed = facts["area_source"].str.contains("agrees with github.com/xmc811/mapchina")
    assert confirmed.sum() == 69


def test_families_and_sectors() -> None:
    sectors, families = catalog.sectors(), catalog.families()
    assert len(sectors) == 15
    assert list(families.index) == ["ind", "arc", "fas", "adv", "ani", "film", "dig", "art", "mix"]
    assert set(sectors["family"]) == set(families.index)
    tones = families[["light", "rim_light", "dark", "rim_dark"]]
    assert list(tones.loc["mix"]) == ["#CBD0D4", "#747C83", "#6B747B", "#A3ABB2"]
    one_colour = families.drop(index="mix")
    assert (one_colour["light"] == one_colour["rim_light"]).all()
    assert families["light"].is_unique


def test_vocabulary() -> None:
    radius = catalog.vocabulary("precision")["radius_m"].to_dict()
    assert radius == {"building": 50, "street": 500, "district": 3000, "none": math.inf}
    assert "radius_m" not in catalog.vocabulary("kind")
    assert catalog.vocabulary("kind").loc["design_center", "name_zh"] == "设计中心"
    with pytest.raises(InputError, match="kind, level, status, precision, evidence"):
        catalog.vocabulary("colour")  # type: ignore[arg-type]


def test_targets() -> None:
    targets = catalog.targets()
    ranges = targets[targets["comparator"] == "range"]
    assert ranges[["value", "value_max"]].to_numpy().tolist() == [[1, 2], [3, 4], [3, 5]]
    assert targets.loc["hrb-2023-press-01", "value"] == 137.16
    outside = targets[targets["document"].isna()]
    assert outside["region"].tolist() == ["chongqing"] * 3
    assert outside["source"].str.startswith(("cqcb.com 2021-11-19", "news agency")).all()


def test_sites_listed_under_former_districts_of_chongqing_belong_to_liangjiang() -> None:
    sites = catalog.sites("chongqing")
    former = sites[sites["district_listed"].isin(["江北区", "渝北区"])]
    assert len(former) == 19
    assert set(former["adcode"]) == {"500105"}
    assert set(former["district"]) == {"两江新区"}


def test_city_codes() -> None:
    sites = catalog.sites()
    assert set(sites.loc[sites["region"] == "shanghai", "city_adcode"]) == {"310000"}
    assert set(sites.loc[sites["region"] == "chongqing", "city_adcode"]) == {"500000"}
    unplaced = sites[sites["city_adcode"].isna()]
    assert len(unplaced) == 5
    assert set(unplaced["region"]) == {"guangdong"}
    assert "440499" not in set(sites["adcode"].dropna())


def test_dtypes() -> None:
    sites = catalog.sites()
    assert sites["opened_year"].dtype == "Int64"
    assert sites["area_m2"].dtype == np.float64
    assert catalog.district_facts()["population"].dtype == "Int64"


def test_the_catalogue_says_its_date() -> None:
    assert catalog.catalogue_date() == dt.date(2026, 11, 27)


def test_an_unknown_region_names_the_known_ones() -> None:
    with pytest.raises(UnknownRegionError, match="harbin, shanghai, jinan, chongqing, guangdong"):
        catalog.sites("atlantis")


def test_a_region_of_sites_is_no_list_of_codes_and_the_error_does_not_offer_it() -> None:
    with pytest.raises(UnknownRegionError) as caught:
        catalog.sites(["310101"])  # type: ignore[arg-type]
    assert str(caught.value).endswith("chongqing, guangdong")
