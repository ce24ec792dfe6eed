"""The workspace that the pages show: read, and saved by who holds its write link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import streamlit as st

from geo.errors import (
    InputError,
    NewerVersionError,
    ReadOnlyKeyError,
    StorageError,
    UnknownKeyError,
    WorkspaceError,
)
from geo.workspaces import keys, region
from geo.workspaces.home import home
from ui.cached import workspaces
from ui.state import fields, session, write_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.workspaces.content import Workspace
    from geo.workspaces.store import Opened

_TROUBLES: Final = "workspace_troubles"
"""Of each workspace, by its read key."""

Reason = Literal[
    "newer", "reads_only", "unknown", "full", "read_only", "too_many", "too_large", "unavailable"
]


@dataclass(frozen=True)
class Trouble:
    """Why a save did not become what the workspace holds.

    Attributes
    ----------
    reason
        ``newer``: somebody saved meanwhile, both are kept; ``reads_only``: the key writes no
        longer; ``unknown``: the workspace is deleted; else what the store says, see
        `geo.errors.StorageError`.
    yours, theirs
        Of ``newer``: the versions, see `geo.errors.NewerVersionError`.
    """

    reason: Reason
    yours: int | None = None
    theirs: int | None = None


def opened(region_id: str) -> Opened | None:
    """Return a region's workspace in the version that the region names.

    None for regions of the catalogue, and where it cannot be opened any more.
    """
    try:
        return workspaces.opened(region_id)
    except (WorkspaceError, InputError):
        return None


def save(region_id: str, change: Callable[[Workspace], Workspace]) -> str | None:
    """Save a workspace with a change, from a callback; the pages show it then.

    Parameters
    ----------
    region_id
        Of the workspace in the version that the reader sees.
    change
        From what it holds to what it holds from now on.

    Returns
    -------
    str or None
        The id of the region as it is now; None where it was not saved, see :func:`trouble`.
    """
    key, before = write_keys.of(region_id), opened(region_id)
    if key is None or before is None:
        _put(region_id, Trouble("reads_only" if key is None else "unknown"))
        return None
    try:
        home().save(key, change(before.content), based_on=before.version.number)
        now = region.opened(key)
    except WorkspaceError as error:
        _put(region_id, troubled(error))
        return None
    _put(region_id, None)
    session.put(fields.REGION, now)
    return now


def trouble(region_id: str) -> Trouble | None:
    """Return why the session's last save of a region's workspace did not become what it holds."""
    key = region.key_of(region_id)
    held: dict[str, Trouble | None] = st.session_state.get(_TROUBLES, {})
    return None if key is None else held.get(keys.read_key(key))


def _put(region_id: str, last: Trouble | None) -> None:
    key = region.key_of(region_id)
    if key is not None:
        held = st.session_state.get(_TROUBLES, {})
        st.session_state[_TROUBLES] = {**held, keys.read_key(key): last}


def troubled(error: WorkspaceError) -> Trouble:
    """Return what an error of a save comes to."""
    if isinstance(error, NewerVersionError):
        return Trouble("newer", error.yours, error.theirs)
    if isinstance(error, StorageError):
        return Trouble(error.reason)
    if isinstance(error, ReadOnlyKeyError):
        return Trouble("reads_only")
    return Trouble("unknown" if isinstance(error, UnknownKeyError) else "unavailable")
