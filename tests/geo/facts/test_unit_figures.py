"""What breaks: a figure kept from an outline that is another by now."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from geo.china import county_units
from geo.facts import unit_figures

SOME = ["110101", "310115", "440304", "540221", "659002", "810001"]


def test_every_unit_has_its_figures_and_they_are_of_its_present_outline() -> None:
    kept = pd.read_csv(unit_figures.KEPT, dtype={"adcode": "str"}, index_col="adcode")
    units = county_units.units()
    assert kept.index.tolist() == units.index.tolist()
    np.testing.assert_allclose(
        kept[unit_figures.SHAPE], shapely.area(units.geometry.to_numpy()), rtol=1e-12
    )


def test_what_is_kept_is_what_is_computed() -> None:
    units = county_units.units().loc[SOME]
    pd.testing.assert_frame_equal(
        unit_figures.of(units), unit_figures.computed(units), check_index_type=False
    )


def test_figures_of_another_outline_are_computed() -> None:
    units = county_units.units().loc[SOME]
    half = units.geometry.copy()
    west, south, east, north = half["310115"].bounds
    half["310115"] = half["310115"].intersection(shapely.box(west, south, (west + east) / 2, north))
    cut = units.set_geometry(half)
    found, whole = unit_figures.of(cut), unit_figures.of(units)
    assert found.index.tolist() == SOME
    assert found["area_polygon_km2"]["310115"] < 0.9 * whole["area_polygon_km2"]["310115"]
    others = [code for code in SOME if code != "310115"]
    pd.testing.assert_frame_equal(found.loc[others], whole.loc[others])


def test_a_unit_that_is_in_no_table_has_figures() -> None:
    units = county_units.units().loc[SOME[:1]].rename({SOME[0]: "440100"})
    known = unit_figures.of(county_units.units().loc[SOME[:1]])
    assert unit_figures.of(units).to_numpy().tolist() == known.to_numpy().tolist()
