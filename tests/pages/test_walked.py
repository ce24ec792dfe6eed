"""Reach on foot on pages: where streets are known it is told beside discs, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.facts import own_regions
from geo.geometry import projection
from geo.networks import packed
from geo.settings import LANGUAGES
from geo.workspaces.region import own_region
from tests import reading, walked
from tests.geo.networks import made_city
from tests.pages.conftest import address, headline, shown, words
from tests.pages.test_many import paint, paints
from tests.reading import having
from tests.ui.states import view
from ui.blocks import onfoot
from ui.pack import on_foot
from ui.state.pages import Districts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

CITY = f"{own_regions.PREFIX}walked"
FOOT = {"region": CITY, "way": "foot"}
ASKED = {"region": CITY, "p": "3", "radius": "0.3"}


@pytest.fixture(autouse=True)
def region() -> Iterator[own_regions.OwnRegion]:
    made = own_region(walked.workspace(), id_=CITY)
    own_regions.remember(made)
    yield made
    own_regions.forget(CITY)


def shares(app: AppTest) -> dict[str, list[float]]:
    """Shares of the table on foot by the name of the district: residents, land, on foot, disc."""
    table = next(each for each in having(shown(app), class_="ct-onfoot") if each.tag == "table")
    body = next(table.iter("tbody"))
    rows = [[reading.words(cell) for cell in row] for row in body.iter("tr")]
    return {name: [float(each.rstrip("%")) for each in figures] for name, *figures in rows}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["overview", "districts", "siting"])
def test_on_foot_stands_beside_the_disc(run_page: Open, page: str, lang: str) -> None:
    app = run_page(page, **FOOT, lang=lang, minutes="10")
    assert not app.exception
    assert not app.warning
    assert {"way": "foot", "minutes": "10"}.items() <= address(app).items()
    told = shares(app)
    # 833 m: the bridge begins after 762 m, the far bank after 984 m.
    assert told["南岸"][0] > 30
    assert told["北岸"][0] < 5 < told["北岸"][1]
    for people, of_disc, land, land_of_disc in told.values():
        assert people <= of_disc
        assert land <= land_of_disc
    said = words(app)
    assert "OpenStreetMap &lt;b&gt;" in said or walked.SOURCE in said
    assert "0.83" in said
    assert "12" in said
    drawn = paint(app)
    assert drawn["reach"] or drawn["walked"]


def test_a_longer_walk_crosses_the_bridge(run_page: Open) -> None:
    short, long, fast = (
        shares(run_page("districts", **FOOT, **asked))["北岸"][0]
        for asked in ({"minutes": "10"}, {"minutes": "15"}, {"minutes": "15", "speed": "6"})
    )
    assert short < long < fast


@pytest.mark.parametrize("way", ["straight", "barriers", "foot"])
def test_a_plan_keeps_to_the_way_that_is_asked_for(run_page: Open, way: str) -> None:
    app = run_page("siting", region=CITY, way=way, p="1", radius="0.8", minutes="10")
    assert not app.exception
    assert "1" in headline(app)
    said = words(app)
    assert ("沿街道走" in said) == (way == "foot")
    assert ("测绘院" in said) == (way == "barriers")


def test_no_place_is_proposed_where_nothing_may_be_built(
    run_page: Open, region: own_regions.OwnRegion
) -> None:
    assert any("北岸" in each["name"] for each in paint(run_page("siting", **ASKED))["clusters"])
    north = gpd.GeoSeries(walked.banks().geometry.iloc[[1]])
    forbidden = packed.of_shapes(north, source="规划局", file="red.gpkg")
    closed = replace(region, id=f"{CITY}-closed", forbidden=forbidden)
    own_regions.remember(closed)
    app = run_page("siting", **ASKED | {"region": closed.id})
    own_regions.forget(closed.id)
    assert not app.exception
    assert "规划局" in words(app)
    assert paint(app)["forbidden"]
    assert "不能建的范围" in words(app)
    names = [each["name"] for each in paint(app)["clusters"]]
    assert names
    assert not any("北岸" in name for name in names)


def test_without_streets_there_is_no_walk(run_page: Open) -> None:
    for page in ("overview", "siting"):
        app = run_page(page, way="foot", minutes="30")
        assert not app.exception
        assert "way" not in address(app)
        assert app.warning
        assert "步行" not in words(app)


def test_a_short_walk_from_places_beside_streets_is_drawn(run_page: Open) -> None:
    app = run_page("siting", **FOOT, minutes="5", speed="3", p="12")
    assert not app.exception
    assert all(len(each["rim"]) > 3 for each in paint(app)["clusters"])


def test_a_plan_on_foot_counts_who_is_reached(run_page: Open) -> None:
    app = run_page("siting", **FOOT, model="median")
    assert "model" not in address(app)
    assert not app.exception


def test_a_pin_has_the_outline_of_what_is_reached_from_it(run_page: Open) -> None:
    lon, lat = made_city.at(2, 1)
    asked = {**ASKED, "minutes": "5", "mode": "try", "pins": f"A:{lon:.5f},{lat:.5f}"}
    rims = {}
    for way in ("straight", "foot", "barriers"):
        app = run_page("siting", **asked, way=way)
        assert not app.exception
        (pin,) = paints(app)[0]["trial"]["pins"]
        rims[way] = pin["rim"]
    assert rims["straight"] == []
    for way, metres in (("foot", 430), ("barriers", 310)):
        (disc,) = projection.grown(np.array([shapely.Point(lon, lat)]), metres)
        reached = shapely.Polygon(rims[way])
        assert reached.contains(shapely.Point(lon, lat))
        assert disc.contains(reached)
        assert reached.area < 0.95 * disc.area


def test_files_and_reports_say_what_the_page_says(run_page: Open) -> None:
    seen = view(Districts, region=CITY, way="foot", minutes="10")
    told = shares(run_page("districts", **FOOT, minutes="10"))
    (table,) = on_foot.tables(seen)
    rows = (*table.rows, table.total)
    assert {name: [float(each.rstrip("%")) for each in row] for name, *row in rows} == told
    assert any("12" in each for each in table.remarks)
    assert seen.state.walk is not None
    file = pd.read_csv(BytesIO(onfoot.file(seen, seen.state.walk)))
    assert (file["on_foot"] <= file["by_disc"]).all()
    assert (file["land_on_foot"] <= file["land_by_disc"]).all()
    assert set(file["minutes"]) == {10}
    assert set(file["speed_kmh"]) == {5}
    assert file["streets"].str.contains("OpenStreetMap").all()
    assert on_foot.tables(view(Districts, region=CITY)) == ()
