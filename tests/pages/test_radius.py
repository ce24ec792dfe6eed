"""Any radius from 0.1 to 50 km, on every page that asks for one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geo import formats
from geo.facts import boundaries, catalog
from geo.measures import coverage
from tests import reading
from tests.pages.conftest import shown, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest
    from streamlit.testing.v1.element_tree import TextInput

    from tests.pages.conftest import Open

SITES, DISTRICTS = catalog.sites("shanghai"), boundaries.districts("shanghai")


def box(app: AppTest, key: str) -> TextInput:
    return next(each for each in app.text_input if each.key == key)


@pytest.mark.parametrize("km", ["0.1", "2", "7.25", "50"])
def test_a_radius_of_a_link_is_the_one_of_the_figures(run_page: Open, km: str) -> None:
    app = run_page("districts", by="coverage", radius=km)
    assert not app.exception
    assert not app.warning
    share = coverage.coverage(SITES, DISTRICTS, radius_m=1000 * float(km))["share"]
    told = formats.percent(share["310104"])
    assert told in [reading.words(each) for each in shown(app).iter()]


@pytest.mark.parametrize("page", ["overview", "districts", "layouts"])
def test_a_typed_radius_is_shown_and_in_the_address(run_page: Open, page: str) -> None:
    app = run_page(page)
    box(app, "field_radius").set_value("2.50 km").run()
    assert not app.exception
    assert not app.warning
    assert app.query_params["radius"] == "2.5"
    assert box(app, "field_radius").value == "2.5"
    assert "2.5 公里" in words(app)


def test_a_usual_radius_is_one_click(run_page: Open) -> None:
    app = run_page("overview", radius="2")
    usual = app.pills(key="usual_radii")
    assert usual.value is None
    usual.set_value("5").run()
    assert app.query_params["radius"] == "5"
    app.pills(key="usual_radii").set_value("3").run()
    assert "radius" not in app.query_params


@pytest.mark.parametrize("typed", ["0.05", "51", "-2", "far", ""])
def test_what_is_no_radius_is_refused_with_what_would_be(run_page: Open, typed: str) -> None:
    app = run_page("overview", radius="2")
    box(app, "field_radius").set_value(typed).run()
    assert not app.exception
    (told,) = app.warning
    assert "0.1 到 50 公里" in told.value
    assert app.query_params["radius"] == "2"
    assert box(app, "field_radius").value == "2"


def test_a_short_radius_says_which_sites_it_rests_on(run_page: Open) -> None:
    app = run_page("overview", radius="0.1", lang="en")
    (note,) = (each.value for each in app.caption if "position" in each.value)
    assert "±50 m" in note
    assert "±500 m" not in note
    used = int((SITES["precision"] == "building").sum())
    assert re.search(rf"\b{used} of {len(SITES)}\b", words(app))


def test_any_distance_to_a_place_can_be_typed(run_page: Open) -> None:
    app = run_page("find", near="121.47,31.23")
    box(app, "field_within_km").set_value("２.5 公里").run()
    assert not app.exception
    assert not app.warning
    assert app.query_params["within_km"] == "2.5"
    box(app, "field_within_km").set_value("501").run()
    (told,) = app.warning
    assert "500 公里" in told.value
    assert app.query_params["within_km"] == "2.5"
