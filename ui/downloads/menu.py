"""Files of what is on the screen."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import streamlit as st

from geo import formats, settings
from ui.cached import indicators
from ui.downloads import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import geopandas as gpd

    from geo.facts import dictionary
    from ui.state.view import View


def popover(view: View) -> None:
    """Offer the filtered sites and the districts with their figures."""
    query = view.query
    part = "filtered-" if view.filtered else ""
    units: dictionary.Table = "cities" if query.unit == "city" else "districts"
    with button(view):
        rows(view, "sites", indicators.sites(query), stem=f"{query.region}-{part}sites")
        count = len(indicators.units(query))
        rows(
            view,
            units,
            lambda: files.districts(view),
            n=count,
            stem=f"{query.region}-{part}{query.unit}",
        )
        st.caption(view.t("download.note"))


def base() -> str:
    """Return the address of the app: beside this page, whatever path a proxy puts before it."""
    return settings.current().public_base or urljoin(str(st.context.url or ""), ".")


@contextmanager
def button(view: View, *, label: str = "") -> Iterator[None]:
    """Open the menu of files."""
    with (
        st.container(key="download"),
        st.popover(label or view.t("control.download"), type="primary"),
    ):
        yield


def rows(
    view: View,
    table: dictionary.Table,
    frame: gpd.GeoDataFrame | Callable[[], gpd.GeoDataFrame],
    *,
    stem: str,
    n: int | None = None,
) -> None:
    """Offer rows in every format."""
    t = view.t
    count = len(frame) if n is None and not callable(frame) else n
    st.caption(t("download.rows", what=t(f"download.{table}"), n=formats.whole(count)))

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
