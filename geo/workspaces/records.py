"""The tables that keep workspaces, and the statements on them: the same in both homes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import pyarrow.parquet as pq
import sqlalchemy as sql
from pyproj import CRS

from geo.checks import frames
from geo.errors import ReadOnlyKeyError, UnknownKeyError
from geo.workspaces import content as contents
from geo.workspaces.content import GEOMETRY

if TYPE_CHECKING:
    import pandas as pd

    from geo.workspaces.content import Name, Workspace
    from geo.workspaces.keys import Hashes

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
    # Each column in one piece: of several, a few rows cost as much as all.
    table: pd.DataFrame = pq.read_table(BytesIO(file)).combine_chunks().to_pandas()
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


def size_of(workspace: str) -> sql.Select[tuple[int]]:
    """Return the question how many bytes the tables of a workspace have that are kept."""
    return sql.select(sql.func.sum(sql.func.length(PARTS.c.parquet))).where(
        PARTS.c.workspace == workspace
    )


def parts_of(content: Workspace) -> dict[Name, Part]:
    """Return the tables of a workspace as they are kept."""
    return {name: Part(table, parquet(table)) for name, table in contents.tables(content).items()}


def is_of(hashes: Hashes) -> sql.ColumnElement[bool]:
    """Return the condition that a row is that of a workspace."""
    return WORKSPACES.c.id == hashes.workspace


def write(base: sql.Connection, hashes: Hashes, **changed: object) -> tuple[int, int]:
    """Change a workspace's row, which nobody else changes from then on.

    Returns
    -------
    tuple of int
        Its latest version and the one that stands.
    """
    change = (
        WORKSPACES.update()
        .where(is_of(hashes), WORKSPACES.c.secret == hashes.secret)
        .values(changed)
        .returning(WORKSPACES.c.latest, WORKSPACES.c.head)
    )
    if (done := base.execute(change).one_or_none()) is not None:
        return done.latest, done.head
    known = base.scalar(sql.select(WORKSPACES.c.id).where(is_of(hashes)))
    raise UnknownKeyError if known is None else ReadOnlyKeyError


def versions(base: sql.Connection, hashes: Hashes) -> dict[int, Version]:
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


def digests(base: sql.Connection, hashes: Hashes, number: int) -> dict[Name, str]:
    """Return which tables a version has."""
    found = sql.select(VERSIONS.c.parts).where(
        VERSIONS.c.workspace == hashes.workspace, VERSIONS.c.number == number
    )
    parts: dict[Name, str] = base.execute(found).scalar_one()
    return parts
