"""Saves that were refused because somebody had saved meanwhile: seen, merged, settled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo import formats
from geo.errors import InputError, WorkspaceError
from geo.workspaces import merging
from geo.workspaces import region as regions
from geo.workspaces.difference import difference
from geo.workspaces.home import home
from layers import templates
from ui.blocks import grid, markup
from ui.data.workspace import tools
from ui.data.workspace.held import TEMPLATE, moment
from ui.data.workspace.wording import Wording
from ui.state import workspace
from ui.words import markdown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from geo.workspaces.content import Workspace
    from geo.workspaces.merging import Conflict, Merged, Place, Side
    from geo.workspaces.records import Version
    from ui.data.workspace.held import Shown
    from ui.state.pages import Data
    from ui.state.view import PageView

MOST: Final = 200
"""Rows of a difference that are shown."""
UNTOLD: Final = {"settled", "packed", "basis"}
"""Columns that say nothing to people."""
SIDES: Final[tuple[Side, ...]] = ("mine", "theirs")


@dataclass(frozen=True, kw_only=True)
class Three:
    """A save that was refused, what stands, and what both were made of.

    Attributes
    ----------
    refused
        The save that is kept beside.
    standing
        Number of the version that the workspace is at.
    base, mine, theirs
        What the three hold.
    """

    refused: Version
    standing: int
    base: Workspace
    mine: Workspace
    theirs: Workspace


def show(view: PageView[Data], now: Shown) -> None:
    """Draw each save that waits to be merged; nothing where none does."""
    waiting = [
        each for each in now.versions if each.beside is not None and each.number not in now.settled
    ]
    if not waiting:
        return
    t = view.t
    if now.write is None:
        grid.write(
            markup.paragraph(t("workspace.waiting", n=formats.whole(len(waiting))), kind="lead")
        )
        return
    for refused in waiting:
        three = _three(now, refused)
        if three is not None:
            with st.container(key=f"workspace_merge_{refused.number}", border=True):
                _one(view, now, three)


def _three(now: Shown, refused: Version) -> Three | None:
    def held(number: int) -> Workspace:
        return home().open(now.read, version=number).content

    standing = now.standing.number
    try:
        return Three(
            refused=refused,
            standing=standing,
            base=held(refused.base or 1),
            mine=held(refused.number),
            theirs=held(standing),
        )
    except (WorkspaceError, InputError):
        return None


def _one(view: PageView[Data], now: Shown, three: Three) -> None:
    t, number = view.t, three.refused.number
    words = Wording(t, (three.mine, three.theirs, three.base))
    title = t("workspace.merge_title", n=number, base=three.refused.base, theirs=three.standing)
    grid.write(markup.heading(title, note=moment(three.refused.saved)))
    found = merging.merge(three.base, three.mine, three.theirs)
    clashes = {each.place for each in found.conflicts}
    for side, content in (("mine", three.mine), ("theirs", three.theirs)):
        grid.write(_changes(view, words, three, side=side, content=content, clashes=clashes))
    chosen = _choices(view, words, found, number)
    undecided = len(found.conflicts) - len(chosen)
    grid.write(
        markup.paragraph(
            t("workspace.merge_left", n=undecided) if undecided else t("workspace.merge_ready")
        )
    )
    with st.container(key=f"workspace_merge_tools_{number}", horizontal=True):
        if found.conflicts:
            for side in SIDES:
                st.button(
                    t(f"workspace.all_{side}"),
                    key=f"merge_all_{side}_{number}",
                    on_click=_all,
                    args=(number, len(found.conflicts), side),
                )
        st.button(
            t("workspace.merge_now"),
            key=f"merge_now_{number}",
            type="primary",
            disabled=bool(undecided),
            on_click=partial(_merge, now, three, chosen),
        )
        st.button(
            t("workspace.give_up"),
            key=f"merge_give_up_{number}",
            on_click=partial(_give_up, now, three),
        )


def _changes(
    view: PageView[Data],
    words: Wording,
    three: Three,
    *,
    side: str,
    content: Workspace,
    clashes: set[Place],
) -> Markup | None:
    """Return what a side alone changed, which is taken as it is."""
    t = view.t
    rows = [
        (
            words.row(table, key),
            words.field(table, column) if change == "changed" else t(f"workspace.{change}"),
            words.cell(table, column, before) if column else "",
            words.cell(table, column, after) if column else "",
        )
        for table, key, change, column, before, after in _lines(three.base, content)
        if merging.place_of(table, key, column) not in clashes and column not in UNTOLD
    ]
    if not rows:
        return None
    heads = [t(f"workspace.merge_{key}") for key in ("what", "field", "before", "after")]
    summary = t(f"workspace.only_{side}", n=formats.whole(len(rows)))
    rest = t("workspace.merge_rest", n=formats.whole(len(rows) - MOST)) if len(rows) > MOST else ""
    return templates.piece(TEMPLATE, "changes")(summary, summary, heads, rows[:MOST], rest)


def _lines(base: Workspace, content: Workspace) -> list[list[Any]]:
    told: list[list[Any]] = difference(base, content).to_numpy(dtype=object).tolist()
    return told


def _choices(view: PageView[Data], words: Wording, found: Merged, number: int) -> dict[Place, Side]:
    """Ask for each true conflict which side is kept; return what was answered."""
    t, chosen = view.t, {}
    if found.conflicts:
        grid.write(markup.heading(t("workspace.clashes"), note=t("workspace.clashes_note")))
    for at, conflict in enumerate(found.conflicts):
        said = _said(view, words, conflict)
        options = dict(zip(SIDES, _options(view, words, conflict), strict=True))
        side = st.radio(
            said,
            SIDES,
            index=None,
            key=_key(number, at),
            format_func=options.__getitem__,
        )
        if side is not None:
            chosen[conflict.place] = side
    return chosen


def _said(view: PageView[Data], words: Wording, conflict: Conflict) -> str:
    place = conflict.place
    text = view.t(
        "workspace.clash",
        row=words.row(place.table, place.key),
        field=words.field(place.table, place.column),
        base=words.cell(place.table, place.column, conflict.base),
    )
    return markdown.as_it_is(text)


def _options(view: PageView[Data], words: Wording, conflict: Conflict) -> list[str]:
    place = conflict.place
    values = (conflict.mine, conflict.theirs)
    return [
        markdown.as_it_is(
            view.t(f"workspace.{side}", value=words.cell(place.table, place.column, value))
        )
        for side, value in zip(SIDES, values, strict=True)
    ]


def _key(number: int, at: int) -> str:
    return f"merge_{number}_{at}"


def _all(number: int, n: int, side: Side) -> None:
    for at in range(n):
        st.session_state[_key(number, at)] = side


def _merge(now: Shown, three: Three, chosen: Mapping[Place, Side]) -> None:
    """Save what both come to as the next version."""
    merged = merging.merge(three.base, three.mine, three.theirs, chosen).content
    _settle(now, three, merged, said="merged")


def _give_up(now: Shown, three: Three) -> None:
    """Let the refused save go; it stays among the versions."""
    _settle(now, three, three.theirs, said="given_up")


def _settle(now: Shown, three: Three, content: Workspace, *, said: str) -> None:
    settled = (*content.settled, three.refused.number)
    try:
        standing = regions.opened(now.read)
    except WorkspaceError as error:
        tools.say(workspace.troubled(error).reason)
        return
    if not standing.endswith(f"{regions.NUMBER}{three.standing}"):
        tools.say("merged_meanwhile")
        tools.follow(now.read)
    elif workspace.save(standing, lambda _: replace(content, settled=settled)):
        tools.say(said)
