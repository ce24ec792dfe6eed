"""Streets, barriers, forbidden areas, candidates in a workspace: brought, refused, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

from geo.settings import LANGUAGES
from geo.workspaces.home import home
from tests import lists
from tests.pages.conftest import address, words
from tests.pages.test_workspace import link, opened, pressed
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from geo.workspaces.keys import Keys
    from tests.pages.conftest import Open

SOURCE = "© OpenStreetMap <b>2026</b>"
STREETS = gpd.GeoDataFrame(
    {"highway": ["residential", "motorway"]},
    geometry=shapely.from_wkt(
        ["LINESTRING (114.2 30.5, 114.3 30.5)", "LINESTRING (114.2 30.6, 114.3 30.6)"]
    ),
    crs="EPSG:4326",
)
AREA = gpd.GeoDataFrame(geometry=[shapely.box(114.2, 30.5, 114.3, 30.6)], crs="EPSG:4326")
FAR = STREETS.set_geometry(STREETS.translate(5))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keys:
    use_settings(monkeypatch, workspaces=tmp_path)
    return home().create(lists.workspace())


def bring(app: AppTest, kind: str, frame: gpd.GeoDataFrame, source: str = SOURCE) -> AppTest:
    number = ("people", "streets", "barriers", "forbidden", "candidates").index(kind)
    content = frame.to_json().encode()
    app.file_uploader[number].set_value((f"{kind}.geojson", content, "application/geo+json"))
    next(each for each in app.text_input if f"{kind}_source" in str(each.key)).set_value(source)
    return pressed(app.run(), f"workspace_{kind}_now")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_brought_said_and_taken_away(run_page: Open, kept: Keys, lang: str) -> None:
    app = bring(opened(run_page, kept.write, lang=lang), "streets", STREETS)
    held = home().open(kept.read).content.streets
    assert held is not None
    assert (held.file, held.edges) == ("streets.geojson", 1)
    assert held.km == pytest.approx(held.motorway_km, rel=0.01)
    assert "&lt;b&gt;2026" in words(app) or SOURCE in words(app)
    app = bring(opened(run_page, kept.write, lang=lang), "barriers", STREETS)
    content = home().open(kept.read).content
    assert content.barriers is not None
    assert content.streets == held
    app = bring(opened(run_page, kept.write, lang=lang), "forbidden", AREA)
    assert home().open(kept.read).content.forbidden is not None
    app = bring(opened(run_page, kept.write, lang=lang), "candidates", AREA)
    places = home().open(kept.read).content.candidates
    assert places is not None
    assert (places.places, places.outside) == (1, 0)
    for kind in ("streets", "barriers", "forbidden", "candidates"):
        app = pressed(opened(run_page, kept.write, lang=lang), f"workspace_{kind}_drop")
    content = home().open(kept.read).content
    assert (content.streets, content.barriers, content.forbidden) == (None, None, None)
    assert content.candidates is None


def test_a_bad_file_is_told_and_changes_nothing(run_page: Open, kept: Keys) -> None:
    app = bring(opened(run_page, kept.write), "streets", FAR)
    assert "本地区附近没有道路" in words(app)
    app = bring(app, "barriers", FAR)
    assert "本地区附近没有它的线或面" in words(app)
    app = bring(app, "candidates", FAR)
    assert "既没有点也没有面" in words(app)
    app = bring(app, "candidates", AREA.set_geometry(AREA.translate(5)))
    assert "没有一处在本地区里" in words(app)
    assert home().open(kept.read).version.number == 1


def test_a_pin_of_an_address_where_nothing_may_be_built_is_refused(
    run_page: Open, kept: Keys
) -> None:
    bring(opened(run_page, kept.write), "forbidden", AREA)
    for at, stands in (("114.31,30.55", True), ("114.25,30.55", False)):
        app = run_page("siting", region=link(kept.write), mode="try", pins=f"A:{at}")
        assert not app.exception
        assert ("pins" in address(app)) == stands
