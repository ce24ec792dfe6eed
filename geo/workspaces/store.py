"""Workspaces under keys, with every version that was ever saved.

One set of tables and statements for both homes: a file of SQLite for each workspace
(`geo.workspaces.folder`), or a PostgreSQL with PostGIS for all (`geo.workspaces.postgis`).
A version names its tables by what they hold, so what a save leaves as it was is kept once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import compare_digest
from typing import TYPE_CHECKING

import sqlalchemy as sql

from geo import settings
from geo.errors import InputError, NewerVersionError, StorageError, UnknownKeyError
from geo.workspaces import content as contents
from geo.workspaces import keys, records
from geo.workspaces.content import GEOGRAPHIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from contextlib import AbstractContextManager

    import pandas as pd

    from geo.workspaces.content import Name, Workspace
    from geo.workspaces.keys import Keys


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
    version: records.Version
    created: datetime
    writable: bool


class Store(ABC):
    """Where workspaces are kept.

    Every method raises `UnknownKeyError` for a key of no workspace, `ReadOnlyKeyError` where it
    takes a write key and is given another, and `StorageError` where nothing can be read or
    written, or more than the settings allow; what was saved before is there unchanged then.
    """

    def create(self, content: Workspace) -> Keys:
        """Keep a new workspace; return its keys, which nobody can find again."""
        most = settings.current().workspaces_most
        if self._count() >= most:
            raise StorageError("too_many", f"at most {most:,}, CHUANGTU_WORKSPACES_MOST")
        made = keys.new()
        hashes = keys.hashes(made.write)
        parts = records.parts_of(content)
        _check_room(0, parts.values())
        with self._changes(hashes.workspace, new=True) as base:
            row = {"id": hashes.workspace, "secret": hashes.secret, "head": 1, "latest": 1}
            base.execute(records.WORKSPACES.insert().values(row))
            self._add(
                base, records.Version(number=1, base=None, saved=_now()), hashes.workspace, parts
            )
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
            known = base.execute(
                sql.select(records.WORKSPACES).where(records.is_of(hashes))
            ).one_or_none()
            if known is None:
                raise UnknownKeyError
            saved = records.versions(base, hashes)
            number = known.head if version is None else version
            if number not in saved:
                raise InputError(f"version: found {number}, expected 1 to {known.latest}")
            tables = {
                name: self._get(base, hashes.workspace, name, digest)
                for name, digest in records.digests(base, hashes, number).items()
            }
        return Opened(
            content=contents.from_tables(tables),
            version=saved[number],
            created=saved[1].saved,
            writable=compare_digest(hashes.secret, known.secret),
        )

    def writes(self, key: str) -> bool:
        """Return whether a key saves as well as it opens."""
        hashes = keys.hashes(key)
        with self._reads(hashes.workspace) as base:
            secret = base.scalar(
                sql.select(records.WORKSPACES.c.secret).where(records.is_of(hashes))
            )
        if secret is None:
            raise UnknownKeyError
        return compare_digest(hashes.secret, secret)

    def save(self, key: str, content: Workspace, *, based_on: int) -> records.Version:
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
        parts = records.parts_of(content)
        with self._changes(hashes.workspace) as base:
            number, head = records.write(base, hashes, latest=records.WORKSPACES.c.latest + 1)
            if based_on not in range(1, number):
                raise InputError(f"based_on: found {based_on}, expected 1 to {number - 1}")
            saved = records.Version(
                number=number,
                base=based_on,
                saved=_now(),
                beside=None if based_on == head else head,
            )
            self._add(base, saved, hashes.workspace, parts)
            if saved.beside is None:
                records.write(base, hashes, head=number)
        if saved.beside is not None:
            raise NewerVersionError(yours=number, theirs=saved.beside, base=based_on)
        return saved

    def versions(self, key: str) -> tuple[records.Version, ...]:
        """Return every version of a workspace, the first one first."""
        hashes = keys.hashes(key)
        with self._reads(hashes.workspace) as base:
            found = tuple(records.versions(base, hashes).values())
        if not found:
            raise UnknownKeyError
        return found

    def renew(self, key: str) -> Keys:
        """Return a workspace's keys with another write key; the former only reads from now on."""
        hashes, made = keys.hashes(key), keys.renewed(key)
        with self._changes(hashes.workspace) as base:
            records.write(base, hashes, secret=keys.hashes(made.write).secret)
        return made

    def delete(self, key: str) -> None:
        """Delete a workspace with every version, for good."""
        hashes = keys.hashes(key)
        with self._changes(hashes.workspace) as base:
            records.write(base, hashes, secret="")
            base.execute(
                records.WORKSPACES.delete().where(records.is_of(hashes))
            )  # and all that refers to it
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
    def _count(self) -> int:
        """Return how many workspaces are kept."""

    @abstractmethod
    def _wipe(self, workspace: str) -> None:
        """Leave nothing of a workspace whose rows are deleted."""

    def _add(
        self,
        base: sql.Connection,
        version: records.Version,
        workspace: str,
        parts: Mapping[Name, records.Part],
    ) -> None:
        """Keep a version, with those of its tables that no other version has."""
        kept = set(
            base.scalars(
                sql.select(records.PARTS.c.digest).where(records.PARTS.c.workspace == workspace)
            )
        )
        new = {part.digest: part for part in parts.values() if part.digest not in kept}
        _check_room(self._size(base, workspace), new.values())
        for part in new.values():
            self._put(base, workspace, part)
        row = {
            "workspace": workspace,
            "number": version.number,
            "base": version.base,
            "beside": version.beside,
            "saved": version.saved.isoformat(),
            "parts": {name: part.digest for name, part in parts.items()},
        }
        base.execute(records.VERSIONS.insert().values(row))

    def _put(self, base: sql.Connection, workspace: str, part: records.Part) -> None:
        """Keep a table."""
        row = {"workspace": workspace, "digest": part.digest, "parquet": part.parquet}
        base.execute(records.PARTS.insert().values(row))

    def _size(self, base: sql.Connection, workspace: str) -> int:
        """Return the bytes of the tables that a workspace keeps."""
        return int(base.scalar(records.size_of(workspace)) or 0)

    def _get(self, base: sql.Connection, workspace: str, name: Name, digest: str) -> pd.DataFrame:
        """Return a table that is kept."""
        return records.parse(
            records.kept_parquet(base, workspace, digest), geographic=name in GEOGRAPHIC
        )


def _check_room(kept: int, new: Iterable[records.Part]) -> None:
    """Refuse tables for which a workspace has no room."""
    most = settings.current().workspace_mb
    if kept + sum(len(part.parquet) for part in new) > most * 2**20:
        raise StorageError("too_large", f"at most {most:g} MB, CHUANGTU_WORKSPACE_MB")


def _now() -> datetime:
    return datetime.now(UTC)
