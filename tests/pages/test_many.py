"""Pages on more sites than a map draws one by one: they carry none of them but what stands out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from geo.measures import cells
from layers.transport import overlay
from tests import many
from tests.pages.conftest import shown, words
from ui.layouts import layout_map
from ui.map import counted_view
from ui.state import sides
from ui.state.address import parse
from ui.state.pages import Layouts
from ui.state.view import PageView

if TYPE_CHECKING:
    import geopandas as gpd
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open
    from ui.state.sides import Side


LAYOUT = {"layout": many.LAYOUT, "radius": "1"}


def side(**params: str) -> Side:
    asked = parse({"region": many.REGION, **LAYOUT, **params}, Layouts.fields())
    return sides.sides(PageView(Layouts.of(asked.values)))[0]


def paint(app: AppTest) -> dict[str, Any]:
    """Return what the page's map is sent."""
    (drawn,) = paints(app)
    return drawn


def paints(app: AppTest) -> list[dict[str, Any]]:
    """Return what each map of the page is sent."""
    components = [each for each in app.get("bidi_component") if "paint" in each.proto.json]
    return [json.loads(json.loads(each.proto.json)["paint"]) for each in components]


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


@pytest.mark.usefixtures("every")
def test_a_layout_draws_and_lists_few_of_many_sites(run_page: Open) -> None:
    app, drawn = opened(run_page, "layouts", **LAYOUT)
    assert drawn["layout"]["signs"]
    assert not drawn["sites"]["features"]
    assert "ct-in-view" in drawn["legend"]
    assert len(list(shown(app).iter("a"))) < 500


@pytest.mark.parametrize("phase", ["planned", "present"])
def test_the_cells_of_a_layout_count_the_sites_of_its_phase(
    every: gpd.GeoDataFrame, phase: str
) -> None:
    drawn = json.loads(
        overlay.overlay(layout_map.scene(side(phase=phase), window=None)).paint.payload
    )
    asked = dict(parse_qsl(urlsplit(drawn["counted"]).query))
    told = json.loads(counted_view.answer({**asked, "box": "120,30,123,32", "zoom": "8"}))
    standing = every[every["status"].ne("planned")] if phase == "present" else every
    assert told["n"] == (~standing.geometry.is_empty).sum()


@pytest.mark.usefixtures("every")
def test_marked_sites_of_a_layout_are_drawn_unless_they_are_too_many(run_page: Open) -> None:
    core = at(run_page, element="own-1")
    assert {each["properties"].get("m") for each in core["sites"]["features"]} == {1}
    assert core["marking"]
    whole = at(run_page, element="own-2", says="图上不标")
    assert not whole["sites"]["features"]
    assert not whole["marking"]
    one = at(run_page, mark="site:many-77", says="第77家")
    assert [each["properties"]["i"] for each in one["sites"]["features"]] == ["many-77"]


def at(run_page: Open, *, says: str = "图上标出", **params: str) -> dict[str, Any]:
    app, drawn = opened(run_page, "layouts", **LAYOUT, **params)
    assert says in words(app)
    return drawn


@pytest.mark.usefixtures("every")
def test_the_file_of_a_layout_asks_nobody_for_cells_and_says_so() -> None:
    file = layout_map.as_file(side()).decode()
    assert '"counted":""' in file
    assert "不画点也不按格计数" in file
