"""A second list is brought: as a file, or by the link of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import settings
from geo.errors import RefusedFileError
from geo.intake import words
from ui.blocks import grid, markup
from ui.intake import draft as drafts
from ui.intake import mapping, wording, work
from ui.intake.comparing import lists, sides
from ui.state import fields, session

if TYPE_CHECKING:
    from ui.intake.draft import Draft
    from ui.state.pages import Data
    from ui.state.view import PageView

_LINK: Final = "compare_link"
_TROUBLE: Final = "compare_trouble"
_WAITING: Final = "compare_waiting"


def show(view: PageView[Data]) -> None:
    """Draw the ways to bring a list, and what stood against the last one."""
    t, limits = view.t, settings.current()
    key = f"compare_file_{drafts.number_of_next()}"
    with st.container(key="compare_bring"):
        st.file_uploader(
            t("compare.file"),
            key=key,
            on_change=_take,
            args=(view, key),
            max_upload_size=max(1, int(limits.upload_mb)),
        )
        st.text_input(
            t("compare.link"),
            key=_LINK,
            max_chars=400,
            placeholder=t("compare.link_form"),
            on_change=_open,
            args=(view,),
        )
        trouble: str = st.session_state.get(_TROUBLE, "")
        if trouble:
            grid.write(markup.paragraph(trouble, kind="warning"))
        if st.session_state.get(_WAITING) is not None:
            st.button(
                t("compare.to_steps"), key="compare_to_steps", on_click=_to_steps, args=(view,)
            )


def _take(view: PageView[Data], key: str) -> None:
    """Read the file that was chosen; one that needs an answer waits for the steps."""
    chosen = st.session_state.get(key)
    if chosen is None:
        return
    draft = drafts.aside(chosen.name, chosen.getvalue())
    trouble = _asks(view, draft)
    st.session_state[_TROUBLE] = trouble
    st.session_state[_WAITING] = None
    if not trouble:
        listed = lists.of_draft(draft, title=wording.title(draft.file))
        _hold(view, listed)
    elif _readable(draft):
        st.session_state[_WAITING] = draft


def _hold(view: PageView[Data], listed: lists.Listed) -> None:
    """Hold a list with its sites as they are now, and compare with it."""
    made, units = listed.make(), listed.units()
    kept = lists.Listed(
        title=listed.title,
        state=listed.state,
        make=lambda: made,
        units=lambda: units,
        numbering=listed.numbering,
    )
    sides.choose(view, lists.hold(kept))


def _readable(draft: Draft) -> bool:
    try:
        work.table(draft)
    except RefusedFileError:
        return False
    return True


def _asks(view: PageView[Data], draft: Draft) -> str:
    """Return why a file cannot be compared as it is; nothing where it can."""
    t = view.t
    try:
        work.table(draft)
        missing = mapping.missing(view, draft)
        if missing:
            return t("list.sentence").join(missing)
        if work.datum(draft) is None:
            return t("intake.needs_datum")
        kept = work.intake(draft, lambda _: None).kept
    except RefusedFileError as error:
        return words.refusal(error, t.lang)
    return "" if len(kept) else t("compare.no_rows")


def _open(view: PageView[Data]) -> None:
    """Open the workspace of a link; the link itself is kept nowhere."""
    link = str(st.session_state.get(_LINK, "")).strip()
    if not link:
        return
    listed = lists.of_link(view, link)
    st.session_state[_LINK] = ""
    st.session_state[_WAITING] = None
    st.session_state[_TROUBLE] = "" if listed else view.t("compare.no_workspace")
    if listed is not None:
        _hold(view, listed)


def _to_steps(view: PageView[Data]) -> None:
    """Take the waiting file through the steps; the list in hand stays one to compare with."""
    waiting: Draft | None = st.session_state.pop(_WAITING, None)
    if waiting is None:
        return
    before = drafts.held()
    if before is not None and lists.readable(before):
        _hold(view, lists.of_draft(before, title=wording.title(before.file)))
    st.session_state[_TROUBLE] = ""
    drafts.begin(waiting.file, waiting.content)
    session.put(fields.SHOW, "own")
