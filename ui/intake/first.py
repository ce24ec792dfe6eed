"""Step 1: a file is chosen, or a template to fill in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats, settings
from geo.intake import template
from layers import templates
from ui.blocks import grid, markup, notices
from ui.downloads import files
from ui.intake import draft as drafts
from ui.intake import exported, steps
from ui.intake.mapping import TEMPLATE

if TYPE_CHECKING:
    from ui.intake.draft import Draft
    from ui.state.pages import Data
    from ui.state.view import PageView, View

FORMATS: Final = (
    "CSV · Excel (.xlsx .xls .ods) · GeoJSON · GeoPackage · Shapefile (.zip) · GeoParquet · KML"
)


def show(view: PageView[Data], draft: Draft | None, *, lost: bool) -> None:
    """Draw the step.

    Parameters
    ----------
    view
        The page.
    draft
        A file that the reader is at work on, where they came back to this step.
    lost
        Whether the address is that of a later step whose file is gone, as after a reload.
    """
    t = view.t
    said = t("intake.headline_first")
    grid.headline(said)
    steps.bar(view, "file", lambda: None)
    notices.show(view)
    grid.headline(said, narrow=True)
    if draft is not None:
        _go_on_with(view, draft)
    elif lost:
        grid.write(markup.paragraph(t("intake.lost"), kind="warning"))
    left, right = grid.sheet()
    with left:
        grid.write(markup.heading(t("intake.file_title")))
        uploader(view)
        _facts(view)
    with right, st.container(key="intake_side"):
        _template(view)
        exported.show(view)
        grid.write(markup.heading(t("intake.record_title")))
        grid.write(markup.paragraph(t("intake.record_note")))
        steps.record(view)


def _go_on_with(view: PageView[Data], draft: Draft) -> None:
    """Offer the way back to a file that is still there."""
    t = view.t
    with st.container(key="intake_held", horizontal=True, vertical_alignment="center"):
        grid.write(markup.paragraph(t("intake.held", file=draft.file)))
        label = t("intake.held_go_on")
        steps.go("columns", label, key="intake_held_go_on", main=True)


def uploader(view: View) -> None:
    """Draw what takes a file up."""
    t, limits = view.t, settings.current()
    key = f"intake_file_{drafts.number_of_next()}"
    with st.container(key="intake_file"):
        st.file_uploader(
            t("intake.file_title"),
            key=key,
            on_change=_take,
            args=(key,),
            max_upload_size=max(1, int(limits.upload_mb)),
            label_visibility="collapsed",
        )


def _facts(view: View) -> None:
    t, limits = view.t, settings.current()
    size = t("intake.limits", mb=f"{limits.upload_mb:g}", rows=formats.whole(limits.upload_rows))
    grid.write(
        templates.piece(TEMPLATE, "facts")(
            [
                (t("intake.formats"), FORMATS),
                (t("intake.size"), size),
                (t("intake.columns_wanted"), t("intake.columns_wanted_text")),
                (t("intake.privacy"), t("intake.privacy_text")),
            ]
        )
    )


def _take(key: str) -> None:
    """Take up the file that was chosen; the widget keeps no copy."""
    chosen = st.session_state.get(key)
    if chosen is not None:
        drafts.begin(chosen.name, chosen.getvalue())


def _template(view: PageView[Data]) -> None:
    t = view.t
    grid.write(markup.heading(t("intake.template_title")))
    grid.write(markup.paragraph(t("intake.template_note")))
    with st.container(key="files_template", horizontal=True):
        for name, make in (("csv", template.as_csv), ("excel", template.as_excel)):
            kind = files.FORMATS[name]
            st.download_button(
                t(f"download.{name}"),
                data=partial(make, t.lang),
                file_name=f"chuangtu-template.{kind.ending}",
                mime=kind.media,
                on_click="ignore",
                key=f"intake_template_{name}",
            )
