"""Pack the project with all that ``make run`` would fetch, for a server without a network.

The archive holds the files of the checkout's last commit, the packages of requirements.txt as
wheels for this Python and system, and the web assets. Unpacked, ``make run`` there takes the
wheels instead of asking a registry.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Final

from scripts import install_assets

ROOT: Final = Path(__file__).resolve().parent.parent
NAME: Final = "chuangtu"
"""Folder that the archive unpacks into."""

WHEELS: Final = "wheels"
"""Folder in it where make looks for packages before it asks a registry."""

ARCHIVE: Final = ROOT / "build" / "chuangtu-offline.tar"


def sources() -> bytes:
    """Return the files of the last commit as a tar archive."""
    command = ["git", "archive", "--format=tar", f"--prefix={NAME}/", "HEAD"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout


def download(folder: Path) -> None:
    """Put every package of requirements.txt into a folder, as a wheel."""
    # Where a package is published as source alone it is built here, not on the server.
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*command, "--wheel-dir", str(folder), "-r", str(ROOT / "requirements.txt")],
        stdin=subprocess.DEVNULL,
        check=True,
    )


def pack(archive: Path) -> None:
    """Write the archive."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=archive.parent) as made:
        wheels, whole = Path(made, WHEELS), Path(made, archive.name)
        download(wheels)
        with tarfile.open(whole, "w") as packed:
            with tarfile.open(fileobj=io.BytesIO(sources())) as committed:
                for member in committed:
                    packed.addfile(member, committed.extractfile(member))
            packed.add(wheels, f"{NAME}/{WHEELS}")
            for each in ("build/assets", *install_assets.loaded(ROOT)):
                packed.add(ROOT / each, f"{NAME}/{each}")
        whole.replace(archive)


def main() -> int:
    """Make the archive and say where it is; 1 where the web assets could not be installed."""
    if install_assets.main():
        return 1
    pack(ARCHIVE)
    size = ARCHIVE.stat().st_size / 2**20
    print(f"{ARCHIVE.relative_to(ROOT)}: {size:.0f} MB. Unpack it on the server, then make run.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
