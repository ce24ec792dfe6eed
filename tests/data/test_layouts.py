"""The five seed layouts hold everything their documents say about space."""

from __future__ import annotations

import re

import pytest

from geo import catalog, layouts

# Element, kind, certainty and where it is: districts, "point", or "" where nobody published it.
ELEMENTS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "gd-2023-plan": (
        ("guangzhou", "core", "stated", "440100"),
        ("shenzhen", "core", "stated", "440300"),
        ("foshan", "node", "stated", "440600"),
        ("dongguan", "node", "stated", "441900"),
        ("zhongshan", "node", "stated", "442000"),
        ("zhuhai", "node", "stated", "440400"),
        ("shantou", "node", "stated", "440500"),
        ("other-cities", "node", "unpublished", ""),
        ("prd-corridor", "corridor", "unpublished", ""),
        ("service-guangzhou", "carrier", "stated", "440100"),
        ("service-shenzhen", "carrier", "stated", "440300"),
        ("service-foshan", "carrier", "stated", "440600"),
        ("candidate-guangzhou", "candidate", "stated", "440100"),
        ("candidate-shenzhen", "candidate", "stated", "440300"),
        ("candidate-shantou", "candidate", "stated", "440500"),
        ("candidate-foshan", "candidate", "stated", "440600"),
        ("candidate-dongguan", "candidate", "stated", "441900"),
        ("design-port", "carrier", "unpublished", ""),
        ("dm-port", "carrier", "found", "point"),
        ("platform-hengqin", "carrier", "stated", "point"),
        ("platform-qianhai", "carrier", "stated", "point"),
        ("platform-nansha", "carrier", "stated", "point"),
        ("platform-hetao", "carrier", "stated", "point"),
        ("longgang-corridor", "corridor", "unpublished", ""),
    ),
    "cq-2022-plan": (
        ("yuelai", "core", "stated", "point"),
        ("shapingba", "node", "stated", "500106"),
        ("yuzhong", "node", "stated", "500103"),
        ("banan", "node", "stated", "500113"),
        ("others", "node", "unpublished", ""),
        ("design-park", "carrier", "stated", "point"),
        ("design-industry-city", "carrier", "unpublished", ""),
        ("design-headquarters", "carrier", "unpublished", ""),
        ("platforms", "carrier", "unpublished", ""),
        ("chongqing-university", "carrier", "stated", "point"),
        ("sichuan-fine-arts", "carrier", "stated", "point"),
        ("mountain-city-centre", "carrier", "found", "point"),
    ),
    "hrb-2023-press": (
        ("urban-districts", "zone", "found", "230102 230103 230104 230110 230108 230109"),
        ("outer-districts", "zone", "found",
         "230111 230112 230113 230184 230183 230126 230125 230123 230129 230127 230128 230124"),
        ("corridor", "corridor", "unpublished", ""),
        ("four-cores", "core", "unpublished", ""),
        ("parks-14", "carrier", "unpublished", ""),
        ("parks-7", "carrier", "unpublished", ""),
        ("normal-university-park", "carrier", "stated", "point"),
        ("harbin-university-park", "carrier", "stated", "point"),
        ("design-centre", "carrier", "unpublished", ""),
        ("new-area-park", "carrier", "unpublished", ""),
        ("baroque-centre", "carrier", "stated", "point"),
        ("shenzhen-harbin-park", "carrier", "stated", "point"),
        ("pingfang-animation", "carrier", "stated", "point"),
        ("rv-town", "carrier", "unpublished", ""),
        ("matryoshka-town", "carrier", "unpublished", ""),
        ("maoershan", "carrier", "stated", "point"),
        ("demoli", "carrier", "unpublished", ""),
        ("pharmaceutical-6", "carrier", "stated", "point"),
        ("ice-museum", "carrier", "stated", "point"),
        ("creative-streets", "carrier", "unpublished", ""),
    ),
    "sh-2021-meeting": (
        ("centre", "core", "unpublished", ""),
        ("jiading", "node", "found", "point"),
        ("qingpu", "node", "found", "point"),
        ("songjiang", "node", "found", "point"),
        ("fengxian", "node", "found", "point"),
        ("nanhui", "node", "found", "point"),
        ("haopu-film", "carrier", "unpublished", ""),
        ("delta-film-centre", "carrier", "unpublished", ""),
        ("show-life", "carrier", "stated", "point"),
        ("show-trade", "carrier", "stated", "point"),
        ("art-trade", "carrier", "stated", "point"),
        ("museum-east", "carrier", "stated", "point"),
        ("grand-opera", "carrier", "stated", "point"),
        ("library-east", "carrier", "stated", "point"),
        ("wanping-theatre", "carrier", "stated", "point"),
        ("first-congress", "carrier", "stated", "point"),
        ("children-library", "carrier", "stated", "point"),
    ),
    "jn-2020-plan": (
        ("esports-base", "carrier", "unpublished", ""),
        ("animation-cluster", "carrier", "unpublished", ""),
        ("short-video-base", "carrier", "unpublished", ""),
        ("short-video-college", "carrier", "unpublished", ""),
        ("education-institute", "carrier", "unpublished", ""),
        ("culture-exchange", "carrier", "stated", "point"),
        ("it-service-cluster", "carrier", "unpublished", ""),
        ("digital-economy-clusters", "carrier", "unpublished", ""),
        ("characteristic-parks", "carrier", "unpublished", ""),
        ("cluster-springs", "carrier", "found", "point"),
        ("cluster-changqing-university-town", "carrier", "found", "point"),
        ("cluster-changqing-innovation-valley", "carrier", "found", "point"),
        ("cluster-high-tech-zone", "carrier", "found", "point"),
        ("cluster-ciiic", "carrier", "found", "point"),
        ("cluster-western-science-city", "carrier", "unpublished", ""),
        ("cluster-west-station", "carrier", "found", "point"),
        ("cluster-new-east-station", "carrier", "found", "point"),
        ("cluster-olympic-hanyu", "carrier", "found", "point"),
        ("cluster-yufu-river", "carrier", "unpublished", ""),
        ("cluster-heritage-park", "carrier", "unpublished", ""),
        ("cluster-huashan", "carrier", "found", "point"),
        ("cluster-garden-expo", "carrier", "found", "point"),
    ),
}  # fmt: skip

LINKS = {
    "gd-2023-plan": {
        ("guangzhou", "shenzhen", "twin", "stated"),
        ("guangzhou", "foshan", "radiates", "illustrative"),
        ("guangzhou", "zhongshan", "radiates", "illustrative"),
        ("shenzhen", "dongguan", "radiates", "illustrative"),
        ("shenzhen", "zhuhai", "radiates", "illustrative"),
        ("shenzhen", "shantou", "radiates", "illustrative"),
        ("service-guangzhou", "prd-corridor", "serves", "stated"),
        ("service-shenzhen", "prd-corridor", "serves", "stated"),
        ("service-foshan", "prd-corridor", "serves", "stated"),
    },
    "cq-2022-plan": {
        (district, "yuelai", "supports", "stated")
        for district in ("shapingba", "yuzhong", "banan", "others")
    },
    "hrb-2023-press": set(),
    "sh-2021-meeting": {
        ("centre", town, "radiates", "stated")
        for town in ("jiading", "qingpu", "songjiang", "fengxian", "nanhui")
    },
    "jn-2020-plan": set(),
}

# Declared specialisations of Guangdong's nodes; an empty list is one no sector of ours fits.
SPECIALISATIONS = {
    "foshan": [["film_tv"], ["industrial_design"]],
    "dongguan": [["animation_games"], ["music_performance"], ["exhibition"]],
    "zhongshan": [[], ["industrial_design"]],
    "zhuhai": [["animation_games"], ["music_performance"], ["exhibition"]],
    "shantou": [[], ["fashion"]],
}

NAMES = {
    "gd-2023-plan": "双核多点",
    "cq-2022-plan": "1+N",
    "hrb-2023-press": "一廊居中、四核驱动、区县协同",
    "sh-2021-meeting": "一城一名园",
}

HAN = re.compile(r"[一-鿿]")


def _place(element: layouts.Element) -> str:
    return "point" if element.extent.point else " ".join(element.extent.districts)


def test_every_document_has_its_layout_and_no_file_a_fault() -> None:
    assert layouts.reading().faults == ()
    assert set(layouts.all_layouts()) == set(catalog.documents().index) == set(ELEMENTS)


@pytest.mark.parametrize("layout_id", ELEMENTS)
def test_all_elements_are_there(layout_id: str) -> None:
    layout = layouts.layout(layout_id)
    found = tuple((each.id, each.kind, each.certainty, _place(each)) for each in layout.elements)
    assert found == ELEMENTS[layout_id]


@pytest.mark.parametrize("layout_id", LINKS)
def test_all_links_are_there(layout_id: str) -> None:
    layout = layouts.layout(layout_id)
    found = {(each.source, each.target, each.relation, each.certainty) for each in layout.links}
    assert found == LINKS[layout_id]


@pytest.mark.parametrize("layout_id", NAMES)
def test_a_layout_is_quoted_by_its_name(layout_id: str) -> None:
    assert layouts.layout(layout_id).name_zh == NAMES[layout_id]


def test_specialisations_of_guangdong() -> None:
    found = {
        each.id: [list(spec.sectors) for spec in each.specialisations]
        for each in layouts.layout("gd-2023-plan").elements
        if each.kind == "node" and each.located
    }
    assert found == SPECIALISATIONS


def test_harbin_has_every_district_in_one_of_two_zones() -> None:
    zones = [each for each in layouts.layout("hrb-2023-press").elements if each.kind == "zone"]
    members = [code for zone in zones for code in zone.extent.districts]
    facts = catalog.district_facts()
    assert sorted(members) == sorted(facts.index[facts["region"] == "harbin"])
    assert [zone.role_zh for zone in zones] == ["设计产业化", "产业设计化"]


def test_every_element_names_a_known_document_and_section() -> None:
    documents = catalog.documents().index
    for layout in layouts.all_layouts().values():
        assert layout.document in documents
        outside = [each for each in layout.elements if not each.section]
        # What the document does not name says who does.
        assert all(each.source for each in outside)
        assert all(each.certainty in {"found", "unpublished"} for each in outside)
        for link in layout.links:
            assert link.section or link.certainty == "illustrative"


def test_what_is_outside_the_documents() -> None:
    outside = {
        each.id
        for layout in layouts.all_layouts().values()
        for each in layout.elements
        if not each.in_document
    }
    clusters = {row[0] for row in ELEMENTS["jn-2020-plan"] if row[0].startswith("cluster-")}
    assert len(clusters) == 13
    assert outside == clusters | {"dm-port", "longgang-corridor", "mountain-city-centre"}


def test_sections_agree_with_those_the_targets_cite() -> None:
    targets = catalog.targets().dropna(subset=["section"])
    for layout in layouts.all_layouts().values():
        cited = set(targets.loc[targets["document"] == layout.document, "section"])
        shared = {each.section for each in layout.elements} & cited
        assert shared or layout.id == "cq-2022-plan"


def test_positions_are_those_of_the_catalogue() -> None:
    rows = [*catalog.sites().itertuples(), *catalog.aggregates().itertuples()]
    known = {(row.lon, row.lat, row.precision) for row in rows}
    for layout in layouts.all_layouts().values():
        for each in layout.elements:
            point = each.extent.point
            if point is not None:
                assert (point.lon, point.lat, point.precision) in known, each.id


def test_an_element_that_is_a_located_site_stands_where_the_site_does() -> None:
    sites = catalog.sites().set_index("id")
    for layout in layouts.all_layouts().values():
        for each in layout.elements:
            located = [site for site in each.sites if sites.at[site, "precision"] != "none"]
            if len(each.sites) == 1 and located:
                point = each.extent.point
                assert point is not None, each.id
                assert point.lon == sites.at[located[0], "lon"]


def test_an_axis_would_need_a_published_route_and_there_is_none() -> None:
    corridors = [
        each
        for layout in layouts.all_layouts().values()
        for each in layout.elements
        if each.kind == "corridor"
    ]
    assert len(corridors) == 3
    assert all(each.extent.unpublished for each in corridors)


def test_texts_are_in_their_language() -> None:
    for layout in layouts.all_layouts().values():
        for each in (layout, *layout.elements, *layout.links):
            values = each.model_dump()
            for name, value in values.items():
                if name.endswith("_en"):
                    assert not HAN.search(value), value
                    assert not re.search(r"[，。；：（）]", value), value
                if name == "summary_zh":
                    assert HAN.search(value)
                    assert value.endswith("。")
                if name == "summary_en":
                    assert value.endswith(".")


def test_signs_are_given_to_every_carrier() -> None:
    for layout in layouts.all_layouts().values():
        for each in layout.elements:
            numbered = each.located and each.kind in {"core", "node", "zone"}
            assert bool(each.sign) != numbered, each.id
