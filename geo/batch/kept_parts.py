"""What a run has finished, in a folder beside its result: where a stopped one goes on from."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Final

import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from pathlib import Path

VERSION: Final = 2
"""Of what a part holds and how it is made; those of another version are made anew."""


class KeptParts:
    """Frames by their keys, each a file; a frame that was not written whole is none.

    Parameters
    ----------
    result
        Path of what the run writes.
    """

    def __init__(self, result: Path) -> None:
        self.folder = result.with_name(f"{result.name}.parts")

    def read(self, key: str) -> pd.DataFrame | None:
        """Return the frame of a key; None where there is none."""
        try:
            return pd.read_parquet(self.folder / key)
        except (OSError, pa.ArrowException, ValueError):
            return None

    def write(self, key: str, frame: pd.DataFrame) -> None:
        """Keep a frame; only a whole one is ever seen under its name."""
        self.folder.mkdir(exist_ok=True)
        part = self.folder / f"{key}.partial"
        frame.to_parquet(part)
        part.replace(self.folder / key)

    def remove(self) -> None:
        """Remove all that is kept."""
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self.folder)


def key(*told: object) -> str:
    """Return what tells a part from all others: by its file, boundaries, columns, and version."""
    written = json.dumps([VERSION, *told])
    return hashlib.blake2b(written.encode(), digest_size=16).hexdigest()
