"""The workspace of the region in view, its versions, and the keys that this session has of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from geo.errors import WorkspaceError
from geo.facts import own_regions
from geo.workspaces import keys
from geo.workspaces import region as regions
from geo.workspaces.home import home
from ui.state import workspace, write_keys

if TYPE_CHECKING:
    from datetime import datetime

    from geo.workspaces.content import Workspace
    from geo.workspaces.records import Version
    from geo.workspaces.store import Opened

TEMPLATE: Final = "ui/data/workspace/workspace.html"
CLOCK: Final = ZoneInfo("Asia/Shanghai")
"""The clock of the workspaces' readers; the page says so."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A workspace as its page shows it.

    Attributes
    ----------
    region
        Its region, in the version in view.
    held
        That version.
    versions
        All that were ever saved.
    read
        The key that reads.
    write
        The key that writes, where the session holds one that still does; else None.
    """

    region: str
    held: Opened
    versions: tuple[Version, ...]
    read: str
    write: str | None

    @property
    def content(self) -> Workspace:
        """What it holds."""
        return self.held.content

    @property
    def standing(self) -> Version:
        """The version that the workspace is at, be another one in view."""
        return [each for each in self.versions if each.beside is None][-1]

    @property
    def settled(self) -> tuple[int, ...]:
        """The refused saves that were merged or given up, as the standing version says."""
        standing = f"{own_regions.PREFIX}{self.read}{regions.NUMBER}{self.standing.number}"
        opened = workspace.opened(standing)
        return () if opened is None else opened.content.settled


def shown(region: str) -> Shown | None:
    """Return the workspace of a region; None of others, and where it can be read no more."""
    key, held = regions.key_of(region), workspace.opened(region)
    if key is None or held is None:
        return None
    read, write = keys.read_key(key), write_keys.of(region)
    try:
        writes = write is not None and home().writes(write)
        versions = home().versions(read)
    except WorkspaceError:
        return None
    return Shown(
        region=region,
        held=held,
        versions=versions,
        read=read,
        write=write if writes else None,
    )


def moment(saved: datetime) -> str:
    """Return when something was saved."""
    return f"{saved.astimezone(CLOCK):%Y-%m-%d %H:%M}"
