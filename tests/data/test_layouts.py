"""The five seed layouts hold everything their documents say about space."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo.facts import catalog
from geo.policy import layouts, phases

if TYPE_CHECKING:
    from collections.abc import Iterator

# Element, kind, status, certainty of its place, section, where it is (districts, "point", or ""
# where nobody published it), and how the source begins where it is not the document.
ELEMENTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "gd-2023-plan": (
        ("guangzhou", "core", "existing", "stated", "四(五)1", "440100", ""),
        ("shenzhen", "core", "existing", "stated", "四(五)1", "440300", ""),
        ("foshan", "node", "existing", "stated", "四(五)1", "440600", ""),
        ("dongguan", "node", "existing", "stated", "四(五)1", "441900", ""),
        ("zhongshan", "node", "existing", "stated", "四(五)1", "442000", ""),
        ("zhuhai", "node", "existing", "stated", "四(五)1", "440400", ""),
        ("shantou", "node", "existing", "stated", "四(五)1", "440500", ""),
        ("other-cities", "node", "existing", "unpublished", "四(五)1", "", ""),
        ("prd-corridor", "corridor", "planned", "unpublished", "四(四)1", "", ""),
        ("service-guangzhou", "carrier", "planned", "stated", "四(四)1", "440100", ""),
        ("service-shenzhen", "carrier", "planned", "stated", "四(四)1", "440300", ""),
        ("service-foshan", "carrier", "planned", "stated", "四(四)1", "440600", ""),
        ("candidate-guangzhou", "candidate", "planned", "stated", "四(四)3", "440100", ""),
        ("candidate-shenzhen", "candidate", "planned", "stated", "四(四)3", "440300", ""),
        ("candidate-shantou", "candidate", "planned", "stated", "四(四)3", "440500", ""),
        ("candidate-foshan", "candidate", "planned", "stated", "四(四)3", "440600", ""),
        ("candidate-dongguan", "candidate", "planned", "stated", "四(四)3", "441900", ""),
        ("design-port", "carrier", "planned", "unpublished", "四(五)1", "", ""),
        ("dm-port", "carrier", "planned", "found", "", "point", "house.zsnews.cn"),
        ("platform-hengqin", "carrier", "existing", "stated", "五(二)", "point", ""),
        ("platform-qianhai", "carrier", "existing", "stated", "五(二)", "point", ""),
        ("platform-nansha", "carrier", "existing", "stated", "五(二)", "point", ""),
        ("platform-hetao", "carrier", "existing", "stated", "五(二)", "point", ""),
        ("longgang-corridor", "corridor", "existing", "unpublished", "", "", "yndtjj.com"),
    ),
    "cq-2022-plan": (
        ("yuelai", "core", "existing", "stated", "三(四)", "point", ""),
        ("shapingba", "node", "existing", "stated", "三(四)", "500106", ""),
        ("yuzhong", "node", "existing", "stated", "三(四)", "500103", ""),
        ("banan", "node", "existing", "stated", "三(四)", "500113", ""),
        ("others", "node", "planned", "unpublished", "三(四)", "", ""),
        ("design-park", "carrier", "existing", "found", "三(四)", "point", "big5.china.com.cn"),
        ("design-industry-city", "carrier", "planned", "unpublished", "三(四)", "", "cnxc001.cn"),
        ("design-headquarters", "carrier", "planned", "unpublished", "三(四)", "", ""),
        ("platforms", "carrier", "existing", "unpublished", "三", "", ""),
        ("chongqing-university", "carrier", "existing", "found", "三", "point", "github.com"),
        ("sichuan-fine-arts", "carrier", "existing", "found", "三", "point", "github.com"),
        ("mountain-city-centre", "carrier", "planned", "found", "", "point", "m.cqcb.com"),
    ),
    "hrb-2023-press": (
        ("urban-districts", "zone", "existing", "found", "成效",
         "230102 230103 230104 230110 230108 230109", "inferred"),
        ("outer-districts", "zone", "existing", "found", "成效",
         "230111 230112 230113 230184 230183 230126 230125 230123 230129 230127 230128 230124",
         "inferred"),
        ("corridor", "corridor", "planned", "unpublished", "成效", "", ""),
        ("four-cores", "core", "planned", "unpublished", "成效", "", ""),
        ("parks-14", "carrier", "existing", "unpublished", "成效", "", ""),
        ("parks-7", "carrier", "existing", "unpublished", "成效", "", ""),
        ("normal-university-park", "carrier", "existing", "found", "成效", "point", "github.com"),
        ("harbin-university-park", "carrier", "existing", "found", "成效", "point", "github.com"),
        ("design-centre", "carrier", "existing", "unpublished", "成效", "", ""),
        ("new-area-park", "carrier", "existing", "unpublished", "成效", "", ""),
        ("baroque-centre", "carrier", "existing", "found", "成效", "point", "github.com"),
        ("shenzhen-harbin-park", "carrier", "existing", "found", "成效", "point", "address"),
        ("pingfang-animation", "carrier", "existing", "found", "成效", "point", "general"),
        ("rv-town", "carrier", "existing", "unpublished", "成效", "", ""),
        ("matryoshka-town", "carrier", "existing", "unpublished", "成效", "", ""),
        ("maoershan", "carrier", "existing", "unpublished", "成效", "", ""),
        ("demoli", "carrier", "existing", "unpublished", "成效", "", ""),
        ("pharmaceutical-6", "carrier", "existing", "found", "成效", "point", "github.com"),
        ("ice-museum", "carrier", "existing", "found", "成效", "point", "github.com"),
        ("creative-streets", "carrier", "existing", "unpublished", "成效", "", ""),
        ("turbine-works", "carrier", "existing", "found", "成效", "point", "general"),
        ("electric-works", "carrier", "existing", "found", "成效", "point", "general"),
        ("casicloud", "carrier", "existing", "unpublished", "成效", "", ""),
        ("hesuoyou", "carrier", "existing", "unpublished", "成效", "", ""),
        ("qiaofu", "carrier", "existing", "unpublished", "成效", "", ""),
        ("sayyas", "carrier", "existing", "unpublished", "成效", "", ""),
    ),
    "sh-2021-meeting": (
        ("centre", "core", "existing", "unpublished", "五大新城", "", ""),
        ("jiading", "node", "planned", "found", "五大新城", "point", "sh-2021-meeting"),
        ("qingpu", "node", "planned", "found", "五大新城", "point", "sh-2021-meeting"),
        ("songjiang", "node", "planned", "found", "五大新城", "point", "sh-2021-meeting"),
        ("fengxian", "node", "planned", "found", "五大新城", "point", "sh-2021-meeting"),
        ("nanhui", "node", "planned", "found", "五大新城", "point", "sh-2021-meeting"),
        ("haopu-film", "carrier", "planned", "unpublished", "重点领域", "", ""),
        ("delta-film-centre", "carrier", "planned", "unpublished", "重点领域", "", ""),
        ("show-life", "carrier", "existing", "found", "重点领域", "point", "general"),
        ("show-trade", "carrier", "planned", "found", "重点领域", "point", "general"),
        ("art-trade", "carrier", "planned", "found", "重点领域", "point", "general"),
        ("museum-east", "carrier", "planned", "found", "五大新城", "point", "general"),
        ("grand-opera", "carrier", "planned", "found", "五大新城", "point", "general"),
        ("library-east", "carrier", "existing", "found", "五大新城", "point", "general"),
        ("wanping-theatre", "carrier", "existing", "found", "五大新城", "point", "general"),
        ("first-congress", "carrier", "existing", "found", "五大新城", "point", "nearest"),
        ("children-library", "carrier", "existing", "found", "五大新城", "point", "general"),
    ),
    "jn-2020-plan": (
        ("esports-base", "carrier", "planned", "unpublished", "二(二)3", "", ""),
        ("animation-cluster", "carrier", "planned", "unpublished", "二(二)", "", ""),
        ("short-video-base", "carrier", "planned", "unpublished", "二(二)", "", ""),
        ("short-video-college", "carrier", "planned", "unpublished", "二(二)", "", ""),
        ("education-institute", "carrier", "planned", "unpublished", "二(二)5", "", ""),
        ("culture-exchange", "carrier", "existing", "found", "二", "point", "address"),
        ("it-service-cluster", "carrier", "existing", "unpublished", "二", "", ""),
        ("digital-economy-clusters", "carrier", "planned", "unpublished", "二", "", ""),
        ("characteristic-parks", "carrier", "planned", "unpublished", "二", "", ""),
        ("industrial-design-base", "carrier", "planned", "unpublished", "文中", "", ""),
        ("online-education", "carrier", "planned", "unpublished", "文中", "", ""),
        ("start-up-community", "carrier", "planned", "unpublished", "文中", "", ""),
        ("heritage-halls", "carrier", "planned", "unpublished", "文中", "", ""),
        ("culture-quarter", "carrier", "planned", "unpublished", "文中", "", ""),
        ("cluster-springs", "carrier", "planned", "found", "", "point", "big5.china.com.cn"),
        ("cluster-changqing-university-town", "carrier", "planned", "found", "",
         "point", "big5.china.com.cn"),
        ("cluster-changqing-innovation-valley", "carrier", "planned", "found", "",
         "point", "big5.china.com.cn"),
        ("cluster-high-tech-zone", "carrier", "planned", "found", "", "point", "big5.china.com.cn"),
        ("cluster-ciiic", "carrier", "planned", "found", "", "point", "big5.china.com.cn"),
        ("cluster-western-science-city", "carrier", "planned", "unpublished", "",
         "", "big5.china.com.cn"),
        ("cluster-west-station", "carrier", "planned", "found", "", "point", "big5.china.com.cn"),
        ("cluster-new-east-station", "carrier", "planned", "found", "",
         "point", "big5.china.com.cn"),
        ("cluster-olympic-hanyu", "carrier", "planned", "found", "", "point", "big5.china.com.cn"),
        ("cluster-yufu-river", "carrier", "planned", "unpublished", "", "", "big5.china.com.cn"),
        ("cluster-heritage-park", "carrier", "planned", "unpublished", "", "", "big5.china.com.cn"),
        ("cluster-huashan", "carrier", "planned", "found", "", "point", "big5.china.com.cn"),
        ("cluster-garden-expo", "carrier", "planned", "found", "", "point", "big5.china.com.cn"),
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

# Declared specialisations by the sectors they are mapped to; an empty list is one no sector fits.
SPECIALISATIONS: dict[str, dict[str, list[list[str]]]] = {
    "gd-2023-plan": {
        "foshan": [["film_tv"], ["industrial_design"]],
        "dongguan": [["animation_games"], ["music_performance"], ["exhibition"]],
        "zhongshan": [[], ["industrial_design"]],
        "zhuhai": [["animation_games"], ["music_performance"], ["exhibition"]],
        "shantou": [[], ["fashion"]],
        "prd-corridor": [["industrial_design"]],
        "design-port": [["industrial_design"]],
    },
    "cq-2022-plan": {
        "yuelai": [["industrial_design"]],
        "shapingba": [["industrial_design"]],
        "yuzhong": [["industrial_design"]],
        "banan": [["industrial_design"]],
        "design-park": [["industrial_design"]],
        "design-industry-city": [["industrial_design"]],
        "design-headquarters": [["industrial_design"]],
        "platforms": [["industrial_design"]],
    },
    "hrb-2023-press": {
        "new-area-park": [["graphic_advertising"]],
        "pingfang-animation": [["animation_games"]],
    },
    "sh-2021-meeting": {
        "haopu-film": [["film_tv"]],
        "delta-film-centre": [["film_tv"]],
        "show-life": [["music_performance"]],
        "show-trade": [["music_performance"]],
        "art-trade": [["arts_crafts"]],
    },
    "jn-2020-plan": {
        "esports-base": [["esports"]],
        "animation-cluster": [["animation_games"]],
        "short-video-base": [["digital_media"]],
        "short-video-college": [["digital_media"]],
        "education-institute": [["digital_media"]],
        "it-service-cluster": [["software_it"]],
        "cluster-springs": [["cultural_tourism"]],
    },
}  # fmt: skip

NAMES = {
    "gd-2023-plan": "双核多点",
    "cq-2022-plan": "1+N",
    "hrb-2023-press": "一廊居中、四核驱动、区县协同",
    "sh-2021-meeting": "一城一名园",
}

HAN = re.compile(r"[一-鿿]")


def seeds() -> Iterator[layouts.Layout]:
    """The layouts of the five documents; a planner's own file needs no line in these tables."""
    yield from map(layouts.layout, ELEMENTS)


def _place(element: layouts.Element) -> str:
    return "point" if element.extent.point else " ".join(element.extent.districts)


def _facts(element: layouts.Element) -> tuple[str, ...]:
    source = re.split(r"[ (/:]", element.source)[0]
    stated = (element.kind, element.status, element.certainty, element.section)
    return (element.id, *stated, _place(element), source)


def test_every_document_has_its_layout_and_no_file_a_fault() -> None:
    assert layouts.reading().faults == ()
    assert set(layouts.all_layouts()) >= set(catalog.documents().index) == set(ELEMENTS)


@pytest.mark.parametrize("layout_id", ELEMENTS)
def test_all_elements_are_there(layout_id: str) -> None:
    found = tuple(_facts(each) for each in layouts.layout(layout_id).elements)
    assert found == ELEMENTS[layout_id]


@pytest.mark.parametrize("layout_id", LINKS)
def test_all_links_are_there(layout_id: str) -> None:
    layout = layouts.layout(layout_id)
    found = {(each.source, each.target, each.relation, each.certainty) for each in layout.links}
    assert found == LINKS[layout_id]


@pytest.mark.parametrize("layout_id", NAMES)
def test_a_layout_is_quoted_by_its_name(layout_id: str) -> None:
    assert layouts.layout(layout_id).name_zh == NAMES[layout_id]


@pytest.mark.parametrize("layout_id", SPECIALISATIONS)
def test_all_specialisations_are_there(layout_id: str) -> None:
    found = {
        each.id: [list(spec.sectors) for spec in each.specialisations]
        for each in layouts.layout(layout_id).elements
        if each.specialisations
    }
    assert found == SPECIALISATIONS[layout_id]


def test_harbin_has_every_district_in_one_of_two_zones() -> None:
    zones = [each for each in layouts.layout("hrb-2023-press").elements if each.kind == "zone"]
    members = [code for zone in zones for code in zone.extent.districts]
    facts = catalog.district_facts()
    assert sorted(members) == sorted(facts.index[facts["region"] == "harbin"])
    assert [zone.role_zh for zone in zones] == ["设计产业化", "产业设计化"]


def test_every_element_names_a_known_document_and_section() -> None:
    documents = catalog.documents().index
    for layout in seeds():
        assert layout.document in documents
        outside = [each for each in layout.elements if not each.section]
        # What the document does not name says who does.
        assert all(each.source for each in outside)
        assert all(each.certainty in {"found", "unpublished"} for each in outside)
        for link in layout.links:
            assert link.section or link.certainty == "illustrative"


def test_what_is_outside_the_documents() -> None:
    outside = {each.id for layout in seeds() for each in layout.elements if not each.in_document}
    clusters = {row[0] for row in ELEMENTS["jn-2020-plan"] if row[0].startswith("cluster-")}
    assert len(clusters) == 13
    assert outside == clusters | {"dm-port", "longgang-corridor", "mountain-city-centre"}


def test_links_cite_sections_that_elements_cite() -> None:
    for layout in seeds():
        named = {each.section for each in layout.elements if each.section}
        for link in layout.links:
            assert link.section in named or link.certainty == "illustrative", link


def test_positions_are_those_of_the_catalogue() -> None:
    tables = (catalog.sites(), catalog.venues(), catalog.aggregates())
    rows = [row for table in tables for row in table.itertuples()]
    known = {(row.lon, row.lat, row.precision) for row in rows}
    for layout in seeds():
        for each in layout.elements:
            point = each.extent.point
            if point is not None:
                assert (point.lon, point.lat, point.precision) in known, each.id


def test_an_element_that_is_a_located_place_stands_where_the_place_does() -> None:
    """The document names it and gives no position: that is found elsewhere, and says where."""
    places = pd.concat([catalog.sites(), catalog.venues()]).set_index("id")
    for layout in seeds():
        for each in layout.elements:
            own = (*each.sites, *each.venues)
            located = [place for place in own if places.loc[place, "precision"] != "none"]
            if len(own) == 1 and located:
                point = each.extent.point
                assert point is not None, each.id
                assert point.lon == places.loc[located[0], "lon"]
                assert (each.certainty, bool(each.source)) == ("found", True), each.id


def test_a_carrier_stated_as_a_point_is_a_place_by_its_name() -> None:
    stated = {
        each.id
        for layout in seeds()
        for each in layout.elements
        if each.extent.point and each.certainty == "stated"
    }
    assert stated == {"yuelai"} | {
        f"platform-{name}" for name in ("hengqin", "qianhai", "nansha", "hetao")
    }


def test_venues_are_drawn_and_not_scored() -> None:
    venues = {each.id: layout for layout in seeds() for each in layout.elements if each.is_venue}
    assert len(venues) == 7
    for element, layout in venues.items():
        assert layouts.elements_frame(layout).loc[element, "located"]
        scored = phases.scored(layout, phase="planned")
        assert element not in {each.id for each in scored}


def test_an_axis_would_need_a_published_route_and_there_is_none() -> None:
    corridors = [each for layout in seeds() for each in layout.elements if each.kind == "corridor"]
    assert len(corridors) == 3
    assert all(each.extent.unpublished for each in corridors)


def test_texts_are_in_their_language() -> None:
    for layout in seeds():
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
    for layout in seeds():
        for each in layout.elements:
            numbered = each.located and each.kind in {"core", "node", "zone"}
            assert bool(each.sign) != numbered, each.id
