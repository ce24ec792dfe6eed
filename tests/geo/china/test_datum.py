"""What breaks: positions that are 500 m off, moved where nothing may be moved, or lost."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import datum
from geo.errors import InputError

MILLIMETRE = 1e-3 / 111_320
ABROAD = {
    "Hong Kong": (114.1694, 22.3193),
    "Macau": (113.5439, 22.1987),
    "Taipei": (121.5654, 25.0330),
    "Seoul": (126.9780, 37.5665),
    "Ulaanbaatar": (106.9057, 47.8864),
    "Hanoi": (105.8342, 21.0278),
    "East China Sea": (124.0, 30.0),
    "London": (-0.1276, 51.5072),
}
MOVED = ("gcj02", "bd09")


def test_gcj02_gives_the_published_value() -> None:
    lon, lat = datum.from_wgs84([121.5272106], [31.1774276], datum="gcj02")
    assert lon[0] == pytest.approx(121.531541859215, abs=1e-12)
    assert lat[0] == pytest.approx(31.17530398364597, abs=1e-12)


def test_bd09_is_the_published_formula_upon_gcj02() -> None:
    x, y = datum.from_wgs84(121.5272106, 31.1774276, datum="gcj02")
    k = np.pi * 3000 / 180
    z = np.hypot(x, y) + 0.00002 * np.sin(y * k)
    theta = np.arctan2(y, x) + 0.000003 * np.cos(x * k)
    lon, lat = datum.from_wgs84(121.5272106, 31.1774276, datum="bd09")
    assert float(lon) == pytest.approx(z * np.cos(theta) + 0.0065, abs=1e-12)
    assert float(lat) == pytest.approx(z * np.sin(theta) + 0.006, abs=1e-12)


def _published(lon: float, lat: float) -> tuple[float, float]:
    """Return where the published formula of GCJ-02 puts a position, term by term."""
    a, ee, x, y = 6378245.0, 0.00669342162296594323, lon - 105, lat - 35

    def waves(place: float, *heights: tuple[float, float]) -> float:
        return sum(height * 2 / 3 * math.sin(place * pi) for height, pi in heights)

    pi = math.pi
    both = waves(x, (20, 6 * pi), (20, 2 * pi))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + both
    north += waves(y, (20, pi), (40, pi / 3), (160, pi / 12), (320, pi / 30))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + both
    east += waves(x, (20, pi), (40, pi / 3), (150, pi / 12), (300, pi / 30))
    phi = math.radians(lat)
    magic = 1 - ee * math.sin(phi) ** 2
    return (
        lon + math.degrees(east / (a / math.sqrt(magic) * math.cos(phi))),
        lat + math.degrees(north / (a * (1 - ee) / magic**1.5)),
    )


@given(st.floats(100, 117), st.floats(25, 40))
def test_gcj02_is_the_published_formula_everywhere(lon: float, lat: float) -> None:
    x, y = datum.from_wgs84(lon, lat, datum="gcj02")
    there_x, there_y = _published(lon, lat)
    assert float(x) == pytest.approx(there_x, rel=0, abs=MILLIMETRE / 1000)
    assert float(y) == pytest.approx(there_y, rel=0, abs=MILLIMETRE / 1000)


@given(st.floats(74, 134), st.floats(19, 53), st.sampled_from(MOVED))
def test_what_comes_back_is_a_place_that_has_this_position(
    lon: float, lat: float, kind: datum.Datum
) -> None:
    there = datum.from_wgs84([lon], [lat], datum=kind)
    again = datum.from_wgs84(*datum.to_wgs84(*there, datum=kind), datum=kind)
    # Beside a border two places can have one position in GCJ-02: it is one of them.
    assert np.hypot(again[0][0] - there[0][0], again[1][0] - there[1][0]) < MILLIMETRE


@given(st.floats(100, 118), st.floats(25, 42), st.sampled_from(MOVED))
def test_way_back_within_the_mainland_is_exact_to_a_millimetre(
    lon: float, lat: float, kind: datum.Datum
) -> None:
    there = datum.from_wgs84([lon], [lat], datum=kind)
    back = datum.to_wgs84(*there, datum=kind)
    assert np.hypot(back[0][0] - lon, back[1][0] - lat) < MILLIMETRE


@pytest.mark.parametrize("kind", MOVED)
def test_cities_of_the_mainland_come_back_and_were_moved(kind: datum.Datum) -> None:
    lon = np.array([114.0579, 113.5767, 87.6168, 126.5350, 124.3927, 117.9, 110.33])
    lat = np.array([22.5431, 22.2707, 43.8256, 45.8038, 40.1245, 24.48, 20.03])
    there = datum.from_wgs84(lon, lat, datum=kind)
    assert (np.hypot(there[0] - lon, there[1] - lat) > 50 / 111_320).all()
    back = datum.to_wgs84(*there, datum=kind)
    assert (np.hypot(back[0] - lon, back[1] - lat) < MILLIMETRE).all()


@pytest.mark.parametrize("kind", MOVED)
@pytest.mark.parametrize("place", ABROAD)
def test_nothing_moves_outside_the_mainland(place: str, kind: datum.Datum) -> None:
    lon, lat = ABROAD[place]
    for way in (datum.from_wgs84, datum.to_wgs84):
        assert tuple(map(float, way(lon, lat, datum=kind))) == (lon, lat)


def test_what_is_no_position_stays_what_it_is() -> None:
    lon = np.array([np.nan, np.inf, 1e300, 500.0, 0.0])
    for kind in datum.DATUMS:
        moved = datum.to_wgs84(lon, np.full(5, 30.0), datum=kind)
        np.testing.assert_array_equal(moved[0], lon)
        np.testing.assert_array_equal(moved[1], 30.0)


def test_inputs_and_shapes_are_kept() -> None:
    lon, lat = np.full((2, 3), 114.3), np.full((2, 3), 30.6)
    moved = datum.to_wgs84(lon, lat, datum="bd09")
    assert moved[0].shape == moved[1].shape == (2, 3)
    assert (lon == 114.3).all()
    assert (moved[0] != 114.3).all()


def test_refusals_say_what_was_expected() -> None:
    with pytest.raises(
        InputError, match="unknown datum 'wgs72': expected one of wgs84, gcj02, bd09"
    ):
        datum.to_wgs84([1.0], [2.0], datum="wgs72")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="2 longitudes and 1 latitudes"):
        datum.to_wgs84([1.0, 2.0], [2.0], datum="gcj02")
