"""What the holder of a workspace's write link may do with it: rename, renew the link, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import WorkspaceError
from geo.workspaces import edits
from geo.workspaces import region as regions
from geo.workspaces.home import home
from ui.blocks import grid, markup
from ui.state import fields, session, workspace, write_keys

if TYPE_CHECKING:
    from ui.data.workspace.held import Shown
    from ui.state.pages import Data
    from ui.state.view import PageView

LONGEST: Final = 60
"""Characters of a workspace's name."""
NAME: Final = "workspace_name"
WORD: Final = "workspace_word"
SAID: Final = "workspace_said"


def show(view: PageView[Data], now: Shown) -> None:
    """Draw what may be done; nothing for those who only read."""
    t = view.t
    if now.write is None:
        return
    grid.write(markup.heading(t("workspace.tools")))
    with st.container(key="workspace_tools", horizontal=True):
        with st.popover(t("workspace.rename")):
            key = f"{NAME}_{now.held.version.number}"
            st.text_input(t("workspace.name"), now.content.name, key=key, max_chars=LONGEST)
            st.button(
                t("workspace.rename_now"),
                key="workspace_rename",
                type="primary",
                on_click=_rename,
                args=(now.region, key),
            )
        with st.popover(t("workspace.renew")):
            st.caption(t("workspace.renew_note"))
            st.button(
                t("workspace.renew_now"),
                key="workspace_renew",
                type="primary",
                on_click=_renew,
                args=(now.write,),
            )
        with st.popover(t("workspace.delete")):
            word = t("workspace.delete_word")
            st.caption(t("workspace.delete_note", n=len(now.versions)))
            st.text_input(t("workspace.delete_type", word=word), key=WORD)
            st.button(
                t("workspace.delete_now"),
                key="workspace_delete",
                on_click=_delete,
                args=(now.write, word),
            )


def follow(read: str) -> None:
    """Show a workspace in its last version."""
    try:
        session.put(fields.REGION, regions.opened(read))
    except WorkspaceError as error:
        say(workspace.troubled(error).reason)


def said(view: PageView[Data]) -> None:
    """Say how the last of these went, once."""
    code = st.session_state.pop(SAID, "")
    if code:
        warns = view.t.has(f"workspace.trouble_{code}")
        key = f"workspace.trouble_{code}" if warns else f"workspace.said_{code}"
        text = view.t(key, yours="", theirs="")
        grid.write(markup.paragraph(text, kind="warning" if warns else "lead"))


def say(code: str) -> None:
    """Keep how it went, for the next run to tell."""
    st.session_state[SAID] = code


def _rename(region: str, key: str) -> None:
    name = " ".join(str(st.session_state.get(key, "")).split())
    if not name:
        say("no_name")
    elif workspace.save(region, lambda content: edits.renamed(content, name)):
        say("renamed")


def _renew(write: str) -> None:
    try:
        write_keys.remember(home().renew(write).write)
        say("renewed")
    except WorkspaceError as error:
        say(workspace.troubled(error).reason)


def _delete(write: str, word: str) -> None:
    """Delete the workspace where the reader typed the word; the page leaves it then."""
    if str(st.session_state.get(WORD, "")).strip() != word:
        say("not_typed")
        return
    try:
        regions.delete(write)
    except WorkspaceError as error:
        say(workspace.troubled(error).reason)
        return
    write_keys.forget(write)
    session.put(fields.REGION, fields.REGION.default)
    session.put(fields.SHOW, "own")
    say("deleted")
