"""Files of what is on the screen."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import streamlit as st

from api.address import configured, items_address
from geo import catalog, layout_export
from ui import (
    criteriawords,
    figures,
    files,
    finding,
    formats,
    frame,
    layoutmap,
    layoutpresent,
    layoutsentence,
    layoutside,
    results,
    sentences,
)
from ui import targets as measures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import geopandas as gpd
    import pandas as pd

    from geo import dictionary
    from ui.layoutside import Side
    from ui.view import View


def popover(view: View) -> None:
    """Offer the filtered sites and the districts with their figures."""
    query = view.query
    part = "filtered-" if view.filtered else ""
    units: dictionary.Table = "cities" if query.unit == "city" else "districts"
    with _button(view):
        _files(view, "sites", results.sites(query), stem=f"{query.region}-{part}sites")
        count = len(results.places(query))
        _files(
            view,
            units,
            lambda: files.districts(view),
            n=count,
            stem=f"{query.region}-{part}{query.unit}",
        )
        st.caption(view.t("download.note"))


def found(view: View) -> None:
    """Offer what 选园 found, and the address that always gives the same rows."""
    t = view.t
    shown = finding.found(view)
    part = "filtered-" if criteriawords.codes(view) else ""
    with _button(view, label=t("download.button", n=formats.whole(len(shown)))):
        _files(view, "sites", shown, stem=f"{view.region}-{part}sites")
        st.caption(t("download.note"))
        st.markdown(f"**{t('find.live')}**")
        st.caption(t("find.live_note"))
        st.code(live_link(view), language=None, wrap_lines=True)


def live_link(view: View) -> str:
    """Return the address of the API that gives the rows that 选园 found."""
    # Beside this page, whatever path a proxy puts before it.
    base = configured() or urljoin(str(st.context.url or ""), ".")
    return items_address(base, view.region, finding.asked(view.values))


def shortlist(view: View) -> None:
    """Offer the shortlist as a workbook."""
    picked = finding.picked(view)
    workbook = files.FORMATS["excel"]
    st.download_button(
        view.t("download.excel_shortlist"),
        data=lambda: files.build(view, "excel", table="shortlist", frame=picked),
        file_name=f"chuangtu-shortlist.{workbook.ending}",
        mime=workbook.media,
        on_click="ignore",
        key="download_shortlist",
    )


@contextmanager
def _button(view: View, *, label: str = "") -> Iterator[None]:
    with (
        st.container(key="download"),
        st.popover(label or view.t("control.download"), type="primary"),
    ):
        yield


def _files(
    view: View,
    table: dictionary.Table,
    frame: gpd.GeoDataFrame | Callable[[], gpd.GeoDataFrame],
    *,
    stem: str,
    n: int | None = None,
) -> None:
    """Offer rows in every format."""
    t = view.t
    rows = len(frame) if n is None and not callable(frame) else n
    st.caption(t("download.rows", what=t(f"download.{table}"), n=formats.whole(rows)))

    def made(name: str) -> bytes:
        return files.build(view, name, table=table, frame=frame() if callable(frame) else frame)

    with st.container(key=f"files_{table}", horizontal=True):
        for name, kind in files.FORMATS.items():
            st.download_button(
                t(f"download.{name}"),
                data=partial(made, name),
                file_name=f"chuangtu-{stem}.{kind.ending}",
                mime=kind.media,
                on_click="ignore",
                key=f"download_{table}_{name}",
            )


def layout(view: View) -> None:
    """Offer the layouts on the screen, their scorecards and their maps as files."""
    # A layout beside itself is one set of files.
    shown = {side.layout.id: side for side in reversed(layoutside.sides(view))}
    with _button(view):
        for side in reversed(shown.values()):
            if len(shown) > 1:
                frame.write(figures.paragraph(layoutmap.full_name(view, side.layout)))
            _layout_files(side)


def _layout_files(side: Side) -> None:
    view, shown = side.view, side.layout
    told = {
        "title": layoutsentence.headline(view, [shown]),
        "catalogue_date": catalog.catalogue_date().isoformat(),
        "boundaries": files.BOUNDARIES,
    }

    def scores() -> bytes:
        return layout_export.scorecard_csv(
            shown,
            layoutpresent.scores(shown.id, view.query.radius_m, layoutpresent.phase(view)),
            methods=layoutmap.methods(view),
            metadata={"phase": view.values["phase"], "radius_m": view.query.radius_m, **told},
        )

    offers: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("layout_geojson", f"{shown.id}.geojson", files.FORMATS["geojson"].media,
         lambda: layout_export.layout_geojson(shown, metadata=told, explained=view.t.lang)),
        ("scorecard_csv", f"{shown.id}-scorecard.csv", files.FORMATS["csv"].media, scores),
        ("map_html", f"{shown.id}.html", "text/html", lambda: layoutmap.as_file(side)),
    )  # fmt: skip
    for key, ending, mime, build in offers:
        st.download_button(
            view.t(f"download.{key}"),
            data=build,
            file_name=f"chuangtu-{ending}",
            mime=mime,
            on_click="ignore",
            key=f"download_{key}_{shown.id}",
            width="stretch",
        )


def targets(view: View, rows: pd.DataFrame) -> None:
    """Offer the goals and reported figures on the screen."""
    if rows.empty:
        return
    table, regions = files.FORMATS["csv"], "-".join(view.values["place"])
    stem = f"{regions}-targets" if regions else "targets"
    with _button(view):
        st.download_button(
            view.t("download.targets_csv", n=formats.whole(len(rows))),
            data=lambda: measures.as_csv(view.t, rows, title=sentences.targets(view, rows)),
            file_name=f"chuangtu-{stem}.{table.ending}",
            mime=table.media,
            on_click="ignore",
            key="download_targets",
            width="stretch",
        )
