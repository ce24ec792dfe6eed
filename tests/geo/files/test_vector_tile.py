"""Vector tiles as GDAL reads them: every point at the last zoom, outlines exact to a pixel."""

from __future__ import annotations

import gzip
import io
import subprocess
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pmtiles.reader import MemorySource, Reader, all_tiles

from geo.facts import boundaries
from geo.files import tile_archive, vector_tile
from geo.files.vector_tile import Address, OutlineLayer, PointLayer
from geo.geometry import mercator

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.files.vector_tile import Layer

SIDE = 2 * 20037508.342789244
"""Metres across the map, as EPSG:3857 has them."""


def points(lonlat: NDArray[np.float64], **more: pa.Array) -> PointLayer:
    number = pa.array(range(len(lonlat)), pa.int64())
    properties = pa.table({"n": number, **more})
    return PointLayer("points", properties, mercator.on_square(lonlat))


def scattered(n: int, seed: int, *, degrees: float = 0.2) -> NDArray[np.float64]:
    return np.random.default_rng(seed).normal((114.3, 30.5), degrees, (n, 2))


def addresses(layer: PointLayer, z: int) -> list[Address]:
    columns = np.unique(np.floor(layer.xy * 2**z).astype(int), axis=0)
    return [Address(z, *each) for each in columns.tolist()]


def as_read(folder: Path, content: bytes, address: Address) -> gpd.GeoDataFrame:
    """Return a tile as Debian's GDAL reads it: cut to its edges, in EPSG:3857."""
    z, x, y = address
    path = folder / f"{z}-{x}-{y}.mvt"
    path.write_bytes(content)
    read = folder / f"{z}-{x}-{y}.gpkg"
    options = [
        part
        for name, value in zip("ZXY", address, strict=True)
        for part in ("-oo", f"{name}={value}")
    ]
    command = ["ogr2ogr", "-f", "GPKG", str(read), str(path), *options]
    subprocess.run(command, check=True, capture_output=True)
    return gpd.read_file(read)


@pytest.mark.parametrize("seed", [0, 1])
def test_every_point_is_in_its_tile_at_the_last_zoom(tmp_path: Path, seed: int) -> None:
    lonlat = np.vstack([scattered(300, seed, degrees=0.02), [[114.3, 30.5]] * 3])
    layer = points(lonlat)
    found: dict[int, list[float]] = {}
    for each in addresses(layer, vector_tile.POINTS_TO):
        tile = as_read(tmp_path, vector_tile.tile(layer, each), each)
        assert tile["mvt_id"].to_list() == tile["n"].to_list()
        places = shapely.get_coordinates(np.asarray(tile.geometry.array))
        found |= dict(zip(tile["n"].to_list(), places.tolist(), strict=True))
    assert sorted(found) == list(range(len(lonlat)))
    exact = gpd.GeoSeries(gpd.points_from_xy(*lonlat.T), crs="EPSG:4326").to_crs(3857)
    read = np.array([found[each] for each in sorted(found)])
    unit = SIDE / 2**vector_tile.POINTS_TO / vector_tile.EXTENT
    assert np.abs(read - shapely.get_coordinates(exact)).max() <= unit / 2 + 1e-6


@given(n=st.integers(1, 40), seed=st.integers(0, 2**32), z=st.integers(0, 14))
def test_a_point_is_in_each_tile_by_the_same_id_or_not_at_all(n: int, seed: int, z: int) -> None:
    layer = points(scattered(n, seed))
    tiles = {each: decoded(vector_tile.tile(layer, each)) for each in addresses(layer, z)}
    for (_, x, y), features in tiles.items():
        assert len({each.id for each in features}) == len(features)
        inside = np.all(np.floor(layer.xy * 2**z) == (x, y), axis=1)
        assert {*np.flatnonzero(inside).tolist()} <= {each.id for each in features}


def test_a_crowded_tile_keeps_the_first_point_of_a_cell_and_so_do_those_below() -> None:
    layer = points(scattered(30_000, 3))
    shown: set[int] = set()
    for z in range(5, 11):
        own = np.floor(layer.xy * 2**z)
        held: set[int] = set()
        for each in addresses(layer, z):
            features = decoded(vector_tile.tile(layer, each))
            assert len(features) <= (vector_tile.CELLS + 4) ** 2
            held |= {row.id for row in features if (own[row.id] == each[1:]).all()}
        assert shown <= held
        shown = held
    assert len(shown) > 15_000
    again = points(scattered(30_000, 3))
    (first, *_) = addresses(layer, 5)
    assert vector_tile.tile(layer, first) == vector_tile.tile(again, first)


def test_properties_keep_their_types_and_nulls_are_left_out(tmp_path: Path) -> None:
    layer = points(
        np.array([[114.3, 30.5], [114.3001, 30.5001]]),
        名称=pa.array(["江滩 \U0001f3ed", None]),
        share=pa.array([0.25, 1.0]),
        kept=pa.array([None, True]),
        nothing=pa.array([None, None], pa.string()),
        big=pa.array([2**53 + 1, -(2**40)]),
    )
    (address,) = addresses(layer, 10)
    read = as_read(tmp_path, vector_tile.tile(layer, address), address).set_index("mvt_id")
    assert "nothing" not in read
    assert read.loc[0, "名称"] == "江滩 \U0001f3ed"
    assert read["share"].tolist() == [0.25, 1.0]
    assert read["big"].tolist() == [2**53 + 1, -(2**40)]
    assert read.isna().loc[0, "kept"]
    assert read.isna().loc[1, "名称"]


def outlines() -> tuple[gpd.GeoDataFrame, OutlineLayer]:
    """Return districts, cut at no zoom."""
    frame = boundaries.districts("shanghai")
    shapes = np.asarray(frame.geometry.array)
    bounds = frame.bounds.to_numpy()
    corners = [mercator.on_square(bounds[:, each]) for each in ([0, 3], [2, 1])]
    codes = pa.table({"adcode": pa.array(list(frame.index))})
    return frame, OutlineLayer("districts", codes, np.hstack(corners), lambda _: shapes)


@pytest.mark.parametrize("z", [6, 10])
def test_outlines_cover_the_districts_within_a_pixel(tmp_path: Path, z: int) -> None:
    frame, layer = outlines()
    ((x, y),) = (
        np.floor(mercator.on_square(np.array([[121.47, 31.23]])) * 2**z).astype(int).tolist()
    )
    address = Address(z, x, y)
    read = as_read(tmp_path, vector_tile.tile(layer, address), address).set_index("adcode")
    side = SIDE / 2**z
    west, north = x * side - SIDE / 2, SIDE / 2 - y * side
    window = shapely.box(west, north - side, west + side, north)
    expected = frame.to_crs(3857).geometry.intersection(window)
    pixel = side / 256
    for code, shape in zip(frame.index, expected, strict=True):
        if shape.area > pixel**2:
            drawn = read.geometry[str(code)]
            assert drawn.is_valid
            assert drawn.buffer(pixel).covers(shape)
            assert shape.buffer(pixel).covers(drawn)


def decoded(content: bytes) -> list[Any]:
    tile: Any = vector_tile.Tile()
    tile.ParseFromString(content)
    return [each for layer in tile.layers for each in layer.features]


def archived(layer: Layer) -> bytes:
    file = io.BytesIO()
    tile_archive.write(layer, file, metadata={"vector_layers": [{"id": layer.name, "fields": {}}]})
    return file.getvalue()


@pytest.mark.parametrize("layer", [points(scattered(200, 0, degrees=0.05)), outlines()[1]])
def test_an_archive_holds_every_tile_that_holds_anything(layer: Layer, tmp_path: Path) -> None:
    content = archived(layer)
    assert content == archived(layer)
    source = MemorySource(content)
    header = Reader(source).header()
    assert (header["min_zoom"], header["max_zoom"]) == (0, layer.last_zoom)
    assert header["clustered"]
    kept = {Address(*each): gzip.decompress(tile) for each, tile in all_tiles(source)}
    for address, tile in kept.items():
        assert tile == vector_tile.tile(layer, address) != b""
    held = {
        each.id
        for each, tile in kept.items()
        if each.z == layer.last_zoom
        for each in decoded(tile)
    }
    assert held == {*range(layer.properties.num_rows)}
    path = tmp_path / "layer.pmtiles"
    path.write_bytes(content)
    assert pyogrio.read_info(path, layer=layer.name)["driver"] == "PMTiles"
    assert len(gpd.read_file(path, layer=layer.name)) >= layer.properties.num_rows


def test_a_layer_of_nothing_is_an_archive_all_the_same() -> None:
    content = archived(points(np.empty((0, 2))))
    assert Reader(MemorySource(content)).metadata()["vector_layers"]
