"""pygeoapi's way to the rows that are held in memory."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from pygeoapi.provider.base import (
    BaseProvider,
    ProviderInvalidQueryError,
    ProviderItemNotFoundError,
)

from api import sources
from api.errors import Refused
from api.query import Query

if TYPE_CHECKING:
    from collections.abc import Sequence

Fields = dict[str, dict[str, Any]]


class Rows(BaseProvider):  # type: ignore[misc]  # pygeoapi has no types
    """The features of a collection; the definition's ``data`` is the collection's id."""

    def __init__(self, provider_def: dict[str, Any]) -> None:
        super().__init__(provider_def)
        self.collection = sources.collection(self.data)
        self._fields = self.get_fields()

    def get_fields(self) -> Fields:
        """Return the JSON type of each property; pygeoapi writes into what it gets."""
        return copy.deepcopy(self.collection.fields)

    def query(
        self,
        *,
        offset: int = 0,
        limit: int = 10,
        resulttype: str = "results",
        bbox: Sequence[float] = (),
        properties: Sequence[tuple[str, str]] = (),
        **_: object,
    ) -> dict[str, Any]:
        """Return a page of features.

        Parameters
        ----------
        offset, limit
            The page.
        resulttype
            ``hits`` counts only.
        bbox
            The window: four numbers or, with heights, six.
        properties
            Filters, as written.

        Raises
        ------
        ProviderInvalidQueryError
            For a filter's value that cannot be used.
        """
        half = len(bbox) // 2
        box = (bbox[0], bbox[1], bbox[half], bbox[half + 1]) if bbox else None
        names = self.collection.filter_names
        asked = tuple((name, value) for name, value in properties if name in names)
        try:
            features, matched = self.collection.page(Query(limit, offset, box, asked))
        except Refused as error:
            raise ProviderInvalidQueryError(user_msg=error.detail("en")) from error
        shown = [] if resulttype == "hits" else features
        return {
            "type": "FeatureCollection",
            "features": [json.loads(feature) for feature in shown],
            "numberMatched": matched,
            "numberReturned": len(shown),
        }

    def get(self, identifier: str, **_: object) -> dict[str, Any]:
        """Return one feature.

        Raises
        ------
        ProviderItemNotFoundError
            If there is none of this id.
        """
        row = self.collection.rows.get(identifier)
        if row is None:
            raise ProviderItemNotFoundError(user_msg=f"item {identifier} not found")
        found: dict[str, Any] = json.loads(self.collection.features[row])
        return found


class Asked(Rows):
    """The same rows, for pygeoapi's list of queryables: its fields are the filters.

    pygeoapi takes a collection's properties for what one may ask of it. Ours are asked by other
    names: ``sector``, ``near``, ``text`` are no properties.
    """

    def get_fields(self) -> Fields:
        """Return the schema of each filter's value."""
        return {
            each.name: {"type": each.schema["type"]}
            | ({"values": list(each.choices)} if each.choices else {})
            for each in self.collection.filters
        }
