from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geo.geometry import sphere
from geo.measures import access, land_cells
from tests.geo import toy

BLOCK = toy.districts({"west": (121.4, 31.2, 121.5, 31.3), "east": (121.5, 31.2, 121.6, 31.3)})
SITES = np.array([[121.44, 31.25], [121.48, 31.21], [121.57, 31.4]])


def test_the_mean_of_the_distance_to_the_nearest() -> None:
    cells = land_cells.land_cells(BLOCK, size_m=1000)
    far = [
        [sphere.WGS84.inv(*centre, *site)[2] for site in SITES] for centre in cells.lonlat.tolist()
    ]
    mean = pd.Series(np.min(far, axis=1)).groupby(cells.district).mean() / 1000
    assert access.access_km(SITES, BLOCK).to_list() == pytest.approx(mean.to_list())


def test_another_site_takes_nobody_further_away() -> None:
    fewer = access.access_km(SITES[:2], BLOCK)
    more = access.access_km(SITES, BLOCK)
    assert (more <= fewer + 1e-9).all()
    assert access.access_km(SITES[::-1], BLOCK).equals(more)


def test_a_district_smaller_than_a_square_kilometre_has_its_own() -> None:
    yard = toy.districts(
        {"yard": (121.5, 31.2, 121.501, 31.201), "west": (121.4, 31.2, 121.5, 31.3)}
    )
    found = access.access_km(np.array([[121.5005, 31.2005]]), yard)
    assert found["yard"] < 0.1 < found["west"]


def test_without_a_site_there_is_none() -> None:
    assert access.access_km(np.empty((0, 2)), BLOCK).isna().all()
