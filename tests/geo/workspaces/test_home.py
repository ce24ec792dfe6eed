"""Where workspaces are kept: as the settings say."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from geo import settings
from geo.errors import SettingsError
from geo.workspaces.folder import Folder
from geo.workspaces.home import home
from geo.workspaces.postgis import Database
from tests.geo.workspaces import toy
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_unless_a_database_is_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str
) -> None:
    use_settings(monkeypatch, workspaces=tmp_path / "kept")
    key = home().create(toy.workspace()).read
    assert home().open(key).content == Folder(tmp_path / "kept").open(key).content
    use_settings(monkeypatch, workspaces=tmp_path / "kept", database_url=database_url)
    chosen = home()
    assert isinstance(chosen, Database)
    with closing(chosen):
        assert home() is chosen


def test_an_address_of_no_postgresql_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.current.cache_clear()
    monkeypatch.setenv("CHUANGTU_DATABASE_URL", "mysql://me:verysecret@host/base")
    with pytest.raises(SettingsError, match="CHUANGTU_DATABASE_URL: expected postgresql:") as told:
        settings.current()
    settings.current.cache_clear()
    assert "verysecret" not in str(told.value)
    monkeypatch.setenv("CHUANGTU_DATABASE_URL", "postgresql://me:verysecret@host/base")
    assert "verysecret" not in repr(settings.current())
    settings.current.cache_clear()
