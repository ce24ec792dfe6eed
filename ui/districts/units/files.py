"""The divisions on the screen as files, each with its method and its parameters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from geo.files import csv_file, geojson
from geo.measures import areal_indicators, areal_units
from geo.methods.words import MethodTexts
from ui.cached import indicators, names
from ui.districts.units import sheet
from ui.downloads import files, menu

if TYPE_CHECKING:
    import geopandas as gpd

    from ui.districts.units.division import Shown


def offer(shown: Shown) -> None:
    """Offer the figures of the divisions, the ranks of the districts in each, and the squares."""
    view, table, rows = shown.view, files.FORMATS["csv"], files.FORMATS["geojson"]
    stem = f"{names.stem(view.region)}-{view.unit}-units"
    for key in ("figures", "ranks"):
        menu.file(
            view.t(f"download.areal_{key}_csv"),
            partial(as_csv, shown, key),
            name=f"{stem}-{key}.{table.ending}",
            media=table.media,
            key=f"areal_{key}",
        )
    for row, size_m in enumerate(areal_units.SIZES_M, 1):
        menu.file(
            view.t("download.areal_squares", squares=shown.names()[row]),
            partial(as_geojson, shown, row),
            name=f"{stem}-{size_m}m.{rows.ending}",
            media=rows.media,
            key=f"areal_{size_m}m",
        )


def as_csv(shown: Shown, key: str) -> bytes:
    """Return the "figures" or the "ranks" as CSV."""
    view = shown.view
    if key == "figures":
        rows = shown.found.figures.rename_axis("division")
    else:
        ranks = shown.measured.ranks
        named = {code: view.district_name(str(code)) for code in ranks.index}
        rows = ranks.rename_axis("adcode").copy()
        rows.insert(0, f"name_{view.t.lang}", rows.index.map(named))
    said = files.columns(view, "districts") | {
        "method": method(shown),
        "parameters": files.written(parameters(shown)),
    }
    return csv_file.csv(rows, metadata=said)


def as_geojson(shown: Shown, row: int) -> bytes:
    """Return the squares of a division that the map draws as GeoJSON."""
    said = files.metadata(shown.view, "districts") | parameters(shown)
    return geojson.feature_collection(
        squares(shown, row), ids="index", metadata=said | {"method": method(shown)}
    )


def squares(shown: Shown, row: int) -> gpd.GeoDataFrame:
    """Return the squares of a division that the map draws, with sites, density and its figure."""
    division, held = shown.found.divisions[row], shown.drawn(row)
    assert division.cells is not None  # noqa: S101 - the caller asks for squares
    frame = areal_indicators.outlines(division.cells, held)
    codes = indicators.units(shown.view.query).index
    at = [f"{division.cells.size_m:.0f}m.{x}.{y}" for x, y in division.cells.steps[held].tolist()]
    figures: dict[str, Any] = {
        "adcode": codes[division.cells.district[held]],
        "n": division.n[held],
        "per_100_km2": division.per_100_km2[held],
        shown.indicator.column: shown.measured.values[row][held],
    }
    return frame.assign(**figures).set_axis(at)


def method(shown: Shown) -> str:
    """Return how the divisions come about, and the figures of districts and squares."""
    note = MethodTexts(shown.view.t.lang)("areal.note")
    return shown.view.t("list.sentence").join([sheet.method(shown), note])


def parameters(shown: Shown) -> dict[str, object]:
    """Return what the figures depend on beside the filters."""
    view = shown.view
    of: dict[str, dict[str, object]] = {
        "coverage": {"radius_m": view.query.radius_m},
        "lq": {"sector": view.state.focus},
    }
    return {
        "unit": view.unit,
        "sizes_m": [*areal_units.SIZES_M],
        **of.get(shown.name, {}),
        **files.classed(view, shown.limits),
    }
