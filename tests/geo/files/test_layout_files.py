"""Layouts and scorecards as files, read back by other programs."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

from geo.facts import boundaries, catalog
from geo.files import layout_files
from geo.policy import layouts, scorecard
from tests.geo import toy, toy_layout

if TYPE_CHECKING:
    from pathlib import Path

LAYOUTS = ("hrb-2023-press", "sh-2021-meeting", "jn-2020-plan", "cq-2022-plan", "gd-2023-plan")


def collection(layout_id: str) -> dict[str, Any]:
    return dict(json.loads(layout_files.layout_geojson(layouts.layout(layout_id))))


@pytest.mark.parametrize("layout_id", LAYOUTS)
def test_every_feature_names_its_document_and_section(layout_id: str) -> None:
    layout = layouts.layout(layout_id)
    features = collection(layout_id)["features"]
    assert len(features) == len(layout.elements) + len(layout.links)
    cited = catalog.documents().loc[layout.document]
    for feature in features:
        properties = feature["properties"]
        assert properties["document"] == layout.document
        assert properties["document_zh"] == cited["title_zh"]
        # What the document does not say has another source, or is drawn to show the pattern.
        assert (
            properties["section"]
            or properties["source"]
            or properties["certainty"] == "illustrative"
        )


@pytest.mark.parametrize("layout_id", LAYOUTS)
def test_what_is_unpublished_has_no_geometry(layout_id: str) -> None:
    layout = layouts.layout(layout_id)
    features = {each["id"]: each for each in collection(layout_id)["features"]}
    hidden = {each.id for each in layout.elements if not each.located}
    for identity, feature in features.items():
        properties = feature["properties"]
        ends = {properties["link_source"], properties["link_target"], identity}
        assert (feature["geometry"] is None) == bool(ends & hidden), identity


def test_the_head_of_the_file_says_what_it_is() -> None:
    layout = layouts.layout("cq-2022-plan")
    data = layout_files.layout_geojson(layout, metadata={"licence": "MIT"})
    metadata = json.loads(data)["metadata"]
    assert metadata["name_zh"] == "1+N"
    assert metadata["document"] == "cq-2022-plan"
    assert metadata["summary_en"] == layout.summary_en
    assert metadata["licence"] == "MIT"


def test_geopandas_reads_it_back(tmp_path: Path) -> None:
    layout = layouts.layout("gd-2023-plan")
    path = tmp_path / "layout.geojson"
    path.write_bytes(layout_files.layout_geojson(layout))
    back = gpd.read_file(path).set_index("id")
    frame = layouts.elements_frame(layout)
    assert back.crs == "EPSG:4326"
    assert back["feature"].value_counts().to_dict() == {"element": 24, "link": 9}
    for identity in ("guangzhou", "shantou", "dm-port"):
        assert shapely.equals_exact(
            back.geometry[identity].normalize(), frame.geometry[identity].normalize(), 1e-6
        )
    line = back.geometry["guangzhou--shenzhen--twin"]
    assert next(iter(line.coords)) == pytest.approx(tuple(frame.loc["guangzhou", ["lon", "lat"]]))


def test_ogrinfo_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "layout.geojson"
    path.write_bytes(layout_files.layout_geojson(layouts.layout("cq-2022-plan")))
    done = subprocess.run(
        ["ogrinfo", "-so", "-al", path],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Feature Count: 16" in done.stdout
    assert "Warning" not in done.stderr
    for name in ("section: String", "document: String", "certainty: String"):
        assert name in done.stdout


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def small() -> tuple[layouts.Layout, tuple[scorecard.Score, ...]]:
    """Two cores of 6 and 3 sites of 12, see `test_scorecard`."""
    layout = toy_layout.layout(
        toy_layout.element(
            "a", "core", {"districts": ["310101"]}, specialisations=[toy_layout.spec("fashion")]
        ),
        toy_layout.element("b", "core", {"districts": ["310104"]}, name_en="=cmd|'/c calc'!A1"),
    )
    found = scorecard.scorecard(layout, toy_layout.sites(), toy.quarters(), radius_m=1000)
    return layout, found


def test_the_scorecard_as_csv() -> None:
    layout, found = small()
    methods = {key: f"formula of {key}" for key in scorecard.KEYS}
    table = rows(
        layout_files.scorecard_csv(layout, found, methods=methods, metadata={"radius_m": 1000})
    )
    own = {row["score"]: row for row in table if not row["element"]}
    assert list(own) == [
        "core_share", "core_balance", "served_elements", "specialisation_kept", "coverage",
        "unnamed_strongholds", "polycentricity", "polycentricity.primacy", "polycentricity.green",
        "corridor_share",
    ]  # fmt: skip
    share = own["core_share"]
    assert (float(share["value"]), share["unit"]) == (0.75, "share")
    assert (float(share["numerator"]), float(share["denominator"])) == (9, 12)
    assert share["sites"] == "s1;s2;s3;s4;s5;s6;s7;s8;s9"
    assert share["districts"] == "310101;310104"
    assert (own["corridor_share"]["value"], own["corridor_share"]["empty"]) == ("", "no_corridor")
    assert {row["radius_m"] for row in table} == {"1000"}
    assert {row["document"] for row in table} == {"sh-2021-meeting"}
    for row in table:
        assert row["method"] == f"formula of {row['score'].partition('.')[0]}"
    assert (own["coverage"]["n_used"], own["coverage"]["n_sites"]) == ("10", "12")


def test_the_scorecard_lists_each_elements_part() -> None:
    layout, found = small()
    table = rows(layout_files.scorecard_csv(layout, found))
    parts = [row for row in table if row["score"] == "core_share" and row["element"]]
    assert [(row["element"], row["n"], float(row["value"])) for row in parts] == [
        ("a", "6", 0.5),
        ("b", "3", 0.25),
    ]
    assert parts[0]["section"] == "一(一)"
    assert parts[1]["element_en"].startswith("'=cmd")  # no spreadsheet runs it
    kept = next(row for row in table if row["sector"])
    assert (kept["sector"], kept["unit"], float(kept["value"])) == ("fashion", "ratio", 2)
    assert kept["few"] == "False"
    units = {row["score"]: row["unit"] for row in table if row["element"]}
    assert units == {
        "core_share": "share",
        "core_balance": "ratio",  # sites over those of the largest core: no share of anything
        "served_elements": "share",
        "specialisation_kept": "ratio",
        "coverage": "share",
        "polycentricity": "share",
    }


def test_a_real_scorecard_becomes_a_file() -> None:
    layout = layouts.layout("hrb-2023-press")
    found = scorecard.scorecard(
        layout, catalog.sites("harbin"), boundaries.districts("harbin"), radius_m=3000
    )
    table = rows(layout_files.scorecard_csv(layout, found))
    assert len(table) == sum(1 + len(each.parts) + len(each.details) for each in found)


def test_a_file_can_explain_its_properties() -> None:
    layout = layouts.layout("cq-2022-plan")
    read = json.loads(layout_files.layout_geojson(layout, explained="en"))
    told = read["metadata"]["columns"]
    assert set(told) == set(read["features"][0]["properties"])
    assert told["kind"]["title"] == "Kind"
    assert "columns" not in json.loads(layout_files.layout_geojson(layout))["metadata"]
