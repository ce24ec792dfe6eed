"""Rows held in memory as GeoJSON text, ready to be joined to a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from api.filters import Filter
    from api.query import Box, Query

Choose = Callable[[Mapping[str, str]], "NDArray[np.bool_]"]
"""Takes a collection's filters as written; returns which rows pass, or raises `Refused`."""


@dataclass(frozen=True, eq=False)
class Collection:
    """A collection of features.

    Parameters
    ----------
    name : str
        Its id in addresses.
    features : tuple of bytes, length n
        Each feature as GeoJSON, UTF-8.
    ids : tuple of str, length n
        Their ids, each once.
    bounds : ndarray of float64, shape (n, 4)
        West, south, east, north in WGS84 degrees, NaN where there is no geometry.
    filters : tuple of Filter
        What may be asked beside the page and the window.
    choose : callable
        Answers the filters.
    key : str, optional
        The property that is the features' id, where one is.
    """

    name: str
    features: tuple[bytes, ...]
    ids: tuple[str, ...]
    bounds: NDArray[np.float64]
    filters: tuple[Filter, ...]
    choose: Choose
    key: str | None = None

    @property
    def filter_names(self) -> tuple[str, ...]:
        """Names of the filters."""
        return tuple(each.name for each in self.filters)

    @cached_property
    def rows(self) -> dict[str, int]:
        """Number of the row by id."""
        return {identity: row for row, identity in enumerate(self.ids)}

    @property
    def extent(self) -> list[float]:
        """West, south, east, north of all features."""
        west, south = np.nanmin(self.bounds[:, :2], axis=0).tolist()
        east, north = np.nanmax(self.bounds[:, 2:], axis=0).tolist()
        return [west, south, east, north]

    @cached_property
    def fields(self) -> dict[str, dict[str, str]]:
        """JSON type of each property: what its values are, text where all are null."""
        found: dict[str, set[str]] = {}
        for feature in self.features:
            for name, value in json.loads(feature)["properties"].items():
                found.setdefault(name, set()).add(_json_type(value))
        return {name: {"type": _widest(types)} for name, types in found.items()}

    def select(self, query: Query) -> NDArray[np.intp]:
        """Return the numbers of the rows that pass, whatever the page, in order.

        Raises
        ------
        Refused
            For a filter's value that cannot be used.
        """
        keep = np.ones(len(self.features), dtype=bool)
        if query.asked:
            keep &= self.choose(dict(query.asked))
        if query.bbox is not None:
            keep[keep] = self._meeting(query.bbox, np.flatnonzero(keep))
        return np.flatnonzero(keep)

    def page(self, query: Query) -> tuple[list[bytes], int]:
        """Return the features of a page, and how many there are on all pages.

        Raises
        ------
        Refused
            As `select`.
        """
        rows = self.select(query)
        shown = rows[query.offset : query.offset + query.limit]
        return [self.features[row] for row in shown.tolist()], len(rows)

    def _meeting(self, box: Box, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which of these rows have a geometry that meets the window."""
        west, south, east, north = box
        if west > east:
            parts = (west, south, np.inf, north), (-np.inf, south, east, north)
            return self._meeting(parts[0], rows) | self._meeting(parts[1], rows)
        left, bottom, right, top = self.bounds[rows].T
        meets = (left <= east) & (right >= west) & (bottom <= north) & (top >= south)
        within = (left >= west) & (right <= east) & (bottom >= south) & (top <= north)
        # Bounds that lie across the window's edge say nothing of the shape inside them.
        across = np.flatnonzero(meets & ~within)
        window = shapely.box(*np.clip(box, -1e9, 1e9))
        for each in across.tolist():
            shape = json.loads(self.features[rows[each]])["geometry"]
            meets[each] = shapely.from_geojson(json.dumps(shape)).intersects(window)
        return np.asarray(meets)


def _json_type(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    kinds = {bool: "boolean", int: "integer", float: "number", type(None): "null"}
    return kinds.get(type(value), "string")


def _widest(types: set[str]) -> str:
    told = types - {"null"}
    if told == {"integer", "number"}:
        return "number"
    return told.pop() if len(told) == 1 else "string"
