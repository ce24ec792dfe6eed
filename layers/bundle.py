"""The map's scripts and styles as one file each, and whether they are those of today's sources."""

from __future__ import annotations

import hashlib
from pathlib import Path

from geo import memory, settings

ROOT = Path(__file__).resolve().parent.parent
SCRIPT_FOLDER = Path(__file__).with_name("js")
STYLE_FOLDER = Path(__file__).with_name("css")
SCRIPT, STYLE, STAMP = "atlas.js", "atlas.css", "sources.sha256"
"""Names in the folder: the two files, and the checksum of what they were made from."""


def folder() -> Path:
    """Folder that `scripts/install_assets.py` bundles into."""
    return settings.current().assets


def built() -> bool:
    """Whether the bundle is there, and made from the sources as they are."""
    try:
        return (folder() / STAMP).read_text("ascii") == checksum()
    except OSError:
        return False


def checksum() -> str:
    """Checksum of all that the bundle is made from: Leaflet and esbuild by the lock file."""
    sources = (
        *sorted(SCRIPT_FOLDER.rglob("*.js")),
        *sorted(STYLE_FOLDER.iterdir()),
        ROOT / "package-lock.json",
        ROOT / "scripts" / "bundle.mjs",
    )
    return _checksum(tuple((path, path.stat().st_mtime_ns) for path in sources))


@memory.by_facts
def _checksum(sources: tuple[tuple[Path, int], ...]) -> str:
    made = hashlib.sha256()
    for path, _ in sources:
        made.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return made.hexdigest()
