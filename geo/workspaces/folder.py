"""Workspaces in a folder: a file of SQLite each, named by the hash of its read key."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import sqlalchemy as sql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from geo.errors import StorageError, UnknownKeyError
from geo.workspaces.records import SCHEMA
from geo.workspaces.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Literal

SECONDS: Final = 60
"""How long a save waits for those before it."""
COMPANIONS: Final = ("-wal", "-shm")
"""What SQLite keeps beside a file while it is open, or after the process was killed."""
SETTINGS: Final = (
    "trusted_schema = OFF",
    "foreign_keys = ON",
    "journal_mode = WAL",
    "synchronous = FULL",  # a save that was answered outlives a power cut
    "secure_delete = ON",
)


class Folder(Store):
    """Workspaces in the files of a folder, which is made for the first of them.

    Parameters
    ----------
    folder
        The folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.expanduser()

    @contextmanager
    def _reads(self, workspace: str) -> Iterator[sql.Connection]:
        path = self._path(workspace)
        if not path.exists():
            raise UnknownKeyError
        # A reader of a log needs files of its own beside it, unless nobody can be writing.
        left = path.with_name(path.name + COMPANIONS[0]).exists()
        still = not _writable(self.folder) and not left
        with _connected(path, "ro&immutable=1" if still else "rw", "BEGIN") as base:
            yield base

    @contextmanager
    def _changes(self, workspace: str, *, new: bool = False) -> Iterator[sql.Connection]:
        path = self._path(workspace)
        if new:
            try:
                self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            except OSError as error:
                raise StorageError("read_only", error.strerror) from error
        elif not path.exists():
            raise UnknownKeyError
        with _connected(path, "rwc" if new else "rw", "BEGIN IMMEDIATE") as base:
            if new:
                SCHEMA.create_all(base)
            yield base

    def _count(self) -> int:
        return sum(1 for _ in self.folder.glob("*.sqlite"))

    def _wipe(self, workspace: str) -> None:
        # Deleted rows are zeros in the file already (secure_delete).
        path = self._path(workspace)
        for ending in (*COMPANIONS, ""):
            path.with_name(path.name + ending).unlink(missing_ok=True)

    def _path(self, workspace: str) -> Path:
        return self.folder / f"{workspace}.sqlite"


@contextmanager
def _connected(path: Path, mode: str, begin: str) -> Iterator[sql.Connection]:
    """Open a file for one transaction, which is kept unless an error leaves the block."""

    def connect() -> sqlite3.Connection:
        opened = sqlite3.connect(
            f"file:{quote(str(path))}?mode={mode}",
            uri=True,
            timeout=SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        for setting in SETTINGS if "immutable" not in mode else SETTINGS[:2]:
            opened.execute(f"PRAGMA {setting}")
        return opened

    engine = sql.create_engine(
        "sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True
    )
    sql.event.listen(engine, "begin", lambda base: base.exec_driver_sql(begin))
    try:
        with engine.begin() as base:
            yield base
    except DBAPIError as error:
        raise StorageError(_reason(error.orig), error.orig) from error
    finally:
        engine.dispose()


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _reason(error: BaseException | None) -> Literal["full", "read_only", "unavailable"]:
    name = getattr(error, "sqlite_errorname", "")
    if name in {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}:
        return "full"
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return "read_only"
    return "unavailable"
