"""选址 of a list of firms: whose sites are today's, told wherever a number rests on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geo import planning
from geo.facts import boundaries, catalog, own_regions
from geo.planning import Question, demand, taking_part
from geo.search import matching
from geo.search.criteria import Criteria
from geo.settings import LANGUAGES
from geo.workspaces.region import own_region
from tests import lists, reading
from tests.pages.conftest import address, headline, shown, words
from tests.pages.test_many import paint, paints
from tests.pages.test_siting import places
from tests.reading import one
from tests.ui.states import view
from ui.pack import of_siting
from ui.pack.asked import Asked
from ui.siting import downloads, wording
from ui.state.pages import Siting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.planning import Proposal
    from geo.planning.taking_part import Stay
    from tests.pages.conftest import Open

OWN = f"{own_regions.PREFIX}firms-to-be-served"
ASKED = {"region": OWN, "demand": "sites", "p": "2"}


@pytest.fixture(autouse=True)
def region() -> Iterator[own_regions.OwnRegion]:
    made = own_region(lists.firms(), id_=OWN)
    own_regions.remember(made)
    yield made
    own_regions.forget(OWN)


def proposed(stay: Stay) -> Proposal:
    sites = matching.select(taking_part.today(OWN, stay), Criteria())
    firms = demand.of_region(OWN, of="sites", radius_m=3000)
    asked = Question(p=2, demand="sites")
    return planning.propose(sites.set_index("id"), boundaries.districts(OWN), asked, demand=firms)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_firms_are_served_by_the_parks_of_the_catalogue(run_page: Open, lang: str) -> None:
    app = run_page("siting", **ASKED, stay="catalogue", lang=lang)
    assert not app.exception
    found = proposed("catalogue")
    assert found.basis.fixed
    assert found.totals.after > found.totals.before
    assert f"{found.totals.after - found.totals.before:.0f} " in headline(app)
    assert {"zh": "处自备名录的地点", "en": "sites of the list"}[lang] in headline(app)
    *rows, _ = places(app)
    assert [int(row[1]) for row in rows] == [*found.places["residents"]]
    assert len(paint(app)["others"][0]) == found.basis.fixed
    assert {"zh": "公共名录的，精确到", "en": "Of the public catalogue"}[lang] in reading.words(
        reading.read(paint(app)["legend"])
    )
    assert address(app)["stay"] == "catalogue"
    firms = f"{len(lists.firms().sites)}"
    parks = len(matching.select(taking_part.today(OWN, "catalogue"), Criteria()))
    for n in (firms, str(parks), str(found.basis.fixed)):
        assert n in words(app)


def test_its_own_sites_serve_themselves_unless_the_catalogue_s_stay(run_page: Open) -> None:
    app = run_page("siting", **ASKED)
    assert "自己也算一处" in headline(app)
    both = run_page("siting", **ASKED, stay="both")
    assert "加公共名录在这里的" in words(both)
    assert len(paint(both)["others"][0]) == proposed("both").basis.fixed


def test_the_nearest_park_of_the_catalogue_leads_to_its_page(run_page: Open) -> None:
    app = run_page("siting", **ASKED, stay="catalogue", at="place:1")
    nearest = proposed("catalogue").places["nearest"].iloc[0]
    card = one(shown(app), class_="ct-card")
    name = catalog.sites().set_index("id")["name_zh"][nearest]
    (link,) = [each for each in card.iter("a") if name in reading.words(each)]
    assert f"id={nearest}" in str(link.get("href"))


def test_pins_are_tried_beside_the_same_sites(run_page: Open) -> None:
    pins = "A:116.90000,36.45000"
    app = run_page("siting", **ASKED, stay="catalogue", mode="try", pins=pins)
    assert not app.exception
    assert [len(each["others"][0]) for each in paints(app)] == [
        proposed("catalogue").basis.fixed
    ] * 2


def test_files_and_packs_say_whose_sites_stay() -> None:
    there = wording.complete(view(Siting, "zh", **ASKED, stay="catalogue"))
    plan = wording.found(there)
    assert plan is not None
    told = downloads.parameters(there, plan)
    assert (told["stay"], told["demand"], told["fixed"]) == (
        "catalogue", "sites", proposed("catalogue").basis.fixed,
    )  # fmt: skip
    assert "公共名录在这里的" in str([*of_siting.methods(Asked(page="siting", view=there))])


def test_where_the_catalogue_has_none_the_page_says_so(
    run_page: Open, region: own_regions.OwnRegion
) -> None:
    own_regions.remember(replace(region, id=f"{OWN}-else", units=("420102", "420103")))
    app = run_page("siting", **{**ASKED, "region": f"{OWN}-else"}, stay="catalogue")
    assert not app.exception
    assert "公共名录在那里要有地点" in app.warning[0].value
    assert any("公共名录在这个区域没有地点" in each.value for each in app.caption)
    assert "stay" not in address(app)
    here = run_page("siting", region="jinan", stay="catalogue")
    assert "只用于自备名录的区域" in here.warning[0].value
    assert not any("公共名录" in each.value for each in here.caption)


@pytest.mark.parametrize("mode", ["propose", "try"])
def test_a_list_that_nobody_called_one_of_firms_offers_to_be_served(
    run_page: Open, mode: str
) -> None:
    app = run_page("siting", region=OWN, mode=mode)
    put = [each.get("data-put", "") for each in shown(app).iter("a")]
    assert any({"demand=sites", "stay=catalogue"} <= {*each.split("&")} for each in put)
    assert "若是要服务的企业" in words(app)
    for asked in ({**ASKED, "stay": "catalogue"}, {"region": "jinan"}):
        assert "若是要服务的企业" not in words(run_page("siting", mode=mode, **asked))
