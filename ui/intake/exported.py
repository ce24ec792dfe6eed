"""Step 1 beside a list: a workspace that was exported becomes one again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import settings
from geo.errors import StorageError, WorkspaceError, WorkspaceFileError
from geo.workspaces import region as regions
from geo.workspaces.home import home
from geo.workspaces.imported import imported
from ui.blocks import grid, markup
from ui.state import fields, session, write_keys

if TYPE_CHECKING:
    from ui.state.pages import Data
    from ui.state.view import PageView

FILE: Final = "workspace_file"
_FAULT: Final = "workspace_file_fault"
_TAKEN: Final = "workspace_files_taken"


def show(view: PageView[Data]) -> None:
    """Draw the box for the file."""
    t = view.t
    grid.write(markup.heading(t("workspace.import_title")))
    grid.write(markup.paragraph(t("workspace.import_note")))
    key = f"{FILE}_{st.session_state.get(_TAKEN, 0)}"
    with st.container(key="workspace_import"), st.popover(t("workspace.import_file")):
        st.file_uploader(
            t("workspace.import_title"),
            type=["gpkg"],
            key=key,
            on_change=_take,
            args=(key,),
            max_upload_size=settings.WORKSPACE_MB,
            label_visibility="collapsed",
        )
    fault = str(st.session_state.get(_FAULT, ""))
    if t.has(f"workspace.{fault}"):
        grid.write(markup.paragraph(t(f"workspace.{fault}"), kind="warning"))
    elif fault:
        said = t("workspace.import_refused")
        grid.write(markup.refused(said, summary=t("workspace.import_why"), faults=(fault,)))


def _take(key: str) -> None:
    """Make a workspace of the file and show it, or keep why none can be made."""
    chosen = st.session_state.get(key)
    if chosen is None:
        st.session_state[_FAULT] = ""
        return
    try:
        keys = home().create(imported(chosen.getvalue()))
        opened = regions.opened(keys.read)
    except StorageError as error:
        st.session_state[_FAULT] = f"trouble_{error.reason}"
        return
    except (WorkspaceFileError, WorkspaceError) as error:
        st.session_state[_FAULT] = str(error)
        return
    st.session_state[_FAULT] = ""
    # Another widget the next time: this one keeps no copy.
    st.session_state[_TAKEN] = st.session_state.get(_TAKEN, 0) + 1
    write_keys.remember(keys.write)
    session.put(fields.REGION, opened)
    session.put(fields.SHOW, "workspace")
