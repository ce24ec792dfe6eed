"""What is reached on foot beside what discs reach: by district, in sentences, in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import streamlit as st

from geo import formats
from geo.files import csv_file
from layers import templates
from ui.blocks import grid, markup, method_link
from ui.cached import names, walking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.networks.reach import Walk
    from ui.state.pages import Walked
    from ui.state.view import PageView

TEMPLATE: Final = "ui/blocks/onfoot.html"

COLUMNS: Final = ("on_foot", "by_disc", "land_on_foot", "land_by_disc")


def show(view: PageView[Walked]) -> None:
    """Draw the table and what it rests on; nothing where reach is told by discs alone."""
    walk = view.state.walk
    if walk is None:
        return
    with st.spinner(view.t("onfoot.looking")):
        walking.by_district(view.query, walk)
    t = view.t
    if walking.starts(view.query, walk).empty:
        grid.write(markup.heading(t("onfoot.title", **_blanks(view, walk))))
        grid.write(markup.paragraph(t("onfoot.none"), kind="lead"))
        return
    grid.write(
        templates.piece(TEMPLATE, "table")(
            method_link.link(view, "walk", t("onfoot.title", **_blanks(view, walk))),
            t("onfoot.title_note", **_blanks(view, walk)),
            caption(view),
            heads(view),
            list(rows(view)),
            total(view),
        )
    )
    grid.write(markup.paragraph(t("list.sentence").join(sentences(view))))


def caption(view: PageView[Walked]) -> str:
    """Return what the table is called."""
    return view.t("onfoot.caption", unit=view.noun())


def heads(view: PageView[Walked]) -> list[str]:
    """Return what its columns are called."""
    return [view.noun(1), *(view.t(f"onfoot.column_{name}") for name in COLUMNS)]


def rows(view: PageView[Walked]) -> Iterator[tuple[str, ...]]:
    """Return the districts, those where most is reached on foot first; none without a walk."""
    if view.state.walk is None:
        return
    table = walking.by_district(view.query, view.state.walk)
    order = _shares(table).sort_values(
        ["on_foot", "land_on_foot"], ascending=False, kind="stable", na_position="last"
    )
    for code, row in order.iterrows():
        yield (view.district_name(str(code)), *(formats.percent(row[name]) for name in COLUMNS))


def total(view: PageView[Walked]) -> tuple[str, ...]:
    """Return the row of the whole region."""
    if view.state.walk is None:
        return ()
    shares = _whole(walking.by_district(view.query, view.state.walk))
    return (view.t("onfoot.total"), *(formats.percent(shares[name]) for name in COLUMNS))


def sentences(view: PageView[Walked]) -> list[str]:
    """Return what is reached, what is not connected, and by which rules; none without a walk."""
    t, walk, own = view.t, view.state.walk, walking.streets(view.region)
    if walk is None or own is None:
        return []
    starts = walking.starts(view.query, walk)
    whole = _whole(walking.by_district(view.query, walk))
    shares = {name: formats.percent(whole[name]) for name in COLUMNS}
    known = not np.isnan(whole["on_foot"])
    parts = walking.parts(view.region)
    left_out = {reason: formats.number(km) for reason, km in own.left_out_km.items()}
    told = [
        t("onfoot.both" if known else "onfoot.both_land", **_blanks(view, walk), **shares),
        t(
            "onfoot.network",
            source=own.source,
            km=formats.whole(own.km),
            parts=formats.whole(parts.components),
            largest=formats.percent(parts.largest),
        ),
        t(
            "onfoot.apart",
            share=formats.percent(whole["apart"]),
            far=formats.percent(whole["far"]),
        )
        if known
        else "",
        t(
            "onfoot.basis",
            n=formats.whole(len(starts)),
            size=formats.whole(walking.size_m(view.query, walk)),
        ),
        t("onfoot.rules", **left_out),
        t("onfoot.outlines")
        if len(starts) <= walking.MOST_OUTLINED
        else t("onfoot.outlines_none", most=formats.whole(walking.MOST_OUTLINED)),
    ]
    return [each for each in told if each]


def file(view: PageView[Walked], walk: Walk) -> bytes:
    """Return the table as a file, with what it depends on in every row."""
    table = walking.by_district(view.query, walk).rename_axis("adcode").reset_index()
    table.insert(1, "name", [view.district_name(str(code)) for code in table["adcode"]])
    own = walking.streets(view.region)
    told = {
        "title": view.t("onfoot.file_title", region=view.region_name),
        "minutes": walk.limit,
        "speed_kmh": walk.speed_kmh,
        "radius_m": walk.radius_m,
        "streets": "" if own is None else own.source,
        "method": view.t("list.sentence").join(sentences(view)),
    }
    return csv_file.csv(table, metadata=told)


def stem(view: PageView[Walked]) -> str:
    """Return the name of the file, without its ending."""
    return f"{names.stem(view.region)}-{'filtered-' if view.filtered else ''}on-foot"


def _shares(table: pd.DataFrame) -> pd.DataFrame:
    """Return the shares (0-1) of residents and of land, NaN where unknown."""
    people = table["residents"].where(table["residents"] > 0)
    return pd.DataFrame(
        {
            **{name: table[name] / people for name in ("on_foot", "by_disc", "apart", "far")},
            **{name: table[name] for name in ("land_on_foot", "land_by_disc")},
        }
    )


def _whole(table: pd.DataFrame) -> dict[str, float]:
    """Return the shares of the whole region: of residents where they are known."""
    known = table[table["residents"].notna()]
    people, land = float(known["residents"].sum()), float(table["km2"].sum())
    return {
        **{
            name: float(known[name].sum()) / people if people else np.nan
            for name in ("on_foot", "by_disc", "apart", "far")
        },
        **{
            name: float((table[name] * table["km2"]).sum()) / land if land else np.nan
            for name in ("land_on_foot", "land_by_disc")
        },
    }


def _blanks(view: PageView[Walked], walk: Walk) -> dict[str, object]:
    return {
        "n": f"{walk.limit:g}",
        "speed": f"{walk.speed_kmh:g}",
        "km": view.radius_km,
        "unit": view.noun(),
    }
