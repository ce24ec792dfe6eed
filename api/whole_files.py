"""A collection as one file: written piece by piece, sent from the disk, however many its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api import sources, tiles
from api.collection import NOWHERE
from api.words import ApiTexts
from geo.china import adcodes
from geo.facts import catalog
from geo.files import csv_file, flatgeobuf, geoparquet, tile_archive
from geo.files.about import About

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from api.collection import Shape
    from api.request import Request
    from geo.settings import Language

MEDIA: Final[Mapping[str, str]] = {
    ".parquet": "application/vnd.apache.parquet",
    ".csv": "text/csv; charset=utf-8",
    ".fgb": "application/vnd.flatgeobuf",
    tiles.ARCHIVE: tile_archive.MEDIA,
}
"""Media types by how the address ends."""

OF_ROWS: Final = tuple(end for end in MEDIA if end != tiles.ARCHIVE)
"""Endings of files that hold the rows."""

PLACELESS: Final = (".csv",)
"""Endings of files that hold rows without a geometry."""

ITEMS: Final = "items"


def ending(request: Request) -> str | None:
    """Return how the name of the file that is asked for ends; None where none is."""
    parts = request.parts
    if request.tiles:
        return tiles.ARCHIVE if len(parts) == 1 and parts[0].endswith(tiles.ARCHIVE) else None
    if len(parts) == 3 and parts[0] == "collections":
        return next((end for end in OF_ROWS if parts[2] == ITEMS + end), None)
    return None


def endings(shape: Shape) -> tuple[str, ...]:
    """Return how the names of the files end that hold the rows of a collection of a shape."""
    return PLACELESS if shape is NOWHERE else OF_ROWS


def name(request: Request) -> str:
    """Return the id of the collection that a request is for; empty where it is for none."""
    at = 0 if request.tiles else 1
    named = request.parts[at] if len(request.parts) > at else ""
    return named.removesuffix(tiles.ARCHIVE).removesuffix(tiles.TILEJSON)


def write(request: Request, path: Path) -> None:
    """Write the file that is asked for.

    Raises
    ------
    RefusedRequest
        404 where there is no such collection, or not as such a file, 400 for parameters that
        cannot be used.
    """
    end = ending(request)
    if end == tiles.ARCHIVE:
        with path.open("wb") as file:
            tiles.write_archive(request, file)
        return
    collection, lang, asked = tiles.asked_of(request, name(request), placed=end not in PLACELESS)
    rows = tiles.chosen(collection, asked).rows
    table, about = sources.table(collection.name), _about(collection.name, lang)
    if end == ".fgb":
        flatgeobuf.write(collection.frame(rows), path, about, table=table)
        return
    with path.open("wb") as file:
        if end == ".parquet":
            geoparquet.write(collection.frame(rows), file, about, table=table)
            return
        told = {"catalogue_date": about.date.isoformat(), "boundaries": about.boundaries}
        told |= {"method": method} if (method := ApiTexts(lang).method(collection.name)) else {}
        file.writelines(csv_file.pieces(collection.part(rows), metadata=told))


def _about(collection: str, lang: Language) -> About:
    t = ApiTexts(lang)
    return About(
        title=t(f"collections.{collection}.title"),
        date=catalog.catalogue_date(),
        language=lang,
        method={collection: method} if (method := t.method(collection)) else {},
        sources={"rows": t("service.terms")},
        boundaries=t("tiles.attribution", state=adcodes.STATE),
        licence=t("service.licence"),
    )
