"""Whom sites reach of the elements of a layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.policy.phases import repeats

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.policy.model import Layout


def shares(layout: Layout, units: gpd.GeoDataFrame, reached: pd.DataFrame) -> pd.DataFrame:
    """Return which share of the residents of elements sites reach.

    Parameters
    ----------
    layout : Layout
        Of its elements those count that are districts, or cities, which `units` make up; one that
        only repeats the districts of another has no row (see `geo.policy.phases.repeats`).
    units : GeoDataFrame, m rows
        As `geo.facts.boundaries.districts` returns them.
    reached : DataFrame, m rows
        On the index of `units`: ``residents``, and a column for each plan with how many of them
        its sites reach; NaN where that is not known.

    Returns
    -------
    DataFrame, index ``element`` (id), in the order of the layout
        The columns of the plans: shares from 0 to 1, NaN where no residents are known of a unit.

    Examples
    --------
    >>> from geo.facts import boundaries
    >>> from geo.policy import layouts
    >>> cities = boundaries.districts("guangdong", level="city")
    >>> reached = pd.DataFrame({"residents": 10.0, "now": 0.0, "then": 4.0}, index=cities.index)
    >>> shares(layouts.layout("gd-2023-plan"), cities, reached).head(2).to_dict("list")
    {'now': [0.0, 0.0], 'then': [0.4, 0.4]}
    """
    made = {
        each.id: units.index.isin(each.extent.districts)
        | units["city_adcode"].isin(each.extent.districts).to_numpy(dtype=bool)
        for each in layout.elements
        if each.extent.districts and not repeats(each, layout.elements)
    }
    sums = pd.DataFrame(
        [reached[rows].sum(skipna=False) for rows in made.values() if rows.any()],
        index=pd.Index([key for key, rows in made.items() if rows.any()], name="element"),
        columns=reached.columns,
        dtype=np.float64,
    )
    people = sums.pop("residents")
    return sums.div(people.where(people > 0), axis=0).clip(upper=1)
