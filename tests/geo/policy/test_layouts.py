"""Reading layouts: every fault by file, element and field, and the others still load."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geo.errors import InputError
from geo.facts import boundaries, catalog
from geo.policy import layouts, scorecard
from tests.geo import toy_layout
from tests.geo.toy_layout_files import write, wuhan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ELSEWHERE = [106.548, 29.726]  # Chongqing


def sound() -> dict[str, Any]:
    """A layout of Shanghai: a core, a node and a carrier, and a link between the first two."""
    return {
        "id": "trial",
        "region": "shanghai",
        "document": "sh-2021-meeting",
        "name_zh": "试验布局",
        "name_en": "Trial layout",
        "date": "2021",
        "pattern_zh": "一核一点",
        "pattern_en": "A core and a node",
        "summary_zh": "一句话。",
        "summary_en": "One sentence.",
        "elements": [
            toy_layout.element("core", "core", {"districts": ["310101", "310106"]}),
            toy_layout.element(
                "node",
                "node",
                {"point": {"lon": 121.255, "lat": 31.34, "precision": "district"}},
                specialisations=[toy_layout.spec("film_tv")],
            ),
            toy_layout.element("park", "carrier", {"unpublished": True}, sites=["sh-haopu-film"]),
        ],
        "links": [toy_layout.link("core", "node")],
    }


def read_one(folder: Path, document: dict[str, Any]) -> layouts.Reading:
    write(folder, document)
    return layouts.read(folder)


Change = tuple[str, Any]


def changed(document: dict[str, Any], *changes: Change) -> dict[str, Any]:
    """Return a copy with values set at paths such as ``elements.0.extent``; None removes."""
    result = copy.deepcopy(document)
    for path, value in changes:
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        target: Any = result
        for part in way:
            target = target[part]
        if value is None:
            del target[last]
        else:
            target[last] = value
    return result


def test_a_sound_file_loads(tmp_path: Path) -> None:
    reading = read_one(tmp_path, sound())
    assert reading.faults == ()
    assert list(reading.layouts) == ["trial"]
    assert reading.layouts["trial"].elements[1].specialisations[0].sectors == ("film_tv",)


POINT = {"lon": 121.255, "lat": 31.34, "precision": "district"}


@pytest.mark.parametrize(
    ("changes", "where", "expected"),
    [
        ([("elements.0.extent", {"districts": ["310101", "999999"]})],
         "element core, extent.districts.1", "found '999999', expected the adcode of a district"),
        ([("elements.0.extent", {"districts": ["440100"]})],
         "element core, extent.districts.0", "found '440100'"),
        ([("elements.0.extent", {"districts": ["310101", "310101"]})],
         "element core, extent.districts", "expected each value once"),
        ([("elements.1.specialisations.0.sectors", ["knitting"])],
         "element node, specialisations.0.sectors.0", "found 'knitting', expected a code of"),
        ([("elements.2.sites", ["cq-cqu"])], "element park, sites.0", "a site of the region"),
        ([("links.0.target", "nowhere")], "link 1, target", "found 'nowhere', expected the id"),
        ([("links.0.source", "gone")], "link 1, source", "found 'gone'"),
        ([("links.0.target", "core")], "link 1, target", "expected another element"),
        ([("links.0.section", "")], "link 1, section", "the section of the document"),
        ([("links.0.relation", "loves")], "link 1, relation", "found 'loves'"),
        ([("document", "sh-1999-plan")], "document", "found 'sh-1999-plan', expected an id of"),
        ([("document", None)], "document", "is missing"),
        ([("region", "atlantis")], "region", "found 'atlantis', expected an id of"),
        ([("region", "Atlantis")], "region", "expected lower-case letters"),
        ([("elements.0.section", "")], "element core, section", "the section of the document"),
        ([("elements.0.section", None)], "element core, section", "the section of the document"),
        ([("elements.1.certainty", "found")], "element node, source", "the other public source"),
        ([("elements.1.extent", {"point": {**POINT, "lon": ELSEWHERE[0], "lat": ELSEWHERE[1]}})],
         "element node, extent.point", "inside the layout's region"),
        ([("elements.1.extent", {"point": {**POINT, "lon": 31.34, "lat": 121.255}})],
         "element node, extent.point.lon", "found 31.34"),
        ([("elements.1.extent", {"point": {**POINT, "lon": "121.255"}})],
         "element node, extent.point.lon", "found '121.255'"),
        ([("elements.1.extent", {"point": {**POINT, "precision": "exact"}})],
         "element node, extent.point.precision", "found 'exact'"),
        ([("elements.1.extent", {"axis": [[121.4, 31.2], ELSEWHERE]})],
         "element node, extent.axis.1", "inside the layout's region"),
        ([("elements.1.extent", {"axis": [[121.4, 31.2]]})],
         "element node, extent", "at least two positions"),
        ([("elements.1.extent", {"axis": [[121.4, 31.2], [121.5, 31.2]]}),
          ("elements.1.certainty", "illustrative")],
         "element node, extent", "no axis: only a route that is stated or found"),
        ([("elements.1.extent", {})], "element node, extent", "exactly one of"),
        ([("elements.1.extent", {"point": POINT, "unpublished": True})],
         "element node, extent", "exactly one of"),
        ([("elements.2.certainty", "stated")], "element park, extent", "a place, or certainty"),
        ([("elements.1.certainty", "unpublished")], "element node, extent", "no place"),
        ([("elements.1.extent", {"axis": [[121.4, 31.2], [121.4, 31.2]]}),
          ("elements.1.kind", "corridor")],
         "element node, extent", "at least two positions"),
        ([("elements.0.extent", {"axis": [[121.4, 31.2], [121.5, 31.2]]})],
         "element core, extent", "no axis: only a corridor has one"),
        ([("elements.1.id", "core")], "element core, id", "an id no other element has"),
        ([("elements.1.id", "Node 1")], "element Node 1, id", "lower-case letters"),
        ([("elements.0.kind", "centre")], "element core, kind", "found 'centre'"),
        ([("elements.0.status", "rumoured")], "element core, status", "found 'rumoured'"),
        ([("elements.0.colour", "red")], "element core, colour", "is not known"),
        ([("elements.0.summary_en", None)], "element core, summary_en", "is missing"),
        ([("elements.0.name_zh", " 名 ")], "element core, name_zh", "without spaces around it"),
        ([("elements.0.summary_zh", "一行\n又一行")], "element core, summary_zh", "one line"),
        ([("elements.0.open", "yes")], "element core, open", "found 'yes', expected true or false"),
        ([("elements", [])], "elements", "found [], expected at least 1"),
        ([("elements", "none")], "elements", "found 'none', expected a list"),
        ([("date", "last year")], "date", "YYYY"),
        ([("date", "2021-13-45")], "date", "found '2021-13-45', expected a date that exists"),
        ([("date", "2021-02-29")], "date", "a date that exists"),
        ([("elements.0.section", "  ")], "element core, section", "without spaces around it"),
        ([("elements.0.section", "三\n四")], "element core, section", "one line"),
        ([("elements.0.sign", " ")], "element core, sign", "without spaces around it"),
        ([("elements.0.sign", "核心")], "element core, sign", "at most 1"),
        ([("elements.1.source", "a.cn\u2028b")], "element node, source", "one line"),
        ([("elements.0.name_zh", "\u202e核心")], "element core, name_zh", "U+202E"),
        ([("name_en", "Trial\u0001")], "name_en", "U+0001"),
        ([("links", [toy_layout.link("core", "node")] * 2)], "link 2, relation", "link once"),
        ([("links", [toy_layout.link("core", "node", relation="twin"),
                     toy_layout.link("node", "core", relation="twin")])],
         "link 1, relation", "a twin once for both ways"),
        ([("elements.0.name_zh", 3)], "element core, name_zh", "found 3, expected text"),
        ([("elements.0.extent", "310101")], "element core, extent", "expected a table"),
        ([("elements.1.extent.point.lat", 91.0)], "element node, extent.point.lat",
         "found 91.0, expected a number not above"),
        ([("id", "other")], "id", "the name of the file"),
        ([("place", {"name_zh": "上海", "name_en": "Shanghai", "districts": ["310101"]})],
         "place", "nothing, as the catalogue has it"),
    ],
)  # fmt: skip
def test_a_fault_names_file_element_and_field(
    tmp_path: Path, changes: list[Change], where: str, expected: str
) -> None:
    write(tmp_path, changed(sound(), *changes), name="trial")
    reading = layouts.read(tmp_path)
    assert reading.layouts == {}
    assert [
        fault
        for fault in reading.faults
        if fault.startswith(f"data/layouts/trial.toml, {where}: ") and expected in fault
    ], reading.faults


def test_a_file_lists_all_its_faults_and_the_others_still_load(tmp_path: Path) -> None:
    wrong = changed(
        sound(),
        ("id", "wrong"),
        ("document", "sh-1999-plan"),
        ("elements.0.extent", {"districts": ["999999"]}),
        ("elements.0.section", ""),
        ("elements.1.specialisations.0.sectors", ["knitting"]),
        ("elements.1.extent.point.lon", ELSEWHERE[0]),
        ("elements.1.kind", "centre"),
        ("links.0.target", "nowhere"),
    )
    write(tmp_path, wrong)
    write(tmp_path, sound())
    reading = layouts.read(tmp_path)
    assert list(reading.layouts) == ["trial"]
    fields = [fault.split(": ")[0].removeprefix("data/layouts/") for fault in reading.faults]
    assert sorted(fields) == sorted(
        [
            "wrong.toml, document",
            "wrong.toml, element core, extent.districts.0",
            "wrong.toml, element core, section",
            "wrong.toml, element node, specialisations.0.sectors.0",
            "wrong.toml, element node, extent.point",
            "wrong.toml, element node, kind",
            "wrong.toml, link 1, target",
        ]
    )


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"id = ", b"\xff\xfe", b"<html>", b"[[[[", b"elements = 3", b"elements = [1, 'x']"),
        b"id = " + 5000 * b"9",  # more digits than Python turns into a number
        b"id = 0x" + 5000 * b"f",  # read, but never written
        b"[place]\ndistricts = [" + 4000 * b"9" + b"]",
        b"id = " + 3000 * b"[",
    ],
)
def test_what_is_no_layout_is_refused(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, sound())
    (tmp_path / "broken.toml").write_bytes(content)
    reading = layouts.read(tmp_path)
    assert list(reading.layouts) == ["trial"]
    assert reading.faults
    assert all(fault.startswith("data/layouts/broken.toml") for fault in reading.faults)


def test_no_fault_speaks_of_types_that_a_file_does_not_have(tmp_path: Path) -> None:
    wrong = changed(
        sound(),
        ("name_zh", 1),
        ("elements.0.extent", 2),
        ("elements.0.open", 3),
        ("elements.1.extent.point", [4]),
        ("elements.1.specialisations", {}),
        ("pattern_zh", []),
        ("links", 5),
        ("place", 6),
    )
    reading = read_one(tmp_path, wrong)
    assert len(reading.faults) == 8
    for fault in reading.faults:
        assert not re.search(r"(?i)input|tuple|dict|instance|string|validat|float", fault), fault


def test_a_city_does_not_stand_beside_its_own_district(tmp_path: Path) -> None:
    document = sound() | {"region": "guangdong", "elements": [], "links": []}
    for codes, refused in (
        (["440100", "440103"], True),
        (["440100", "440303"], False),
        (["441900", "442000"], False),  # cities without districts, each its own
    ):
        element = toy_layout.element("core", "core", {"districts": codes})
        reading = read_one(tmp_path, document | {"elements": [element]})
        found = [fault for fault in reading.faults if "a city or its districts, not both" in fault]
        assert bool(found) is refused, reading.faults
        assert bool(reading.faults) is refused


def test_sites_of_a_city_of_the_files_own_stand_in_it(tmp_path: Path) -> None:
    wrong = changed(wuhan(), ("elements.0.sites", ["sh-m50"]))
    reading = read_one(tmp_path, wrong)
    assert len(reading.faults) == 1
    assert "element old-town, sites.0: found 'sh-m50', expected the id" in reading.faults[0]


@pytest.mark.parametrize("issued", ["2030-99", "2030-02-30", "0000"])
def test_a_document_of_the_files_own_has_a_date_that_exists(tmp_path: Path, issued: str) -> None:
    reading = read_one(tmp_path, changed(wuhan(), ("citation.issued", issued)))
    assert [fault.split(": ")[0] for fault in reading.faults] == [
        "data/layouts/wh-2030-plan.toml, citation.issued"
    ]
    assert "a date that exists" in reading.faults[0]


def test_a_folder_in_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").mkdir()
    reading = layouts.read(tmp_path)
    assert len(reading.faults) == 1
    assert "cannot be read" in reading.faults[0]


def test_a_sixth_city_is_one_more_file_read_and_scored(tmp_path: Path) -> None:
    write(tmp_path, sound())
    reading = read_one(tmp_path, wuhan())
    assert reading.faults == ()
    assert list(reading.layouts) == ["trial", "wh-2030-plan"]
    city = reading.layouts["wh-2030-plan"]
    assert layouts.citation(city).title_en == "Wuhan: City of Design plan"

    districts = boundaries.districts(city.area)
    assert list(districts.index) == ["420102", "420103", "420106", "420111"]
    # Two sites in each district of the old town, one in Wuchang, one in Hongshan.
    at = ["420102", "420102", "420103", "420103", "420106", "420111"]
    sites = districts.loc[at, ["lon", "lat"]].reset_index(drop=True)
    own = catalog.sites("shanghai").iloc[: len(at)].reset_index(drop=True)
    own = own.assign(adcode=at, city_adcode="420100", precision="street", sectors="mixed")
    own = own.set_geometry(shapely.points(sites["lon"], sites["lat"]))
    found = {
        each.key: each.value for each in scorecard.scorecard(city, own, districts, radius_m=3000)
    }
    assert found["core_share"] == 5 / 6
    assert found["core_balance"] == 1 / 4
    assert found["served_elements"] == 1
    assert found["specialisation_kept"] is None
    assert found["unnamed_strongholds"] == 0


def test_a_city_of_the_files_own_has_only_units_that_exist(tmp_path: Path) -> None:
    wrong = changed(
        wuhan(), ("place.districts", ["420102", "999999"]), ("elements.1.extent.districts", ["1"])
    )
    reading = read_one(tmp_path, wrong)
    fields = [fault.split(": ")[0] for fault in reading.faults]
    assert "data/layouts/wh-2030-plan.toml, place.districts.1" in fields
    assert "data/layouts/wh-2030-plan.toml, element wuchang, extent.districts.0" in fields


def test_elements_on_the_map(tmp_path: Path) -> None:
    layout = read_one(tmp_path, sound()).layouts["trial"]
    frame = layouts.elements_frame(layout)
    assert list(frame.index) == ["core", "node", "park"]
    assert frame["number"].fillna(0).tolist() == [1, 2, 0]
    assert frame.crs == "EPSG:4326"
    units = boundaries.districts("shanghai")
    both = units.loc[["310101", "310106"]]
    core = frame.geometry["core"]
    assert core.area == pytest.approx(shapely.area(both.geometry.to_numpy()).sum())
    assert core.contains(shapely.Point(frame.loc["core", ["lon", "lat"]].to_numpy(float)))
    assert frame.at["core", "adcodes"] == ("310101", "310106")
    assert frame.geometry["node"].equals(shapely.Point(121.255, 31.34))
    assert frame.geometry["park"].is_empty
    assert frame["lon"].isna().tolist() == [False, False, True]
    assert frame["located"].tolist() == [True, True, False]


def test_a_city_of_a_province_is_the_union_of_its_districts() -> None:
    frame = layouts.elements_frame(layouts.layout("gd-2023-plan"))
    city = boundaries.districts("guangdong", level="city").loc["440100"]
    assert frame.geometry["guangzhou"].equals(city.geometry)
    assert frame.at["guangzhou", "lon"] == city["lon"]


def test_an_axis_is_a_line_labelled_at_its_middle(tmp_path: Path) -> None:
    axis = {"axis": [[121.4, 31.2], [121.5, 31.2]]}
    document = changed(sound(), ("elements.1.extent", axis), ("elements.1.kind", "corridor"))
    frame = layouts.elements_frame(read_one(tmp_path, document).layouts["trial"])
    assert frame.geometry["node"].geom_type == "LineString"
    assert (frame.at["node", "lon"], frame.at["node", "lat"]) == pytest.approx((121.45, 31.2))


def test_layouts_by_id() -> None:
    assert layouts.layout("cq-2022-plan").name_zh == "1+N"
    with pytest.raises(InputError, match="expected one of hrb-2023-press"):
        layouts.layout("cq-1999-plan")


@pytest.mark.parametrize("attribute", ["name_zh", "elements"])
def test_a_layout_cannot_be_changed(attribute: str) -> None:
    change: Callable[[], None] = lambda: setattr(layouts.layout("cq-2022-plan"), attribute, ())  # noqa: E731
    with pytest.raises(ValueError, match="frozen"):
        change()
