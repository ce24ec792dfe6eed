"""The provider as pygeoapi calls it."""

from __future__ import annotations

from typing import Any

import pytest
from pygeoapi.plugin import load_plugin
from pygeoapi.provider.base import ProviderInvalidQueryError, ProviderItemNotFoundError

from api import settings, sources


def provider(name: str, *, queryables: bool = False) -> Any:  # noqa: ANN401 - pygeoapi has no types
    class_ = "api.provider.Asked" if queryables else "api.provider.Rows"
    resource = settings.configuration(provider=class_)["resources"][name]
    return load_plugin("provider", resource["providers"][0])


def test_a_page_of_rows() -> None:
    found = provider("sites").query(
        offset=2, limit=3, bbox=[121, 31, 122, 32], properties=[("region", "shanghai")]
    )
    assert (found["numberReturned"], len(found["features"])) == (3, 3)
    assert found["numberMatched"] > 100


def test_windows_with_heights() -> None:
    rows = provider("sites")
    flat = rows.query(bbox=[121, 31, 122, 32])
    assert rows.query(bbox=[121, 31, -9, 122, 32, 9]) == flat


def test_hits_are_counted_without_rows() -> None:
    found = provider("sites").query(resulttype="hits")
    assert found["features"] == []
    assert found["numberMatched"] == len(sources.collection("sites").features)


def test_a_filter_that_cannot_be_used() -> None:
    with pytest.raises(ProviderInvalidQueryError) as caught:
        provider("sites").query(properties=[("kind", "castle")])
    assert "castle" in caught.value.message


def test_one_row() -> None:
    assert provider("sites").get("sh-m50")["properties"]["name_en"]
    with pytest.raises(ProviderItemNotFoundError):
        provider("sites").get("nowhere")


def test_what_pygeoapi_writes_into_fields_stays_with_it() -> None:
    provider("sites").fields["id"]["x-ogc-role"] = "changed"
    assert "x-ogc-role" not in provider("sites").fields["id"]


def test_for_queryables_the_fields_are_the_filters() -> None:
    fields = provider("sites", queryables=True).fields
    assert tuple(fields) == sources.collection("sites").filter_names
    assert fields["match"]["values"] == ["any", "all"]
