"""What breaks: figures by areas of one's own that are not those of the file they came from."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.facts import boundaries, catalog, own_regions
from geo.intake import columns, placing, sites
from geo.intake.own_districts import recognised, survey
from geo.intake.plan import Plan
from geo.intake.readers import read
from geo.intake.validation import take_in
from geo.measures import density, location_quotient, region_summary
from geo.measures.coverage import coverage
from geo.workspaces.content import Workspace
from geo.workspaces.region import own_region
from tests import areas
from tests.geo.intake.files import table

ID = f"{own_regions.PREFIX}areas-of-a-test"
METRES = "EPSG:32650"  # UTM, zone 50: within a few thousandths of the ellipsoid here
OWN = areas.of_wuhan()
NAMES = OWN["片区"].tolist()
WHERE = np.random.default_rng(11).uniform((114.1, 30.2), (114.7, 31.0), (60, 2))
FAMILIES = ["工业设计", "动漫", "视觉传达"]


@pytest.fixture(scope="module")
def region() -> own_regions.OwnRegion:
    """Sixty sites round Wuhan, one more without a position, and areas from a file in EPSG:4547."""
    raw = table(
        名称=[f"园{n}" for n in range(61)],
        经度=[*WHERE[:, 0].tolist(), None],
        纬度=[*WHERE[:, 1].tolist(), None],
        区县=[*[None] * 60, "洪山区"],
        行业=[FAMILIES[n % 3] for n in range(61)],
        精度=["building"] * 61,
    )
    held = columns.recognise(raw.cells)
    kept = take_in(raw, Plan(columns=held)).kept
    file = read("片区.gpkg", areas.geopackage(areas.of_wuhan(4547)))
    content = Workspace(
        name="武汉",
        sites=sites.of_kept(kept, held, region=ID, source="list.csv"),
        region=placing.region_of("420100"),
        boundaries=survey(file, recognised(file)).areas,
    )
    made = own_region(content, id_=ID)
    own_regions.remember(made)
    return made


@pytest.fixture(scope="module")
def points(region: own_regions.OwnRegion) -> gpd.GeoDataFrame:
    """Its sites with a position, in metres, with the area each counts in, by geopandas alone."""
    frame = region.sites[~region.sites.geometry.is_empty]
    own = areas.first_holding(frame.geometry, OWN, "片区")
    return frame.assign(own=own).to_crs(METRES)


def test_every_site_counts_once(region: own_regions.OwnRegion, points: gpd.GeoDataFrame) -> None:
    whole = region_summary.summary(catalog.sites(ID), boundaries.districts(ID), radius_m=3000.0)
    assert whole.n == whole.n_placed + whole.n_outside + whole.n_unplaced == 61
    assert whole.n_placed == points["own"].notna().sum() > 10
    assert whole.n_outside == points["own"].isna().sum() > 0
    assert whole.n_unplaced == 1
    assert region.sites["adcode"].notna().sum() == whole.n_placed


@pytest.mark.usefixtures("region")
def test_density_is_that_of_the_file(points: gpd.GeoDataFrame) -> None:
    found = density.density(catalog.sites(ID), boundaries.districts(ID))
    n = points["own"].value_counts().reindex(NAMES, fill_value=0)
    assert found["n"].to_dict() == n.to_dict()
    drawn = OWN.to_crs(METRES).area.set_axis(NAMES) / 1e6
    given = (OWN["面积（公顷）"] / 100).set_axis(NAMES).fillna(drawn)
    assert found["per_100_km2"].to_numpy() == pytest.approx((100 * n / given).to_numpy(), rel=5e-3)
    residents = (OWN["常住人口（万人）"] * 1e4).set_axis(NAMES)
    per = (1e5 * n / residents).to_numpy()
    assert found["per_100k_residents"].to_numpy(float, na_value=np.nan) == pytest.approx(
        per, nan_ok=True
    )


@pytest.mark.usefixtures("region")
def test_coverage_is_that_of_an_overlay(points: gpd.GeoDataFrame) -> None:
    found = coverage(catalog.sites(ID), boundaries.districts(ID), radius_m=3000.0)
    reached = gpd.GeoDataFrame(geometry=[shapely.union_all(points.buffer(3000))], crs=METRES)
    polygons = OWN.to_crs(METRES)
    both = polygons.overlay(reached, how="intersection")
    covered = both.dissolve("片区").area.reindex(NAMES, fill_value=0)
    share = covered / polygons.area.set_axis(NAMES)
    assert found["share"].to_numpy() == pytest.approx(share.to_numpy(), abs=5e-3)


def test_quotients_are_those_of_counts_by_hand(
    region: own_regions.OwnRegion, points: gpd.GeoDataFrame
) -> None:
    family = "ind"
    found = location_quotient.by_district(
        catalog.sites(ID), boundaries.districts(ID), family=family
    )
    mine = points["sectors"].eq("industrial_design")
    every = region.sites["sectors"].eq("industrial_design").mean()
    by = pd.crosstab(points["own"], mine).reindex(NAMES, fill_value=0)
    lq = by[True] / by.sum(axis=1) / every
    assert found["lq"].to_numpy() == pytest.approx(lq.to_numpy(), nan_ok=True)
