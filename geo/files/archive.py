"""Zip files that are the same for the same content."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""Of every entry: the first moment that a zip file can name."""
MODE: Final = 0o644


def archive(entries: Mapping[str, bytes]) -> bytes:
    """Return a zip file.

    Parameters
    ----------
    entries
        The content of each file by its name, in order.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, date_time=EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = MODE << 16
            entry.create_system = 3  # whatever machine writes it
            file.writestr(entry, content)
    return target.getvalue()
