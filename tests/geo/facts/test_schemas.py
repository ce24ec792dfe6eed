"""Damaged copies of ``data/``: every fault is listed, none hides another, nothing is loaded."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import hypothesis
import pytest
from hypothesis import strategies as st

from geo import settings
from geo.errors import DataError
from geo.facts import catalog, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geo.facts import tables


@pytest.fixture(autouse=True, scope="module")
def _files_left_as_they_are_are_read_once() -> Iterator[None]:
    """A test changes few of the files: the others are read, and validated by themselves, once."""
    read, own = schemas.read, settings.OWN_DATA
    kept = {name: read(own / f"{name}.csv", name=name, shown="data") for name in schemas.SCHEMAS}

    def read_if_changed(path: Path, *, name: str, shown: str) -> tables.Table:
        same = path.is_file() and path.read_bytes() == (own / path.name).read_bytes()
        if not same or kept[name].faults:
            return read(path, name=name, shown=shown)
        # Checks that look at several tables add what they find.
        called = f"{shown}/{name}.csv"
        return dataclasses.replace(kept[name], name=called, faults=[], faulty_cells=set())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schemas, "read", read_if_changed)
        yield


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return shutil.copytree(settings.OWN_DATA, tmp_path / "data")


def faults(data: Path) -> tuple[str, ...]:
    with pytest.raises(DataError) as caught:
        catalog.check(data)
    assert str(caught.value) == "\n".join(caught.value.faults)
    assert all(fault.startswith(f"{data}/") for fault in caught.value.faults)
    return tuple(fault.replace(str(data), "data") for fault in caught.value.faults)


def edit(file: Path, change: Callable[[list[dict[str, str]]], None]) -> None:
    with file.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    columns = list(rows[0])
    change(rows)
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns)
        writer.writeheader()
        writer.writerows(rows)


def spoil(data: Path, file: str, row: int, **cells: str) -> tuple[str, ...]:
    """Return the faults after the cells of one row (as a spreadsheet counts) were replaced."""
    edit(data / file, lambda rows: rows[row - 2].update(cells))
    return faults(data)


def row_of(file: str, key: str, value: str) -> int:
    with (settings.OWN_DATA / file).open(encoding="utf-8", newline="") as source:
        return 2 + [row[key] for row in csv.DictReader(source)].index(value)


M50 = row_of("sites.csv", "id", "sh-m50")


def test_the_projects_own_data_are_sound(data: Path) -> None:
    catalog.check(data)


def test_a_byte_order_mark_is_accepted(data: Path) -> None:
    sites = data / "sites.csv"
    sites.write_bytes(b"\xef\xbb\xbf" + sites.read_bytes())
    catalog.check(data)


def test_no_row_stands_twice_in_any_table(data: Path) -> None:
    tables = schemas.SCHEMAS.keys() - {"changes"}
    for name in tables:
        edit(data / f"{name}.csv", lambda rows: rows.append(dict(rows[-1])))
    twice = {fault.split(".csv row ")[0] for fault in faults(data) if "no other row has" in fault}
    assert twice == {f"data/{name}" for name in tables}


# Each table alone would take a reading of all; that one alone is told alone, some show.
ALONE_OR_ALL = pytest.mark.parametrize(
    "names",
    [["sites"], ["census"], ["changes"], [*schemas.SCHEMAS]],
    ids=lambda names: str(len(names)),
)


@ALONE_OR_ALL
def test_a_missing_file(data: Path, names: list[str]) -> None:
    for name in names:
        (data / f"{name}.csv").unlink()
    wrong = "cannot be read (No such file or directory), expected a CSV file"
    assert sorted(faults(data)) == sorted(f"data/{name}.csv: {wrong}" for name in names)


@ALONE_OR_ALL
def test_an_empty_file(data: Path, names: list[str]) -> None:
    for name in names:
        (data / f"{name}.csv").write_bytes(b"")
    for name, fault in zip(sorted(names), sorted(faults(data)), strict=True):
        assert fault.startswith(f"data/{name}.csv row 1: wrong header (missing ")


@ALONE_OR_ALL
def test_a_header_and_no_rows(data: Path, names: list[str]) -> None:
    for name in names:
        file = data / f"{name}.csv"
        file.write_text(file.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    wrong = "has a header and no rows, expected at least one record"
    assert {f"data/{name}.csv: {wrong}" for name in names} <= set(faults(data))


def test_a_folder_in_place_of_a_file(data: Path) -> None:
    (data / "sites.csv").unlink()
    (data / "sites.csv").mkdir()
    assert faults(data) == ("data/sites.csv: cannot be read (Is a directory), expected a CSV file",)


def test_a_file_saved_in_another_encoding(data: Path) -> None:
    cities = data / "cities.csv"
    cities.write_bytes(cities.read_text(encoding="utf-8").encode("gb18030"))
    assert faults(data) == (
        "data/cities.csv row 2: is not UTF-8 text, expected a file saved as UTF-8",
    )


def test_a_wrong_header_names_what_differs(data: Path) -> None:
    sites = data / "sites.csv"
    sites.write_text(
        sites.read_text(encoding="utf-8").replace("id,region,name_zh", "id,Region,name_zh", 1),
        encoding="utf-8",
    )
    (fault,) = faults(data)
    assert fault.startswith(
        "data/sites.csv row 1: wrong header (missing region; not expected 'Region'), expected id,"
    )


def test_columns_out_of_order(data: Path) -> None:
    sectors = data / "sectors.csv"
    text = sectors.read_text(encoding="utf-8")
    sectors.write_text(text.replace("name_zh,name_en", "name_en,name_zh", 1), encoding="utf-8")
    (fault,) = faults(data)
    assert "a column is repeated or out of order" in fault


def test_a_row_with_a_cell_too_many_and_one_with_a_cell_too_few(data: Path) -> None:
    sectors = data / "sectors.csv"
    lines = sectors.read_text(encoding="utf-8").splitlines()
    lines[3] += ",extra"
    lines[5] = lines[5].rsplit(",", 1)[0]
    sectors.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert faults(data) == (
        "data/sectors.csv row 4: found 5 cells, expected 4",
        "data/sectors.csv row 6: found 3 cells, expected 4",
    )


def test_an_unclosed_quote(data: Path) -> None:
    documents = data / "documents.csv"
    documents.write_text(documents.read_text(encoding="utf-8") + '"open', encoding="utf-8")
    (fault,) = faults(data)
    assert fault.startswith("data/documents.csv: is not CSV (")


@pytest.mark.parametrize("text", ["121.4,5", "１２１", "east", "nan", "1_2", "0x10", " 121"])
def test_text_where_a_number_belongs(data: Path, text: str) -> None:
    found = spoil(data, "sites.csv", M50, lon=text)
    assert (
        f"data/sites.csv row {M50} (sh-m50), column lon: found {text!r}, expected a number" in found
    )


@pytest.mark.parametrize("text", ["1e400", "inf", "1e300", "0", "-5"])
def test_a_number_without_sense(data: Path, text: str) -> None:
    found = spoil(data, "sites.csv", M50, area_m2=text)
    assert len(found) == 1
    assert found[0].startswith(f"data/sites.csv row {M50} (sh-m50), column area_m2: found '")
    assert found[0].endswith("expected a finite number above 0 (unknown stays empty)")


def test_longitude_and_latitude_swapped(data: Path) -> None:
    start = f"data/sites.csv row {M50} (sh-m50), column"
    assert spoil(data, "sites.csv", M50, lon="31.2475", lat="121.4490") == (
        f"{start} lon: found '31.2475', expected a WGS84 longitude between 73 and 136",
        f"{start} lat: found '121.449', expected a WGS84 latitude between 3 and 54",
    )


def test_a_repeated_id(data: Path) -> None:
    assert (
        f"data/sites.csv row {M50} (sh-bridge8-1), column id: found 'sh-bridge8-1', "
        "expected a value no other row has"
    ) in spoil(data, "sites.csv", M50, id="sh-bridge8-1")


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("region", "one of harbin, shanghai, jinan, chongqing, guangdong"),
        ("kind", "one of park, base, design_center, service_center, street"),
        ("level", "one of national, provincial, municipal, district, none"),
        ("status", "one of operating, planned, unknown"),
        ("precision", "one of building, street, district, none"),
        ("evidence", "one of official, documented, listed, unverified"),
        ("sectors", "different codes of data/sectors.csv separated by ';'"),
    ],
)
def test_an_unknown_code(data: Path, column: str, expected: str) -> None:
    fault = (
        f"data/sites.csv row {M50} (sh-m50), column {column}: found 'unheard', expected {expected}"
    )
    assert fault in spoil(data, "sites.csv", M50, **{column: "unheard"})


@pytest.mark.parametrize("column", ["name_zh", "name_en", "source", "kind", "evidence"])
def test_a_cell_that_must_not_be_empty(data: Path, column: str) -> None:
    assert spoil(data, "sites.csv", M50, **{column: ""}) == (
        f"data/sites.csv row {M50} (sh-m50), column {column}: found nothing, expected a value",
    )


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"lat": ""}, "lat", "a value, as lon has"),
        ({"precision": "none"}, "precision", "a precision, as there are coordinates"),
        ({"lon": "", "lat": ""}, "precision", "none, as there are no coordinates"),
        ({"coord_source": ""}, "coord_source", "a source, as there are coordinates"),
        ({"district": ""}, "district", "a value, as adcode has"),
        ({"district": "徐汇区"}, "district", "普陀区, as adcode says"),
        ({"adcode": "310999"}, "adcode", "one that data/districts.csv lists"),
        ({"city": "济南市"}, "city", "上海市, as city_adcode says"),
        ({"region": "jinan"}, "region", "shanghai, as adcode 310107 says"),
        ({"sectors": "fashion;fashion"}, "sectors", "different codes of data/sectors.csv"),
        ({"name_en": "M50 "}, "name_en", "text without spaces around it"),
        ({"opened_year": "20"}, "opened_year", "a year between 1850 and 2100"),
    ],
)
def test_cells_that_contradict_each_other(
    data: Path, cells: dict[str, str], column: str, expected: str
) -> None:
    found = spoil(data, "sites.csv", M50, **cells)
    start = f"data/sites.csv row {M50} (sh-m50), column {column}: found "
    assert any(fault.startswith(start) and expected in fault for fault in found), found


@pytest.mark.parametrize(
    ("file", "row", "cells", "column"),
    [
        ("regions.csv", 2, {"population_source": ""}, "population_source"),
        ("census.csv", 2, {"population_year": ""}, "population_year"),
        ("census.csv", 2, {"source_id": ""}, "source_id"),
        ("census.csv", 2, {"source_id": "recalled"}, "source_id"),
        ("census.csv", 2, {"population": ""}, "population"),
        ("census.csv", 2, {"adcode": "110199"}, "adcode"),
        ("census_zones.csv", 2, {"lies_in": "130108:0"}, "lies_in"),
        ("census_zones.csv", 2, {"lies_in": "130199:67"}, "lies_in"),
        ("census_zones.csv", 3, {"added_to": "130108"}, "added_to"),
        ("census_zones.csv", 3, {"name_zh": "石家庄高新技术产业开发区"}, "name_zh"),
        ("former_units.csv", 2, {"adcodes": "110103"}, "adcodes"),
        ("former_units.csv", 2, {"until": ""}, "until"),
        ("former_units.csv", 2, {"source_id": "recalled"}, "source_id"),
        ("former_units.csv", 3, {"code": "110103", "name_zh": "崇文区"}, "until"),
        ("districts.csv", 2, {"area_land_km2": ""}, "area_land_km2"),
        ("districts.csv", 2, {"area_land_km2": "", "area_source": ""}, "area_use"),
        ("districts.csv", 2, {"city_adcode": "310000"}, "city_adcode"),
        ("census.csv", 2, {"population_comparable": "perhaps"}, "population_comparable"),
        ("districts.csv", 2, {"name_en": "道里"}, "name_en"),
        ("cities.csv", 2, {"population": "18676605.5"}, "population"),
        ("sectors.csv", 2, {"family": "odd"}, "family"),
        ("families.csv", 2, {"dark": "blue"}, "dark"),
        ("vocabulary.csv", 3, {"code": "park"}, "code"),
        ("vocabulary.csv", 2, {"radius_m": "5"}, "radius_m"),
        ("targets.csv", 2, {"document": "lost"}, "document"),
        ("targets.csv", 2, {"comparator": ""}, "comparator"),
        ("targets.csv", 2, {"comparator": "range"}, "value_max"),
        ("documents.csv", 2, {"issued": "yesterday"}, "issued"),
        ("regions.csv", 2, {"default_level": "city"}, "default_level"),
        ("regions.csv", 2, {"default_level": ""}, "default_level"),
        ("regions.csv", 2, {"levels": ""}, "levels"),
        ("regions.csv", 2, {"id": "atlantis"}, "id"),
        ("regions.csv", 2, {"prefectures": "230199"}, "prefectures"),
        ("regions.csv", 2, {"population": "9" * 23}, "population"),
        ("cities.csv", 2, {"population": "1" + "0" * 5000}, "population"),
        ("cities.csv", 2, {"adcode": "440199"}, "adcode"),
        ("districts.csv", 2, {"adcode": "310199"}, "adcode"),
        ("districts.csv", 2, {"adcode": "２３０１０２"}, "adcode"),
        ("districts.csv", 2, {"city_adcode": "230200"}, "city_adcode"),
        ("vocabulary.csv", 16, {"radius_m": "inf"}, "radius_m"),
        ("romanisation.csv", 3, {"name_zh": "长治"}, "name_zh"),
    ],
)
def test_other_tables(data: Path, file: str, row: int, cells: dict[str, str], column: str) -> None:
    found = spoil(data, file, row, **cells)
    start = f"data/{file} row {row} ("
    assert any(fault.startswith(start) and f"column {column}: " in fault for fault in found), found


def test_a_field_without_codes(data: Path) -> None:
    edit(
        data / "vocabulary.csv",
        lambda rows: rows.__setitem__(slice(None), [r for r in rows if r["field"] != "evidence"]),
    )
    assert "data/vocabulary.csv, column field: found no evidence, expected its codes" in faults(
        data
    )


@pytest.mark.parametrize(
    "text", ["", 'date = "yesterday"', "date = 2026-11-22T10:00:00", "date = ", "date = \x80"]
)
def test_a_catalogue_without_its_date(data: Path, text: str) -> None:
    (data / "catalogue.toml").write_bytes(text.encode("latin-1"))
    (fault,) = faults(data)
    assert fault.startswith("data/catalogue.toml")


def test_a_precision_without_a_row(data: Path) -> None:
    edit(
        data / "vocabulary.csv",
        lambda rows: rows.__setitem__(slice(None), [r for r in rows if r["code"] != "street"]),
    )
    fault = "data/vocabulary.csv, column code: found no precision street, expected it"
    assert fault in faults(data)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[osm]", "[osm", "data/basemaps.toml: is not TOML ("),
        ("[osm]", "\x80", "data/basemaps.toml: is not TOML ("),
        (
            '[osm]\nname_zh = "',
            '[osm]\nname_zh = 1 # "',
            "data/basemaps.toml, osm.name_zh: found 1",
        ),
        ('datum = "wgs84"', 'datum = "bd09"', "data/basemaps.toml, osm.datum: found 'bd09'"),
        ("max_zoom = 19", "", "data/basemaps.toml, osm.max_zoom: is missing"),
        ("subdomains = []", "subdomains = [1]", "data/basemaps.toml, osm.subdomains.0: found 1"),
        ("max_zoom = 19", "max_zoom = 19\nx = 1", "data/basemaps.toml, osm.x: is not known"),
        ("[osm]", "lone = 1\n[osm]", "data/basemaps.toml, lone: found 1, expected a table"),
    ],
)
def test_base_maps_that_cannot_be_offered(data: Path, old: str, new: str, expected: str) -> None:
    file = data / "basemaps.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    file.write_bytes(changed.encode("latin-1" if "\x80" in new else "utf-8", "replace"))
    found = faults(data)
    assert len(found) == 1
    assert found[0].startswith(expected)


def test_the_base_maps_missing(data: Path) -> None:
    (data / "basemaps.toml").unlink()
    assert faults(data) == (
        "data/basemaps.toml: cannot be read (No such file or directory), expected a TOML file",
    )


def test_columns_that_are_not_explained_or_twice(data: Path) -> None:
    def spoil_words(rows: list[dict[str, str]]) -> None:
        rows[0].update(name="identity")
        rows[2].update(name=rows[1]["name"])
        rows[3].update(unit_en="m", title_zh="")
        rows[4].update(type="string")

    edit(data / "columns.csv", spoil_words)
    alone = "table and name no other row has"
    types = "text, code, list, integer, year, number, boolean, date"
    assert {fault.removeprefix("data/columns.csv") for fault in faults(data)} == {
        f" row 4 (sites / region), column name: found 'sites / region', expected {alone}",
        " row 5 (sites / name_en), column unit_zh: found nothing, expected a value, as unit_en has",
        " row 5 (sites / name_en), column title_zh: found nothing, expected a value",
        f" row 6 (sites / kind), column type: found 'string', expected one of {types}",
        ", column name: found no row, expected one that explains id of sites",
        ", column name: found no row, expected one that explains name_zh of sites",
    }


def test_faults_of_the_projects_own_folder_call_it_data() -> None:
    assert settings.shown(settings.OWN_DATA) == "data"


def test_every_reader_reads_the_folder_that_is_named(data: Path) -> None:
    text = (data / "wording.csv").read_text(encoding="utf-8")
    (data / "wording.csv").write_text(text + "a remark,评语,Remark\n", encoding="utf-8-sig")
    for name in ("romanisation.csv", "unit_names.csv"):
        edit(data / name, lambda rows: rows[0].update(name_zh="某县", name_en="Somewhere"))
        (data / name).write_text((data / name).read_text(encoding="utf-8"), encoding="utf-8-sig")
    with (data / "romanisation.csv").open(encoding="utf-8-sig", newline="") as file:
        province = next(csv.DictReader(file))["province_zh"]
    script = (
        "from geo.china import romanise\nfrom geo.facts import catalog, remarks\n"
        "catalog.check()\n"
        f"print(romanise.spell('某县', province={province!r}))\n"
        "print(remarks.translate('a remark', lang='en'))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"CHUANGTU_DATA": str(data)},
        cwd=settings.OWN_DATA.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.stdout, told.stderr) == ("Somewhere\nRemark\n", "")


def test_the_date_file_missing(data: Path) -> None:
    (data / "catalogue.toml").unlink()
    assert faults(data) == (
        "data/catalogue.toml: cannot be read (No such file or directory), expected a TOML file",
    )


def test_a_missing_directory_lists_every_file(tmp_path: Path) -> None:
    assert len(faults(tmp_path / "nowhere")) == len(schemas.SCHEMAS) + 2


def test_all_faults_of_all_files_come_together(data: Path) -> None:
    (data / "cities.csv").unlink()
    edit(data / "targets.csv", lambda rows: rows[0].update(value="many"))
    edit(data / "sites.csv", lambda rows: rows[0].update(kind="castle", lon="x", name_zh=""))
    found = faults(data)
    assert {fault.split()[0].rstrip(":,") for fault in found} == {
        *("data/cities.csv", "data/targets.csv", "data/sites.csv"),
    }
    in_sites = [fault for fault in found if fault.startswith("data/sites.csv row 2 (")]
    assert len(in_sites) == 3  # kind, lon, name_zh


HUGE = "9" * 23
CELLS = st.sampled_from(
    ["", " ", "0", "-1", "1e999", "x", "310107", "310199", "普陀区", ";", "2020", HUGE, f"-{HUGE}"]
) | st.text(st.characters(codec="utf-8"), max_size=5)
DAMAGE = st.sampled_from(list(schemas.SCHEMAS)).flatmap(
    lambda name: st.tuples(
        st.just(name),
        st.integers(0, 600),
        st.dictionaries(st.sampled_from(list(schemas.dtypes(name))), CELLS, min_size=1, max_size=5),
    )
)


@hypothesis.settings(max_examples=12)
@hypothesis.given(damage=DAMAGE)
@hypothesis.example(damage=("regions", 0, {"default_level": ""}))
@hypothesis.example(damage=("regions", 0, {"levels": "", "prefectures": ""}))
@hypothesis.example(damage=("regions", 0, {"population": HUGE}))
@hypothesis.example(damage=("census", 0, {"population_year": f"-{HUGE}"}))
@hypothesis.example(damage=("sites", 0, {"opened_year": str(2**63)}))
def test_no_cell_whatever_brings_a_traceback(
    damage: tuple[str, int, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    name, row, cells = damage
    data = shutil.copytree(settings.OWN_DATA, tmp_path_factory.mktemp("drawn") / "data")
    edit(data / f"{name}.csv", lambda rows: rows[row % len(rows)].update(cells))
    with contextlib.suppress(DataError):
        catalog.check(data)


def test_no_cell_is_reported_twice(data: Path) -> None:
    found = spoil(data, "cities.csv", 2, adcode="", population="many", region="")
    cells = [fault.split(": found")[0] for fault in found]
    assert len(cells) == len(set(cells))


@pytest.mark.parametrize("field", ["evidence", "reason", "table"])
def test_a_code_that_the_program_does_not_know_by_name_is_refused(data: Path, field: str) -> None:
    path = data / "vocabulary.csv"
    path.write_text(f"{path.read_text('utf-8')}{field},unheard_of,新,New,,\n", "utf-8")
    with pytest.raises(DataError, match="found 'unheard_of', expected one of"):
        catalog.check(data)


@pytest.mark.parametrize("text", ["[]", "{", '{"a": 1}'])
def test_a_row_on_record_that_cannot_be_read_is_refused(data: Path, text: str) -> None:
    path = data / "changes.csv"
    cell = '"' + text.replace('"', '""') + '"'
    line = f"2026-11-27,sites,gone,,{cell},,removed,\n"
    path.write_text(path.read_text("utf-8") + line, "utf-8")
    with pytest.raises(DataError, match=r"column old: .* expected a row as a JSON object"):
        catalog.check(data)


def test_rows_that_the_record_could_not_tell_apart_are_refused(data: Path) -> None:
    path = data / "milestones.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", "utf-8")
    with pytest.raises(DataError, match="site and event and level no other row has"):
        catalog.check(data)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-13-45", "a day of the calendar"), ("2000-01-01", "a day not before")],
)
def test_a_day_on_record_is_one_and_comes_in_order(data: Path, day: str, expected: str) -> None:
    path = data / "changes.csv"
    path.write_text(path.read_text("utf-8") + f"{day},sites,sh-m50,note,,,corrected,\n", "utf-8")
    with pytest.raises(DataError, match=f"column date: .* expected {expected}"):
        catalog.check(data)
