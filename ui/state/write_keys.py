"""Keys that let this session write: of the workspaces whose write links it opened.

They leave the address as soon as it is read; the session alone holds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import WorkspaceError
from geo.workspaces import keys, region
from geo.workspaces.home import home

if TYPE_CHECKING:
    from collections.abc import Mapping

ADDRESSED: Final = ("region", "id")
"""What of an address can name a workspace."""

_KEYS: Final = "write_keys"


def remember(key: str) -> None:
    """Hold a key that writes."""
    st.session_state[_KEYS] = {**st.session_state.get(_KEYS, {}), keys.read_key(key): key}


def forget(key: str) -> None:
    """Let the key go that writes what a key opens."""
    held = dict(st.session_state.get(_KEYS, {}))
    held.pop(keys.read_key(key), None)
    st.session_state[_KEYS] = held


def read(params: Mapping[str, str]) -> None:
    """Take over the keys that an address names and that write."""
    for name in ADDRESSED:
        key = region.key_of(params.get(name, "").partition("/")[0])
        if key is not None and key != keys.read_key(key) and _writes(key):
            remember(key)


def of(region_id: str) -> str | None:
    """Return the key that writes a region's workspace.

    None where the session may only read it, and for regions of the catalogue.
    """
    key = region.key_of(region_id)
    held: dict[str, str] = st.session_state.get(_KEYS, {})
    return None if key is None else held.get(keys.read_key(key))


def _writes(key: str) -> bool:
    try:
        return home().writes(key)
    except WorkspaceError:
        return False
