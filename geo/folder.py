"""Where the facts are, and what messages call the folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parent
OWN: Final = next(each / "data" for each in (PACKAGE, PACKAGE.parent) if (each / "data").is_dir())
"""The project's own facts: in the package where it is installed, beside it in the checkout."""

DATA_DIR: Final = Path(os.environ.get("CHUANGTU_DATA") or OWN)
"""The facts in use; the environment variable CHUANGTU_DATA names another folder."""


def shown(data_dir: Path) -> str:
    """Return how messages name a folder: ``data`` for the project's own, else its path."""
    return OWN.name if data_dir.resolve() == OWN else str(data_dir)
