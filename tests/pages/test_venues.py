"""Venues on 总览: shown on request, never counted."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest

from geo.facts import catalog
from geo.settings import LANGUAGES
from tests.pages.conftest import address, words
from tests.ui import states
from ui.cached import indicators
from ui.downloads import files
from ui.filters import wording
from ui.map import page_map
from ui.state import fields, pages

if TYPE_CHECKING:
    from geo.settings import Language
    from tests.pages.conftest import Open
    from ui.state.view import PageView

REGIONS = tuple(catalog.regions().index)


@pytest.mark.parametrize("region", REGIONS)
def test_venues_are_shown_on_request_and_change_no_figure(run_page: Open, region: str) -> None:
    without = run_page("overview", region=region)
    app = run_page("overview", region=region, venues="shown")
    assert not app.exception
    assert address(app)["venues"] == "shown"
    assert "venues" not in address(without)
    assert words(app) == words(without)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_switch_draws_every_located_venue_by_its_name(lang: Language) -> None:
    halls = catalog.venues("shanghai")
    located = halls[~halls.geometry.is_empty]
    asked = states.view(pages.Overview, lang, region="shanghai", venues="shown")
    names = [one["properties"]["n"] for one in page_map.venues_of(asked)]
    assert [unescape(each) for each in names] == located[f"name_{lang}"].to_list()
    assert page_map.venues_of(states.view(pages.Overview, region="shanghai")) == []


@pytest.mark.parametrize("name", list(files.FORMATS))
def test_no_file_changes_with_the_venues(name: str) -> None:
    def built(view: PageView[pages.Overview]) -> list[bytes]:
        sites = files.build(view, name, table="sites", frame=indicators.sites(view.query))
        units = files.build(view, name, table="districts", frame=files.districts(view))
        return [sites, units]

    without, shown = (
        states.view(pages.Overview, region="shanghai", venues=each) for each in fields.VENUES_SHOWN
    )
    assert built(without) == built(shown)


def test_venues_are_no_filter() -> None:
    view = states.view(pages.Overview, region="shanghai", venues="shown")
    assert not view.filtered
    assert wording.codes(view) == {}
