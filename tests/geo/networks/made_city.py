"""A made-up city: a grid of streets, a river through it and one bridge; files of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import osmium
import shapely

from geo.networks import graph

if TYPE_CHECKING:
    from pathlib import Path

    from geo.networks.graph import Network

CRS: Final = "EPSG:4326"
WEST, SOUTH, STEP = 121.40, 31.20, 0.002
SIDE: Final = 7
"""Streets in either direction; the river flows between rows 3 and 4, the bridge is column 5."""
BRIDGE: Final = 5
RIVER: Final = shapely.LineString([(121.30, 31.207), (121.50, 31.207)])


def at(column: float, row: float) -> tuple[float, float]:
    """Longitude and latitude of a place on the grid."""
    return WEST + column * STEP, SOUTH + row * STEP


def blocks() -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Each street from one corner to the next."""
    across = [((c, r), (c + 1, r)) for r in range(SIDE) for c in range(SIDE - 1)]
    up = [((c, r), (c, r + 1)) for c in range(SIDE) for r in range(SIDE - 1)]
    return across + [(a, b) for a, b in up if a[1] != 3 or a[0] == BRIDGE]


def lines() -> gpd.GeoDataFrame:
    ends = [[at(*a), at(*b)] for a, b in blocks()]
    return gpd.GeoDataFrame(
        {"highway": ["residential"] * len(ends)}, geometry=shapely.linestrings(ends), crs=CRS
    )


def city() -> Network:
    return graph.network(graph.of_geometry(np.asarray(lines().geometry.array)))


def places(*columns_and_rows: tuple[float, float]) -> gpd.GeoDataFrame:
    points = shapely.points([at(*each) for each in columns_and_rows])
    return gpd.GeoDataFrame(geometry=points, crs=CRS)


def osm(ways: list[tuple[list[tuple[float, float]], dict[str, str]]]) -> bytes:
    """An OpenStreetMap file of ways by their places, written by hand."""
    numbers: dict[tuple[float, float], int] = {}
    written = []
    for row, (course, tags) in enumerate(ways):
        refs = [numbers.setdefault(place, len(numbers) + 1) for place in course]
        said = "".join(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items())
        written.append(
            f'<way id="{row + 1}">' + "".join(f'<nd ref="{n}"/>' for n in refs) + f"{said}</way>"
        )
    nodes = "".join(
        f'<node id="{n}" lon="{lon:.7f}" lat="{lat:.7f}"/>' for (lon, lat), n in numbers.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">'
    return f"{head}{nodes}{''.join(written)}</osm>".encode()


def city_ways() -> list[tuple[list[tuple[float, float]], dict[str, str]]]:
    return [([at(*a), at(*b)], {"highway": "residential"}) for a, b in blocks()]


def pbf(xml: bytes, folder: Path) -> bytes:
    """The same file as .osm.pbf."""
    path = folder / "city.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for each in osmium.FileProcessor(osmium.io.FileBuffer(xml, "osm")):
            writer.add(each)
    return path.read_bytes()


def graphml(crs: str = "epsg:4326", *, crs_behind: bool = False) -> bytes:
    """The city as osmnx writes it: an edge in each direction, one of them with a course.

    Without lxml it writes the CRS behind all edges.
    """
    nodes, edges = [], []
    for c in range(SIDE):
        for r in range(SIDE):
            x, y = at(c, r)
            nodes.append(
                f'<node id="{c}-{r}"><data key="d1">{y}</data><data key="d2">{x}</data></node>'
            )
    for a, b in blocks():
        course = f"LINESTRING ({at(*a)[0]} {at(*a)[1]}, {at(*b)[0]} {at(*b)[1]})"
        tags = '<data key="d3">residential</data>'
        one, other = f"{a[0]}-{a[1]}", f"{b[0]}-{b[1]}"
        edges.append(
            f'<edge source="{one}" target="{other}">{tags}<data key="d4">{course}</data></edge>'
            f'<edge source="{other}" target="{one}">{tags}</edge>'
        )
    named = "".join(
        f'<key id="{key}" for="{of}" attr.name="{name}" attr.type="string"/>'
        for key, of, name in (
            ("d0", "graph", "crs"),
            ("d1", "node", "y"),
            ("d2", "node", "x"),
            ("d3", "edge", "highway"),
            ("d4", "edge", "geometry"),
        )
    )
    said = f'<data key="d0">{crs}</data>' if crs else ""
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    space = 'xmlns="http://graphml.graphdrawing.org/xmlns"'
    inner = "".join([*nodes, *edges, said] if crs_behind else [said, *nodes, *edges])
    graph_ = f'<graph edgedefault="directed">{inner}</graph>'
    return f"{head}<graphml {space}>{named}{graph_}</graphml>".encode()
