"""A draft kept in the workspace in view: saved by who may write, opened again by all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.policy import draft as drafts
from geo.policy import layouts, writer
from geo.workspaces import edits
from ui.blocks import notes
from ui.layouts.draft import work
from ui.state import fields, session, workspace, write_keys
from ui.words import markdown

if TYPE_CHECKING:
    from ui.layouts.draft.work import Work
    from ui.state.pages import Layouts
    from ui.state.view import PageView

NAME: Final = "draft_kept_name"
LONGEST: Final = 60
_SAVED: Final = "draft_kept"


def offer(view: PageView[Layouts], now: Work) -> None:
    """Offer to save the draft in hand, where the page shows a workspace that can be written."""
    t = view.t
    if write_keys.of(view.region) is None:
        return
    with st.container(key="draft_keep"), st.popover(t("draft.keep"), type="primary"):
        key = f"{NAME}_{now.draft.layout.id}"
        st.text_input(
            t("draft.keep_name"), t.of(now.draft.layout, "name"), key=key, max_chars=LONGEST
        )
        st.caption(t("draft.keep_note", name=markdown.as_it_is(view.region_name)))
        st.button(
            t("draft.keep_now"),
            key="draft_keep_now",
            type="primary",
            on_click=_keep,
            args=(view, key),
        )


def said(view: PageView[Layouts]) -> None:
    """Say that the draft was saved, once, or why it was not."""
    if st.session_state.pop(_SAVED, False):
        st.success(view.t("draft.kept"))
    notes.trouble(view, workspace.trouble(view.region))


def again(view: PageView[Layouts]) -> None:
    """Offer to go on with the layout in view, where it is the workspace's own, or to remove it."""
    t, kept = view.t, layouts.own_layouts(view.region).get(view.state.layout)
    if kept is None:
        return
    st.button(
        t("draft.from_kept", name=markdown.as_it_is(t.of(kept, "name"))),
        key="draft_from_kept",
        on_click=lambda: work.begin(drafts.loaded(kept), kept=kept.id),
        width="stretch",
    )
    if write_keys.of(view.region) is not None:
        st.button(
            t("draft.remove_kept"),
            key="draft_remove_kept",
            on_click=partial(_remove, view.region, kept.id),
            width="stretch",
        )


def _keep(view: PageView[Layouts], key: str) -> None:
    now, held = work.current(), workspace.opened(view.region)
    if now is None or held is None:
        return
    named = _named(view, now, str(st.session_state.get(key, "")))
    taken = held.content.layouts
    id_ = now.kept if now.kept in taken else edits.free_id(now.draft.layout.id, taken)
    draft = drafts.named(named, id_)
    toml = writer.to_toml(draft.layout)
    region = workspace.save(view.region, lambda content: edits.with_layout(content, id_, toml))
    if region is None:
        return
    work.put(draft, kept=id_)
    work.follow(region)
    session.put(fields.LAYOUT, id_)
    st.session_state[_SAVED] = True


def _named(view: PageView[Layouts], now: Work, written: str) -> drafts.Draft:
    """Return the draft under the name that was typed; a name that is none changes nothing."""
    name = " ".join(written.split())
    if not name or name == view.t.of(now.draft.layout, "name"):
        return now.draft
    try:
        return drafts.rename(now.draft, {"name_zh": name, "name_en": name})
    except drafts.RefusedStepError:
        return now.draft


def _remove(region: str, layout: str) -> None:
    if workspace.save(region, lambda content: edits.without_layout(content, layout)):
        session.put(fields.LAYOUT, "")
