"""The draft of one reader's session, and what became of their last step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.facts import own_regions
from geo.policy import draft as drafts
from geo.policy.strokes import RefusedStrokeError
from geo.workspaces import region as regions
from ui.state import fields, session

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.policy.draft import Draft

_KEY: Final = "layout_draft"


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a reader has in hand.

    Attributes
    ----------
    draft
        The draft.
    chosen
        Id of the element in hand.
    refused
        Why the last stroke gave no place.
    faults
        Why the last step made no layout, in a program's words.
    kept
        Id of the workspace's layout that it was begun from or saved as; empty where there is none.
    """

    draft: Draft
    chosen: str = ""
    refused: RefusedStrokeError | None = None
    faults: tuple[str, ...] = ()
    kept: str = ""

    @property
    def turn(self) -> str:
        """Changes with every step: widgets begin anew from what the draft says then."""
        return f"{len(self.draft.past)}-{len(self.draft.future)}"


def current() -> Work | None:
    """Return what the reader has in hand, if anything."""
    work: Work | None = st.session_state.get(_KEY)
    return work


def begin(draft: Draft, *, kept: str = "") -> None:
    """Take a draft in hand, in place of any other; `kept` is what a workspace has it as."""
    st.session_state[_KEY] = Work(draft=draft, kept=kept)
    resume()


def put(draft: Draft, *, kept: str) -> None:
    """Go on with a draft as a workspace has it."""
    _put(draft=draft, kept=kept)


def follow(region: str) -> None:
    """Move the draft to the state of its workspace that the page shows.

    A draft of a workspace that is no more is let go: nothing of it is left.
    """
    work = current()
    mine = "" if work is None else work.draft.layout.region
    if work is None or not own_regions.is_own(mine):
        return
    if mine != region and regions.key_of(mine) == regions.key_of(region) is not None:
        _put(draft=drafts.moved(work.draft, region))
    elif not own_regions.is_open(mine):
        st.session_state.pop(_KEY)


def leave() -> None:
    """Go back to the documents; the draft is kept."""
    session.put(fields.DRAFT, fields.DRAFT.default)


def resume() -> None:
    """Go on with the draft: a step of the browser's history, so that Back leaves it."""
    session.put(fields.DRAFT, "open")


def choose(element: str) -> None:
    """Take an element in hand, or lay it down."""
    work = current()
    if work is not None:
        _put(chosen="" if work.chosen == element else element)


def step(change: Callable[[Draft], Draft], *, chosen: str | None = None) -> None:
    """Make a step; where it is refused, the draft stays and the reason is kept.

    Parameters
    ----------
    change
        From the draft to the next one.
    chosen
        Element to take in hand then; None keeps the one that is, "new" takes the last.
    """
    work = current()
    if work is None:
        return
    try:
        after = change(work.draft)
    except RefusedStrokeError as error:
        _put(refused=error, faults=())
        return
    except drafts.RefusedStepError as error:
        _put(refused=None, faults=error.faults)
        return
    ids = [each.id for each in after.layout.elements]
    if chosen == "new" and ids:
        chosen = ids[-1]
    kept = work.chosen if chosen is None else chosen
    _put(draft=after, chosen=kept if kept in ids else "", refused=None, faults=())


def undo() -> None:
    """Take the last step back."""
    step(drafts.undo)


def redo() -> None:
    """Make the step again that was taken back."""
    step(drafts.redo)


def _put(**changed: object) -> None:
    work = current()
    if work is not None:
        st.session_state[_KEY] = replace(work, **changed)  # type: ignore[arg-type]
