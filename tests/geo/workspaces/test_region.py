"""What breaks: a large list whose repeated texts fill the memory, or reads otherwise for it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geo.facts import own_regions
from geo.facts.own_regions import OwnRegion
from geo.workspaces import region
from geo.workspaces.content import Workspace
from tests import many

ID = f"{own_regions.PREFIX}texts"


@pytest.fixture(autouse=True)
def _no_list_is_too_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(region, "LARGE", 0)


@pytest.fixture(scope="module")
def content() -> Workspace:
    units = many.units()
    return Workspace(name="三千家", sites=many.sites(3000), source="三千家.csv", region=units)


def test_a_text_that_many_sites_have_is_kept_once(content: Workspace) -> None:
    sites = region.own_region(content, id_=ID).sites
    apart = {"id", "name_zh", "name_en", "address"}
    texts = [name for name in content.sites if content.sites[name].dtype == "str"]
    shared = sites[["region", *(name for name in texts if name not in apart)]]
    assert shared.memory_usage(index=False).sum() <= 2 * shared.size + 50_000


def test_texts_read_and_sort_as_in_the_list(content: Workspace) -> None:
    sites = region.own_region(content, id_=ID).sites
    for name in content.sites.columns.drop(["region", "geometry"]):
        listed = content.sites[name]
        pd.testing.assert_series_equal(sites[name].astype(listed.dtype), listed)
        again = sites[name].sort_values(kind="stable").index
        assert (again == listed.sort_values(kind="stable").index).all()


def test_a_few_regions_of_many_sites_take_the_room_of_all() -> None:
    held = [f"{ID}-{number}" for number in range(6)]
    for id_ in held:
        sites = gpd.GeoDataFrame(index=pd.RangeIndex(10 * own_regions.ROWS))
        own_regions.remember(OwnRegion(id=id_, name="", units=(), sites=sites))
    opened = set(own_regions.opened())
    assert np.flatnonzero([id_ in opened for id_ in held]).tolist() == [4, 5]
    for id_ in held:
        own_regions.forget(id_)
