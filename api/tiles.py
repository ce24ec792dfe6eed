"""Vector tiles of the collections, for programs that draw maps: MapLibre, QGIS, GDAL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import shapely

from api import answers, endpoints, limits, negotiation, query, selection
from api.answers import ApiAnswer
from api.collection import NOWHERE, POINTS
from api.refusals import Faults, RefusedRequest
from api.words import ApiTexts
from geo import memory
from geo.checks.written import shortened
from geo.china import adcodes
from geo.files import plain_values, tile_archive, vector_tile
from geo.geometry import mercator

if TYPE_CHECKING:
    from typing import IO

    from numpy.typing import NDArray

    from api.collection import Collection
    from api.request import Request
    from api.service import Service
    from geo.settings import Language

    Json = dict[str, Any]

TILESETS: Final = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
"""Relation of OGC API - Tiles between what there is and its tiles."""

WEB_MERCATOR: Final = {
    "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
    "tileMatrixSetURI": "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad",
}
TILE: Final = ".mvt"
TILEJSON: Final = ".json"
ARCHIVE: Final = ".pmtiles"
WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,7}")
COARSEST: Final = 4
"""Zoom below which outlines are simplified no further."""

TOLERANCE: Final = 4 / vector_tile.EXTENT
"""How exact outlines are, in parts of a tile's side: a quarter of a pixel of 256."""

FIELD_TYPES: Final = {"boolean": "Boolean", "integer": "Number", "number": "Number"}
"""Types of fields in TileJSON, as GDAL reads them; the others are String."""

KEPT: Final = 12
"""Layers that are kept ready: those of the catalogue, and the latest of workspaces."""


@dataclass(frozen=True, eq=False)
class Choice:
    """The rows that filters choose, ascending."""

    rows: NDArray[np.intp]


def names(service: Service) -> tuple[str, ...]:
    """Return the collections of a service that have tiles: all but those that stand nowhere."""
    return tuple(each for each in service.names if service.outline(each).shape is not NOWHERE)


def answer(request: Request) -> ApiAnswer:
    """Return a tile, or a document about tiles.

    Raises
    ------
    RefusedRequest
        404 where there is no such layer, or no tile of it; 400 for an address of no tile at all
        and parameters that cannot be used.
    """
    service, parts = request.service, request.parts
    if len(parts) == 4 and parts[3].endswith(TILE):
        collection, _, asked = asked_of(request, parts[0])
        address = _address(*parts[1:3], parts[3].removesuffix(TILE))
        _refuse_outside(collection, address)
        rows = chosen(collection, asked).rows
        return ApiAnswer(
            vector_tile.tile(layer(collection), address, among=rows), vector_tile.MEDIA
        )
    if len(parts) == 1 and parts[0].endswith(TILEJSON):
        name = parts[0].removesuffix(TILEJSON)
        collection, lang, asked = asked_of(request, name)
        return _document(tilejson(collection, lang, service, asked), lang)
    if len(parts) > 1:
        raise RefusedRequest("no_page", HTTPStatus.NOT_FOUND)
    if parts:
        _, lang, _ = asked_of(request, parts[0])
        return _document(tilesets(lang, service, parts), lang)
    faults = Faults()
    lang, _ = _read(request, (), faults)
    faults.settle()
    return _document(tilesets(lang, service, names(service)), lang)


def write_archive(request: Request, target: IO[bytes]) -> None:
    """Write all tiles of a layer as a PMTiles file.

    Raises
    ------
    RefusedRequest
        As `answer`.
    """
    collection, lang, asked = asked_of(request, request.parts[0].removesuffix(ARCHIVE))
    described = tilejson(collection, lang, request.service, asked)
    west, south, east, north = described.get("bounds", tile_archive.WORLD)
    tile_archive.write(
        layer(collection),
        target,
        bounds=(west, south, east, north),
        metadata={key: each for key, each in described.items() if key not in OF_ADDRESS},
        among=chosen(collection, asked).rows,
    )


OF_ADDRESS: Final = frozenset({"tilejson", "tiles", "scheme", "bounds", "minzoom", "maxzoom"})
"""What of TileJSON an archive says in its head, or does not have."""


def tilejson(
    collection: Collection, lang: Language, service: Service, asked: query.Asked = ()
) -> Json:
    """Return what a program needs to know of a layer (TileJSON 3.0.0)."""
    t, last = ApiTexts(lang), _last_zoom(collection)
    title = t(f"collections.{collection.name}.title")
    described = f"{t(f'collections.{collection.name}.description')} {t('tiles.note')}"
    fields = {
        name: FIELD_TYPES.get(each["type"], "String") for name, each in collection.fields.items()
    }
    inner = {"id": collection.name, "description": title, "minzoom": 0, "maxzoom": last}
    return {
        "tilejson": "3.0.0",
        "name": title,
        "description": described,
        "attribution": t("tiles.attribution", state=adcodes.STATE),
        "scheme": "xyz",
        "tiles": [
            endpoints.with_query(
                f"{service.tiles}/{collection.name}/{{z}}/{{x}}/{{y}}{TILE}", asked
            )
        ],
        "minzoom": 0,
        "maxzoom": last,
        **({"bounds": collection.extent} if collection.extent else {}),
        "vector_layers": [{**inner, "fields": fields}],
    }


def tilesets(lang: Language, service: Service, of: tuple[str, ...]) -> Json:
    """Return the tile sets of collections, as OGC API - Tiles lists them."""
    t = ApiTexts(lang)
    sets = []
    for name in of:
        root = f"{service.tiles}/{name}"
        template = f"{root}/{{tileMatrix}}/{{tileCol}}/{{tileRow}}{TILE}"
        item = {"rel": "item", "type": vector_tile.MEDIA, "href": template, "templated": True}
        archive = {"rel": "enclosure", "type": tile_archive.MEDIA, "href": f"{root}{ARCHIVE}"}
        own = {
            "rel": "self",
            "type": answers.JSON,
            "title": "TileJSON",
            "href": f"{root}{TILEJSON}",
        }
        title = t(f"collections.{name}.title")
        sets.append(
            {"title": title, "dataType": "vector", **WEB_MERCATOR, "links": [own, item, archive]}
        )
    here = service.tiles if of == names(service) else f"{service.tiles}/{of[0]}"
    link = {"rel": "self", "type": answers.JSON, "title": t("pages.tiles"), "href": here}
    return {"links": [link], "tilesets": sets}


@memory.by_view(KEPT)
def layer(collection: Collection) -> vector_tile.Layer:
    """Return a collection as a layer of tiles."""
    properties = pa.Table.from_pandas(collection.table, preserve_index=False)
    properties = properties.replace_schema_metadata().combine_chunks()
    corners = [mercator.on_square(collection.bounds[:, each]) for each in ([0, 3], [2, 1])]
    if collection.shape is POINTS:
        return vector_tile.PointLayer(collection.name, properties, corners[0])
    return vector_tile.OutlineLayer(
        collection.name, properties, np.hstack(corners), cache(partial(_shapes, collection))
    )


def _shapes(collection: Collection, zoom: int) -> NDArray[np.object_]:
    """Return outlines in degrees as exact as a zoom shows them; those of units fit each other."""
    degrees = 360 * TOLERANCE / 2 ** max(zoom, COARSEST)
    if zoom == vector_tile.OUTLINES_TO:
        return collection.features.shapes(range(len(collection.ids)))
    if collection.units:
        return selection.simplified(collection, degrees)
    shapes = collection.features.shapes(range(len(collection.ids)))
    return np.asarray(shapely.simplify(shapes, degrees))


@memory.by_view(KEPT)
def chosen(collection: Collection, asked: query.Asked) -> Choice:
    """Return the rows that filters choose; those that are usual are on.

    Raises
    ------
    RefusedRequest
        For a filter's value that cannot be used.
    """
    return Choice(selection.select(collection, query.ItemsQuery(asked=asked)))


def _last_zoom(collection: Collection) -> int:
    points = collection.shape is POINTS
    return vector_tile.POINTS_TO if points else vector_tile.OUTLINES_TO


def _address(*written: str) -> vector_tile.Address:
    """Return a tile's address.

    Raises
    ------
    RefusedRequest
        400 where there is no such tile on any map.
    """
    if all(map(WHOLE.fullmatch, written)):
        z, x, y = map(int, written)
        if z <= limits.MOST_ZOOM and max(x, y) < 2**z:
            return vector_tile.Address(z, x, y)
    raise RefusedRequest("tile", name=shortened("/".join(written)))


def _refuse_outside(collection: Collection, address: vector_tile.Address) -> None:
    """Refuse a tile beyond the last zoom, or where the collection has nothing at all."""
    last, known = _last_zoom(collection), collection.extent
    if known is not None and address.z <= last:
        west, south, east, north = known
        corners = np.array([[west, north], [east, south]])
        first, end = np.floor(mercator.on_square(corners) * 2**address.z)
        if np.all((first <= address[1:]) & (np.array(address[1:]) <= end)):
            return
    name = "/".join(map(str, address))
    raise RefusedRequest(
        "no_tile", HTTPStatus.NOT_FOUND, collection=collection.name, name=name, last=str(last)
    )


def asked_of(
    request: Request, name: str, *, placed: bool = True
) -> tuple[Collection, Language, query.Asked]:
    """Return the collection, the language and the filters that are asked for.

    Parameters
    ----------
    request
        The request.
    name
        The id of the collection.
    placed
        Whether its rows have to stand somewhere.

    Raises
    ------
    RefusedRequest
        404 where there is no such collection or it stands nowhere, 400 for all parameters that
        cannot be used.
    """
    known = names(request.service) if placed else request.service.names
    if name not in request.service.names:
        status, listed = HTTPStatus.NOT_FOUND, ", ".join(known)
        raise RefusedRequest("no_collection", status, name=shortened(name), known=listed)
    if name not in known:
        raise RefusedRequest("no_geometry", HTTPStatus.NOT_FOUND, collection=name)
    filters, faults = request.service.outline(name).filters, Faults()
    lang, params = _read(request, tuple(filters), faults)
    asked = query.given(params, filters)
    faults.of(request.service.check, name, asked)
    faults.settle()
    return request.service.collection(name, asked=asked), lang, asked


def _read(
    request: Request, filters: tuple[str, ...], faults: Faults
) -> tuple[Language, dict[str, str]]:
    """Return language and known parameters, and add what is wrong to `faults`.

    The header Accept is not looked at: an address has one format.
    """
    params = query.sorted_out(query.pairs(request.query_string), ("lang", *filters), faults)
    asked = request.accept_language, None, params.get("lang")
    wish = faults.of(negotiation.wish, "", *asked) or negotiation.wish("", "", None, None)
    return wish.lang, params


def _document(document: Json, lang: Language) -> ApiAnswer:
    body = plain_values.to_json(document).encode("utf-8", "replace")
    return ApiAnswer(body, answers.JSON, lang)
