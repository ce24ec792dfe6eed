"""Areas of the reader's own in place of the districts: their file, columns and faults."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats, settings
from geo.errors import RefusedFileError
from geo.intake import faults, own_districts, words
from layers import templates
from ui.blocks import grid, markup
from ui.intake import draft as drafts
from ui.intake import wording, work
from ui.intake.mapping import TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.intake.own_districts import AreaColumns, OwnDistricts
    from geo.intake.table import RawTable
    from ui.intake.draft import AreaFile, Draft
    from ui.state.view import View

FORMATS: Final = "GeoJSON · GeoPackage · Shapefile (.zip) · GeoParquet · KML"
SHOWN: Final = 5
"""Overlaps, and gaps, that are named: the largest."""

LEFT_OUT: Final = ("no_polygon", "no_area_name")

Row = tuple[str, str, str, bool]


def show(view: View, draft: Draft) -> None:
    """Draw the way to areas of one's own; with a file, its columns and what is wrong with it."""
    t, held = view.t, draft.areas
    title = t("intake.areas_title")
    if held is None:
        grid.write(markup.heading(title, note=t("intake.areas_official")))
        grid.write(markup.paragraph(t("intake.areas_note")))
        _file(view, t("intake.areas_take"))
        return
    grid.write(markup.heading(title, note=t("intake.areas_own")))
    try:
        read = work.area_table(draft)
        if read is not None:
            _form(view, held, work.area_columns(draft), read)
        found = work.surveyed(draft)
    except RefusedFileError as error:
        said = t("intake.areas_refused", why=words.refusal(error, t.lang))
        grid.write(markup.paragraph(said, kind="warning"))
    else:
        if found is not None:
            _told(view, held, found)
    with st.container(key="intake_areas_tools", horizontal=True):
        _file(view, t("intake.areas_other"))
        st.button(t("intake.areas_drop"), key="intake_areas_drop", on_click=_drop)


def _file(view: View, label: str) -> None:
    """Draw the button behind which a file is chosen."""
    # Another key after each file: what was open closes.
    number = drafts.number_of_next_areas()
    key = f"intake_areas_file_{number}"
    limits = settings.current()
    with (
        st.popover(label, key=f"intake_areas_open_{number}"),
        st.container(key="intake_areas_file"),
    ):
        st.file_uploader(
            label,
            key=key,
            on_change=_take,
            args=(key,),
            max_upload_size=max(1, int(limits.upload_mb)),
            label_visibility="collapsed",
        )
        most = formats.whole(own_districts.MOST_AREAS)
        mb = f"{limits.upload_mb:g}"
        st.caption(view.t("intake.areas_limits", formats=FORMATS, mb=mb, most=most))


def _take(key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen is not None:
        drafts.take_areas(chosen.name, chosen.getvalue())


def _drop() -> None:
    drafts.change(areas=None)


def _form(view: View, held: AreaFile, now: AreaColumns, read: RawTable) -> None:
    """Draw which column holds what."""
    t, columns = view.t, list(map(str, read.cells))
    with st.container(key="intake_areas_form", horizontal=True, vertical_alignment="bottom"):
        if len(read.layers) > 1:
            _choose(view, held, "layer", read.layers, read.reading.layer, _on_layer)
        _choose(view, held, "name", columns, now.name, _on_column)
        for field in ("population", "area"):
            _choose(view, held, field, ["", *columns], getattr(now, field) or "", _on_column)
        if now.area is not None:
            _choose(view, held, "unit", own_districts.UNITS, now.unit, _on_column)
    if now.area is not None and now.unit is None:
        grid.write(markup.paragraph(t("intake.areas_ask_unit"), kind="warning"))


def _choose(
    view: View,
    held: AreaFile,
    name: str,
    options: Sequence[str],
    now: str | None,
    changed: Callable[[str, str], None],
) -> None:
    t = view.t
    key = f"intake_areas_{held.number}_{name}"
    st.session_state[key] = now
    st.selectbox(
        t(f"intake.areas_{name}"),
        options,
        key=key,
        index=None,
        format_func=lambda code: (
            t(f"intake.areas_unit_{code}") if name == "unit" else code or t("intake.areas_none")
        ),
        on_change=changed,
        args=(name, key),
        placeholder=t("intake.areas_choose"),
    )


def _on_layer(_: str, key: str) -> None:
    draft, chosen = drafts.held(), st.session_state.get(key)
    if draft is not None and draft.areas is not None and chosen is not None:
        # Another layer has columns of its own.
        drafts.change(areas=dataclasses.replace(draft.areas, layer=chosen, columns=None))


def _on_column(name: str, key: str) -> None:
    draft, chosen = drafts.held(), st.session_state.get(key)
    if draft is None or draft.areas is None or chosen is None:
        return
    change: dict[str, str | None] = {name: chosen or None}
    read = work.area_table(draft)
    if name == "area" and read is not None:
        change["unit"] = own_districts.unit_of(read, chosen) if chosen else None
    now = dataclasses.replace(work.area_columns(draft), **change)  # type: ignore[arg-type]
    drafts.change(areas=dataclasses.replace(draft.areas, columns=now))


def _told(view: View, held: AreaFile, found: OwnDistricts) -> None:
    """Say how many areas there are, and what is wrong with them."""
    t = view.t
    n = formats.whole(len(found.areas))
    grid.write(markup.paragraph(t("intake.areas_read", file=wording.title(held.file), n=n)))
    rows = [*_overlaps(view, found), *_gaps(view, found), *_faults(view, found)]
    if not rows:
        grid.write(markup.paragraph(t("intake.areas_sound")))
        return
    heads = [t(f"intake.areas_head_{head}") for head in ("what", "size", "treatment")]
    grid.write(templates.piece(TEMPLATE, "areas")(t("intake.areas_title"), heads, rows))
    if len(found.overlaps):
        grid.write(markup.paragraph(t("intake.areas_twice")))


def _overlaps(view: View, found: OwnDistricts) -> list[Row]:
    t, table = view.t, found.overlaps
    names = found.areas["name_zh"]
    shown = table.head(SHOWN)
    columns = (shown["one"], shown["other"], shown["km2"], shown["counts"])
    rows = [
        (
            t("intake.areas_overlap", one=names[one], other=names[other]),
            _km2(view, km2),
            t("intake.areas_overlap_treatment", name=names[counts]),
            False,
        )
        for one, other, km2, counts in zip(*columns, strict=True)
    ]
    rest = table.iloc[SHOWN:]
    if len(rest):
        said = t("intake.areas_overlaps_more", n=formats.whole(len(rest)))
        rows.append((said, _km2(view, rest["km2"].sum()), t("intake.areas_first_name"), False))
    return rows


def _gaps(view: View, found: OwnDistricts) -> list[Row]:
    t, table = view.t, found.gaps
    names, treated = found.areas["name_zh"], t("intake.areas_gap_treatment")
    shown = table.head(SHOWN)
    columns = (shown["lon"], shown["lat"], shown["km2"], shown["beside"])
    rows = [
        (
            t(
                "intake.areas_gap",
                names=t("list.comma").join(str(names[each]) for each in beside),
                at=f"{lon:.4f}, {lat:.4f}",
            ),
            _km2(view, km2),
            treated,
            False,
        )
        for lon, lat, km2, beside in zip(*columns, strict=True)
    ]
    rest = table.iloc[SHOWN:]
    if len(rest):
        said = t("intake.areas_gaps_more", n=formats.whole(len(rest)))
        rows.append((said, _km2(view, rest["km2"].sum()), treated, False))
    return rows


def _faults(view: View, found: OwnDistricts) -> list[Row]:
    t, say = view.t, wording.texts(view)
    rows = []
    for code, group in found.faults.groupby("code", sort=False):
        numbers = group["row"].drop_duplicates()
        listed = wording.rows(view, numbers, most=faults.MOST_ROWS // 2)
        rows.append(
            (
                t("intake.areas_fault", fault=say(f"fault.{code}"), rows=listed),
                t("intake.areas_rows", n=formats.whole(len(numbers))),
                say(f"treatment.{code}"),
                code in LEFT_OUT,
            )
        )
    return rows


def _km2(view: View, km2: float) -> str:
    return view.t("intake.areas_km2", n=formats.number(km2) if km2 >= 0.1 else f"{km2:.3f}")
