"""The figures served are those of `geo`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from api import figures
from geo import boundaries, catalog, coverage, density


def test_figures_are_those_of_density_and_coverage() -> None:
    table = figures.table("shanghai", level="district")
    units, sites = boundaries.districts("shanghai"), catalog.sites("shanghai")
    expected = density.density(sites, units)
    reached = coverage.coverage(sites, units, radius_m=figures.RADIUS_M)
    pd.testing.assert_series_equal(table["n"], expected["n"])
    pd.testing.assert_series_equal(table["per_100_km2"], expected["per_100_km2"])
    known = table["share_empty"].isna()
    np.testing.assert_array_equal(table.loc[known, "share"], reached.loc[known, "share"])
    assert table.loc[~known, "share"].isna().all()
    assert table.crs == units.crs
