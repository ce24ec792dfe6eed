"""What a workspace holds, as tables of plain columns: the form in which it is kept and compared."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import geopandas as gpd
import pandas as pd

from geo.checks import frames
from geo.china.datum import DATUMS, Datum
from geo.errors import InputError
from geo.facts.own_population import OwnPopulation
from geo.facts.own_terrain import OwnPlaces, OwnShapes, OwnStreets
from geo.files.plain_values import UNWRITABLE, writable
from geo.planning import scenario
from geo.planning.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

Name = Literal[
    "workspace", "sites", "rejected", "corrections", "boundaries", "population", "streets",
    "barriers", "forbidden", "candidates", "layouts", "shortlists", "scenarios", "notes",
]  # fmt: skip
Brought = OwnPopulation | OwnStreets | OwnShapes | OwnPlaces
Tables = dict[Name, pd.DataFrame]

GEOGRAPHIC: Final[tuple[Name, ...]] = ("sites", "boundaries")
CORRECTION: Final = ("date", "id", "field", "old", "new", "reason")
"""Columns of the corrections."""
GEOMETRY: Final = "geometry"
BROUGHT: Final[Mapping[Name, type[Brought]]] = {
    "population": OwnPopulation,
    "streets": OwnStreets,
    "barriers": OwnShapes,
    "forbidden": OwnShapes,
    "candidates": OwnPlaces,
}
"""Files that somebody brought beside their sites: each is a table of one row."""
SCENARIO: Final = {"name": "str", "pins": "str", "radius_m": "float64", "asked": "str"}
"""Columns of the scenarios and their types; pins as an address has them."""


def _no_rows(*columns: str) -> Callable[[], pd.DataFrame]:
    return lambda: pd.DataFrame(columns=pd.Index(columns, dtype="str"), dtype="str")


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


def _no_lists() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({})


@dataclass(frozen=True, kw_only=True, eq=False)
class Workspace:
    """What somebody brought and made of it. Two are equal where every cell of theirs is.

    A column of a table holds text, whole numbers, numbers, truth values or moments, and missing
    cells; anything else becomes text. An index with a name becomes a column, another is dropped.

    Attributes
    ----------
    name
        What its owner calls it.
    sites
        In WGS84, one row a site; geometry is missing where no position is known.
    source
        Title of the file that the sites came from.
    datum
        What was said of the file's coordinates; those of `sites` are converted.
    region
        Adcodes of the units that the pages show.
    rejected
        Rows of the file that are no sites, with their reasons.
    corrections
        What was put right by hand: columns `CORRECTION`.
    boundaries
        Polygons of the owner's own that serve as districts, in WGS84; None where there are none.
    population
        Residents by place, of a file of the owner's own; None where there is none.
    streets, barriers, forbidden, candidates
        A street network, what nobody crosses, where nothing may be built, and where new sites may
        stand, likewise.
    layouts
        Layouts of the owner's own: the TOML of each by its id.
    shortlists
        Ids of sites by the list's name.
    scenarios
        New sites that somebody set by hand, each of another name.
    notes
        Text by what it is about, see `geo.workspaces.edits.subject`.
    settled
        Numbers of the versions kept beside whose differences are merged in or given up.

    Raises
    ------
    InputError
        For column names that are repeated, a layer without any column, geometry without CRS,
        corrections without one of their columns, an unknown datum, scenarios of one name.
    """

    name: str
    sites: gpd.GeoDataFrame
    source: str = ""
    datum: Datum = "wgs84"
    region: tuple[str, ...] = ()
    rejected: pd.DataFrame = field(default_factory=_no_rows("row", "reason"))
    corrections: pd.DataFrame = field(default_factory=_no_rows(*CORRECTION))
    boundaries: gpd.GeoDataFrame | None = None
    population: OwnPopulation | None = None
    streets: OwnStreets | None = None
    barriers: OwnShapes | None = None
    forbidden: OwnShapes | None = None
    candidates: OwnPlaces | None = None
    layouts: Mapping[str, str] = field(default_factory=_nothing)
    shortlists: Mapping[str, tuple[str, ...]] = field(default_factory=_no_lists)
    scenarios: tuple[Scenario, ...] = ()
    notes: Mapping[str, str] = field(default_factory=_nothing)
    settled: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.datum not in DATUMS:
            raise InputError(f"datum: found {self.datum!r}, expected one of {', '.join(DATUMS)}")
        lacking = [name for name in CORRECTION if name not in self.corrections]
        if lacking:
            raise InputError(f"corrections: no column {', '.join(lacking)}; expected it")
        named = {each.name for each in self.scenarios}
        if len(named) < len(self.scenarios):
            raise InputError("scenarios: found two of one name; expected each of another")
        own: dict[str, object] = {
            "name": writable(self.name),
            "source": writable(self.source),
            "region": tuple(map(str, self.region)),
            "sites": _layer(self.sites, name="sites"),
            "rejected": _plain(self.rejected, name="rejected"),
            "corrections": _plain(self.corrections, name="corrections"),
            "boundaries": None
            if self.boundaries is None
            else _layer(self.boundaries, name="boundaries"),
            **{name: _writable(getattr(self, name)) for name in BROUGHT},
            "layouts": _texts(self.layouts),
            "shortlists": MappingProxyType(
                {writable(name): tuple(map(writable, ids)) for name, ids in self.shortlists.items()}
            ),
            "scenarios": tuple(self.scenarios),
            "notes": _texts(self.notes),
            "settled": tuple(sorted({*map(int, self.settled)})),
        }
        for attribute, value in own.items():
            object.__setattr__(self, attribute, value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Workspace):
            return NotImplemented
        mine, theirs = tables(self), tables(other)
        return mine.keys() == theirs.keys() and all(
            mine[name].equals(theirs[name]) for name in mine
        )

    __hash__ = None  # type: ignore[assignment]  # frames have none


def tables(content: Workspace) -> Tables:
    """Return all that a workspace holds as tables; those in `GEOGRAPHIC` are GeoDataFrames."""
    whole = {
        "name": content.name,
        "source": content.source,
        "datum": content.datum,
        "region": " ".join(content.region),
        "settled": " ".join(map(str, content.settled)),
    }
    listed = [
        (name, place, site)
        for name, sites in content.shortlists.items()
        for place, site in enumerate(sites or (None,))
    ]
    lists = pd.DataFrame(listed, columns=["name", "place", "site"])
    made: Tables = {
        "workspace": pd.DataFrame([whole], dtype="str"),
        "sites": content.sites,
        "rejected": content.rejected,
        "corrections": content.corrections,
        "layouts": _pairs(content.layouts, "id", "toml"),
        "shortlists": lists.astype({"name": "str", "place": "int64", "site": "str"}),
        "scenarios": _scenarios(content.scenarios),
        "notes": _pairs(content.notes, "id", "text"),
    }
    if content.boundaries is not None:
        made["boundaries"] = content.boundaries
    for name, kind in BROUGHT.items():
        own: Brought | None = getattr(content, name)
        if own is not None:
            made[name] = pd.DataFrame([asdict(own)]).astype(_types(kind))
    return made


def from_tables(given: Mapping[Name, pd.DataFrame]) -> Workspace:
    """Return the workspace that has these tables.

    Raises
    ------
    InputError
        For a table or a column that is not there, and as `Workspace` does.
    """
    try:
        whole = given["workspace"].iloc[0].fillna("")
        lists: dict[str, tuple[str, ...]] = {}
        for name, site in zip(
            given["shortlists"]["name"], given["shortlists"]["site"], strict=True
        ):
            lists[name] = (*lists.get(name, ()), *([] if pd.isna(site) else [site]))
        return Workspace(
            name=whole["name"],
            source=whole["source"],
            datum=cast("Datum", whole["datum"]),
            region=tuple(whole["region"].split()),
            sites=cast("gpd.GeoDataFrame", given["sites"]),
            rejected=given["rejected"],
            corrections=given["corrections"],
            boundaries=cast("gpd.GeoDataFrame | None", given.get("boundaries")),
            **{name: _brought(given.get(name), kind) for name, kind in BROUGHT.items()},
            layouts=dict(given["layouts"][["id", "toml"]].fillna("").to_numpy()),
            shortlists=lists,
            scenarios=_read_scenarios(given.get("scenarios")),
            notes=dict(given["notes"][["id", "text"]].fillna("").to_numpy()),
            settled=tuple(map(int, whole.get("settled", "").split())),
        )
    except (KeyError, IndexError) as error:
        raise InputError(f"a workspace lacks {error}") from error


def _types(kind: type[Brought]) -> dict[str, str]:
    """Return the columns of what somebody brought, and their types."""
    plain = {"int": "int64", "float": "float64"}
    return {each.name: plain.get(str(each.type), "str") for each in fields(kind)}


def _brought(table: pd.DataFrame | None, kind: type[Brought]) -> Any:  # noqa: ANN401 - of the kind
    if table is None:
        return None
    types = _types(kind)
    (row,) = table[[*types]].astype(types).to_dict("records")
    return kind(**{str(name): value for name, value in row.items()})


def _writable(own: Brought | None) -> Brought | None:
    """Return what somebody brought with names that every file takes."""
    if own is None:
        return None
    return replace(own, source=writable(own.source), file=writable(own.file))


def _scenarios(held: tuple[Scenario, ...]) -> pd.DataFrame:
    rows = [(each.name, scenario.written(each.pins), each.radius_m, each.asked) for each in held]
    return pd.DataFrame(rows, columns=[*SCENARIO]).astype(SCENARIO)


def _read_scenarios(table: pd.DataFrame | None) -> tuple[Scenario, ...]:
    """Return the scenarios of a table; versions of before have none."""
    if table is None:
        return ()
    rows = table[[*SCENARIO]].astype(SCENARIO).fillna({"name": "", "pins": "", "asked": ""})
    return tuple(
        Scenario(name=name, pins=scenario.read(pins), radius_m=radius_m, asked=asked)
        for name, pins, radius_m, asked in rows.itertuples(index=False, name=None)
    )


def _pairs(texts: Mapping[str, str], key: str, value: str) -> pd.DataFrame:
    return pd.DataFrame({key: list(texts), value: list(texts.values())}, dtype="str")


def _texts(texts: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({writable(key): writable(text) for key, text in texts.items()})


def _layer(frame: gpd.GeoDataFrame, *, name: Name) -> gpd.GeoDataFrame:
    """Return a layer with plain columns, and its geometry behind them in WGS84."""
    if frame.crs is None:
        raise InputError(f"{name}: the geometry has no CRS, see GeoDataFrame.set_crs")
    place = frame.geometry.to_crs(frames.WGS84).reset_index(drop=True)
    cells = _plain(pd.DataFrame(frame.drop(columns=frame.geometry.name)), name=name)
    if cells.columns.empty:
        raise InputError(f"{name}: nothing but geometry; expected a column that names the rows")
    return gpd.GeoDataFrame(cells, geometry=place.rename(GEOMETRY))


def _plain(frame: pd.DataFrame, *, name: Name) -> pd.DataFrame:
    """Return a frame of plain columns on an index of positions."""
    named = [each for each in frame.index.names if each is not None]
    whole = frame.reset_index(level=named) if named else frame
    columns = [writable(str(column)) for column in whole.columns]
    known = [*columns, GEOMETRY] if name in GEOGRAPHIC else columns
    repeated = sorted({each for each in known if known.count(each) > 1})
    if repeated:
        raise InputError(f"{name}: more than one column is called {', '.join(repeated)}")
    plain = {
        column: _column(whole.iloc[:, place].reset_index(drop=True))
        for place, column in enumerate(columns)
    }
    rows = len(whole) if columns else 0  # nothing is nothing, however often
    return pd.DataFrame(plain, index=pd.RangeIndex(rows), columns=pd.Index(columns, dtype="str"))


def _column(values: pd.Series) -> pd.Series:
    """Return values of one plain type."""
    kind = values.dtype
    if pd.api.types.is_bool_dtype(kind) or pd.api.types.is_datetime64_any_dtype(kind):
        return values
    if pd.api.types.is_integer_dtype(kind) and str(kind).lower() != "uint64":
        return values.astype("Int64" if pd.api.types.is_extension_array_dtype(kind) else "int64")
    if pd.api.types.is_float_dtype(kind):
        return values.astype("float64")
    if isinstance(kind, pd.StringDtype) and not values.str.contains(UNWRITABLE).any():
        return values.astype("str")
    known = values.astype(object).where(values.notna(), None)
    return known.map(_as_text, na_action="ignore").astype("str")


def _as_text(value: Hashable) -> str:
    return writable(str(value))
