"""Workspaces as regions of the pages: opened by the link that names them."""

from __future__ import annotations

from geo.errors import WorkspaceError
from geo.workspaces import region


def newest(written: str) -> str:
    """Return a region, or a site of one, as it is now: that of a workspace in its last version.

    What names no workspace stays as it is written, and is refused like any other unknown code.
    """
    named, slash, site = written.partition("/")
    key = region.key_of(named)
    if key is None:
        return written
    try:
        return f"{region.opened(key)}{slash}{site}"
    except WorkspaceError:
        return written
