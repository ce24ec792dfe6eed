"""The pages: each is named once, and its filters are all that narrows what it shows."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import settings
from geo.china import adcodes
from geo.search.criteria import Criteria
from tests.ui.states import views
from ui.state import fields, pages
from ui.state.address import settled
from ui.state.pages import Districts, Find, Overview


def test_each_page_has_its_file() -> None:
    files = {path.stem for path in (settings.ROOT / "pages").glob("*.py")} - {"__init__"}
    assert files == set(pages.OF_PAGE)
    assert {pages.HOME, *pages.PATHS} == files
    assert set(pages.IN_NAVIGATION) == files - {"site"}


@pytest.mark.parametrize("page", [Overview, Districts, Find])
@given(data=st.data())
def test_without_its_filters_a_page_shows_every_site(
    page: type[Overview | Districts | Find], data: st.DataObject
) -> None:
    shown = data.draw(views(page))
    cleared = {item.name: item.default for item in fields.FILTERS if item in page.fields()}
    state = page.of(settled({**shown.state.values, **cleared}, page.fields()))
    assert state.criteria == Criteria()


def test_the_boundaries_are_of_the_state_that_the_catalogue_says() -> None:
    text = (settings.OWN_DATA / "catalogue.toml").read_text("utf-8")
    assert tomllib.loads(text)["boundaries_state"] == adcodes.STATE
