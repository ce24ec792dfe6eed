"""Pages on more sites than a map draws one by one: they carry none of them but what stands out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.measures import cells
from tests import many
from tests.pages.conftest import words
from ui.map import counted_view

if TYPE_CHECKING:
    import geopandas as gpd
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open


def paint(app: AppTest) -> dict[str, Any]:
    """Return what the page's map is sent."""
    (component,) = [each for each in app.get("bidi_component") if "paint" in each.proto.json]
    drawn: dict[str, Any] = json.loads(json.loads(component.proto.json)["paint"])
    return drawn


@pytest.fixture(scope="module")
def every() -> gpd.GeoDataFrame:
    return many.opened()


def opened(run_page: Open, page: str, **params: str) -> tuple[AppTest, dict[str, Any]]:
    app = run_page(page, region=many.REGION, **params)
    assert not app.exception
    return app, paint(app)


@pytest.mark.parametrize(("page", "most"), [("overview", 0), ("find", 10)])
@pytest.mark.usefixtures("every")
def test_a_page_draws_the_sites_that_stand_out_and_asks_for_the_others(
    run_page: Open, page: str, most: int
) -> None:
    app, drawn = opened(run_page, page, kind="park")
    assert len(drawn["sites"]["features"]) == most
    asked = {name: values[0] for name, values in parse_qs(urlsplit(drawn["counted"]).query).items()}
    assert asked == {"region": many.REGION, "kind": "park"}
    counted_view.answer({**asked, "box": "121,31,122,32", "zoom": "12"})
    assert all(len(each.options) < 100 for each in app.selectbox)


@pytest.mark.parametrize("page", ["overview", "find"])
def test_a_selected_site_is_drawn_by_the_page(
    run_page: Open, every: gpd.GeoDataFrame, page: str
) -> None:
    chosen = every["id"].iloc[77]
    _, drawn = opened(run_page, page, at=f"site:{chosen}")
    assert drawn["selected_site"] == chosen
    assert chosen in {each["properties"]["i"] for each in drawn["sites"]["features"]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_card_of_a_cell_says_the_sum_of_its_parts(
    run_page: Open, every: gpd.GeoDataFrame, lang: str
) -> None:
    lon, lat = every[["lon", "lat"]].iloc[77]
    cell = cells.Cell(*cells.covering((lon, lat, lon, lat), 13)[:3])
    west, south, east, north = cell.bounds
    there = every.cx[west:east, south:north]
    app, drawn = opened(run_page, "overview", at=f"cell:{cell}", lang=lang)
    told = words(app)
    assert drawn["selected_cell"] == [*cell]
    parts = re.search(r"([\d,]+) \+ ([\d,]+) \+ ([\d,]+) \+ ([\d,]+) = ([\d,]+)", told)
    assert parts is not None
    *four, whole = (int(each.replace(",", "")) for each in parts.groups())
    assert sum(four) == whole == len(there) > 0
    assert there.sort_index()[f"name_{lang}"].iloc[0] in told


@pytest.mark.usefixtures("every")
def test_a_cell_without_sites_says_so_and_one_that_is_none_is_refused(run_page: Open) -> None:
    app, _ = opened(run_page, "overview", at="cell:13/0/0")
    assert "没有符合筛选" in words(app)
    app, drawn = opened(run_page, "overview", at="cell:13/9999/0")
    assert drawn["selected_cell"] is None


def test_a_region_of_few_has_no_cells(run_page: Open) -> None:
    app = run_page("overview", at="cell:13/6861/3348")
    assert not app.exception
    drawn = paint(app)
    assert drawn["counted"] == ""
    assert drawn["selected_cell"] is None
    assert drawn["sites"]["features"]
