from __future__ import annotations

import numpy as np
import shapely

from geo.facts import boundaries
from layers.ground import basemaps


def test_a_map_that_needs_a_key_is_offered_only_with_one() -> None:
    assert "tianditu" not in basemaps.basemaps({})
    assert "tianditu" not in basemaps.basemaps({"TIANDITU_KEY": "  "})
    assert "tk=abc" in basemaps.basemaps({"TIANDITU_KEY": "abc"})["tianditu"].url


def test_every_base_map_says_whose_it_is_and_in_what_datum() -> None:
    for basemap in basemaps.basemaps({"TIANDITU_KEY": "abc"}).values():
        assert basemap.attribution
        assert basemap.attribution_url.startswith("https://")
        assert basemap.datum in {"wgs84", "gcj02"}
        assert all(part in basemap.url for part in ("{x}", "{y}", "{z}"))
        assert ("{s}" in basemap.url) == bool(basemap.subdomains)


def test_amap_is_in_gcj02() -> None:
    assert basemaps.basemaps({})["amap"].datum == "gcj02"


def test_gcj02_applies_to_the_mainland_alone() -> None:
    rings = [shapely.Polygon(ring) for ring in basemaps.gcj02_area()]
    units = boundaries.districts("china")
    points = units.geometry.representative_point()
    depth = np.sum([shapely.contains(ring, points.to_numpy()) for ring in rings], axis=0)
    mainland = ~units.index.str.startswith(("71", "81", "82"))
    assert (depth[mainland] % 2 == 1).all()
    assert (depth[~mainland] % 2 == 0).all()


def test_gcj02_does_not_apply_abroad() -> None:
    rings = [shapely.Polygon(ring) for ring in basemaps.gcj02_area()]
    abroad = {
        "Seoul": (126.98, 37.57),
        "Tokyo": (139.69, 35.68),
        "Hanoi": (105.85, 21.03),
        "Ulaanbaatar": (106.92, 47.92),
        "New York": (-74.0, 40.7),
    }
    for lon, lat in abroad.values():
        assert sum(ring.contains(shapely.Point(lon, lat)) for ring in rings) % 2 == 0
