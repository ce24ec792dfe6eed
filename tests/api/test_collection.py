"""What is known of a collection before anything is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.collection import Collection


def test_fields_have_the_types_of_their_values(places: Collection) -> None:
    assert {name: each["type"] for name, each in places.fields.items()} == {
        "name": "string",
        "n": "integer",
        "half": "number",
        "kept": "boolean",
        "note": "string",
    }


def test_the_extent_leaves_out_what_has_no_place(places: Collection) -> None:
    assert places.extent == [-172.0, -18.0, 178.0, 31.2]
