"""Workspaces in a PostgreSQL with PostGIS: the positions as geometry, all else as in a folder.

Needs SQLAlchemy's driver and GeoAlchemy2 (``pip install chuangtu[postgis]``). The user of the
address creates the tables on first use; where the extension is not there it needs the right to
create that as well.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Literal

import geopandas as gpd
import pandas as pd
import sqlalchemy as sql
from geoalchemy2 import Geometry
from sqlalchemy.exc import DBAPIError

from geo.checks import frames
from geo.errors import StorageError
from geo.workspaces.content import GEOGRAPHIC, GEOMETRY
from geo.workspaces.records import (
    PARTS,
    SCHEMA,
    VERSIONS,
    WORKSPACES,
    Part,
    kept_parquet,
    parquet,
    parse,
)
from geo.workspaces.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.workspaces.content import Name

PLACES: Final = sql.Table(
    "places",
    sql.MetaData(),
    sql.Column("workspace", sql.String, primary_key=True),
    sql.Column("digest", sql.String, primary_key=True),
    sql.Column("position", sql.Integer, primary_key=True),
    sql.Column("name", sql.String),
    sql.Column(GEOMETRY, Geometry("GEOMETRY", srid=4326)),
    sql.ForeignKeyConstraint(
        ["workspace", "digest"], [PARTS.c.workspace, PARTS.c.digest], ondelete="CASCADE"
    ),
)
"""Positions of a table's rows, with their names for those who look at the database itself."""

LOCK: Final = 0x6368_7561  # any number: one process at a time creates the tables


class Database(Store):
    """Workspaces in one PostgreSQL.

    Parameters
    ----------
    url
        Its address, with user and password.
    """

    def __init__(self, url: str) -> None:
        address = sql.make_url(url).set(drivername="postgresql+psycopg")
        self._engine = sql.create_engine(address, pool_pre_ping=True, hide_parameters=True)
        with _told(), self._engine.begin() as base:
            if sql.inspect(base).has_table(PLACES.name):
                return
            base.execute(sql.select(sql.func.pg_advisory_xact_lock(LOCK)))
            base.execute(sql.text("CREATE EXTENSION IF NOT EXISTS postgis"))
            SCHEMA.create_all(base)
            PLACES.metadata.create_all(base)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @contextmanager
    def _reads(self, workspace: str) -> Iterator[sql.Connection]:
        del workspace
        still = self._engine.execution_options(isolation_level="REPEATABLE READ")
        with _told(), still.begin() as base:
            yield base

    @contextmanager
    def _changes(self, workspace: str, *, new: bool = False) -> Iterator[sql.Connection]:
        del workspace, new
        with _told(), self._engine.begin() as base:
            yield base

    def _count(self) -> int:
        with _told(), self._engine.connect() as base:
            return base.scalar(sql.select(sql.func.count()).select_from(WORKSPACES)) or 0

    def _size(self, base: sql.Connection, workspace: str) -> int:
        drawn = sql.select(sql.func.sum(sql.func.ST_MemSize(PLACES.c[GEOMETRY]))).where(
            PLACES.c.workspace == workspace
        )
        return super()._size(base, workspace) + int(base.scalar(drawn) or 0)

    def _wipe(self, workspace: str) -> None:
        del workspace
        at_once = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        with _told(), at_once.connect() as base:
            for table in (PLACES, PARTS, VERSIONS, WORKSPACES):
                base.execute(sql.text(f"VACUUM {table.name}"))

    def _put(self, base: sql.Connection, workspace: str, part: Part) -> None:
        table = part.table
        if not isinstance(table, gpd.GeoDataFrame):
            super()._put(base, workspace, part)
            return
        cells = parquet(pd.DataFrame(table.drop(columns=GEOMETRY)))
        row = {"workspace": workspace, "digest": part.digest, "parquet": cells}
        base.execute(PARTS.insert().values(row))
        located = table[table.geometry.notna()]
        if located.empty:
            return
        rows = {
            "workspace": workspace,
            "digest": part.digest,
            "position": located.index,
            "name": located["name"].astype("str") if "name" in located else None,
        }
        places = gpd.GeoDataFrame(rows, index=located.index, geometry=located.geometry)
        places.to_postgis(PLACES.name, base, if_exists="append")

    def _get(self, base: sql.Connection, workspace: str, name: Name, digest: str) -> pd.DataFrame:
        if name not in GEOGRAPHIC:
            return super()._get(base, workspace, name, digest)
        cells = parse(kept_parquet(base, workspace, digest), geographic=False)
        places = gpd.read_postgis(
            f"SELECT position, {GEOMETRY} FROM {PLACES.name} "  # noqa: S608 - names of ours
            "WHERE workspace = %(workspace)s AND digest = %(digest)s",
            base,
            geom_col=GEOMETRY,
            crs=frames.WGS84,
            index_col="position",
            params={"workspace": workspace, "digest": digest},
        )
        return gpd.GeoDataFrame(cells, geometry=places.geometry.reindex(cells.index))


@contextmanager
def _told() -> Iterator[None]:
    """Say what fails in one sentence."""
    try:
        yield
    except DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None) or ""
        raise StorageError(REASONS.get(state, "unavailable"), error.orig) from error


REASONS: Final[dict[str, Literal["full", "read_only"]]] = {
    "53100": "full",  # disk_full
    "25006": "read_only",  # read_only_sql_transaction
    "42501": "read_only",  # insufficient_privilege
}
