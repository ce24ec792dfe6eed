"""Where this process keeps its workspaces, as the settings say."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geo import settings
from geo.workspaces.folder import Folder

if TYPE_CHECKING:
    from geo.workspaces.store import Store


def home() -> Store:
    """Return the store that the settings name: a database, or else a folder."""
    chosen = settings.current()
    if chosen.database_url is None:
        return Folder(chosen.workspaces)
    return _database(chosen.database_url.get_secret_value())


@cache
def _database(url: str) -> Store:
    from geo.workspaces.postgis import Database  # noqa: PLC0415 - needs packages of its own

    return Database(url)
