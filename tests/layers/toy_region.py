"""A region of 3 by 3 square districts near Shanghai, its neighbours, and sites in it."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

WEST, SOUTH, SIDE = 121.0, 31.0, 0.3
BOUNDS = (WEST, SOUTH, WEST + 3 * SIDE, SOUTH + 3 * SIDE)
FAMILIES = pd.DataFrame(
    {
        "light": ["#0072B2", "#D55E00", "#CBD0D4"],
        "dark": ["#3F9EDD", "#F07A2B", "#6B747B"],
        "rim_light": ["#0072B2", "#D55E00", "#747C83"],
        "rim_dark": ["#3F9EDD", "#F07A2B", "#A3ABB2"],
    },
    index=["ind", "art", "mix"],
)


def _grid(first: int, last: int) -> dict[str, shapely.Polygon]:
    cells = {}
    for row in range(first, last):
        for column in range(first, last):
            west, south = WEST + column * SIDE, SOUTH + row * SIDE
            square = shapely.box(west, south, west + SIDE, south + SIDE)
            cells[f"{row + 10}{column + 10}"] = square
    return cells


def _frame(cells: dict[str, shapely.Polygon], prefix: str) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame(
        {
            "name_zh": [f"{prefix}{code}区" for code in cells],
            "name_en": [f"District {code}" for code in cells],
            "short_zh": [f"{prefix}{code}" for code in cells],
        },
        geometry=list(cells.values()),
        index=pd.Index(list(cells), name="adcode"),
        crs="EPSG:4326",
    )
    centres = frame.geometry.representative_point()
    return frame.assign(lon=centres.x, lat=centres.y)


def districts() -> gpd.GeoDataFrame:
    """Nine districts, rows of one city each."""
    frame = _frame(_grid(0, 3), "区")
    return frame.assign(city_adcode=[code[:2] + "00" for code in frame.index])


def context() -> gpd.GeoDataFrame:
    """The ring of sixteen squares round them."""
    own = _grid(0, 3)
    cells = {code: square for code, square in _grid(-1, 4).items() if code not in own}
    return _frame(cells, "邻")


def sites(names: list[str] | None = None, *, n: int = 6) -> gpd.GeoDataFrame:
    """Sites along the diagonal, kinds and precisions in turn; the last one is not located."""
    names = names or [f"地点{i}" for i in range(n)]
    n = len(names)
    kinds = ["park", "base", "design_center", "service_center", "street"]
    frame = pd.DataFrame(
        {
            "id": [f"s{i}" for i in range(n)],
            "name_zh": names,
            "name_en": [f"Site {i}" for i in range(n)],
            "kind": [kinds[i % 5] for i in range(n)],
            "precision": [["building", "district"][i % 2] for i in range(n - 1)] + ["none"],
            "sectors": [["industrial_design", "fashion;film", ""][i % 3] for i in range(n)],
        }
    )
    step = 3 * SIDE / (n + 1)
    points = [shapely.Point(WEST + (i + 1) * step, SOUTH + (i + 1) * step) for i in range(n - 1)]
    return gpd.GeoDataFrame(frame, geometry=[*points, shapely.Point()], crs="EPSG:4326")
