"""PMTiles 3: every tile of a layer in one file, which programs read piece by piece."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any, Final

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from geo.files import vector_tile
from geo.geometry import mercator

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

    import numpy as np
    from numpy.typing import NDArray

MEDIA: Final = "application/vnd.pmtiles"
WORLD: Final = (-180.0, -mercator.NORTHMOST, 180.0, mercator.NORTHMOST)
E7: Final = 10**7
"""Parts of a degree in which the format keeps bounds."""


def write(
    layer: vector_tile.Layer,
    target: IO[bytes],
    *,
    bounds: tuple[float, float, float, float] = WORLD,
    metadata: Mapping[str, Any],
    among: NDArray[np.intp] | None = None,
) -> None:
    """Write a layer as a PMTiles file: the same bytes for the same rows.

    Its tiles are kept in a temporary file meanwhile, and never all in memory.

    Parameters
    ----------
    layer
        The layer.
    target
        An open file.
    bounds
        West, south, east, north of the rows in degrees.
    metadata
        What TileJSON says of the layer, ``vector_layers`` above all.
    among
        Numbers of the rows that may be in it, ascending; all of them where omitted.
    """
    writer = Writer(target)
    for address, content in vector_tile.pyramid(layer, among=among):
        writer.write_tile(zxy_to_tileid(*address), gzip.compress(content, mtime=0))
    if not writer.tile_entries:  # the format has no file without a tile
        writer.write_tile(0, gzip.compress(b"", mtime=0))
    west, south, east, north = (round(each * E7) for each in bounds)
    header = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
        "center_zoom": 0,
        "center_lon_e7": (west + east) // 2,
        "center_lat_e7": (south + north) // 2,
    }
    writer.finalize(header, dict(metadata))
