"""Files as people complain of them: each with the rows that it must yield."""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import openpyxl
import pandas as pd
import shapely

from geo import datum

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.china.datum import Datum

A, B, C = (114.3001, 30.6002), (114.2101, 30.5503), (114.4006, 30.5108)
"""Places in 江岸区, 汉阳区 and 洪山区 of Wuhan, WGS84."""
JIANGAN, HANYANG, HONGSHAN = "420102", "420105", "420111"


@dataclass(frozen=True, kw_only=True)
class Dirty:
    """A file and what must become of it.

    Attributes
    ----------
    kept
        Row, name, position (WGS84; None: by its district alone) and adcode of each kept row.
    rejected
        Row and reason of the others.
    told
        Faults that must be told, by row.
    """

    name: str
    content: bytes
    kept: Sequence[tuple[int, str, tuple[float, float] | None, str]]
    rejected: Sequence[tuple[int, str]] = ()
    told: Sequence[tuple[int, str]] = ()
    datum: Datum | None = "wgs84"
    precision: str | None = None
    columns: dict[str, str] = field(default_factory=dict)


def csv(*lines: str, encoding: str = "utf-8", end: str = "\n") -> bytes:
    return (end.join(lines) + end).encode(encoding)


def written(place: tuple[float, float]) -> str:
    return f"{place[0]},{place[1]}"


def excel(*rows: Sequence[object], merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def shapefile(frame: gpd.GeoDataFrame, *, encoding: str, without: Sequence[str] = ()) -> bytes:
    """A zipped shapefile without some of its parts."""
    target = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(target, "w") as archive:
        frame.to_file(Path(folder) / "园区.shp", driver="ESRI Shapefile", encoding=encoding)
        for part in sorted(Path(folder).iterdir()):
            if part.suffix not in without:
                archive.write(part, part.name)
    return target.getvalue()


def geopackage(frame: gpd.GeoDataFrame) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        frame.to_file(Path(folder) / "a.gpkg", driver="GPKG", layer="a")
        return (Path(folder) / "a.gpkg").read_bytes()


def points(*places: tuple[float, float], **columns: Sequence[object]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=[*map(shapely.Point, places)], crs=4326)


def shifted(place: tuple[float, float], kind: Datum) -> tuple[float, float]:
    lon, lat = datum.from_wgs84(*place, datum=kind)
    return float(lon), float(lat)


def gbk_without_a_word() -> Dirty:
    lines = ("名称,经度,纬度,所在区", f"江滩里,{written(A)},江岸区", f"古琴台,{written(B)},汉阳区")
    kept = [(2, "江滩里", A, JIANGAN), (3, "古琴台", B, HANYANG)]
    return Dirty(name="名录.csv", content=csv(*lines, encoding="gbk", end="\r\n"), kept=kept)


def gbk_shapefile_without_cpg() -> Dirty:
    frame = points(A, B, 名称=["江滩里", "古琴台"])
    content = shapefile(frame, encoding="gbk", without=[".cpg"])
    kept = [(1, "江滩里", A, JIANGAN), (2, "古琴台", B, HANYANG)]
    return Dirty(name="园区.zip", content=content, kept=kept)


def title_row_and_merged_cells() -> Dirty:
    content = excel(
        ("武汉市文创园区名录（2024年）", None, None, None),
        ("区县", "名称", "经度", "纬度"),
        ("江岸区", "江滩里", *A),
        (None, "老码头", A[0] + 0.001, A[1]),
        ("汉阳区", "古琴台", *B),
        merged="A1:D1",
    )
    kept = [
        (3, "江滩里", A, JIANGAN),
        (4, "老码头", (A[0] + 0.001, A[1]), JIANGAN),
        (5, "古琴台", B, HANYANG),
    ]
    return Dirty(name="名录.xlsx", content=content, kept=kept)


def both_coordinates_in_one_cell() -> Dirty:
    lines = (
        "名称\t坐标",
        f"江滩里\t{written(A)}",
        f"古琴台\t{B[0]}，{B[1]}",
        f"南湖\t{C[1]} {C[0]}",
    )
    kept = [(2, "江滩里", A, JIANGAN), (3, "古琴台", B, HANYANG), (4, "南湖", C, HONGSHAN)]
    return Dirty(name="a.txt", content=csv(*lines), kept=kept)


def degrees_minutes_seconds() -> Dirty:
    lines = (
        "名称;经度;纬度",
        "江滩里;114°18′0.36″;30°36′0.72″",
        "古琴台;114度12分36.36秒E;30度33分1.08秒N",
    )
    kept = [(2, "江滩里", A, JIANGAN), (3, "古琴台", B, HANYANG)]
    return Dirty(name="a.csv", content=csv(*lines), kept=kept)


def full_width_digits() -> Dirty:
    lines = ("名称,经度,纬度", "江滩里,１１４．３００１,３０．６００２", f"古琴台,{written(B)}")
    kept = [(2, "江滩里", A, JIANGAN), (3, "古琴台", B, HANYANG)]
    return Dirty(name="a.csv", content=csv(*lines), kept=kept, told=[(2, "full_width")])


def trailing_degree_signs() -> Dirty:
    lines = ("name,lng,lat", f"江滩里,{A[0]}°E,{A[1]}°N", f"古琴台,{B[0]} E,{B[1]} N")
    kept = [(2, "江滩里", A, JIANGAN), (3, "古琴台", B, HANYANG)]
    return Dirty(name="a.csv", content=csv(*lines), kept=kept)


def swapped_in_one_row() -> Dirty:
    lines = (
        "名称,经度,纬度",
        f"江滩里,{written(A)}",
        f"古琴台,{B[1]},{B[0]}",
        f"南湖,{written(C)}",
    )
    kept = [(2, "江滩里", A, JIANGAN), (3, "古琴台", B, HANYANG), (4, "南湖", C, HONGSHAN)]
    return Dirty(name="a.csv", content=csv(*lines), kept=kept, told=[(3, "swapped")])


def surveyors_axes() -> Dirty:
    lines = ("名称,X,Y", f"江滩里,{A[1]},{A[0]}", f"古琴台,{B[1]},{B[0]}")
    kept = [(2, "江滩里", A, JIANGAN), (3, "古琴台", B, HANYANG)]
    told = [(2, "swapped"), (3, "swapped")]
    return Dirty(name="a.csv", content=csv(*lines), kept=kept, told=told)


def mixed_datums() -> Dirty:
    lines = (
        "名称,经度,纬度,坐标系",
        f"江滩里,{written(shifted(A, 'bd09'))},百度",
        f"古琴台,{written(shifted(B, 'gcj02'))},GCJ-02",
        f"南湖,{written(C)},WGS84",
        f"东湖,{written(shifted(A, 'gcj02'))},",
    )
    kept = [
        (2, "江滩里", A, JIANGAN),
        (3, "古琴台", B, HANYANG),
        (4, "南湖", C, HONGSHAN),
        (5, "东湖", A, JIANGAN),
    ]
    return Dirty(name="a.csv", content=csv(*lines), kept=kept, datum="gcj02")


def former_names_of_districts() -> Dirty:
    lines = (
        "名称,区县",
        "横县茉莉园,横县",
        "横州园,450127",
        "江北工坊,重庆市江北区",
        "江滩里,江岸",
    )
    kept = [
        (2, "横县茉莉园", None, "450181"),
        (3, "横州园", None, "450181"),
        (4, "江北工坊", None, "500105"),
        (5, "江滩里", None, JIANGAN),
    ]
    told = [(2, "former_district"), (3, "former_district"), (2, "district_only")]
    return Dirty(name="a.csv", content=csv(*lines), kept=kept, told=told)


def totals_at_the_end() -> Dirty:
    lines = (
        "名称,经度,纬度,建筑面积",
        f"江滩里,{written(A)},2.4万",
        f"古琴台,{written(B)},18600",
        "合计,,,42600",
    )
    kept = [(2, "江滩里", A, JIANGAN), (3, "古琴台", B, HANYANG)]
    return Dirty(name="a.csv", content=csv(*lines), kept=kept, rejected=[(4, "total")])


def numbers_as_text() -> Dirty:
    content = excel(
        ("名称", "经度", "纬度"), ("江滩里", *map(str, A)), ("古琴台", *(f" {each} " for each in B))
    )
    kept = [(2, "江滩里", A, JIANGAN), (3, "古琴台", B, HANYANG)]
    return Dirty(name="a.xlsx", content=content, kept=kept)


def dates_in_words() -> Dirty:
    content = excel(
        ("名称", "经度", "纬度", "开园时间"),
        ("江滩里", *A, "2021年5月"),
        ("古琴台", *B, dt.date(2019, 3, 1)),
        ("南湖", *C, "待定"),
    )
    kept = [(2, "江滩里", A, JIANGAN), (3, "古琴台", B, HANYANG), (4, "南湖", C, HONGSHAN)]
    return Dirty(name="a.xlsx", content=content, kept=kept, told=[(4, "no_opened_year")])


def byte_order_mark_and_tabs() -> Dirty:
    lines = ("名称\t经度\t纬度", f"江滩里\t{A[0]}\t{A[1]}", "", f"古琴台\t{B[0]}\t{B[1]}")
    kept = [(2, "江滩里", A, JIANGAN), (4, "古琴台", B, HANYANG)]
    return Dirty(name="a.csv", content=csv(*lines, encoding="utf-8-sig"), kept=kept)


def cgcs2000_degrees() -> Dirty:
    content = geopackage(points(A, B, 名称=["江滩里", "古琴台"]).to_crs(4490))
    return Dirty(
        name="a.gpkg", content=content, kept=[(1, "江滩里", A, JIANGAN), (2, "古琴台", B, HANYANG)]
    )


def cgcs2000_metres() -> Dirty:
    content = geopackage(points(A, B, 名称=["江滩里", "古琴台"]).to_crs(4547))
    return Dirty(
        name="a.gpkg", content=content, kept=[(1, "江滩里", A, JIANGAN), (2, "古琴台", B, HANYANG)]
    )


def several_parts() -> Dirty:
    frame = points(A, B, 名称=["江滩里", "古琴台"])
    parts = [shapely.MultiPoint([A]), shapely.MultiPoint([B, (B[0] + 0.001, B[1])])]
    frame = frame.set_geometry(gpd.GeoSeries(parts, crs=4326))
    kept = [(1, "江滩里", A, JIANGAN), (2, "古琴台", B, HANYANG)]
    return Dirty(name="a.gpkg", content=geopackage(frame), kept=kept, told=[(2, "drawn")])


def park_drawn_as_a_polygon() -> Dirty:
    ring = shapely.box(A[0] - 0.001, A[1] - 0.001, A[0] + 0.001, A[1] + 0.001)
    features = [
        {
            "type": "Feature",
            "properties": {"名称": "江滩里"},
            "geometry": shapely.geometry.mapping(ring),
        },
        {
            "type": "Feature",
            "properties": {"名称": "古琴台"},
            "geometry": {"type": "Point", "coordinates": B},
        },
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    kept = [(1, "江滩里", A, JIANGAN), (2, "古琴台", B, HANYANG)]
    return Dirty(name="a.geojson", content=content, kept=kept, told=[(1, "drawn")])


def empty_and_zero_positions() -> Dirty:
    lines = (
        "名称,经度,纬度,区县",
        "江滩里,0,0,江岸区",
        "古琴台,,,汉阳区",
        f"南湖,{written(C)},洪山区",
        "无处,,,",
        ",114.3,30.6,江岸区",
    )
    kept = [(2, "江滩里", None, JIANGAN), (3, "古琴台", None, HANYANG), (4, "南湖", C, HONGSHAN)]
    rejected = [(5, "no_place"), (6, "no_name")]
    return Dirty(
        name="a.csv", content=csv(*lines), kept=kept, rejected=rejected, told=[(2, "zero")]
    )


def addresses_only() -> Dirty:
    content = excel(
        ("序号", "单位名称", "详细地址"),
        (1, "江滩里", "武汉市江岸区沿江大道1号"),
        (2, "古琴台", "湖北省武汉市汉阳区鹦鹉大道26号"),
        (3, "外省园", "上海市黄浦区泰康路210弄"),
    )
    kept = [
        (2, "江滩里", None, JIANGAN),
        (3, "古琴台", None, HANYANG),
        (4, "外省园", None, "310101"),
    ]
    return Dirty(name="a.xlsx", content=content, kept=kept)


def without_headings() -> Dirty:
    lines = (
        f"江滩里文创园,江岸区,{written(A)}",
        f"古琴台设计工场,汉阳区,{written(B)}",
        f"南湖中心,洪山区,{written(C)}",
    )
    kept = [
        (1, "江滩里文创园", A, JIANGAN),
        (2, "古琴台设计工场", B, HANYANG),
        (3, "南湖中心", C, HONGSHAN),
    ]
    return Dirty(name="a.csv", content=csv(*lines), kept=kept)


def cover_sheet_and_footnote() -> Dirty:
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover["B2"] = "武汉市文创园区名录"
    sheet = book.create_sheet("名录")
    rows = (("名称", "经度", "纬度"), ("江滩里", *A), ("古琴台", *B), ("注：坐标由各区报送",))
    for row in rows:
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    kept = [(2, "江滩里", A, JIANGAN), (3, "古琴台", B, HANYANG)]
    return Dirty(name="a.xlsx", content=target.getvalue(), kept=kept, rejected=[(4, "footnote")])


def zeros_that_a_spreadsheet_dropped() -> Dirty:
    rows = [f"园{n},{A[0]},{A[1] + n / 1e5:.5f}" for n in range(1, 8)]
    lines = ("名称,经度,纬度", *rows, "末园,114.3,30.6")
    kept = [(n + 1, f"园{n}", (A[0], A[1] + n / 1e5), JIANGAN) for n in range(1, 8)]
    kept.append((9, "末园", (114.3, 30.6), JIANGAN))
    return Dirty(name="a.csv", content=csv(*lines), kept=kept, precision="building")


def datum_in_the_headings() -> Dirty:
    lines = ("名称,经度（高德）,纬度（高德）", f"江滩里,{written(shifted(A, 'gcj02'))}")
    return Dirty(name="a.csv", content=csv(*lines), kept=[(2, "江滩里", A, JIANGAN)], datum=None)


DIRTY: tuple[Callable[[], Dirty], ...] = (
    gbk_without_a_word, gbk_shapefile_without_cpg, title_row_and_merged_cells,
    both_coordinates_in_one_cell, degrees_minutes_seconds, full_width_digits,
    trailing_degree_signs, swapped_in_one_row, surveyors_axes, mixed_datums,
    former_names_of_districts, totals_at_the_end, numbers_as_text, dates_in_words,
    byte_order_mark_and_tabs, cgcs2000_degrees, cgcs2000_metres, several_parts,
    park_drawn_as_a_polygon, empty_and_zero_positions, addresses_only, without_headings,
    cover_sheet_and_footnote, zeros_that_a_spreadsheet_dropped, datum_in_the_headings,
)  # fmt: skip
