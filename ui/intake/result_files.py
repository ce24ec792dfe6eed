"""What becomes of the list as files: kept rows, rejected rows, the record of what was done."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from geo.china import adcodes
from geo.files import csv_file, geojson, rows
from geo.files.about import About
from geo.intake import outcome
from ui.blocks import grid, markup
from ui.downloads import files
from ui.intake import wording, work
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd

    from geo.intake.validation import Intake
    from ui.intake.draft import Draft
    from ui.state.view import View

LONGEST: Final = 40
"""Characters of the file's own name that stay in those of the results."""


def show(view: View, draft: Draft, intake: Intake, kept: gpd.GeoDataFrame) -> None:
    """Offer the files."""
    t = view.t
    grid.write(markup.heading(t("intake.files")))
    stem = stem_of(draft.file)
    own = work.area_of(draft, kept)
    if own is not None:
        kept = kept.assign(**{rows.free("area", taken=list(map(str, kept))): own})
    if len(kept):
        st.caption(t("intake.files_kept", n=formats.whole(len(kept))))
        with st.container(key="files_intake_kept", horizontal=True):
            for name, make in WRITERS.items():
                _offer(view, name, partial(make, kept, about(view, draft)), f"{stem}-kept")
    tables = {
        "rejected": (len(intake.rejected), outcome.rejected),
        "record": (len(intake.faults), outcome.record),
    }
    for name, (n, make_table) in tables.items():
        if n:
            st.caption(t(f"intake.files_{name}", n=formats.whole(n)))
            with st.container(key=f"files_intake_{name}", horizontal=True):
                made = partial(_csv_of, make_table, intake, view)
                _offer(view, "csv", made, f"{stem}-{name}")


def _csv_of(make: Callable[..., object], intake: Intake, view: View) -> bytes:
    return csv_file.csv(make(intake, view.t.lang))  # type: ignore[arg-type]


def _offer(view: View, name: str, make: Callable[[], bytes], stem: str) -> None:
    kind = files.FORMATS[name]
    st.download_button(
        view.t(f"download.{name}"),
        data=make,
        file_name=f"{stem}.{kind.ending}",
        mime=kind.media,
        on_click="ignore",
        key=f"intake_download_{name}_{stem}",
    )


def stem_of(file: str) -> str:
    """Return what the results are called after: letters and digits of the file's name."""
    plain = re.sub(r"[^\w-]+", "-", PurePosixPath(file).stem).strip("-")
    return plain[:LONGEST] or "list"


def about(view: View, draft: Draft) -> About:
    """Return what a file says about itself."""
    t = view.t
    kind = work.datum(draft)
    read = t("intake.about_datum", datum=wording.datum(view, kind)) if kind else ""
    return About(
        title=t("intake.about_title", file=wording.title(draft.file)),
        date=dt.datetime.now(dt.UTC).date(),
        language=t.lang,
        filters={t("intake.region_title"): wording.region(view, work.region(draft))},
        method={"position": read},
        sources={"sites": draft.file},
        boundaries=_boundaries(view, draft),
    )


def _boundaries(view: View, draft: Draft) -> str:
    own = draft.areas if work.areas(draft) is not None else None
    said = PageTexts(view.t.lang, variants=["areas"] if own else [])
    return said("download.boundaries", state=adcodes.STATE)


# Each of these libraries takes several megabytes: they are loaded when somebody asks for a file.
# ruff: noqa: PLC0415


def _geojson(kept: gpd.GeoDataFrame, said: About) -> bytes:
    return geojson.feature_collection(kept, metadata=said.metadata())


def _geopackage(kept: gpd.GeoDataFrame, said: About) -> bytes:
    from geo.files.geopackage import geopackage

    return geopackage({"sites": kept}, said)


def _with_degrees(kept: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return rows with their position in columns of its own, beside those of the file."""
    taken = list(map(str, kept))
    lon, lat = (rows.free(f"{side}_wgs84", taken=taken) for side in ("lon", "lat"))
    points = kept.geometry
    return kept.assign(**{lon: points.x, lat: points.y})


def _csv(kept: gpd.GeoDataFrame, _: About) -> bytes:
    return csv_file.csv(_with_degrees(kept))


def _excel(kept: gpd.GeoDataFrame, said: About) -> bytes:
    from geo.files.excel import excel

    return excel({"sites": outcome.for_people(_with_degrees(kept), said.language)}, said)


WRITERS: Final[Mapping[str, Callable[[gpd.GeoDataFrame, About], bytes]]] = {
    "geojson": _geojson,
    "geopackage": _geopackage,
    "csv": _csv,
    "excel": _excel,
}
"""The formats of the kept rows."""
