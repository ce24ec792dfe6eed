"""What breaks: a pair over the river, a pair that is lost or gained."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.geometry import sphere
from geo.networks import straight
from tests.geo.networks import made_city
from tests.geo.networks.made_city import places

RIVER = gpd.GeoSeries([made_city.RIVER], crs=made_city.CRS)
somewhere = st.lists(st.tuples(st.floats(-3, 9), st.floats(-3, 9)), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(somewhere, somewhere, st.floats(100, 3000))
def test_pairs_within_the_radius_on_one_bank_are_held(
    demand: list[tuple[float, float]], sites: list[tuple[float, float]], radius_m: float
) -> None:
    to, from_ = places(*demand), places(*sites)
    a, b = (shapely.get_coordinates(np.asarray(each.geometry.array)) for each in (to, from_))
    rows = [(*one, *other) for one in a for other in b]
    metres = np.asarray(sphere.WGS84.inv(*np.array(rows).T)[2]).reshape(len(a), len(b))
    free = straight.costs(to, from_, radius_m=radius_m)
    held = np.zeros(metres.shape, dtype=bool)
    held[free.nonzero()] = True
    stored = free.tocoo()
    held[stored.coords] = True
    assert (held == (metres <= radius_m)).all()
    assert stored.data == pytest.approx(metres[stored.coords])
    cut = straight.costs(to, from_, radius_m=radius_m, barriers=RIVER).tocoo()
    one_bank = (a[:, None, 1] > 31.207) == (b[None, :, 1] > 31.207)
    kept = np.zeros(metres.shape, dtype=bool)
    kept[cut.coords] = True
    assert (kept == (held & one_bank)).all()


def test_a_lake_cuts_what_lies_over_it_and_nothing_beside() -> None:
    lake = gpd.GeoSeries([shapely.box(*made_city.at(2, 2), *made_city.at(3, 3))], crs=made_city.CRS)
    start, ends = places((1, 2.5)), places((4, 2.5), (1, 4), (1, 2.5))
    table = straight.costs(start, ends, radius_m=3000, barriers=lake.to_crs("EPSG:32651"))
    assert table.indices.tolist() == [1, 2]


def test_barriers_without_a_crs_and_a_bad_radius_are_told_at_once() -> None:
    bare = gpd.GeoSeries([made_city.RIVER])
    with pytest.raises(InputError, match=r"(?s)radius_m.*barriers"):
        straight.costs(places((1, 1)), places((1, 1)), radius_m=-1, barriers=bare)
