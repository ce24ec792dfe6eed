"""A collection without a row, whichever it is, is told of like any other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from api import filters, router, sources
from api.request import Request
from geo.facts import catalog, revisions
from geo.policy import layouts

if TYPE_CHECKING:
    from api.collection import Collection, Outline

PATHS = (
    "",
    "openapi",
    "collections",
    "collections/{}",
    "collections/{}/schema",
    "collections/{}/schema/feature",
    "collections/{}/queryables",
    "collections/{}/items",
)


KEPT = (
    *(filters.of_layouts, filters.of_sites, filters.of_clusters, filters.of_quotients),
    *(filters.of_units, filters.of_plans, filters.of_tests, filters.of_peers, sources.extent),
)
"""What is kept of the facts and has their codes, or their extent."""


@pytest.fixture(params=sources.NAMES)
def empty(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a collection whose facts are gone; the others are as they are."""
    name, others = str(request.param), sources.collection
    with monkeypatch.context() as without:
        sites, regions = catalog.sites().iloc[:0], catalog.regions().iloc[:0]
        without.setattr(catalog, "sites", lambda *_, **__: sites)
        without.setattr(catalog, "regions", lambda: regions)
        without.setattr(layouts, "all_layouts", dict)
        reported = catalog.reported().iloc[:0]
        without.setattr(catalog, "reported", lambda: reported)
        lines = revisions.recorded().iloc[:0]
        without.setattr(revisions, "recorded", lambda: lines)
        for kept in KEPT:
            kept.cache_clear()
        gone = sources.made(name)
        said = sources.outline(name) if name in sources.LATE else gone.outline
        for kept in KEPT:
            kept.cache_clear()
    assert gone.features.texts == ()

    def collection(asked: str, *basis: Any, region: None) -> Collection:  # noqa: ANN401
        assert region is None
        return gone if asked == name else others(asked, *basis)

    monkeypatch.setattr(sources, "collection", collection)
    outlines = sources.outline

    def outline(asked: str, *, region: None) -> Outline:
        return said if asked == name else outlines(asked, region=region)

    monkeypatch.setattr(sources, "outline", outline)
    return name


def test_every_document_and_page_answers(empty: str) -> None:
    for path in PATHS:
        parts = tuple(part for part in path.format(empty).split("/") if part)
        for asked in ("f=json", "f=html", "f=html&lang=en"):
            found = router.answer(Request(parts, asked, "", "", "https://maps.example.org/api"))
            assert found.status == 200, (path, asked)
            if asked == "f=json":
                json.loads(found.body)


def test_it_has_no_extent_and_no_features(empty: str) -> None:
    def ask(path: str, asked: str = "f=json") -> dict[str, object]:
        parts = tuple(path.format(empty).split("/"))
        found = router.answer(Request(parts, asked, "", "", "https://maps.example.org/api"))
        told: dict[str, object] = json.loads(found.body)
        return told

    assert "extent" not in ask("collections/{}")
    for asked in ("f=json", "bbox=-180,-90,180,90", "filter=TRUE", "region="):
        assert ask("collections/{}/items", asked)["numberMatched"] == 0
