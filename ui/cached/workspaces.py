"""Workspaces as regions of the pages: opened by the link that names them."""

from __future__ import annotations

from typing import Final

from geo.errors import WorkspaceError
from geo.facts import own_regions
from geo.workspaces import keys
from geo.workspaces.home import home
from geo.workspaces.region import own_region

NUMBER: Final = "."
"""Between a workspace's key and the number of its version, in the id of its region."""


def region(key: str) -> str:
    """Return the region of a workspace as it stands, opened for this process.

    Parameters
    ----------
    key
        Its read or write key; the region names the read key alone.

    Raises
    ------
    WorkspaceError
        Where there is no such workspace, or nothing can be read.
    """
    store, read = home(), keys.read_key(key)
    standing = [each for each in store.versions(read) if each.beside is None][-1]
    id_ = f"{own_regions.PREFIX}{read}{NUMBER}{standing.number}"
    if not own_regions.is_open(id_):
        opened = store.open(read, version=standing.number)
        own_regions.remember(own_region(opened.content, id_=id_))
    return id_


def newest(written: str) -> str:
    """Return a region, or a site of one, as it is now: that of a workspace in its last version.

    What names no workspace stays as it is written, and is refused like any other unknown code.
    """
    if not own_regions.is_own(written):
        return written
    named, slash, site = written.partition("/")
    key = named.removeprefix(own_regions.PREFIX).partition(NUMBER)[0]
    try:
        return f"{region(key)}{slash}{site}"
    except WorkspaceError:
        return written
