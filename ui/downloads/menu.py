"""Files of what is on the screen."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

import streamlit as st

from api.endpoints import archive_address, serves
from geo import formats, settings
from ui.cached import indicators, names, records
from ui.downloads import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import geopandas as gpd

    from geo.facts import dictionary
    from ui.state.view import View


def popover(view: View, *, before: Callable[[], None] | None = None) -> None:
    """Offer the filtered sites and the districts with their figures, what `before` offers first."""
    query = view.query
    part = "filtered-" if view.filtered else ""
    units: dictionary.Table = "cities" if query.unit == "city" else "districts"
    with button(view):
        if before is not None:
            before()
        rows(
            view,
            "sites",
            lambda: indicators.sites(query),
            n=int(records.passing(query.region, query.criteria).sum()),
            stem=f"{names.stem(view.region)}-{part}sites",
        )
        count = len(indicators.units(query))
        rows(
            view,
            units,
            lambda: files.districts(view),
            n=count,
            stem=f"{names.stem(view.region)}-{part}{query.unit}",
        )
        st.caption(view.t("download.note"))
        tiles(view)


def tiles(view: View) -> None:
    """Offer the sites as tiles in one file, which the server makes once it is asked."""
    if serves(view.region):
        address = archive_address(base(), view.region, view.state.criteria)
        st.link_button(view.t("download.pmtiles"), address)


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
            file(
                t(f"download.{name}"),
                partial(made, name),
                name=f"{stem}.{kind.ending}",
                media=kind.media,
                key=f"{table}_{name}",
                width="content",
            )


def file(
    label: str,
    content: Callable[[], bytes],
    *,
    name: str,
    media: str,
    key: str,
    width: Literal["content", "stretch"] = "stretch",
) -> None:
    """Offer a file, made when somebody asks for it."""
    st.download_button(
        label,
        data=content,
        file_name=f"chuangtu-{name}",
        mime=media,
        on_click="ignore",
        key=f"download_{key}",
        width=width,
    )


def live(title: str, note: str, address: str) -> None:
    """Offer the address at which a program finds the same rows."""
    st.markdown(f"**{title}**")
    st.caption(note)
    st.code(address, language=None, wrap_lines=True)
