"""What breaks: `python -m geo.intake`, on which other programs rely."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo import datum
from geo.china import county_units
from geo.intake.__main__ import main
from tests.geo.intake.dirty_files import JIANGAN, A, B, C, written

if TYPE_CHECKING:
    from pathlib import Path

    from geo.china.datum import Datum


def run(
    folder: Path, capsys: pytest.CaptureFixture[str], content: str, *options: str
) -> tuple[int, str, str]:
    """Exit status, last line, and what was said of errors."""
    file = folder / "list.csv"
    file.write_bytes(content.encode("gb18030"))
    paths = ["--out", str(folder / "good.geojson"), "--rejected", str(folder / "rejected.csv")]
    status = main([str(file), *paths, *options])
    told = capsys.readouterr()
    return status, told.out.strip().split("\n")[-1], told.err


def moved(place: tuple[float, float], kind: Datum) -> str:
    lon, lat = datum.from_wgs84(*place, datum=kind)
    return f"{float(lon):.7f},{float(lat):.7f}"


def test_baidu_list_of_wuhan_becomes_wgs84_with_every_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        "武汉市名录,,,", "名称,经度,纬度,备注", f"江滩里,{moved(A, 'bd09')},甲",
        f"外地园,{moved((121.47, 31.23), 'bd09')},乙", f"南湖,{moved(C, 'bd09')},",
    ]  # fmt: skip
    options = ("--datum", "bd09", "--region", "420100")
    status, last, _ = run(tmp_path, capsys, "\n".join(lines), *options)
    assert (status, last) == (0, "read 3, kept 2, rejected 1")
    good = gpd.read_file(tmp_path / "good.geojson")
    assert good.crs is not None
    assert good.crs.to_epsg() == 4326
    assert good["row"].tolist() == [3, 5]
    assert good["adcode"].tolist() == [JIANGAN, "420111"]
    assert {"id", "precision", "名称", "经度", "纬度", "备注"} <= set(good.columns)
    assert good.geometry.iloc[0].distance(gpd.points_from_xy([A[0]], [A[1]])[0]) < 1e-6
    with (tmp_path / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        rejected = list(csv.DictReader(file))
    assert [(row["row"], row["名称"]) for row in rejected] == [("4", "外地园")]
    assert "outside the region" in rejected[0]["reason"]


def test_a_row_elsewhere_is_told_by_the_column_that_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "name,lon,lat,district\n甲,121.47,31.23,\n乙,,,哈尔滨市松北区\n丙,,,武汉市江岸区\n"
    assert run(tmp_path, capsys, text, "--region", "420100")[1] == "read 3, kept 1, rejected 2"
    with (tmp_path / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        first, second = (row["reason"] for row in csv.DictReader(file))
    assert "lon 121.47, 31.23 (上海市黄浦区): outside the region" in first
    assert "district 哈尔滨市松北区: outside the region" in second
    assert "lon" not in second


def test_row_known_by_its_district_alone_has_no_geometry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, capsys, "name,district\n江滩里,武汉市江岸区\n")
    feature = json.loads((tmp_path / "good.geojson").read_bytes())["features"][0]
    assert feature["geometry"] is None
    assert feature["properties"]["precision"] == "none"
    assert feature["properties"]["adcode"] == JIANGAN
    assert list(feature["properties"]).count("name") == 1


def test_reasons_name_the_cell_and_what_was_expected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, capsys, f"名称,经度,纬度\n甲,abc,30.6\n乙,{written(B)}\n")
    with (tmp_path / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert "经度 abc: not a coordinate" in row["reason"]
    assert "degrees such as" in row["expected"]


@pytest.mark.parametrize("content", ["", "名称,经度,纬度\n"])
def test_refused_file_says_one_thing_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    status, _, error = run(tmp_path, capsys, content)
    assert status == 2
    assert error.startswith("list.csv: ")
    assert error.count("\n") == 1
    assert not (tmp_path / "good.geojson").exists()


def test_another_datum_that_fits_better_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wuchang = county_units.units().geometry["420106"]
    west, south, east, north = wuchang.bounds
    axes = np.linspace(west, east, 60), np.linspace(south, north, 60)
    lon, lat = (each.ravel() for each in np.meshgrid(*axes))
    there = datum.from_wgs84(lon, lat, datum="gcj02")
    carried = shapely.contains_xy(wuchang, lon, lat) & ~shapely.contains_xy(wuchang, *there)
    assert carried.sum() > 12
    rows = "\n".join(
        f"园{n},{there[0][n]:.7f},{there[1][n]:.7f},武昌区" for n in np.flatnonzero(carried)
    )
    _, _, error = run(tmp_path, capsys, f"名称,经度,纬度,区\n{rows}\n")
    assert "Read as gcj02" in error


def test_areas_of_ones_own_take_the_place_of_districts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box = gpd.GeoDataFrame(
        {"名称": ["东片", "西片"]},
        geometry=gpd.GeoSeries.from_wkt(
            [
                "POLYGON ((114.25 30.4, 114.5 30.4, 114.5 30.7, 114.25 30.7, 114.25 30.4))",
                "POLYGON ((114 30.4, 114.25 30.4, 114.25 30.7, 114 30.7, 114 30.4))",
            ]
        ),
        crs=4326,
    )
    own = tmp_path / "own.gpkg"
    box.to_crs(4547).to_file(own, driver="GPKG")
    rows = f"江滩里,{written(A)},\n古琴台,{written(B)},\n外,121.47,31.23,\n只知区,,,武汉市江岸区\n"
    file = tmp_path / "list.csv"
    file.write_text(f"名称,经度,纬度,区县\n{rows}", "utf-8")
    status = main([str(file), "--districts", str(own), "--out", str(tmp_path / "good.geojson")])
    said = capsys.readouterr().out.strip().split("\n")
    assert (status, said[-1]) == (0, "read 4, kept 4, rejected 0")
    assert said[-3:-1] == [
        "4 kept: 2 in an area, 1 without a position (no area is guessed)",
        "1 row (4): in none of the areas: kept with an empty adcode, counted in none",
    ]
    good = gpd.read_file(tmp_path / "good.geojson")
    assert good[["adcode", "district"]].fillna("").to_numpy().tolist() == [
        ["东片", "东片"],
        ["西片", "西片"],
        ["", ""],
        ["", ""],
    ]


def test_it_runs_as_a_program(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"name,lon,lat\na,{written(A)}\n", encoding="utf-8")
    command = [sys.executable, "-m", "geo.intake", str(file), "--out", str(tmp_path / "a.geojson")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "read 1, kept 1, rejected 0\n")


AREA: dict[str, object] = {
    "type": "Polygon",
    "coordinates": [[[114, 30], [115, 30], [115, 31], [114, 30]]],
}


def features(*shapes: dict[str, object]) -> str:
    """Areas, or what should be, all of one name."""
    rows = [{"type": "Feature", "properties": {"名称": "片"}, "geometry": each} for each in shapes]
    return json.dumps({"type": "FeatureCollection", "features": rows})


def refusal(capsys: pytest.CaptureFixture[str], *asked: object) -> str:
    """What the program says of what it refuses, in Chinese, without names of files and formats."""
    assert main([*map(str, asked), "--lang", "zh"]) == 2
    said = capsys.readouterr().err
    return re.sub(r"/[\w/.\-]*|(?:Geo|Shape|shape)\w+|KML|own\.\w+", "", said)


@pytest.mark.parametrize(
    "own",
    [
        features(AREA, AREA),
        features({"type": "Point", "coordinates": [114, 30]}),
        features({}),
        "{",
        "",
    ],
    ids=["repeated", "points", "nothing", "broken", "empty"],
)
def test_areas_are_refused_in_the_chosen_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], own: str
) -> None:
    file, areas = tmp_path / "list.csv", tmp_path / "own.geojson"
    file.write_text(f"名称,经度,纬度\n江滩里,{written(A)}\n", "utf-8")
    areas.write_text(own, "utf-8")
    said = refusal(capsys, file, "--districts", areas, "--out", tmp_path / "good.geojson")
    assert re.search("[一-龥]{4}", said)
    assert not re.search("[A-Za-z]{5}", said)


@pytest.mark.parametrize("what", ["file", "areas", "out"])
@pytest.mark.parametrize("is_folder", [False, True])
def test_what_the_system_refuses_is_said_in_the_chosen_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str, *, is_folder: bool
) -> None:
    file, missing = tmp_path / "list.csv", tmp_path / "none"
    file.write_text(f"名称,经度,纬度\n江滩里,{written(A)}\n", "utf-8")
    if is_folder:
        missing.mkdir()
    given = {"file": file, "areas": None, "out": tmp_path / "good.geojson"}
    given[what] = missing if is_folder or what != "out" else missing / "good.geojson"
    areas = ["--districts", given["areas"]] if given["areas"] else []
    said = refusal(capsys, given["file"], *areas, "--out", given["out"])
    assert re.search("[一-龥]{4}", said)
    assert not re.search("[A-Za-z]{2}", said)
