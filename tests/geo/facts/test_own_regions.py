"""What breaks: a server that looks through every place of a large list after every page."""

from __future__ import annotations

import gc

from geo.facts import own_regions
from geo.facts.own_regions import OwnRegion
from tests import many


def test_places_of_many_sites_are_not_looked_through_for_garbage() -> None:
    region = f"{own_regions.PREFIX}settled"
    sites = many.sites()
    try:
        own_regions.remember(OwnRegion(id=region, name="", units=many.units(), sites=sites))
        looked_through = {*map(id, gc.get_objects())}
    finally:
        own_regions.forget(region)
    assert looked_through.isdisjoint(map(id, sites.geometry))
