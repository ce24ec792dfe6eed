"""A full disk, a folder nobody may write to, a database that is away: one message, nothing lost."""

from __future__ import annotations

import os
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sql

from geo.errors import StorageError, UnknownKeyError
from geo.workspaces import folder, records
from geo.workspaces.folder import Folder
from geo.workspaces.postgis import Database
from tests.geo.workspaces import toy
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.workspaces.store import Store

NOBODY = 65534
LARGE = toy.workspace("large", sites=toy.sites(3000))


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Whoever runs the tests may be root, who may write everywhere: be nobody instead."""
    was = os.geteuid()
    if was != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may read, wherever pytest keeps its own."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


def test_on_a_full_disk_the_message_says_so_and_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = Folder(tmp_path)
    made = store.create(toy.workspace())
    with monkeypatch.context() as limited:
        limited.setattr(folder, "SETTINGS", (*folder.SETTINGS, "max_page_count = 20"))
        with pytest.raises(StorageError, match=r"no space is left .* unchanged$") as told:
            store.save(made.write, LARGE, based_on=1)
        assert told.value.reason == "full"
        with pytest.raises(StorageError, match="no space is left"):
            store.create(LARGE)
    assert store.open(made.read).content == toy.workspace()
    assert len(store.versions(made.read)) == 1
    assert store.save(made.write, LARGE, based_on=1).number == 2


def test_a_folder_that_nobody_may_write_to_is_still_read(open_folder: Path) -> None:
    made = Folder(open_folder).create(toy.workspace())
    (file,) = open_folder.iterdir()
    file.chmod(0o444)
    open_folder.chmod(0o555)
    with as_somebody_else():
        store = Folder(open_folder)
        assert store.open(made.read).content == toy.workspace()
        for write in (
            lambda: store.save(made.write, toy.workspace("b"), based_on=1),
            lambda: store.create(toy.workspace("b")),
            lambda: store.delete(made.write),
        ):
            with pytest.raises(StorageError, match=r"nothing may be written .* unchanged$") as told:
                write()
            assert told.value.reason == "read_only"
        with pytest.raises(StorageError, match="nothing may be written"):
            Folder(open_folder / "new").create(toy.workspace())
    open_folder.chmod(0o755)
    assert Folder(open_folder).open(made.read).content == toy.workspace()
    assert [*open_folder.iterdir()] == [file]


def test_a_file_that_is_damaged_is_told(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    made = store.create(toy.workspace())
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(StorageError, match="cannot be used") as told:
        store.open(made.read)
    assert told.value.reason == "unavailable"


def test_a_folder_that_is_not_there_holds_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(UnknownKeyError):
        Folder(tmp_path / "never").open("x" * 32)
    assert [*tmp_path.iterdir()] == []


def test_what_is_saved_is_for_the_owner_of_the_folder_alone(tmp_path: Path) -> None:
    Folder(tmp_path / "a" / "b").create(toy.workspace())
    assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0


def test_a_full_or_closed_database_is_told_and_nothing_is_lost(
    database: Database, database_url: str
) -> None:
    made = database.create(toy.workspace())
    engine = sql.create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as base:
        base.exec_driver_sql(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE 'no space left on device' USING ERRCODE = '53100'; END $$"
        )
        base.exec_driver_sql(
            "CREATE TRIGGER full_disk BEFORE INSERT ON versions EXECUTE FUNCTION full_disk()"
        )
    with pytest.raises(StorageError, match=r"no space is left .* unchanged$") as told:
        database.save(made.write, LARGE, based_on=1)
    assert told.value.reason == "full"
    with engine.begin() as base:
        base.exec_driver_sql("DROP FUNCTION full_disk CASCADE")
    engine.dispose()
    closed = f"{database_url}&options=-c%20default_transaction_read_only%3Don"
    with closing(Database(closed)) as store:
        assert store.open(made.read).content == toy.workspace()
        with pytest.raises(StorageError, match="nothing may be written"):
            store.save(made.write, LARGE, based_on=1)
    assert len(database.versions(made.read)) == 1
    database.delete(made.write)


def test_a_database_that_is_away_is_told_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be used") as told:
        Database(f"postgresql://me:verysecret@/none?host={tmp_path}")
    assert "verysecret" not in str(told.value)


def test_no_more_workspaces_are_kept_than_are_allowed(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    made = store.create(toy.workspace())
    use_settings(monkeypatch, workspaces_most=0)
    with pytest.raises(StorageError, match=r"no more workspaces .*at most 0, CHUANGTU_") as told:
        store.create(toy.workspace())
    assert told.value.reason == "too_many"
    assert store.save(made.write, toy.workspace("second"), based_on=1).number == 2
    store.delete(made.write)


def test_a_folder_takes_another_workspace_once_one_is_deleted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use_settings(monkeypatch, workspaces_most=2)
    store = Folder(tmp_path / "workspaces")
    first, _ = (store.create(toy.workspace()) for _ in range(2))
    with pytest.raises(StorageError, match="no more workspaces"):
        store.create(toy.workspace())
    store.delete(first.write)
    store.create(toy.workspace())


def test_a_workspace_takes_no_more_room_than_is_allowed(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    parts = records.parts_of(toy.workspace()).values()
    room = 1.5 * sum(len(part.parquet) for part in parts) / 2**20
    use_settings(monkeypatch, workspace_mb=room)
    with pytest.raises(StorageError, match=r"may take no more room .*CHUANGTU_WORKSPACE_MB"):
        store.create(LARGE)
    made = store.create(toy.workspace())
    with pytest.raises(StorageError, match="may take no more room") as told:
        store.save(made.write, LARGE, based_on=1)
    assert told.value.reason == "too_large"
    held = store.open(made.write)
    assert held.version.number == 1
    # What is kept already takes no room again.
    assert store.save(made.write, held.content, based_on=1).number == 2
    store.delete(made.write)
