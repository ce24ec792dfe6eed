"""Residents of 2020: every county of the mainland, held to the published totals."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.china import county_units
from geo.facts import boundaries, catalog
from geo.measures import density

# Bulletin of the Seventh National Population Census (No. 3), 2021-05-11: residents by province.
# Its national 1,411,778,724 holds 2,000,000 servicemen, whom no province counts.
PUBLISHED = {
    "北京市": 21_893_095, "天津市": 13_866_009, "河北省": 74_610_235, "山西省": 34_915_616,
    "内蒙古自治区": 24_049_155, "辽宁省": 42_591_407, "吉林省": 24_073_453,
    "黑龙江省": 31_850_088, "上海市": 24_870_895, "江苏省": 84_748_016, "浙江省": 64_567_588,
    "安徽省": 61_027_171, "福建省": 41_540_086, "江西省": 45_188_635, "山东省": 101_527_453,
    "河南省": 99_365_519, "湖北省": 57_752_557, "湖南省": 66_444_864, "广东省": 126_012_510,
    "广西壮族自治区": 50_126_804, "海南省": 10_081_232, "重庆市": 32_054_159,
    "四川省": 83_674_866, "贵州省": 38_562_148, "云南省": 47_209_277, "西藏自治区": 3_648_100,
    "陕西省": 39_528_999, "甘肃省": 25_019_831, "青海省": 5_923_957,
    "宁夏回族自治区": 7_202_654, "新疆维吾尔自治区": 25_852_345,
}  # fmt: skip
SERVICEMEN = 2_000_000
REGIONS = {
    "harbin": 10_009_854,
    "shanghai": 24_870_895,
    "jinan": 9_202_432,
    "chongqing": 32_054_159,
    "guangdong": 126_012_510,
}
UNUSABLE = {"历下区", "历城区", "两江新区", "北碚区"}
UNCERTAIN = {"长清区", "章丘区"}


def counted_apart(zones: pd.DataFrame) -> pd.DataFrame:
    """The zones whose residents no unit of the table holds."""
    return zones[zones["added_to"].isna()]


def test_every_county_of_the_mainland_is_there_by_its_name_of_today() -> None:
    census, units = catalog.census(), county_units.units()
    mainland = units[~units.index.str[:2].isin(["71", "81", "82"])]
    assert census.index.tolist() == mainland.index.tolist()
    assert census["name_zh"].tolist() == mainland["name_zh"].tolist()
    nobody = census[census["population"].isna()]
    # Two districts of Hangzhou, two cities of Xinjiang, and Jinmen, which this census leaves out.
    assert set(nobody["name_zh"]) == {"临平区", "钱塘区", "新星市", "白杨市", "金门县"}
    assert nobody["population_note"].notna().all()


def test_every_province_adds_to_what_its_bulletin_says() -> None:
    census, zones = catalog.census(), catalog.census_zones()
    # A zone counts in its own province, wherever it lies.
    held = zones.groupby("added_to")["population"].sum().reindex(census.index).fillna(0)
    own = (census["population"].fillna(0) - held).groupby(county_units.units()["province"]).sum()
    total = own.add(zones.groupby("province_zh")["population"].sum(), fill_value=0)
    assert total[total != 0].astype(int).to_dict() == PUBLISHED
    everyone = census["population"].sum() + counted_apart(zones)["population"].sum()
    assert everyone == sum(PUBLISHED.values()) == 1_411_778_724 - SERVICEMEN


@pytest.mark.parametrize(("region", "published"), REGIONS.items())
def test_a_region_adds_to_its_published_total(region: str, published: int) -> None:
    facts, zones = catalog.district_facts(), catalog.census_zones()
    own = facts[facts["region"] == region]
    near = zones["lies_in"].map(lambda units: not own.index.intersection(list(units)).empty)
    apart = counted_apart(zones[near])
    assert own["population"].sum() + apart["population"].sum() == published
    assert apart["population"].to_dict() == (
        {"济南高新技术产业开发区": 424_047} if region == "jinan" else {}
    )
    stated = catalog.regions().loc[region]
    assert (stated["population"], stated["population_year"]) == (published, 2020)


@pytest.mark.parametrize(
    ("members", "published"),
    [
        (["4401"], 18_676_605),
        (["4406"], 9_498_863),
        (["4418"], 3_969_473),
        # Shenzhen's 17,560,061 less the 65,663 of Shenshan, which lies in Haifeng's polygon.
        (["4403"], 17_560_061 - 65_663),
        (["4415"], 2_672_819 + 65_663),
        # 重庆市's districts (500100) and counties (500200), as the tabulation divides them.
        (["5001"], 25_379_469),
        (["5002"], 6_674_690),
    ],
)
def test_districts_add_to_the_total_of_their_city(members: list[str], published: int) -> None:
    census = catalog.census()
    own = census[census.index.str[:4].isin(members)]
    assert own["population"].sum() == published


def test_cities_and_their_districts_differ_by_shenshan_alone() -> None:
    facts = catalog.district_facts()
    sums = facts[facts["region"] == "guangdong"].groupby("city_adcode")["population"].sum()
    difference = catalog.city_facts()["population"].reindex(sums.index) - sums
    assert difference[difference != 0].to_dict() == {"440300": 65_663, "441500": -65_663}
    for note in (
        *catalog.city_facts()["population_note"][["440300", "441500"]],
        catalog.census()["population_note"]["441521"],
    ):
        assert "65,663" in note


def test_all_207_districts_have_residents_of_2020_and_203_are_used() -> None:
    facts = catalog.district_facts()
    assert len(facts) == 207
    assert set(facts["population_year"]) == {2020}
    districts = pd.concat([boundaries.districts(region) for region in REGIONS])
    assert districts["population"].notna().sum() == 203
    assert set(districts.loc[districts["population"].isna(), "name_zh"]) == UNUSABLE
    assert set(districts.loc[districts["population_uncertain"], "name_zh"]) == UNCERTAIN
    table = density.density(catalog.sites(), districts)
    assert table["per_100k_residents"].notna().sum() == 203


def test_a_figure_that_is_not_used_or_uncertain_says_why() -> None:
    census = catalog.census()
    unused = census[census["population_comparable"] == "no"]
    assert len(unused) == 68
    for counted, note in zip(unused["population"], unused["population_note"], strict=True):
        figure, why = note.split("; ", 1)
        assert figure == f"{counted:,} in the census"
        assert why
    uncertain = census[census["population_comparable"] == "uncertain"]
    assert uncertain["population_note"].notna().all()


def test_the_notes_of_units_name_the_zones_that_lie_in_them() -> None:
    notes = catalog.census()["population_note"]
    for name, zone in catalog.census_zones().fillna({"added_to": ""}).iterrows():
        figure = f"{name} ({zone['population']:,}"
        for adcode, share in zone["lies_in"].items():
            assert figure in notes[adcode], (name, adcode)
            added = f"{figure})" in notes[adcode]
            assert added == (zone["added_to"] == adcode), (name, adcode)
            if not added:
                assert f"{figure}, {share:.0%}".replace("%", " %") in notes[adcode]


def test_a_zone_is_added_only_where_nearly_all_of_it_lies() -> None:
    for name, zone in catalog.census_zones().iterrows():
        shares = zone["lies_in"].values()
        assert sum(shares) <= 1.01, name
        assert (max(shares) >= 0.91) == isinstance(zone["added_to"], str), name


def test_units_of_the_preliminary_bulletins_have_their_final_figures() -> None:
    # 分县资料 against the bulletins of 2021: they differ by at most 100 persons.
    final = {"440604": 1_330_262, "440607": 803_226, "500107": 1_526_821, "500153": 668_977}
    assert catalog.census()["population"][list(final)].to_dict() == final
