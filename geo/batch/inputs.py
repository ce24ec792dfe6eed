"""Which files a run reads, and the parts they are read in.

Files are local or in any store that fsspec knows: ``points.parquet``, ``folder/``,
``folder/**/*.parquet``, ``s3://bucket/points/``.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, NamedTuple

import fsspec

from geo.errors import InputError
from geo.measures import point_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.measures.point_files import Columns

ENDING: Final = ".parquet"
"""Of the files that are taken of a folder."""

ROWS: Final = 4_000_000
"""Of a part: a fraction of a second's work, and what a lost worker or a stopped run costs."""

AT_ONCE: Final = 16
"""Files that are asked for their row groups: of a store far away each answer takes a while."""


class Part(NamedTuple):
    """Row groups of a file that are read by one task.

    Attributes
    ----------
    path
        Of the file, with its protocol where it is not local.
    groups
        Row groups, in ascending order.
    rows
        How many points they have.
    identity
        What changes with the file: its size, its time or its tag.
    """

    path: str
    groups: tuple[int, ...]
    rows: int
    identity: str


def files(inputs: Iterable[str]) -> list[str]:
    """Return the files that paths, folders and patterns mean, each once, in their order.

    Raises
    ------
    InputError
        With every input that means none.
    """
    faults: list[str] = []
    found: dict[str, None] = {}
    for each in inputs:
        try:
            named = list(_meant(each))
        except (OSError, ImportError, ValueError) as error:
            faults.append(f"{each}: {error}")
            continue
        if not named:
            faults.append(f"{each}: found no file, expected one or more that end in {ENDING}")
        found |= dict.fromkeys(named)
    if faults:
        raise InputError("\n".join(faults))
    return list(found)


def _meant(path: str) -> Iterator[str]:
    store, plain = fsspec.url_to_fs(path)
    if any(sign in plain for sign in "*?[") and not store.exists(plain):
        named = [each for each in store.glob(plain) if store.isfile(each)]
    elif store.isdir(plain):
        named = [each for each in store.find(plain) if each.endswith(ENDING)]
    else:
        named = [plain] if store.exists(plain) else []
    return (store.unstrip_protocol(each) if "://" in path else each for each in sorted(named))


def parts(
    paths: Sequence[str], columns: Columns
) -> tuple[dict[str, list[Part]], dict[str, InputError]]:
    """Return the parts of each file that can be read, and why others cannot."""
    cut: dict[str, list[Part]] = {}
    refused: dict[str, InputError] = {}

    def of_file(path: str) -> None:
        try:
            cut[path] = list(_parts(path, columns))
        except InputError as error:
            refused[path] = error

    with ThreadPoolExecutor(AT_ONCE) as threads:
        for _ in threads.map(of_file, paths):
            pass
    in_order = {path: cut[path] for path in paths if path in cut}
    return in_order, {path: refused[path] for path in paths if path in refused}


def _parts(path: str, columns: Columns) -> Iterator[Part]:
    store, plain = fsspec.url_to_fs(path)
    sizes = point_files.row_groups(path, columns)
    identity = store.ukey(plain)
    first, rows = 0, 0
    for group, size in enumerate(sizes):
        if rows and rows + size > ROWS:
            yield Part(path, tuple(range(first, group)), rows, identity)
            first, rows = group, 0
        rows += size
    yield Part(path, tuple(range(first, len(sizes))), rows, identity)
