from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo import boundaries, catalog
from geo.measures import nearest
from geo.planning import Question, best, case, choice
from tests.geo import toy
from tests.geo.planning import toy_plan

if TYPE_CHECKING:
    from collections.abc import Hashable

    from geo.planning.proposal import Case

ASKED = Question(p=2, radius_m=1000)
FEW = 25


def looked_at(monkeypatch: pytest.MonkeyPatch, asked: Question, *, most: int = FEW) -> Case:
    monkeypatch.setattr(choice, "MOST_CANDIDATES", most)
    return case(toy.sites([(121.42, 31.12)]), toy_plan.region(), asked)


def added(given: Case, lonlat: np.ndarray) -> np.ndarray:
    unserved = given.here.residents * (given.start.metres > given.asked.radius_m)
    near = nearest.within(lonlat, given.here.lonlat, most_m=given.asked.radius_m)
    return np.asarray(near.astype(bool) @ unserved)


def test_no_square_that_is_left_out_adds_more_than_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    given, every = (looked_at(monkeypatch, ASKED, most=most) for most in (FEW, 100_000))
    known = {tuple(at) for at in given.among.lonlat}
    others = np.array([at for at in every.among.lonlat if tuple(at) not in known])
    beyond = given.among.places.beyond
    assert len(known) == FEW
    # All squares lie closer to each other than half a radius: only those so far apart are asked.
    apart = given.among.places.spacing_m
    assert apart <= ASKED.radius_m / 2 + given.here.size_m / 2
    assert added(given, given.among.lonlat).min() >= beyond - 1e-6
    assert np.median(added(given, others)) <= beyond


def test_whoever_many_live_close_together_is_found_in_a_large_region() -> None:
    boxes: dict[Hashable, tuple[float, float, float, float]] = {
        "city": (121.413, 31.113, 121.437, 31.137),
        **{f"land {n}": (121.437 + n, 31.113, 122.437 + n, 32.113) for n in range(4)},
    }
    region = toy.districts(boxes, population=[500_000, *[20_000] * 4])
    middle = region.to_crs("EPSG:32651").centroid.to_crs(toy.CRS)
    given = case(
        toy.sites([]), region.assign(lon=middle.x, lat=middle.y), Question(p=1, radius_m=2000)
    )
    found = best(given)
    assert found.totals.after >= 490_000
    assert given.among.places.beyond < found.totals.after


@pytest.mark.parametrize("model", ["worst", "fewest", "median", "center"])
def test_other_aims_look_at_all_of_the_region(model: str) -> None:
    asked = Question(model=model, p=2, radius_m=3000)  # type: ignore[arg-type]
    given = case(catalog.sites("jinan"), boundaries.districts("jinan"), asked)
    assert np.isnan(given.among.places.beyond)
