"""Parts of the sites add up to all of them, and files hold what the page shows."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from typing import TYPE_CHECKING

import hypothesis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from api import sources
from geo.files import csv_file
from geo.measures import cluster_profiles
from geo.settings import LANGUAGES
from tests.ui.states import view, views
from ui.cached import clustering, indicators, names
from ui.clusters import card, chance, cluster_map, downloads, sentence, wording
from ui.downloads import files
from ui.map import page_map
from ui.state.pages import Clusters
from ui.state.selection import Selection

if TYPE_CHECKING:
    from geo.settings import Language
    from ui.state.view import PageView


@hypothesis.settings(max_examples=10)
@given(views(Clusters))
def test_signs_of_the_legend_count_every_site_once(shown: PageView[Clusters]) -> None:
    sites = indicators.sites(shown.query)
    members = {key for ids in wording.found(shown)["members"] for key in ids}
    hollow = frozenset(sites["id"]) - members
    look = dataclasses.replace(page_map.site_look(shown, sites), hollow=hollow)
    legend = cluster_map.legend(shown, sites, look)
    by_name = {group.name: group for group in legend.groups}

    def total(name: str) -> int:
        return sum(int(each.count.replace(",", "") or 0) for each in by_name[name].entries)

    assert total("taking") == len(sites)
    assert total("families") == len(members)


@hypothesis.settings(max_examples=10)
@given(views(Clusters))
def test_the_headline_counts_the_clusters_of_the_strip(shown: PageView[Clusters]) -> None:
    found, used = wording.found(shown), wording.found(shown).attrs["used"]
    strip = clustering.strip(shown.query, shown.state.setting)
    metres, least = shown.state.setting
    assert strip.loc[(metres, least), "clusters"] == len(found)
    assert strip.loc[(metres, least), "sites"] == found["sites"].sum()
    if used >= sentence.FEWEST and len(found):
        assert f" {len(found)} " in sentence.headline(shown)


@pytest.mark.parametrize(
    ("lang", "less"), [("zh", "只有 {n} 种"), ("en", "but holds in only {n} of")]
)
def test_the_headline_is_no_surer_than_the_page(lang: Language, less: str) -> None:
    # The one cluster is hardly chance, and most other settings dissolve it.
    shown = view(Clusters, lang, region="chongqing")
    (row,) = wording.rows(shown)
    assert row["p"] <= wording.SURE
    assert not row["stable"]
    assert less.format(n=row["kept"]) in sentence.headline(shown)


@hypothesis.settings(max_examples=10)
@given(views(Clusters, "zh"))
def test_the_headline_says_how_many_clusters_most_settings_keep(
    shown: PageView[Clusters],
) -> None:
    found = wording.found(shown)
    if found.attrs["used"] >= sentence.FEWEST and len(found) > 1:
        stable = int(found["stable"].sum())
        assert f"{stable} 片在 12 种设定的多数里" in sentence.headline(shown)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_hold_the_clusters_with_their_method(lang: Language) -> None:
    shown = view(Clusters, lang, region="shanghai", distance="2", least="5")
    frame = downloads.clusters(shown)
    written = json.loads(files.build(shown, "geojson", table="clusters", frame=frame))
    about = written["metadata"]
    assert (about["distance_m"], about["min_sites"], about["algorithm"]) == (2000, 5, "DBSCAN")
    assert "2,000" in about["method"]["clusters"]
    assert set(about["columns"]) == set(written["features"][0]["properties"])
    assert [each["id"] for each in written["features"]] == frame["id"].to_list()
    assert frame["id"].iloc[0] == "shanghai.2000.5.1"
    rows = pd.read_csv(io.BytesIO(files.build(shown, "csv", table="clusters", frame=frame)))
    assert rows["n"].sum() == wording.found(shown)["sites"].sum()
    assert rows["method"].str.contains("2,000").all()


def test_the_file_of_quotients_has_a_row_for_each_district_and_sector() -> None:
    shown = view(Clusters, region="shanghai", kind=("park",))
    rows = pd.read_csv(io.BytesIO(downloads.quotients(shown)), dtype={"district": str})
    districts = indicators.units(shown.query).index
    assert len(rows) == len(districts) * len(names.families("zh"))
    assert set(rows["district"]) == set(districts)
    assert rows["filters"].unique().tolist() == ["kind: park"]


@pytest.mark.parametrize(
    ("region", "cell", "chance", "layout"),
    [
        ("shanghai", "310110.fas", "可能是偶然", "没有布局点名"),
        ("guangdong", "440600.ind", "区间不含 1", "佛山"),
        ("guangdong", "440500.fas", "可能是偶然", "汕头"),
    ],
)
def test_a_cell_says_whether_it_may_be_chance_and_which_layout_names_it(
    region: str, cell: str, chance: str, layout: str
) -> None:
    shown = view(Clusters, region=region, at=Selection("sector", cell))
    told = str(card.card(shown))
    assert chance in told
    assert layout in told.partition("列为专长的布局")[2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_of_a_level_say_nothing_of_a_size(lang: Language) -> None:
    """A level says how places hang together: what is in one piece may be the largest of all."""
    shown = view(Clusters, lang, region="shanghai", distance="2")
    rows = wording.found(shown)
    whole = rows[rows["level"] == cluster_profiles.MICRO]
    assert whole["area_km2"].max() > 20
    site = str(whole.sort_values("area_km2")["site"].iloc[-1])
    chosen = view(Clusters, lang, region="shanghai", distance="2", at=Selection("cluster", site))
    told = str(card.card(chosen)).partition("km²" if lang == "en" else "平方公里")[0]
    assert not re.search("小片|微|micro|small", told)


def test_the_file_of_tests_has_what_the_sentences_say() -> None:
    shown = view(Clusters, region="guangdong", unit="district", distance="2")
    file = io.BytesIO(downloads.tests(shown))
    rows = pd.read_csv(file, dtype={"district": str}, keep_default_na=False, na_values=[""])
    test = clustering.pairs(shown.query, 2000)
    told = {each["test"]: each for each in rows.to_dict("records")}
    pairs, random = told["pairs_in_districts"], test.in_districts
    assert (pairs["value"], pairs["p"]) == (test.pairs, random.p)
    assert pairs["expected"] == pytest.approx(random.mean)
    moran = clustering.spots(shown.query).moran
    assert told["moran"]["value"] == pytest.approx(moran.I)
    assert told["moran"]["z"] == pytest.approx(moran.z)
    local = rows[rows["test"] == "gi_star"].set_index("district")
    assert len(local) == len(indicators.units(shown.query))
    hot = clustering.spots(shown.query).table
    assert set(local.index[local["p_fdr"] <= 0.05]) == set(hot.index[hot["p_fdr"] <= 0.05])
    assert rows["parameters"].str.contains("distance_m: 2000").all()
    assert rows["method"].str.contains("随机撒").all()


def test_the_file_of_tests_has_the_rows_of_the_collection() -> None:
    shown = view(Clusters, region="chongqing", distance="2")
    every = sources.collection("tests")
    distance = every.table["distance"]
    here = every.choose({"region": "chongqing"}) & (distance.isna() | distance.eq(2000)).to_numpy()
    served = csv_file.csv(every.part(np.flatnonzero(here)))
    filed, told = (pd.read_csv(io.BytesIO(each)) for each in (downloads.tests(shown), served))
    pd.testing.assert_frame_equal(filed[[*told]], told)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hot_districts_say_so_on_the_map(lang: Language) -> None:
    shown = view(Clusters, lang, region="chongqing")
    units = cluster_map.scene(shown).units
    spots = clustering.spots(shown.query).table["spot"]
    hot = spots.index[spots == "hot"]
    assert len(hot) > 0
    assert {*units.loc[hot, "value"]} == {"热点" if lang == "zh" else "hot"}
    assert {*units.drop(index=hot)["value"]} == {""}


def test_tests_without_a_figure_say_why_in_the_file() -> None:
    shown = view(Clusters, region="jinan", kind=("street",))
    rows = pd.read_csv(io.BytesIO(downloads.tests(shown)))
    measures = rows["test"].isin(["gini", "theil", "theil_between", "top_share"])
    assert rows.loc[measures, "value"].notna().sum() == 4
    none = rows[rows["test"].ne("gi_star") & ~measures]
    assert (none["empty"].notna() | none["p"].notna() | none["z"].notna()).all()
    assert none["empty"].notna().any()


def test_means_of_pairs_have_the_decimals_of_each_other() -> None:
    told = [text for _, text in chance.sentences(view(Clusters, region="chongqing"))]
    means = [found[1] for each in told if (found := re.search(r"平均 ([\d.,]+) 对", each))]
    assert len(means) == 2
    assert len({len(each.partition(".")[2]) for each in means}) == 1
    assert all(len(each.partition(".")[2]) <= 2 for each in means)
