"""Plans served are those of `geo.planning`, made for what is asked and found by it again."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from api import plan_rows, router
from api.plan_rows import Asked
from api.request import Request
from geo import planning
from geo.errors import InputError
from geo.facts import boundaries, catalog
from geo.planning import Question
from geo.search import matching
from geo.search.criteria import Criteria
from tests import reading

if TYPE_CHECKING:
    from tests.api.client import Client

ROOT = "/collections/plans/items"
ASKED = "region=harbin&p=2&radius=2&kind=park,base"


def places(client: Client, asked: str) -> list[dict[str, Any]]:
    reply = client.get(f"{ROOT}?f=json&{asked}")
    assert reply.status == 200
    found: list[dict[str, Any]] = reply.json["features"]
    return found


def test_places_and_proof_are_those_of_the_figures(client: Client) -> None:
    sites = matching.select(catalog.sites("harbin"), Criteria(kind=("park", "base")))
    found = planning.propose(
        sites.set_index("id"), boundaries.districts("harbin"), Question(p=2, radius_m=2000)
    )
    served = places(client, ASKED)
    told = [each["properties"] for each in served]
    assert [each["residents"] for each in told] == pytest.approx([*found.places["residents"]])
    assert [each["district"] for each in told] == [*found.places["district"]]
    assert [each["bound"] for each in told] == pytest.approx([found.plan.bound] * len(told))
    assert {(each["fixed"], each["filters"]) for each in told} == {
        (found.basis.fixed, "kind=park,base")
    }
    positions = [each["geometry"]["coordinates"] for each in served]
    for at, expected in zip(positions, found.places[["lon", "lat"]].to_numpy(), strict=True):
        assert at == pytest.approx([*expected], abs=1e-7)


def test_without_a_question_every_region_has_its_usual_plan(client: Client) -> None:
    told = [each["properties"] for each in places(client, "limit=1000")]
    assert {each["region"] for each in told} == {*catalog.regions().index}
    assert {(each["new_sites"], each["radius_m"], each["model"]) for each in told} == {
        (3, 3000, "cover")
    }
    one = [each for each in told if each["region"] == "harbin"]
    assert [each["properties"] for each in places(client, "region=harbin")] == one
    condition = quote("region = 'harbin'")
    assert [each["properties"] for each in places(client, f"filter={condition}")] == one


def test_a_place_is_found_by_what_it_was_asked_with_alone(client: Client) -> None:
    first = places(client, ASKED)[0]
    item = client.get(f"{ROOT}/{first['id']}?f=json&{ASKED}")
    assert item.json["properties"] == first["properties"]
    for link in (*item.links("self"), *item.links("alternate")):
        assert client.follow(link).status == 200
    for other in ("region=harbin&p=2&radius=2", "region=harbin", ""):
        assert client.get(f"{ROOT}/{first['id']}?f=json&{other}").status == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_its_page_and_table_tell_the_same(client: Client, lang: str) -> None:
    served = places(client, ASKED)
    page = reading.read(client.get(f"{ROOT}?f=html&lang={lang}&{ASKED}").text)
    names = [each["properties"][f"name_{lang}"] for each in served]
    links = [each for each in page.iter("a") if each.text in names]
    assert [each.text for each in links] == names
    assert client.follow(str(links[0].get("href"))).status == 200
    table = csv.DictReader(io.StringIO(client.get(f"{ROOT}.csv?{ASKED}").text.lstrip("\ufeff")))
    assert [row["id"] for row in table] == [each["id"] for each in served]


def test_places_of_a_plan_among_pins_are_pins(client: Client) -> None:
    pins = "A:126.60000,45.75000;B:126.70000,45.70000;C:126.50000,45.80000"
    asked = f"region=harbin&p=2&candidates=pins&pins={quote(pins)}"
    served = places(client, asked)
    told = [each["properties"] for each in served]
    at = {each["properties"]["candidate"]: each["geometry"]["coordinates"] for each in served}
    assert len(at) == 2
    for letter, (lon, lat) in at.items():
        assert f"{letter}:{lon:.5f},{lat:.5f}" in pins
    assert {(each["n_candidates"], each["left_out"], each["spacing_m"]) for each in told} == {
        (3, 0, None)
    }
    other = places(client, asked.replace("126.7", "126.65"))
    assert not {each["id"] for each in other} & {each["id"] for each in served}
    for bad in (
        "candidates=pins",
        f"pins={quote(pins)}",
        "candidates=pins&pins=A",
        "candidates=pins&pins=A:126.6,45.7;A:126.5,45.7",
        "candidates=own",
    ):
        assert client.get(f"{ROOT}?region=harbin&{bad}").status == 400
    sea = client.get(f"{ROOT}?region=harbin&candidates=pins&pins=A:121,10", Accept_Language="en")
    assert sea.status == 400
    assert "outside the region" in sea.json["detail"]


def test_all_that_cannot_be_asked_is_told_at_once(client: Client) -> None:
    for asked in ("p=0", "p=13", "radius=0", "model=fewest", "candidates=x", "sector=x", "p=2"):
        assert client.get(f"{ROOT}?{asked}").status == 400
    told = client.get(f"{ROOT}?p=99&model=best&sector=x&other=1", Accept_Language="en").json
    for each in ("p: '99'", "model: there is no 'best'", "sector: there is no 'x'", "other"):
        assert each in told["detail"]
    condition = quote("sector = 'fas'")
    assert client.get(f"{ROOT}?filter={condition}").status == 400


@pytest.mark.parametrize("path", ["collections/plans/items", "collections/plans/items/x"])
def test_plans_are_made_one_at_a_time(path: str) -> None:
    asked = Request(tuple(path.split("/")), "region=jinan", "", "", "")
    assert router.takes_long(asked)
    assert router.takes_long(Request(("plans.json",), "", "", "", "", tiles=True))
    assert not router.takes_long(Request(("collections", "clusters", "items"), "", "", "", ""))


def test_one_plan_serves_all_who_ask_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def propose(*_: object, **__: object) -> None:
        made.append("made")
        raise AssertionError

    before = plan_rows.table("harbin", plan_rows.USUAL)
    monkeypatch.setattr(planning, "best", propose)
    assert plan_rows.table("harbin", plan_rows.USUAL).equals(before)
    assert made == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_demand_that_no_site_has_is_told_from_a_region_without_residents(
    client: Client, lang: str
) -> None:
    reply = client.get(f"{ROOT}?lang={lang}&region=jinan&demand=adv")
    told = reply.json["detail"]
    assert (reply.status, "demand" in told, "adv" in told, "500" in told) == (400, *[True] * 3)
    assert "residents, sites" in told


def test_a_fault_of_the_catalogue_is_not_told_as_a_region_of_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def case(*_: object, **__: object) -> None:
        raise InputError("sites: no column precision")

    monkeypatch.setattr(planning, "case", case)
    with pytest.raises(InputError, match="no column precision"):
        plan_rows.table("jinan", Asked(question=Question(p=7)))


@pytest.mark.parametrize("path", ["collections/plans", "collections/plans/schema"])
def test_what_is_said_of_plans_waits_for_none(path: str) -> None:
    assert not router.takes_long(Request(tuple(path.split("/")), "", "", "", ""))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_its_layer_of_tiles_names_every_part_of_the_question(client: Client, lang: str) -> None:
    told = client.tiles.get(f"/plans.json?lang={lang}").json["description"]
    assert [
        each for each in ("p", "radius", "model", "candidates", "demand") if each not in told
    ] == []
