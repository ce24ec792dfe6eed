"""Both homes of workspaces: a folder, and a PostgreSQL with PostGIS started for the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.workspaces.folder import Folder
from geo.workspaces.postgis import Database
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.workspaces.store import Store


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    with postgres.running() as url:
        yield url


@pytest.fixture(scope="session")
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.close()


@pytest.fixture(params=["folder", "database"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return Folder(tmp_path / "workspaces")
    made: Database = request.getfixturevalue("database")
    return made
