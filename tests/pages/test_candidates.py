"""Places of the reader's own and pins as candidates: offered where there are any, told by name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

from geo.facts import own_regions
from geo.networks import packed
from geo.planning.scenario import Pin, written
from geo.settings import LANGUAGES
from geo.workspaces.region import own_region
from tests import reading, walked
from tests.geo.networks import made_city
from tests.pages.conftest import address, headline, shown, words
from tests.pages.test_many import paint
from tests.pages.test_siting import places
from tests.reading import having, one
from tests.ui.states import view
from ui.pack import of_siting
from ui.pack.asked import Asked
from ui.pack.content import Table
from ui.siting import place_list
from ui.state.pages import Siting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

CITY = f"{own_regions.PREFIX}candidates"
ASKED = {"region": CITY, "p": "2", "radius": "0.3"}
NAMES = ["旧<b>厂</b>", "码头", "仓库", "岛上"]
"""The last lies outside."""
PINS = written((Pin("A", *made_city.at(1, 1)), Pin("B", *made_city.at(4, 5))))


def held(where: list[tuple[float, float]]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"name": NAMES[: len(where)]},
        geometry=[shapely.Point(made_city.at(*each)) for each in where],
        crs=made_city.CRS,
    )


@pytest.fixture(autouse=True)
def region() -> Iterator[own_regions.OwnRegion]:
    made = replace(
        own_region(walked.workspace(), id_=CITY),
        candidates=packed.of_places(
            held([(0, 1), (5, 1), (3, 5), (40, 40)]), source="规划局", file="yards.gpkg", outside=1
        ),
    )
    own_regions.remember(made)
    yield made
    own_regions.forget(CITY)


def offered(app: AppTest) -> list[str]:
    return list(next(each for each in app.radio if "candidates" in str(each.key)).options)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plan_among_places_of_its_own_tells_their_names(run_page: Open, lang: str) -> None:
    app = run_page("siting", **ASKED, candidates="own", lang=lang)
    assert not app.exception
    assert address(app)["candidates"] == "own"
    *rows, _ = places(app)
    names = [row[0] for row in rows]
    assert len(names) == 2
    assert all(any(known in name for known in NAMES[:3]) for name in names)
    assert "规划局" in words(app)
    # Three of them are drawn as squares, the one outside is told.
    assert len(paint(app)["moves"]) == 3
    assert ("另有 1 个候选" if lang == "zh" else "1 candidate more") in words(app)


def test_a_plan_among_pins_tells_their_letters(run_page: Open) -> None:
    app = run_page("siting", **ASKED, candidates="pins", pins=PINS)
    assert not app.exception
    *rows, _ = places(app)
    assert {row[0].split("（")[0].split()[-1] for row in rows} == {"A", "B"}
    assert len(paint(app)["moves"]) == 2
    tried = run_page("siting", **ASKED, candidates="pins", pins=PINS, mode="try")
    assert not tried.exception
    assert address(tried)["candidates"] == "pins"


def test_candidates_are_offered_where_there_are_any(run_page: Open) -> None:
    assert len(offered(run_page("siting", **ASKED))) == 3
    assert len(offered(run_page("siting", **ASKED, pins=PINS))) == 4
    assert len(offered(run_page("siting", region="harbin"))) == 2
    for candidates in ("own", "pins"):
        app = run_page("siting", region="harbin", candidates=candidates)
        assert not app.exception
        assert app.warning
        assert "candidates" not in address(app)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("mode", ["propose", "try"])
@pytest.mark.parametrize("candidates", ["cells", "districts", "own"])
def test_where_nothing_may_be_built_at_all_the_page_says_so(
    run_page: Open, region: own_regions.OwnRegion, candidates: str, mode: str, lang: str
) -> None:
    everywhere = gpd.GeoSeries([shapely.box(121.3, 31.1, 121.5, 31.3)], crs=made_city.CRS)
    area = packed.of_shapes(everywhere, source="规划局", file="red.gpkg")
    closed = replace(region, id=f"{CITY}-closed", forbidden=area)
    own_regions.remember(closed)
    asked = ASKED | {"region": closed.id, "candidates": candidates}
    app = run_page("siting", **asked, mode=mode, lang=lang)
    assert not app.exception
    told = {"zh": ("候选都", "没有公布的人口"), "en": ("andidate", "o residents on record")}[lang]
    assert told[0] in words(app)
    assert told[1] not in headline(app)
    assert not run_page("methods", region=closed.id, method="siting", lang=lang).exception
    own_regions.forget(closed.id)


def test_files_and_reports_tell_the_names(run_page: Open) -> None:
    seen = view(Siting, "zh", **ASKED, candidates="own")
    names = [row[0] for row in places(run_page("siting", **ASKED, candidates="own"))[:-1]]
    (section,) = of_siting.ranking(Asked(page="siting", view=seen))
    (table,) = section.blocks
    assert isinstance(table, Table)
    told = [row[1] for row in table.rows]
    for name, cell in zip(names, told, strict=True):
        assert any(known in name and known in cell for known in NAMES)


def test_many_places_are_folded_behind_the_first(
    run_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"region": "harbin", "radius": "5", "model": "fewest", "share": "60"}
    monkeypatch.setattr("ui.cached.searches.SECONDS", 1.0)
    app = run_page("siting", **asked)
    *rows, _ = places(app)
    assert len(rows) > place_list.FIRST
    table = one(shown(app), class_="ct-folding")
    later = having(table, class_="ct-rest")
    assert len(later) == len(rows) - place_list.FIRST
    (fold,) = table.iter("details")
    assert fold.get("open") is None
    assert str(len(rows)) in reading.words(fold)
    chosen = one(shown(run_page("siting", **asked, at="place:13")), class_="ct-folding")
    assert next(chosen.iter("details")).get("open") is not None
    few = one(shown(run_page("siting", region="harbin")), class_="ct-folding")
    assert not [*few.iter("details")]
