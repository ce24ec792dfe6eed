"""The rows served are the rows of the files, and filters choose as on the pages."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from api import mount, selection, sources, unit_figures
from api.query import ItemsQuery
from api.refusals import RefusedRequest
from geo import clusters, concentration, density, location_quotient
from geo.facts import boundaries, catalog, completeness
from geo.files import geojson, layout_files
from geo.measures import hot_spots, pair_test, sector_counts
from geo.policy import layouts
from geo.search import criteria, matching
from geo.search.criteria import Criteria


def features(name: str, **asked: str) -> list[dict[str, Any]]:
    given = tuple(asked.items())
    collection = sources.collection(name, unit_figures.USUAL, given)
    found, _ = selection.page(collection, ItemsQuery(10_000, 0, None, given))
    return [json.loads(each) for each in found]


def ids(name: str, **asked: str) -> list[str]:
    return [feature["id"] for feature in features(name, **asked)]


def test_sites_are_those_of_the_file() -> None:
    assert features("sites") == json.loads(geojson.feature_collection(catalog.sites()))["features"]


def test_unlocated_sites_have_no_geometry() -> None:
    unlocated = set(catalog.sites().loc[lambda rows: rows["lon"].isna(), "id"])
    assert {each["id"] for each in features("sites") if each["geometry"] is None} == unlocated


def test_districts_are_all_units_with_their_figures() -> None:
    found = {each["id"]: each["properties"] for each in features("districts")}
    regions = catalog.regions().index
    assert list(found) == [
        code for region in regions for code in boundaries.districts(region).index
    ]
    huangpu = found["310101"]
    assert (huangpu["n"], huangpu["radius_m"], huangpu["share"]) == (19, 3000.0, 1.0)
    assert huangpu["per_100_km2"] == pytest.approx(92.8, abs=0.2)


def test_a_share_that_rests_on_unknown_positions_is_empty() -> None:
    rows = [each["properties"] for each in features("districts")]
    told = [row for row in rows if row["share_empty"] is not None]
    assert told
    assert all(row["share"] is None and row["n"] > 0 for row in told)


def test_cities_are_those_counted_by_city() -> None:
    found = features("cities")
    assert len(found) == 21
    assert {each["properties"]["region"] for each in found} == {"guangdong"}


def test_layouts_are_those_of_the_files() -> None:
    found = features("layouts")
    for layout in layouts.all_layouts().values():
        own = [each for each in found if each["properties"]["layout"] == layout.id]
        for served, filed in zip(
            own, json.loads(layout_files.layout_geojson(layout))["features"], strict=True
        ):
            assert served["geometry"] == filed["geometry"]
            assert served["properties"].items() >= filed["properties"].items()
            assert served["id"] == f"{layout.id}.{filed['id']}"


def test_ids_tell_features_apart() -> None:
    for name in sources.NAMES:
        collection = sources.collection(name)
        assert len(set(collection.ids)) == len(collection.features) == len(collection.bounds)
        usual = collection.table[list(collection.usual)].astype(str) == collection.usual
        assert ids(name) == np.array(collection.ids)[usual.all(axis=1)].tolist()


@pytest.mark.parametrize(
    "asked",
    [
        Criteria(),
        Criteria(sector=("ind", "arc"), match="all"),
        Criteria(kind=("park",), level=("national", "municipal")),
        Criteria(district=("310101", "440100")),
        Criteria(opened_since=2010, area_min=10_000.0),
        Criteria(near=(121.47, 31.23), within_km=5.0),
        Criteria(text="chuang"),
        Criteria(status=("planned",), evidence=("listed",), precision=("none",)),
    ],
)
def test_sites_are_chosen_as_on_the_pages(asked: Criteria) -> None:
    expected = matching.select(catalog.sites(), asked)["id"].tolist()
    assert ids("sites", **criteria.render(asked)) == expected


def test_a_region_goes_with_the_other_filters() -> None:
    expected = matching.select(catalog.sites("shanghai"), Criteria(kind=("park",)))["id"]
    assert ids("sites", region="shanghai", kind="park") == expected.tolist()
    both = ids("sites", region="jinan,harbin")
    assert len(both) == len(catalog.sites("jinan")) + len(catalog.sites("harbin"))


def test_a_district_may_be_named_as_its_property_has_it() -> None:
    sites = catalog.sites()
    expected = sites.loc[sites["district"] == "黄浦区", "id"].tolist()
    assert ids("sites", district="黄浦区") == expected


def test_names_and_codes_go_together() -> None:
    expected = {*ids("sites", district="黄浦区"), *ids("sites", district="310104")}
    assert set(ids("sites", district="黄浦区, 310104")) == expected
    assert ids("districts", district="黄浦区,310104") == ["310101", "310104"]
    assert ids("cities", district="广州市") == ["440100"]


def test_a_merged_code_is_the_unit_it_belongs_to() -> None:
    assert ids("districts", district="440499") == ["440402"]
    assert ids("sites", district="440499") == ids("sites", district="440402")


def test_an_empty_list_asks_nothing() -> None:
    assert ids("sites", region=",", kind=" , ", sector=",", district=",") == ids("sites")
    assert ids("districts", region="", district=",") == ids("districts")
    assert ids("layouts", kind=",", layout=",") == ids("layouts")


def test_units_are_of_one_type() -> None:
    for name in ("districts", "cities"):
        assert {each["geometry"]["type"] for each in features(name)} == {"MultiPolygon"}


def test_all_that_is_wrong_with_filters_is_told() -> None:
    with pytest.raises(RefusedRequest) as caught:
        ids("sites", region="x", kind="castle", near="a", district="Nowhere,310101")
    told = caught.value.detail("en")
    assert [each for each in ("'x'", "castle", "near", "Nowhere") if each not in told] == []
    with pytest.raises(RefusedRequest) as caught:
        ids("districts", region="x", district="999999")
    assert len(caught.value.several) == 2


@pytest.mark.parametrize("name", ["sites", "districts", "cities"])
def test_the_pattern_of_a_filter_allows_what_it_takes(name: str) -> None:
    own = sources.collection(name).filters["district"]
    key = "district" if name == "sites" else "name_zh"
    taken = {each["properties"][key] for each in features(name)} - {None}
    assert [each for each in taken if not re.search(own.schema["pattern"], each)] == []


def test_districts_of_a_city_and_of_a_region() -> None:
    assert ids("districts", district="310101") == ["310101"]
    foshan = features("districts", district="440600")
    assert {each["properties"]["city_adcode"] for each in foshan} == {"440600"}
    assert ids("districts", district="440600", region="shanghai") == []


def test_elements_and_links_of_layouts() -> None:
    links = features("layouts", feature="link", region="guangdong")
    assert {each["properties"]["feature"] for each in links} == {"link"}
    assert {each["properties"]["layout"] for each in links} == {"gd-2023-plan"}
    cores = features("layouts", layout="gd-2023-plan", kind="core")
    assert [each["properties"]["name_en"] for each in cores] == ["Guangzhou", "Shenzhen"]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("sites", {"region": "atlantis"}),
        ("sites", {"kind": "castle"}),
        ("sites", {"sector": "x" * 5000}),
        ("sites", {"match": "some"}),
        ("sites", {"district": "黄浦区,999999"}),
        ("cities", {"district": "黄浦区"}),
        ("sites", {"opened_since": "12345"}),
        ("sites", {"area_min": "-1"}),
        ("sites", {"near": "200,100"}),
        ("sites", {"near": "121,31", "within_km": "1e9"}),
        ("sites", {"within_km": "3"}),
        ("sites", {"text": "x" * 101}),
        ("districts", {"district": "999999"}),
        ("districts", {"region": "x"}),
        ("clusters", {"distance": "1500"}),
        ("clusters", {"distance": "1000,2000"}),
        ("clusters", {"least": "many"}),
        ("clusters", {"sector": "x"}),
        ("quotients", {"sector": "x"}),
        ("quotients", {"district": "999999"}),
        ("tests", {"test": "x"}),
        ("tests", {"distance": "1500"}),
        ("tests", {"district": "999999"}),
        ("peers", {"role": "x"}),
        ("peers", {"district": "999999"}),
        ("layouts", {"layout": "x"}),
        ("layouts", {"kind": "x"}),
    ],
)
def test_values_that_cannot_be_used_are_refused_with_a_reason(
    name: str, asked: dict[str, str]
) -> None:
    with pytest.raises(RefusedRequest) as caught:
        ids(name, **asked)
    assert caught.value.status == 400
    assert 10 < len(caught.value.detail("en")) < 400
    assert caught.value.detail("zh")


def test_unknown_collections_are_unknown() -> None:
    with pytest.raises(KeyError):
        sources.collection("castles")


def test_clusters_are_those_of_the_figures_in_the_setting_that_is_asked_for() -> None:
    sites, districts = catalog.sites("shanghai"), boundaries.districts("shanghai")
    found = features("clusters", region="shanghai")
    told = pd.DataFrame([each["properties"] for each in found])
    expected, labels = clusters.clusters(sites, min_sites=3, region=districts)
    assert told["n"].to_list() == expected["sites"].to_list()
    assert told["p"].to_list() == pytest.approx(expected["p"].to_list())
    assert {*told["distance"], *told["least"], *told["simulations"]} == {1000, 3, 199}
    members = told["members"].str.split(";").explode().to_list()
    assert sorted(members) == sorted(sites["id"][labels.notna()])
    assert told["name_zh"].str.endswith("一带").all()
    assert told["name_en"].str.startswith("around ").all()
    far = features("clusters", region="shanghai", distance="3000", least="8")
    assert {each["properties"]["distance"] for each in far} == {3000}
    led = features("clusters", sector="dig,fas")
    assert {each["properties"]["sector"] for each in led} <= {"dig", "fas"}
    assert len(led) > 0


def test_quotients_are_those_of_the_sites_and_chosen_by_district_and_sector() -> None:
    sites, districts = catalog.sites("guangdong"), boundaries.districts("guangdong")
    counts = sector_counts.counts(sites, districts)
    expected = location_quotient.specialisation(counts, reference=sector_counts.totals(sites))
    told = pd.DataFrame([each["properties"] for each in features("quotients", region="guangdong")])
    told = told.set_index(["district", "sector"])
    assert [*told.index] == [*expected.index]
    for name in ("lq", "low", "high", "x_ds", "x_d", "stars"):
        np.testing.assert_allclose(
            pd.to_numeric(told[name]), expected[name].to_numpy(float, na_value=np.nan)
        )
    assert told["few"].to_list() == expected["few"].to_list()
    assert ids("quotients", district="天河区", sector="fas,dig") == ["440106.fas", "440106.dig"]
    of_city = {
        each["properties"]["city_adcode"] for each in features("quotients", district="440300")
    }
    assert of_city == {"440300"}
    assert features("quotients", region="shanghai", district="440106") == []


def test_tests_are_those_of_the_sites_in_every_distance_and_district() -> None:
    sites, districts = catalog.sites("guangdong"), boundaries.districts("guangdong")
    table = density.density(sites, districts)
    told = {each["id"]: each for each in features("tests", region="guangdong")}
    assert len(told) == 2 * len(clusters.DISTANCES_M) + 6 + len(districts)
    for metres in clusters.DISTANCES_M:
        random = pair_test.pair_test(sites, districts, distance_m=metres)
        served = told[f"guangdong.pairs_in_districts.{metres}"]["properties"]
        assert (served["value"], served["p"]) == (random.pairs, random.in_districts.p)
        assert (served["distance"], served["simulations"]) == (metres, 199)
    spots = hot_spots.hot_spots(table["per_100_km2"], districts)
    moran = told["guangdong.moran"]["properties"]
    assert (moran["value"], moran["p"]) == pytest.approx((spots.moran.I, spots.moran.p))
    gini = told["guangdong.gini"]["properties"]["value"]
    assert gini == pytest.approx(concentration.gini(table["n"]))
    assert {key for key, each in told.items() if each["geometry"]} == {
        f"guangdong.gi_star.{code}" for code in districts.index
    }
    hot = [f"guangdong.gi_star.{code}" for code in spots.table.query("spot == 'hot'").index]
    found = [each for each in told.values() if each["properties"]["spot"] == "hot"]
    assert [each["id"] for each in found] == hot
    assert found
    assert all(each["properties"]["p_fdr"] <= 0.05 for each in found)


def test_tests_are_chosen_by_district_test_and_distance() -> None:
    assert ids("tests", district="天河区") == ["guangdong.gi_star.440106"]
    asked = {"region": "shanghai", "distance": "500"}
    pairs = [f"shanghai.pairs_in_{each}.500" for each in ("districts", "region")]
    assert ids("tests", **asked) == pairs
    assert ids("tests", region="shanghai", test="gini,moran") == ["shanghai.moran", "shanghai.gini"]


def test_peers_are_the_nearest_and_the_neighbours_of_each_district() -> None:
    told = pd.DataFrame([each["properties"] for each in features("peers")])
    every = pd.concat([boundaries.districts(region) for region in catalog.regions().index])
    assert [*told["district"].drop_duplicates()] == [*every.index]
    peered = told[told["role"] == "peer"].groupby("district", sort=False)
    assert {*peered.size()} == {6}
    assert peered["peer_distance"].apply(lambda far: far.is_monotonic_increasing).all()
    parts = told[["distance_residents", "distance_density", "distance_mix"]]
    assert told["peer_distance"].to_numpy() ** 2 == pytest.approx(
        (parts**2).sum(axis=1, min_count=3).to_numpy(), nan_ok=True
    )
    own = told[told["role"] == "compared"].set_index("district")
    assert own["empty"].isna().to_numpy().tolist() == [code in peered.groups for code in own.index]
    assert {*told["where"], *told["level"]} == {"all", "district"}
    assert (told[["weight_residents", "weight_density", "weight_mix"]] == 1).all(axis=None)
    assert {*told["radius_m"]} == {3000}
    served = features("peers", district="杨浦区", role="peer,neighbour")
    yangpu = told[(told["district"] == "310110") & (told["role"] != "compared")]
    assert [each["id"] for each in served] == yangpu["id"].to_list()
    for each in served:
        place = every.loc[each["properties"]["adcode"]]
        assert each["geometry"]["coordinates"] == pytest.approx([place["lon"], place["lat"]])
    assert {each["properties"]["region"] for each in features("peers", region="jinan")} == {"jinan"}


@pytest.mark.parametrize("name", sorted(sources.LATE))
def test_what_is_said_before_the_rows_are_made_is_true_of_them(name: str) -> None:
    said, made = sources.outline(name), sources.collection(name)
    assert said._replace(extent=None) == made.outline._replace(extent=None)
    told, within = np.array(said.extent), np.array(made.extent)
    assert np.all(within[:2] >= told[:2])
    assert np.all(within[2:] <= told[2:])


@pytest.mark.parametrize("region", ["guangdong", "jinan"])  # where nothing clusters
@pytest.mark.parametrize("name", sorted(sources.LATE - sources.ASKED_FOR))
def test_one_region_is_made_alone_and_has_the_same_rows(name: str, region: str) -> None:
    every, asked = sources.collection(name), {"region": region}
    alone = sources.collection(name, unit_figures.USUAL, (*asked.items(),))
    here, there = (each.features.at(np.flatnonzero(each.choose(asked))) for each in (alone, every))
    assert here == there
    assert (alone.filters, alone.shape, alone.fields) == (every.filters, every.shape, every.fields)


def test_a_start_makes_no_rows_that_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(sources, "collection", made.append)
    mount.prepare()
    assert {*made} == {*sources.NAMES} - sources.LATE


def test_every_number_reported_is_served_with_year_and_source() -> None:
    found = features("completeness")
    told = pd.DataFrame([each["properties"] for each in found])
    assert told["reported"].sum() == catalog.reported()["value"].sum()
    assert told[["year", "source", "region", "kind"]].notna().all(axis=None)
    assert {each["geometry"] for each in found} == {None}
    known = completeness.compared("shanghai")
    parks = known.loc[known["kind"] == "park", "id"].to_list()
    assert ids("completeness", region="shanghai", kind="park") == parks
