"""Step 4: the list is saved as a workspace, under a link to read and one to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from geo import formats
from geo.corrections.correction import as_table
from geo.errors import WorkspaceError
from geo.facts import own_regions
from geo.intake import outcome
from geo.workspaces.content import Workspace
from geo.workspaces.home import home
from geo.workspaces.keys import Keys
from ui.blocks import grid, markup, notes, notices
from ui.downloads import menu
from ui.intake import area, pinned, result_files, steps, wording, work
from ui.intake import draft as drafts
from ui.state import links, pages, workspace, write_keys

if TYPE_CHECKING:
    from geo.intake.validation import Intake
    from ui.intake.draft import Draft
    from ui.state.pages import Data
    from ui.state.view import PageView

NAME: Final = "intake_name"
LONGEST: Final = 60
"""Characters of a workspace's name."""


def show(view: PageView[Data], draft: Draft, intake: Intake) -> None:
    """Draw the step."""
    t = view.t
    kept = pinned.kept(draft, intake)
    key = "intake.headline_saved" if draft.keys else "intake.headline_save"
    n = formats.whole(len(kept))
    said = t(key, name=draft.name or wording.title(draft.file), n=n)
    grid.headline(said)
    steps.bar(view, "save", lambda: _tools(view))
    notices.show(view)
    grid.headline(said, narrow=True)
    left, right = grid.sheet()
    with left:
        _form(view, draft)
        if draft.keys is not None:
            _links(view, draft)
    with right, st.container(key="intake_side"):
        grid.write(markup.heading(t("intake.save_about")))
        for text in ("what", "keys", "public"):
            grid.write(markup.paragraph(t(f"intake.save_{text}")))
        own = work.areas(draft)
        if draft.areas is not None and own is not None:
            file, n_areas = wording.title(draft.areas.file), formats.whole(len(own))
            grid.write(markup.paragraph(t("intake.save_areas", file=file, n=n_areas)))
        if draft.trouble:
            result_files.show(view, draft, intake, kept)


def _tools(view: PageView[Data]) -> None:
    steps.other_file(view)
    with steps.ways():
        steps.go("result", view.t("intake.back"), key="intake_back")


def _form(view: PageView[Data], draft: Draft) -> None:
    t = view.t
    grid.write(markup.heading(t("intake.save_title")))
    with st.container(key="intake_save", horizontal=True, vertical_alignment="bottom"):
        if NAME not in st.session_state:
            st.session_state[NAME] = (draft.name or wording.title(draft.file))[:LONGEST]
        st.text_input(t("intake.save_name"), key=NAME, max_chars=LONGEST)
        label = "save_again" if draft.keys else "save"
        st.button(t(f"intake.{label}"), key="intake_save_now", type="primary", on_click=_save)
    notes.trouble(view, draft.trouble)


def _links(view: PageView[Data], draft: Draft) -> None:
    """Show both links, and open the pages on the workspace."""
    t = view.t
    if draft.keys is None:
        return
    keys = _keys(draft.keys)
    base = menu.base().rstrip("/")
    for name, key in (("read", keys.read), ("write", keys.write)):
        st.markdown(f"**{t(f'intake.link_{name}')}**")
        st.caption(t(f"intake.link_{name}_note"))
        query = urlencode({"region": own_regions.PREFIX + key})
        st.code(f"{base}/?{query}", language=None, wrap_lines=True)
    region = own_regions.PREFIX + keys.read
    opened = urlencode({"lang": t.lang, "region": region})
    ways = [
        links.to_page(f"{pages.path(page)}?{opened}", t(f"nav.{page}"))
        for page in ("overview", "districts", "layouts", "find", "clusters", "siting")
    ]
    own = pages.address("data", {"lang": t.lang, "region": region, "show": "workspace"})
    ways.append(links.to_page(own, t("intake.save_page")))
    grid.write(markup.heading(t("intake.save_open")))
    with st.container(key="intake_opened"):
        grid.write(markup.lines(ways))


def content(draft: Draft, intake: Intake, *, name: str) -> Workspace:
    """Return the list as a workspace holds it.

    Parameters
    ----------
    draft
        The file and what its reader said of it.
    intake
        What became of its rows.
    name
        Of the workspace.
    """
    source = draft.file
    sites, made = pinned.sites(draft, intake, region=own_regions.PREFIX)
    units = area.region_of(sites, work.plan(draft).region)
    return Workspace(
        name=name,
        sites=sites,
        source=source,
        datum=work.datum(draft) or "wgs84",
        region=units,
        boundaries=work.areas(draft),
        rejected=outcome.rejected(intake, "zh"),
        corrections=as_table(made),
    )


def _save() -> None:
    """Save the list: a new workspace, or a further version of the one it became."""
    draft = drafts.held()
    if draft is None:
        return
    name = str(st.session_state.get(NAME, "")).strip() or wording.title(draft.file)
    held = content(draft, work.intake(draft, lambda _: None), name=name)
    try:
        if draft.keys is None:
            made = home().create(held)
            write_keys.remember(made.write)
            drafts.change(keys=made, version=1, name=name, trouble=None)
        else:
            saved = home().save(_keys(draft.keys).write, held, based_on=draft.version)
            drafts.change(version=saved.number, name=name, trouble=None)
    except WorkspaceError as error:
        drafts.change(trouble=workspace.troubled(error))


def _keys(made: Keys) -> Keys:
    """Return the keys as they are now: the write link may have been renewed since."""
    return Keys(made.read, write_keys.of(own_regions.PREFIX + made.read) or made.write)
