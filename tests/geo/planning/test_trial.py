from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.planning import Question, propose, trial
from tests.geo import toy
from tests.geo.planning import toy_plan

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

REGION = toy_plan.region()
SITES = toy.sites([(121.42, 31.12), (121.55, 31.25)])
QUICK = settings(max_examples=20, deadline=None)
RADIUS_M = 2500.0

# The border that the quarters share belongs to one of them, too.
positions = st.tuples(st.floats(121.4, 121.6), st.floats(31.1, 31.3))
moves = st.lists(st.tuples(st.sampled_from("ABCD"), positions), min_size=1, max_size=12)


def today() -> trial.Today:
    return trial.today(SITES, REGION, radius_m=RADIUS_M)


TODAY = today()


def set_out(pins: dict[str, tuple[float, float]]) -> gpd.GeoDataFrame:
    points = [shapely.Point(at) for at in pins.values()]
    return gpd.GeoDataFrame(index=list(pins), geometry=points, crs=toy.CRS)


def same(first: trial.Trial, second: trial.Trial) -> None:
    assert first.totals == second.totals
    assert first.districts.equals(second.districts)
    assert first.places.equals(second.places)


def by_place(tried: trial.Trial) -> pd.DataFrame:
    return tried.places.drop(columns="geometry").set_index(["lon", "lat"]).sort_index()


@QUICK
@given(moves)
def test_after_any_moves_it_is_what_a_fresh_start_finds(
    made: list[tuple[str, tuple[float, float]]],
) -> None:
    before, pins = today(), {}
    for letter, at in made:
        pins[letter] = at
        moved = trial.trial(before, set_out(pins))
    same(moved, trial.trial(today(), set_out(pins)))


@QUICK
@given(st.lists(positions, unique=True, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(places: list[tuple[float, float]], random: object) -> None:
    shuffled = random.sample(places, len(places))  # type: ignore[attr-defined]
    first = trial.trial(TODAY, set_out(dict(zip("ABCDEF", places, strict=False))))
    second = trial.trial(TODAY, set_out(dict(zip("UVWXYZ", shuffled, strict=False))))
    assert first.totals == second.totals
    assert by_place(first).equals(by_place(second))


def test_only_the_disc_that_moved_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    computed = []

    first = trial.STRAIGHT.nearest_m

    def nearest_m(start: Floats, end: Floats, *, most_m: float) -> Floats:
        computed.append(tuple(end[0].tolist()))
        return first(start, end, most_m=most_m)

    before = today()
    monkeypatch.setattr(trial.STRAIGHT, "nearest_m", nearest_m)
    pins = {"A": (121.45, 31.15), "B": (121.55, 31.15)}
    trial.trial(before, set_out(pins))
    trial.trial(before, set_out(pins | {"B": (121.56, 31.16)}))
    assert computed == [*pins.values(), (121.56, 31.16)]


def test_without_pins_it_is_today_s_reach() -> None:
    tried = trial.trial(TODAY, set_out({}))
    proposed = propose(SITES, REGION, Question(p=0, radius_m=RADIUS_M))
    assert tried.totals == proposed.totals
    assert tried.districts.equals(proposed.districts)
    assert tried.places.empty


def test_pins_at_the_places_of_a_proposal_add_what_it_adds() -> None:
    proposed = propose(SITES, REGION, Question(p=3, radius_m=RADIUS_M))
    at = proposed.places[["lon", "lat"]].itertuples(index=False, name=None)
    tried = trial.trial(TODAY, set_out(dict(zip("ABC", at, strict=True))))
    assert tried.totals == proposed.totals
    assert tried.places["residents"].to_list() == pytest.approx(
        proposed.places["residents"].to_list()
    )


def test_two_pins_at_one_place_add_it_once() -> None:
    tried = trial.trial(TODAY, set_out({"A": (121.45, 31.25), "B": (121.45, 31.25)}))
    assert sorted(tried.places["overlap"]) == pytest.approx([0, 1])
    assert tried.places["residents"].min() == 0


def test_what_is_no_place_in_the_region_is_named() -> None:
    pins = {"A": (121.45, 31.15), "sea": (122.5, 31.15)}
    with pytest.raises(InputError, match="within the region at row sea"):
        trial.trial(TODAY, set_out(pins))
    with pytest.raises(InputError, match="labels repeat"):
        trial.trial(TODAY, set_out(pins).iloc[[0, 0]])
