"""Reading layouts: every fault by file, element and field, and the others still load."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geo import boundaries, catalog, layouts, scorecard
from geo.errors import InputError
from tests.geo import toy_layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ELSEWHERE = [106.548, 29.726]  # Chongqing


def toml(value: object) -> str:
    """Return a value as TOML: JSON is the same but for tables."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def write(folder: Path, document: dict[str, Any], *, name: str | None = None) -> Path:
    path = folder / f"{name or document['id']}.toml"
    path.write_text("".join(f"{k} = {toml(v)}\n" for k, v in document.items()), encoding="utf-8")
    return path


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
        ([("elements.1.id", "core")], "element core, id", "an id no other element has"),
        ([("elements.1.id", "Node 1")], "element Node 1, id", "lower-case letters"),
        ([("elements.0.kind", "centre")], "element core, kind", "found 'centre'"),
        ([("elements.0.status", "rumoured")], "element core, status", "found 'rumoured'"),
        ([("elements.0.colour", "red")], "element core, colour", "is not known"),
        ([("elements.0.summary_en", None)], "element core, summary_en", "is missing"),
        ([("elements.0.name_zh", " 名 ")], "element core, name_zh", "without spaces around it"),
        ([("elements.0.summary_zh", "一行\n又一行")], "element core, summary_zh", "one line"),
        ([("elements.0.open", "yes")], "element core, open", "found 'yes'"),
        ([("elements", [])], "elements", "found []"),
        ([("elements", "none")], "elements", "found 'none'"),
        ([("date", "last year")], "date", "YYYY"),
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
    [b"", b"id = ", b"\xff\xfe", b"<html>", b"[[[[", b"elements = 3", b"elements = [1, 'x']"],
)
def test_what_is_no_layout_is_refused(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, sound())
    (tmp_path / "broken.toml").write_bytes(content)
    reading = layouts.read(tmp_path)
    assert list(reading.layouts) == ["trial"]
    assert reading.faults
    assert all(fault.startswith("data/layouts/broken.toml") for fault in reading.faults)


def test_a_folder_in_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").mkdir()
    reading = layouts.read(tmp_path)
    assert len(reading.faults) == 1
    assert "cannot be read" in reading.faults[0]


def wuhan() -> dict[str, Any]:
    """A city the catalogue does not have, in one file: its districts and its document with it."""
    return {
        **changed(sound(), ("links", []), ("elements", [])),
        "id": "wh-2030-plan",
        "region": "wuhan",
        "document": "wh-2030-plan",
        "place": {
            "name_zh": "武汉市",
            "name_en": "Wuhan",
            "districts": ["420102", "420103", "420106", "420111"],
        },
        "citation": {
            "title_zh": "武汉市设计之都规划",
            "title_en": "Wuhan: City of Design plan",
            "issued": "2030-01",
            "issuer": "武汉市",
        },
        "elements": [
            toy_layout.element(
                "old-town",
                "core",
                {"districts": ["420102", "420103"]},
                specialisations=[toy_layout.spec("architecture_planning")],
            ),
            toy_layout.element("wuchang", "core", {"districts": ["420106"]}),
            toy_layout.element("valley", "node", {"unpublished": True}),
        ],
        "links": [toy_layout.link("old-town", "wuchang", relation="twin")],
    }


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


def test_layouts_by_id_and_region() -> None:
    assert [each.id for each in layouts.of_region("chongqing")] == ["cq-2022-plan"]
    assert layouts.of_region("atlantis") == ()
    assert layouts.layout("cq-2022-plan").name_zh == "1+N"
    with pytest.raises(InputError, match="expected one of hrb-2023-press"):
        layouts.layout("cq-1999-plan")


@pytest.mark.parametrize("attribute", ["name_zh", "elements"])
def test_a_layout_cannot_be_changed(attribute: str) -> None:
    change: Callable[[], None] = lambda: setattr(layouts.layout("cq-2022-plan"), attribute, ())  # noqa: E731
    with pytest.raises(ValueError, match="frozen"):
        change()
