"""Notes on a site, a district or a layout of a workspace: read by all, written by its holder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.facts import own_regions
from geo.policy import layouts
from geo.workspaces import edits
from geo.workspaces import region as regions
from layers import templates
from ui.blocks import grid, markup, site_links
from ui.cached import names, records
from ui.state import fields, links, pages, session, workspace, write_keys

if TYPE_CHECKING:
    from markupsafe import Markup

    from geo.workspaces.edits import Kind
    from ui.state.view import View
    from ui.state.workspace import Trouble

TEMPLATE: Final = "ui/blocks/notes.html"
LONGEST: Final = 2000


def show(view: View, region: str, kind: Kind, id_: str) -> None:
    """Draw the note on something of a workspace, and its form for who may write.

    Parameters
    ----------
    view
        The page.
    region
        Of the workspace; nothing is drawn for regions of the catalogue.
    kind, id_
        What the note is about.
    """
    held = own_regions.known(region)
    if held is None:
        return
    t, about = view.t, edits.subject(kind, id_)
    text, writes = held.notes.get(about, ""), write_keys.of(region) is not None
    if not text and not writes:
        return
    with st.container(key="note"):
        grid.write(markup.heading(t("notes.title")))
        if text:
            grid.write(templates.piece(TEMPLATE, "note")(text))
        if writes:
            key = f"note_{kind}_{id_}_{regions.version_of(region)}"
            with st.popover(t("notes.change" if text else "notes.write")):
                st.text_area(t("notes.text"), text, key=key, max_chars=LONGEST)
                st.button(
                    t("notes.save"),
                    key="note_save",
                    type="primary",
                    on_click=_save,
                    args=(region, about, key),
                )
        trouble(view, workspace.trouble(region))


def trouble(view: View, last: Trouble | None) -> None:
    """Say why a save did not become what a workspace holds; nothing where it did."""
    if last is not None:
        key = f"workspace.trouble_{last.reason}"
        text = view.t(key, yours=last.yours, theirs=last.theirs)
        grid.write(markup.paragraph(text, kind="warning"))


def named(view: View, about: str) -> Markup | str:
    """Return a link to what a note is about; its words where it is no more."""
    t, (kind, _, id_) = view.t, about.partition("/")
    if kind == "site" and records.has(view.region, id_):
        name = str(records.site(id_, view.region)[f"name_{t.lang}"])
        return site_links.profile(view, id_, text=name)
    if kind == "district" and id_ in (known := names.districts(view.region, "district", t.lang)):
        return site_links.districts(view, "district", id_, text=known[id_])
    drawn = layouts.own_layouts(view.region)
    if kind == "layout" and id_ in drawn:
        where = {"lang": t.lang, "region": view.region, "layout": id_}
        return links.to_page(pages.address("layouts", where), t.of(drawn[id_], "name"))
    return t("notes.gone")


def _save(region: str, about: str, key: str) -> None:
    text = str(st.session_state.get(key, "")).strip()
    now = workspace.save(region, lambda content: edits.with_note(content, about, text))
    site = str(session.value(fields.SITE_ID))
    if now is not None and site.startswith(f"{region}{records.WITHIN}"):
        session.put(fields.SITE_ID, records.reference(now, records.referred(site)[1]))
