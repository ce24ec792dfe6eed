"""Workspaces to keep: a small one, one of many rows, and any that hypothesis draws."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import strategies as st
from pandas.api.types import pandas_dtype

from geo.china.datum import DATUMS
from geo.facts import own_population
from geo.facts.own_population import OwnPopulation
from geo.files.plain_values import writable
from geo.networks import packed
from geo.planning.scenario import LETTER, LONGEST_NAME, Pin, Scenario
from geo.workspaces.content import CORRECTION, Workspace
from tests.geo.networks import made_city

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.facts.own_terrain import OwnPlaces, OwnShapes, OwnStreets

PLANTED = "planted-0451"
"""Nothing else holds this text."""


def workspace(name: str = "武汉园区", *, rows: int = 3, **other: Any) -> Workspace:  # noqa: ANN401
    """Return a workspace with something of everything; further arguments replace what it holds."""
    held: dict[str, Any] = {
        "name": name,
        "source": "园区名单.xlsx",
        "datum": "bd09",
        "region": ("420100",),
        "sites": sites(rows),
        "rejected": pd.DataFrame({"row": [9], "名称": ["合计"], "reason": ["a sum of rows"]}),
        "corrections": pd.DataFrame(
            [["2026-11-27", "w1", "name", "一号园", "1号园", "as its sign says"]],
            columns=[*CORRECTION],
        ),
        "boundaries": gpd.GeoDataFrame(
            {"id": ["guanggu"], "name": ["光谷"], "population": [1_200_000]},
            geometry=[shapely.box(114.3, 30.4, 114.6, 30.6)],
            crs="EPSG:4326",
        ),
        "population": population(),
        "streets": streets(),
        "barriers": barriers(),
        "forbidden": forbidden(),
        "candidates": candidates(),
        "layouts": {"own": 'title = "我的布局"\n'},
        "shortlists": {"visit": ("w1", "w0"), "later": ()},
        "scenarios": (scenario(),),
        "notes": {"w1": f"call <b>again</b>\n{PLANTED}"},
    }
    return Workspace(**{**held, **other})


def population(people: float = 40.0, **other: Any) -> OwnPopulation:  # noqa: ANN401
    """Return residents of one place; further arguments replace what is said of them."""
    held: dict[str, Any] = {
        "source": "WorldPop",
        "file": "people.tif",
        "basis": "raster",
        "places": 1,
        "residents": people,
        "outside": 2.5,
        "packed": own_population.pack(*(np.array([each]) for each in (114.35, 30.5, people))),
    }
    return OwnPopulation(**{**held, **other})


def scenario(name: str = "江边三处", **other: Any) -> Scenario:  # noqa: ANN401
    """Return three pins under a name; further arguments replace what is said of them."""
    pins = tuple(Pin(letter, 114.3 + at / 100, 30.5) for at, letter in enumerate("ABC"))
    held: dict[str, Any] = {"pins": pins, "radius_m": 3000.0, "asked": "sector=fas,arc&p=5"}
    return Scenario(name=name, **{**held, **other})


@cache
def streets(source: str = "survey", file: str = "streets.gpkg") -> OwnStreets:
    """Return the streets of the made-up city."""
    return packed.of_network(made_city.city(), source=source, file=file, motorway_km=1.5)


@cache
def barriers(source: str = "survey", file: str = "river.gpkg") -> OwnShapes:
    """Return the river of the made-up city."""
    river = gpd.GeoSeries([made_city.RIVER], crs=made_city.CRS)
    return packed.of_shapes(river, source=source, file=file)


@cache
def forbidden(source: str = "bureau", file: str = "red_line.gpkg") -> OwnShapes:
    """Return an area where nothing may be built."""
    area = gpd.GeoSeries([shapely.box(114.3, 30.5, 114.31, 30.51)], crs=made_city.CRS)
    return packed.of_shapes(area, source=source, file=file)


@cache
def candidates(source: str = "bureau", file: str = "yards.gpkg") -> OwnPlaces:
    """Return a place where a new site may stand."""
    yard = gpd.GeoDataFrame(
        {"name": ["三号地块"]}, geometry=[shapely.Point(114.35, 30.5)], crs=made_city.CRS
    )
    return packed.of_places(yard, source=source, file=file, outside=2)


def sites(rows: int, **columns: Sequence[object]) -> gpd.GeoDataFrame:
    """Return sites of which the first has no position."""
    count = range(rows)
    cells: dict[str, Sequence[object]] = {
        "id": [f"w{each}" for each in count],
        "row": [each + 2 for each in count],
        "name": [f"{each}号园" for each in count],
        "precision": ["none" if each == 0 else "50m" for each in count],
        "floor_area_m2": [None if each % 2 else each / 3 for each in count],
        **columns,
    }
    return gpd.GeoDataFrame(
        cells,
        geometry=np.array(
            [None if each == 0 else shapely.Point(114 + each / 3e5, 30.5) for each in count],
            dtype=object,
        ),
        crs="EPSG:4326",
    )


def renamed(content: Workspace, name: str) -> Workspace:
    """Return a workspace with the first site of another name."""
    frame = content.sites.copy()
    frame.loc[0, "name"] = name
    return workspace(content.name, sites=frame)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
VALUES = {
    "str": TEXT | st.none(),
    "int64": st.integers(-(2**63), 2**63 - 1),
    "Int64": st.integers(-(2**63), 2**63 - 1) | st.none(),
    "float64": st.floats(allow_nan=False) | st.none(),
    "bool": st.booleans(),
    "boolean": st.booleans() | st.none(),
    "datetime64[us]": st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)) | st.none(),  # noqa: DTZ001
    "object": TEXT | st.integers() | st.floats() | st.booleans() | st.none(),
}
DEGREES = st.floats(-180, 180)
POINTS = st.builds(shapely.Point, DEGREES, st.floats(-90, 90))
BOXES = st.builds(shapely.box, DEGREES, DEGREES, DEGREES, DEGREES)
TEXTS = st.dictionaries(TEXT, TEXT, max_size=3)


@st.composite
def frames(draw: st.DrawFn, *, taken: tuple[str, ...] = ()) -> pd.DataFrame:
    """Draw a table of any columns."""
    rows = draw(st.integers(0, 4))
    others = TEXT.filter(lambda name: name not in taken)
    names = draw(st.lists(others, min_size=1, max_size=4, unique_by=writable))
    columns = {}
    for name in names:
        kind = draw(st.sampled_from([*VALUES]))
        values = draw(st.lists(VALUES[kind], min_size=rows, max_size=rows))
        columns[name] = pd.Series(values, dtype=object).astype(pandas_dtype(kind))
    return pd.DataFrame(columns, index=range(rows))


@st.composite
def layers(draw: st.DrawFn) -> gpd.GeoDataFrame:
    """Draw a layer of any columns and geometries."""
    frame = draw(frames(taken=("geometry",)))
    size = len(frame)
    places = draw(st.lists(POINTS | BOXES | st.none(), min_size=size, max_size=size))
    return gpd.GeoDataFrame(
        frame, geometry=gpd.GeoSeries(pd.Series(places, dtype=object), crs="EPSG:4326")
    )


PRINTABLE = st.characters(exclude_categories=["C", "Z"])
PINS = st.builds(
    Pin, letter=st.from_regex(LETTER, fullmatch=True), lon=DEGREES, lat=st.floats(-90, 90)
)
SCENARIOS = st.builds(
    Scenario,
    name=st.text(PRINTABLE, min_size=1, max_size=LONGEST_NAME),
    pins=st.lists(PINS, min_size=1, max_size=4, unique_by=lambda pin: pin.letter).map(tuple),
    radius_m=st.floats(1, 50_000),
    asked=st.dictionaries(
        st.sampled_from(["sector", "p", "until"]), st.text(PRINTABLE, max_size=9)
    ).map(urlencode),
)


WORKSPACES = st.builds(
    Workspace,
    name=TEXT,
    source=TEXT,
    datum=st.sampled_from(DATUMS),
    region=st.lists(st.from_regex("[1-8][0-9]{5}", fullmatch=True), max_size=2).map(tuple),
    sites=layers(),
    rejected=frames(),
    corrections=st.lists(st.tuples(*[TEXT] * len(CORRECTION)), max_size=3).map(
        lambda rows: pd.DataFrame(rows, columns=[*CORRECTION], dtype="str")
    ),
    boundaries=layers() | st.none(),
    population=st.none() | st.builds(population, source=TEXT, file=TEXT),
    streets=st.none() | st.builds(streets, source=TEXT, file=TEXT),
    barriers=st.none() | st.builds(barriers, source=TEXT, file=TEXT),
    forbidden=st.none() | st.builds(forbidden, source=TEXT, file=TEXT),
    candidates=st.none() | st.builds(candidates, source=TEXT, file=TEXT),
    layouts=TEXTS,
    shortlists=st.dictionaries(TEXT, st.lists(TEXT, max_size=3).map(tuple), max_size=3),
    scenarios=st.lists(SCENARIOS, max_size=3, unique_by=lambda each: each.name).map(tuple),
    notes=TEXTS,
)
