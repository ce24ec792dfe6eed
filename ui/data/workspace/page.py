"""数据, of a workspace: what it holds, its versions and links, and what its holder may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo import formats, settings
from geo.facts import own_regions
from geo.policy import layouts
from geo.workspaces import geopackage
from layers import templates
from ui.blocks import grid, markup, notes, notices
from ui.cached import workspaces
from ui.data.workspace import brought, merge, scenarios, tools
from ui.data.workspace.held import TEMPLATE, moment
from ui.downloads import menu
from ui.filters import controls
from ui.state import links, pages, workspace

if TYPE_CHECKING:
    from geo.workspaces.content import Workspace
    from geo.workspaces.records import Version
    from ui.data.workspace.held import Shown
    from ui.state.pages import Data
    from ui.state.view import PageView

MEDIA: Final = "application/geopackage+sqlite3"


def show(view: PageView[Data], now: Shown) -> None:
    """Draw the page."""
    t, content = view.t, now.content
    said = t(
        "workspace.headline",
        name=content.name,
        n=formats.whole(len(content.sites)),
        version=now.held.version.number,
    )
    grid.headline(said)
    _bar(view, now)
    notices.show(view)
    tools.said(view)
    notes.trouble(view, workspace.trouble(now.region))
    grid.headline(said, narrow=True)
    left, right = grid.sheet()
    with left:
        merge.show(view, now)
        _holds(view, content)
        brought.show(view, now)
        _kept(view, now)
        scenarios.show(view, now)
        _versions(view, now)
    with right, st.container(key="intake_side"):
        _links(view, now)
        with grid.on_screen("tools"):
            tools.show(view, now)


def _bar(view: PageView[Data], now: Shown) -> None:
    t = view.t
    with grid.bar():
        with grid.filters():
            controls.choose_region(view)
            ways = {"own": "workspace.other_list", "record": "intake.record_link"}
            grid.write(
                Markup("&emsp;").join(
                    links.to(view, text=t(text), name="ct-go", show=part)
                    for part, text in ways.items()
                )
            )
        with grid.tools():
            controls.language(view)
            with menu.button(view, label=t("workspace.export")):
                st.caption(t("workspace.export_note"))
                if not workspaces.is_taken_back(now.region):
                    most = settings.current().upload_rows
                    size = {"mb": settings.WORKSPACE_MB, "rows": formats.whole(most)}
                    st.caption(t("workspace.export_large", **size))
                menu.file(
                    t("workspace.export_file"),
                    lambda: geopackage.export(now.content),
                    name=f"workspace-{now.held.version.number}.gpkg",
                    media=MEDIA,
                    key="workspace_export",
                )


def _holds(view: PageView[Data], content: Workspace) -> None:
    """Say how much of everything there is."""
    t, places = view.t, content.sites.geometry
    counts = {
        "sites": len(content.sites),
        "unplaced": int((places.isna() | places.is_empty).sum()),
        "rejected": len(content.rejected),
        "corrections": len(content.corrections),
        "areas": 0 if content.boundaries is None else len(content.boundaries),
        "layouts": len(content.layouts),
        "shortlists": len(content.shortlists),
        "scenarios": len(content.scenarios),
        "notes": len(content.notes),
    }
    rows = [(t(f"workspace.holds_{key}"), formats.whole(n)) for key, n in counts.items()]
    note = t("workspace.holds_note", file=content.source) if content.source else ""
    grid.write(markup.heading(t("workspace.holds"), note=note))
    grid.write(templates.piece(TEMPLATE, "held")(t("workspace.holds"), rows))


def _kept(view: PageView[Data], now: Shown) -> None:
    """List layouts, shortlists and notes, each with the page that shows it."""
    t, content = view.t, now.content
    drawn = layouts.own_layouts(now.region)
    lists: dict[str, list[tuple[Markup | str, str]]] = {
        "layouts": [
            (_to(view, "layouts", t.of(drawn[key], "name"), layout=key), "")
            if key in drawn
            else (key, t("workspace.layout_gone"))
            for key in content.layouts
        ],
        "shortlists": [
            (
                _to(view, "find", name, pick=",".join(ids)),
                t("unit.n_sites", n=formats.whole(len(ids))),
            )
            for name, ids in content.shortlists.items()
        ],
        "notes": [(notes.named(view, about), text) for about, text in content.notes.items()],
    }
    for key, rows in lists.items():
        if rows:
            grid.write(markup.heading(t(f"workspace.holds_{key}")))
            grid.write(templates.piece(TEMPLATE, "named")(rows))


def _to(view: PageView[Data], page: str, text: str, **params: str) -> Markup:
    asked = {"lang": view.t.lang, "region": view.region, **params}
    return links.to_page(pages.address(page, asked), text)


def _versions(view: PageView[Data], now: Shown) -> None:
    """List every save, the latest first."""
    t, settled = view.t, now.settled

    def said(version: Version) -> str:
        if version.number == now.standing.number:
            return t("workspace.version_standing")
        if version.beside is None:
            return ""
        key = "settled" if version.number in settled else "beside"
        return t(f"workspace.version_{key}", theirs=version.beside)

    rows = [
        (t("workspace.version", n=each.number), moment(each.saved), said(each))
        for each in reversed(now.versions)
    ]
    heads = [t(f"workspace.version_{key}") for key in ("number", "when", "said")]
    note = t("workspace.versions_note", n=len(rows))
    grid.write(markup.heading(t("workspace.versions"), note=note))
    grid.write(templates.piece(TEMPLATE, "versions")(t("workspace.versions"), heads, rows))
    if now.standing.number > now.held.version.number:
        grid.write(markup.paragraph(t("workspace.newer", n=now.standing.number), kind="warning"))
        st.button(
            t("workspace.show_newer"),
            key="workspace_newer",
            on_click=tools.follow,
            args=(now.read,),
        )


def _links(view: PageView[Data], now: Shown) -> None:
    """Show the link to read and, to who holds it, the one to write."""
    t = view.t
    grid.write(markup.heading(t("workspace.links")))
    base = menu.base().rstrip("/")
    for name, key in (("read", now.read), ("write", now.write)):
        if key is not None:
            st.markdown(f"**{t(f'intake.link_{name}')}**")
            st.caption(t(f"intake.link_{name}_note"))
            query = urlencode({"region": own_regions.PREFIX + key})
            st.code(f"{base}/?{query}", language=None, wrap_lines=True)
    if now.write is None:
        grid.write(markup.paragraph(t("workspace.reads_only")))
