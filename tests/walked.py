"""The made-up city as a list that somebody brings: two banks as areas, streets, the river."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from geo.intake import columns, placing, sites
from geo.intake.plan import Plan
from geo.intake.validation import take_in
from geo.networks import packed
from geo.workspaces.content import Workspace
from tests.geo.intake.files import table
from tests.geo.networks import made_city

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE = "© OpenStreetMap <b>2026</b>"
SITE = (1, 3)
"""On the south bank, 762 m along the street from the bridge in column 5, which is 222 m long."""


def banks() -> gpd.GeoDataFrame:
    """The city south and north of the river, 7,000 residents each."""
    (west, south), (east, north) = made_city.at(-0.5, -0.5), made_city.at(6.5, 6.5)
    river = made_city.at(0, 3.5)[1]
    boxes = [shapely.box(west, south, east, river), shapely.box(west, river, east, north)]
    return gpd.GeoDataFrame(
        {"adcode": ["南岸", "北岸"], "name_zh": ["南岸", "北岸"], "population": [7000, 7000]},
        geometry=boxes,
        crs=made_city.CRS,
    )


def workspace(where: Sequence[tuple[float, float]] = (SITE,)) -> Workspace:
    """A workspace with sites at places of the grid, the streets and the river."""
    lonlat = [made_city.at(*each) for each in where]
    raw = table(
        名称=[f"{row}号文创园" for row in range(len(where))],
        经度=[lon for lon, _ in lonlat],
        纬度=[lat for _, lat in lonlat],
        行业=["工业设计"] * len(where),
    )
    held, units = columns.recognise(raw.cells), placing.region_of("shanghai")
    kept = take_in(raw, Plan(columns=held, region=units)).kept
    river = gpd.GeoSeries([made_city.RIVER], crs=made_city.CRS)
    return Workspace(
        name="格子城",
        sites=sites.of_kept(kept, held, region="ws-", source="list.csv"),
        region=units,
        boundaries=banks(),
        streets=packed.of_network(
            made_city.city(), source=SOURCE, file="city.osm.pbf", motorway_km=12.0
        ),
        barriers=packed.of_shapes(river, source="测绘院", file="river.gpkg"),
    )
