"""Each region's ground, made once per process and fetched once per browser."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from geo import boundaries, china
from layers import ground
from ui import names


@dataclass(frozen=True)
class BaseDocument:
    """A base document: its file name, its bytes, and the bounds of the region in degrees."""

    name: str
    content: bytes
    bounds: ground.Bounds


@cache
def base_document(region: str, unit: boundaries.Level) -> BaseDocument:
    """Return the base document of a region at one level."""
    own = boundaries.web(region, level=unit)
    content = ground.document(
        own,
        boundaries.context(region, level=unit),
        level=unit,
        abroad=boundaries.abroad(region),
    )
    west, south, east, north = own.total_bounds
    return BaseDocument(
        ground.file_name(f"{region}-{unit}", content), content, (west, south, east, north)
    )


def prepare() -> None:
    """Make every region's document, so that no reader waits for one."""
    for region, levels in names.levels().items():
        for level in levels:
            base_document(region, level)
    # The regions keep their own districts; the rest of China goes back to the system.
    china.release()


def by_name(name: str) -> bytes | None:
    """Return the document of that name, made now if no session asked for it yet."""
    for region, levels in names.levels().items():
        for level in levels:
            if name.startswith(f"{region}-{level}-"):
                document = base_document(str(region), level)
                return document.content if document.name == name else None
    return None
