from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import csvw as reader
import jsonschema
import pandas as pd
import pytest

from geo.files import csv_file, plain_values
from geo.files.csvw import csv_archive, csvw
from tests.geo import toy_files

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd


COLUMNS = {"method": "100 n / A", "catalogue_date": "2026-11-22"}
TOLD = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["@value", "@language"],
        "properties": {"@value": {"minLength": 1}, "@language": {"enum": ["zh", "en"]}},
        "additionalProperties": False,
    },
}
# What "Metadata Vocabulary for Tabular Data" (W3C, 2015) demands of what we use of it.
METADATA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "required": ["@context", "url", "tableSchema"],
    "propertyNames": {"pattern": "^(@context|url|dialect|tableSchema|dc:[A-Za-z]+)$"},
    "properties": {
        "@context": {
            "items": [
                {"const": "http://www.w3.org/ns/csvw"},
                {"properties": {"@language": {"enum": ["zh", "en"]}}},
            ],
            "minItems": 2,
            "maxItems": 2,
        },
        "url": {"type": "string", "format": "uri-reference"},
        "dc:modified": {"required": ["@value", "@type"]},
        "tableSchema": {
            "required": ["columns"],
            "additionalProperties": False,
            "properties": {
                "primaryKey": {"type": "string"},
                "columns": {
                    "items": {
                        "required": ["name", "titles", "datatype"],
                        "additionalProperties": False,
                        "properties": {
                            "name": {"pattern": "^[A-Za-z0-9][A-Za-z0-9_]*$"},
                            "titles": {"type": "string"},
                            "separator": {"const": ";"},
                            "datatype": {
                                "anyOf": [
                                    {"enum": ["string", "integer", "gYear", "number", "date"]},
                                    {
                                        "required": ["base", "format"],
                                        "properties": {"base": {"enum": ["string", "boolean"]}},
                                    },
                                ]
                            },
                            "dc:title": TOLD,
                            "dc:description": TOLD,
                            "dc:tableOfContents": TOLD,
                            "schema:unitText": TOLD,
                        },
                    }
                },
            },
        },
    },
}


def unpacked(folder: Path, data: bytes) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        file.extractall(folder)
    return folder / "sites.csv-metadata.json"


def read_back(description: Path) -> list[dict[str, Any]]:
    """Return the rows as the csvw package reads them: validated, each value of its type."""
    found = reader.CSVW(str(description), validate=True)
    assert found.is_valid
    assert found.warnings == []
    (table,) = found.tables
    return [
        {name: ";".join(value) if isinstance(value, list) else value for name, value in row.items()}
        for row in table.iterdicts(strict=True)
    ]


def neutral(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    return [
        {
            name: plain_values.neutral(value) if isinstance(value, str) else value
            for name, value in row.items()
        }
        for row in toy_files.expected(frame)
    ]


@pytest.mark.parametrize("make", [toy_files.awkward, toy_files.chosen, toy_files.districts])
def test_csvw_reads_the_same_rows_with_their_types(make: toy_files.Maker, tmp_path: Path) -> None:
    frame = make()
    if "sectors" in frame:
        frame = frame[frame["sectors"] != "unheard_of"]
    table = toy_files.table(frame)
    data = csv_archive("sites.csv", frame, toy_files.ABOUT, table=table, metadata=COLUMNS)
    found = read_back(unpacked(tmp_path, data))
    for row in found:
        year = row.get("opened_year", row.get("population_year"))
        assert year is None or int(year) > 1850
        assert str(row["catalogue_date"]).startswith("2026-11-22")
    wanted = [{**row, **COLUMNS} for row in neutral(frame)]
    loose = {"opened_year", "population_year", "area_year", "catalogue_date"}
    assert toy_files.same(
        [{name: row[name] for name in row if name not in loose} for row in found],
        [{name: row[name] for name in row if name not in loose} for row in wanted],
    )


def test_a_code_that_the_dictionary_does_not_know_is_found_out(tmp_path: Path) -> None:
    frame = toy_files.chosen().assign(kind="castle")
    data = csv_archive("sites.csv", frame, toy_files.ABOUT, table="sites")
    with pytest.raises(UserWarning, match="castle"):
        read_back(unpacked(tmp_path, data))


@pytest.mark.parametrize("make", [toy_files.awkward, toy_files.chosen, toy_files.districts])
def test_the_description_is_valid_and_names_every_column(make: toy_files.Maker) -> None:
    frame = make()
    table = toy_files.table(frame)
    described = json.loads(csvw("地点.csv", frame, toy_files.ABOUT, table=table, metadata=COLUMNS))
    jsonschema.Draft7Validator(METADATA).validate(described)
    content = csv_file.csv(frame, metadata=COLUMNS).decode("utf-8-sig")
    head = next(csv.reader(io.StringIO(content, newline="")))
    assert [column["titles"] for column in described["tableSchema"]["columns"]] == head
    assert described["dc:title"] == toy_files.ABOUT.title
    assert described["url"] == "%E5%9C%B0%E7%82%B9.csv"


def test_the_archive_holds_both_files() -> None:
    frame = toy_files.chosen()
    data = csv_archive("sites.csv", frame, toy_files.ABOUT, table="sites", metadata=COLUMNS)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.namelist() == ["sites.csv", "sites.csv-metadata.json"]
        assert file.read("sites.csv") == csv_file.csv(frame, metadata=COLUMNS)
        assert file.read("sites.csv-metadata.json") == csvw(
            "sites.csv", frame, toy_files.ABOUT, table="sites", metadata=COLUMNS
        )


def test_ogr_reads_the_csv_in_the_archive(tmp_path: Path) -> None:
    frame = toy_files.chosen()
    unpacked(tmp_path, csv_archive("sites.csv", frame, toy_files.ABOUT, table="sites"))
    found = toy_files.ogr_features(tmp_path / "sites.csv")
    names = ["id", "name_zh", "name_en", "sectors", "source"]
    assert [[each["properties"][name] for name in names] for each in found] == [
        [row[name] for name in names] for row in neutral(frame)
    ]


def test_the_key_is_a_column_that_tells_rows_apart() -> None:
    def key(frame: pd.DataFrame) -> object:
        described = json.loads(csvw("a.csv", frame, toy_files.ABOUT, table="sites"))
        return described["tableSchema"].get("primaryKey")

    assert key(pd.DataFrame({"id": ["a", "b"]})) == "id"
    assert key(pd.DataFrame({"id": ["a", "a"]})) is None
    assert key(pd.DataFrame({"id": ["a", None]})) is None
    assert key(pd.DataFrame({"n": [1]}, index=pd.Index(["310101"], name="adcode"))) == "adcode"


def test_headings_that_are_no_names() -> None:
    frame = pd.DataFrame({"名称": ["a"], "=年": [1], "a b": [2], "a-b": [3]})
    described = json.loads(csvw("a.csv", frame, toy_files.ABOUT, table="sites"))
    columns = described["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == ["column", "column_", "a_b", "a_b_"]
    assert [column["titles"] for column in columns] == ["名称", "'=年", "a b", "a-b"]


def test_the_same_input_makes_the_same_bytes() -> None:
    first = csv_archive("a.csv", toy_files.awkward(), toy_files.ABOUT, table="sites")
    assert csv_archive("a.csv", toy_files.awkward(), toy_files.ABOUT, table="sites") == first
