"""Workspaces under keys, with every version that was ever saved.

One set of tables and statements for both homes: a file of SQLite for each workspace
(`geo.workspaces.folder`), or a PostgreSQL with PostGIS for all (`geo.workspaces.postgis`).
A version names its tables by what they hold, so what a save leaves as it was is kept once.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from secrets import compare_digest
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import pandas as pd
import sqlalchemy as sql
from pyproj import CRS

from geo.checks import frames
from geo.errors import (
    InputError,
    NewerVersionError,
    ReadOnlyKeyError,
    UnknownKeyError,
)
from geo.workspaces import content as contents
from geo.workspaces import keys
from geo.workspaces.content import GEOGRAPHIC, GEOMETRY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from geo.workspaces.content import Name, Workspace
    from geo.workspaces.keys import Hashes, Keys

WGS84: Final = CRS(frames.WGS84)
SCHEMA: Final = sql.MetaData()
WORKSPACES: Final = sql.Table(
    "workspaces",
    SCHEMA,
    sql.Column("id", sql.String, primary_key=True),
    sql.Column("secret", sql.String, nullable=False),
    sql.Column("head", sql.Integer, nullable=False),
    sql.Column("latest", sql.Integer, nullable=False),
)


def _owner() -> sql.Column[str]:
    return sql.Column(
        "workspace", sql.ForeignKey(WORKSPACES.c.id, ondelete="CASCADE"), primary_key=True
    )


VERSIONS: Final = sql.Table(
    "versions",
    SCHEMA,
    _owner(),
    sql.Column("number", sql.Integer, primary_key=True),
    sql.Column("base", sql.Integer),
    sql.Column("beside", sql.Integer),
    sql.Column("saved", sql.String, nullable=False),
    sql.Column("parts", sql.JSON, nullable=False),
)
PARTS: Final = sql.Table(
    "parts",
    SCHEMA,
    _owner(),
    sql.Column("digest", sql.String, primary_key=True),
    sql.Column("parquet", sql.LargeBinary, nullable=False),
)


@dataclass(frozen=True, kw_only=True)
class Version:
    """One save.

    Attributes
    ----------
    number
        Counted from 1, in the order of saving.
    base
        The version that it was made from; None for the first.
    saved
        When.
    beside
        Of a save that was refused because somebody had saved meanwhile: the version that stood
        then. None for what the workspace holds now or held before.
    """

    number: int
    base: int | None
    saved: datetime
    beside: int | None = None


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A workspace as a key opens it.

    Attributes
    ----------
    content
        What it holds.
    version
        The version that is shown.
    created
        When its first version was saved.
    writable
        Whether the key saves as well.
    """

    content: Workspace
    version: Version
    created: datetime
    writable: bool


class Store(ABC):
    """Where workspaces are kept.

    Every method raises `UnknownKeyError` for a key of no workspace, `ReadOnlyKeyError` where it
    takes a write key and is given another, and `StorageError` where nothing can be read or
    written; what was saved before is there unchanged then.
    """

    def create(self, content: Workspace) -> Keys:
        """Keep a new workspace; return its keys, which nobody can find again."""
        made = keys.new()
        hashes = keys.hashes(made.write)
        parts = _parts(content)
        with self._changes(hashes.workspace, new=True) as base:
            row = {"id": hashes.workspace, "secret": hashes.secret, "head": 1, "latest": 1}
            base.execute(WORKSPACES.insert().values(row))
            self._add(base, Version(number=1, base=None, saved=_now()), hashes.workspace, parts)
        return made

    def open(self, key: str, *, version: int | None = None) -> Opened:
        """Return a workspace as it stands, or one of its versions.

        Raises
        ------
        InputError
            When it has no version of that number.
        """
        hashes = keys.hashes(key)
        with self._reads(hashes.workspace) as base:
            known = base.execute(sql.select(WORKSPACES).where(_is(hashes))).one_or_none()
            if known is None:
                raise UnknownKeyError
            saved = _versions(base, hashes)
            number = known.head if version is None else version
            if number not in saved:
                raise InputError(f"version: found {number}, expected 1 to {known.latest}")
            tables = {
                name: self._get(base, hashes.workspace, name, digest)
                for name, digest in _digests(base, hashes, number).items()
            }
        return Opened(
            content=contents.from_tables(tables),
            version=saved[number],
            created=saved[1].saved,
            writable=compare_digest(hashes.secret, known.secret),
        )

    def save(self, key: str, content: Workspace, *, based_on: int) -> Version:
        """Keep a new version of a workspace.

        Parameters
        ----------
        key
            Its write key.
        content
            All that it holds from now on.
        based_on
            Number of the version that the content was made from.

        Raises
        ------
        NewerVersionError
            When somebody saved meanwhile. The content is kept as a version beside the one that
            stands, and the error names both.
        InputError
            When there is no version `based_on`.
        """
        hashes = keys.hashes(key)
        parts = _parts(content)
        with self._changes(hashes.workspace) as base:
            number, head = _write(base, hashes, latest=WORKSPACES.c.latest + 1)
            if based_on not in range(1, number):
                raise InputError(f"based_on: found {based_on}, expected 1 to {number - 1}")
            saved = Version(
                number=number,
                base=based_on,
                saved=_now(),
                beside=None if based_on == head else head,
            )
            self._add(base, saved, hashes.workspace, parts)
            if saved.beside is None:
                _write(base, hashes, head=number)
        if saved.beside is not None:
            raise NewerVersionError(yours=number, theirs=saved.beside, base=based_on)
        return saved

    def versions(self, key: str) -> tuple[Version, ...]:
        """Return every version of a workspace, the first one first."""
        hashes = keys.hashes(key)
        with self._reads(hashes.workspace) as base:
            found = tuple(_versions(base, hashes).values())
        if not found:
            raise UnknownKeyError
        return found

    def renew(self, key: str) -> Keys:
        """Return a workspace's keys with another write key; the former only reads from now on."""
        hashes, made = keys.hashes(key), keys.renewed(key)
        with self._changes(hashes.workspace) as base:
            _write(base, hashes, secret=keys.hashes(made.write).secret)
        return made

    def delete(self, key: str) -> None:
        """Delete a workspace with every version, for good."""
        hashes = keys.hashes(key)
        with self._changes(hashes.workspace) as base:
            _write(base, hashes, secret="")
            base.execute(WORKSPACES.delete().where(_is(hashes)))  # and all that refers to it
        self._wipe(hashes.workspace)

    @abstractmethod
    def _reads(self, workspace: str) -> AbstractContextManager[sql.Connection]:
        """Open what keeps a workspace, to read one state of it."""

    @abstractmethod
    def _changes(
        self, workspace: str, *, new: bool = False
    ) -> AbstractContextManager[sql.Connection]:
        """Open what keeps a workspace: all that is written is there at the end, or nothing."""

    @abstractmethod
    def _wipe(self, workspace: str) -> None:
        """Leave nothing of a workspace whose rows are deleted."""

    def _add(
        self, base: sql.Connection, version: Version, workspace: str, parts: Mapping[Name, Part]
    ) -> None:
        """Keep a version, with those of its tables that no other version has."""
        kept = set(base.scalars(sql.select(PARTS.c.digest).where(PARTS.c.workspace == workspace)))
        for part in parts.values():
            if part.digest not in kept:
                self._put(base, workspace, part)
                kept.add(part.digest)
        row = {
            "workspace": workspace,
            "number": version.number,
            "base": version.base,
            "beside": version.beside,
            "saved": version.saved.isoformat(),
            "parts": {name: part.digest for name, part in parts.items()},
        }
        base.execute(VERSIONS.insert().values(row))

    def _put(self, base: sql.Connection, workspace: str, part: Part) -> None:
        """Keep a table."""
        row = {"workspace": workspace, "digest": part.digest, "parquet": part.parquet}
        base.execute(PARTS.insert().values(row))

    def _get(self, base: sql.Connection, workspace: str, name: Name, digest: str) -> pd.DataFrame:
        """Return a table that is kept."""
        return parse(kept_parquet(base, workspace, digest), geographic=name in GEOGRAPHIC)


@dataclass(frozen=True)
class Part:
    """A table as it is kept.

    Attributes
    ----------
    table
        The table.
    parquet
        The same as a file, geometry included.
    """

    table: pd.DataFrame
    parquet: bytes

    @cached_property
    def digest(self) -> str:
        """What tells it from every other table."""
        return hashlib.sha256(self.parquet).hexdigest()


def parquet(table: pd.DataFrame) -> bytes:
    """Return a table as a file of Parquet, of GeoParquet where it has geometry."""
    file = BytesIO()
    table.to_parquet(file, index=False, compression="zstd")
    return file.getvalue()


def parse(file: bytes, *, geographic: bool) -> pd.DataFrame:
    """Return the table of such a file."""
    table = pd.read_parquet(BytesIO(file))
    if not geographic:
        return table
    # As GeoPandas does, but for the CRS: reading that of the file anew takes longer than all else.
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries.from_wkb(table[GEOMETRY]), crs=WGS84)


def kept_parquet(base: sql.Connection, workspace: str, digest: str) -> bytes:
    """Return the file of a table that is kept."""
    found = sql.select(PARTS.c.parquet).where(
        PARTS.c.workspace == workspace, PARTS.c.digest == digest
    )
    return bytes(base.execute(found).scalar_one())


def _parts(content: Workspace) -> dict[Name, Part]:
    return {name: Part(table, parquet(table)) for name, table in contents.tables(content).items()}


def _is(hashes: Hashes) -> sql.ColumnElement[bool]:
    return WORKSPACES.c.id == hashes.workspace


def _write(base: sql.Connection, hashes: Hashes, **changed: object) -> tuple[int, int]:
    """Change a workspace's row, which nobody else changes from then on.

    Returns
    -------
    tuple of int
        Its latest version and the one that stands.
    """
    change = (
        WORKSPACES.update()
        .where(_is(hashes), WORKSPACES.c.secret == hashes.secret)
        .values(changed)
        .returning(WORKSPACES.c.latest, WORKSPACES.c.head)
    )
    if (done := base.execute(change).one_or_none()) is not None:
        return done.latest, done.head
    known = base.scalar(sql.select(WORKSPACES.c.id).where(_is(hashes)))
    raise UnknownKeyError if known is None else ReadOnlyKeyError


def _versions(base: sql.Connection, hashes: Hashes) -> dict[int, Version]:
    """Return every version by its number."""
    rows = base.execute(
        sql.select(VERSIONS)
        .where(VERSIONS.c.workspace == hashes.workspace)
        .order_by(VERSIONS.c.number)
    )
    return {
        row.number: Version(
            number=row.number,
            base=row.base,
            saved=datetime.fromisoformat(row.saved),
            beside=row.beside,
        )
        for row in rows
    }


def _digests(base: sql.Connection, hashes: Hashes, number: int) -> dict[Name, str]:
    found = sql.select(VERSIONS.c.parts).where(
        VERSIONS.c.workspace == hashes.workspace, VERSIONS.c.number == number
    )
    parts: dict[Name, str] = base.execute(found).scalar_one()
    return parts


def _now() -> datetime:
    return datetime.now(UTC)
