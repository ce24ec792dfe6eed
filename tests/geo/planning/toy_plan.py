"""A made-up region of four quarters with residents, and questions to ask about it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from geo.planning.question import MODELS, Question
from geo.planning.scenario import Pin
from tests.geo import toy

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.planning.question import Candidates, Model

RESIDENTS = [40_000, 0, 9_000, math.nan]
"""Of the quarters: one has nobody, of one nobody knows."""


def region() -> gpd.GeoDataFrame:
    quarters = toy.quarters().assign(population=RESIDENTS)
    middle = quarters.to_crs("EPSG:32651").centroid.to_crs(toy.CRS)
    return quarters.assign(lon=middle.x, lat=middle.y)


OF_A_NUMBER = [model for model in MODELS if model != "fewest"]
"""Models that are asked for so many sites."""


PLACED: dict[Candidates, tuple[Pin, ...]] = {
    "cells": (),
    "districts": (),
    "pins": (Pin("A", 121.45, 31.15), Pin("B", 121.52, 31.12), Pin("C", 121.58, 31.29)),
}
"""Candidates that every region has, and the pins that are set."""


def questions(*, most: int = 4) -> st.SearchStrategy[Question]:
    def asked(model: Model, p: int, radius_m: float, candidates: Candidates) -> Question:
        pins = PLACED[candidates]
        return Question(model=model, p=p, radius_m=radius_m, candidates=candidates, pins=pins)

    return st.builds(
        asked,
        model=st.sampled_from(OF_A_NUMBER),
        p=st.integers(0, most),
        radius_m=st.sampled_from([1000.0, 2500.0, 6000.0]),
        candidates=st.sampled_from([*PLACED]),
    )
