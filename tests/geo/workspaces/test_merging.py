"""Two versions made of one come to what both made: nothing is lost, and only clashes ask."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.corrections import correction
from geo.corrections.correction import Correction, as_table, cell, written
from geo.planning import scenario
from geo.planning.scenario import Pin
from geo.workspaces import edits
from geo.workspaces.merging import Merged, Place, Side, merge
from tests.geo.workspaces import toy

if TYPE_CHECKING:
    from geo.workspaces.content import Workspace

Edit = tuple[str, int, str]
EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ["name", "add", "remove", "note", "shortlist", "layout", "scenario", "correct"]
        ),
        st.integers(0, 4),
        st.sampled_from(["甲", "乙", "丙"]),
    ),
    max_size=4,
)


def edited(content: Workspace, made: list[Edit], *, by: str = "") -> Workspace:
    """Return a workspace after somebody's edits; what they add is told by their name."""
    for kind, n, text in made:
        content = _edited(content, kind, n, f"{text}{by}")
    return content


def _edited(content: Workspace, kind: str, n: int, text: str) -> Workspace:
    sites = content.sites
    if kind == "name":
        return replace(content, sites=sites.assign(name=sites["name"].mask(sites.index == n, text)))
    if kind == "add":
        more = toy.sites(1, id=[f"{text}{n}"], name=[text])
        rest = sites[~sites["id"].isin(more["id"])]
        return replace(content, sites=gpd.GeoDataFrame(pd.concat([rest, more])))
    if kind == "remove":
        return replace(content, sites=sites[sites["id"] != f"w{n}"])
    if kind == "correct":
        return corrected(content, f"w{n}", name=text)
    if kind == "scenario":
        # Whoever saves it sets a pin of their own.
        pins = (Pin("A", 114.0 + len(text) / 10, 30 + ord(text[0]) / 1e4),)
        return edits.with_scenario(content, toy.scenario(f"{kind}{n}", pins=pins, asked=""))
    field = {"note": "notes", "layout": "layouts", "shortlist": "shortlists"}[kind]
    value = (f"w{n}", text) if kind == "shortlist" else text
    held: dict[str, Any] = {field: {**getattr(content, field), f"{kind}{n}": value}}
    return replace(content, **held)


def corrected(content: Workspace, id_: str, **cells: object) -> Workspace:
    """Return a workspace after cells of a site were put right, as a page does it."""
    sites = content.sites
    rows = sites.index[sites["id"] == id_]
    made = [
        Correction("2026-11-28", id_, field, cell(sites, at, field), written(new), "seen")
        for at in rows
        for field, new in cells.items()
    ]
    made = [each for each in made if each.old != each.new]
    return replace(
        content,
        sites=correction.corrected(sites, made),
        corrections=pd.concat([content.corrections, as_table(made)]),
    )


def all_of(merged: Merged, side: Side) -> dict[Place, Side]:
    return {each.place: side for each in merged.conflicts}


def everything(content: Workspace) -> set[str]:
    """Return all that is told of sites, notes, lists, layouts and corrections."""
    return {
        *content.sites["name"].dropna(),
        *content.notes.values(),
        *content.layouts.values(),
        *(site for ids in content.shortlists.values() for site in ids),
        *(scenario.written(each.pins) for each in content.scenarios),
        *content.corrections["new"],
    }


@settings(max_examples=8)
@given(base=toy.WORKSPACES, other=toy.WORKSPACES)
def test_merged_with_an_unchanged_side_is_the_other(base: Workspace, other: Workspace) -> None:
    for merged in (merge(base, base, other), merge(base, other, base), merge(base, other, other)):
        assert merged.content == other
        assert not merged.conflicts


@settings(max_examples=8)
@given(base=toy.WORKSPACES, mine=toy.WORKSPACES, theirs=toy.WORKSPACES)
def test_any_three_come_to_a_workspace(base: Workspace, mine: Workspace, theirs: Workspace) -> None:
    merged = merge(base, mine, theirs)
    chosen = all_of(merged, "mine")
    assert merge(base, mine, theirs, chosen).conflicts == merged.conflicts


@settings(max_examples=15)
@given(mine=EDITS, theirs=EDITS)
def test_the_same_comes_of_it_whoever_merges_where_nothing_clashes(
    mine: list[Edit], theirs: list[Edit]
) -> None:
    base = toy.workspace(rows=5)
    one, other = edited(base, mine), edited(base, theirs)
    there, back = merge(base, one, other), merge(base, other, one)
    assert {each.place for each in there.conflicts} == {each.place for each in back.conflicts}
    chosen, turned = all_of(there, "theirs"), all_of(there, "mine")
    come = merge(base, one, other, chosen).content
    gone = merge(base, other, one, turned).content
    # Of one day nobody knows which side came first.
    both = [
        replace(each, corrections=each.corrections.sort_values([*each.corrections], kind="stable"))
        for each in (come, gone)
    ]
    assert both[0] == both[1]


@settings(max_examples=15)
@given(mine=EDITS, theirs=EDITS)
def test_nothing_that_either_made_is_lost_beside_what_clashes(
    mine: list[Edit], theirs: list[Edit]
) -> None:
    base = toy.workspace(rows=5)
    one, other = edited(base, mine, by="·我"), edited(base, theirs, by="·他")
    merged = merge(base, one, other)
    told = everything(merged.content) | {
        str(value) for each in merged.conflicts for value in (each.mine, each.theirs)
    }
    new = (everything(one) | everything(other)) - everything(base)
    gone = {each.place.key[0] for each in merged.conflicts if each.place.column is None}
    assert {each for each in new - told if each in {*one.sites["name"], *other.sites["name"]}} <= {
        name
        for side in (one, other)
        for name in side.sites.loc[side.sites["id"].isin(gone), "name"]
    }
    assert new - told <= {*one.sites["name"], *other.sites["name"]}


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_only_what_both_changed_asks_and_the_answer_is_kept(
    side: Literal["mine", "theirs"],
) -> None:
    base = toy.workspace(rows=5)
    one = edited(base, [("name", 1, "甲"), ("name", 2, "甲"), ("note", 3, "甲"), ("remove", 3, "")])
    other = edited(
        base, [("name", 1, "乙"), ("name", 3, "乙"), ("note", 3, "乙"), ("add", 0, "乙")]
    )
    cell, row = Place("sites", ("w1",), "name"), Place("sites", ("w3",), None)
    note = Place("notes", ("note3",), "text")
    merged = merge(base, one, other, dict.fromkeys((cell, row, note), side))
    assert {each.place for each in merged.conflicts} == {cell, row, note}
    [told] = [each for each in merged.conflicts if each.place == cell]
    assert (told.base, told.mine, told.theirs) == ("1号园", "甲", "乙")
    names = dict(merged.content.sites[["id", "name"]].to_numpy())
    assert names["w1"] == ("甲" if side == "mine" else "乙")
    assert names["w2"] == "甲"
    assert names["乙0"] == "乙"
    assert ("w3" in names) == (side == "theirs")
    assert merged.content.notes["note3"] == ("甲" if side == "mine" else "乙")
    assert merged.content.sites.dtypes.equals(base.sites.dtypes)


def test_rows_whose_keys_read_alike_are_settled_apart() -> None:
    def held(first: tuple[str, ...], second: tuple[str, ...]) -> Workspace:
        return toy.workspace(shortlists={"A / B": first, "A": second})

    base = held(("C", "x", "y"), ("B / C", "x", "y"))
    mine = held(("x", "C", "y"), ("x", "B / C", "y"))
    theirs = held(("x", "y", "C"), ("x", "y", "B / C"))
    first, second = (each.place for each in merge(base, mine, theirs).conflicts)
    settled = merge(base, mine, theirs, {first: "mine", second: "theirs"}).content
    assert settled.shortlists == {"A / B": ("x", "C", "y"), "A": ("x", "y", "B / C")}


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_corrections_are_the_history_of_the_cells_that_are_kept(
    side: Literal["mine", "theirs"],
) -> None:
    base = toy.workspace(rows=5)
    one = edited(base, [("correct", 2, "己"), ("correct", 1, "丁"), ("correct", 1, "甲")])
    other = edited(base, [("correct", 1, "戊"), ("correct", 1, "乙"), ("correct", 3, "丙")])
    found = merge(base, one, other)
    assert [each.place.key for each in found.conflicts] == [("w1",)]
    lines = merge(base, one, other, all_of(found, side)).content.corrections
    kept = {"mine": ["丙", "己", "丁", "甲"], "theirs": ["戊", "乙", "丙", "己"]}[side]
    assert list(lines["new"]) == ["1号园", *kept]


PLACES = [
    {"lon": lon, "lat": lat, "precision": known, "district": name, "coord_source": source}
    for lon, lat in ((114.3, 30.5), (114.3, 30.6), (114.4, 30.5))
    for known, name, source in (("building", "武昌区", "GPS"), ("street", "洪山区", "GPS"))
]
MOVES = st.lists(st.tuples(st.integers(1, 2), st.sampled_from(PLACES)), max_size=3)


def moved(content: Workspace, moves: list[tuple[int, dict[str, object]]]) -> Workspace:
    for n, place in moves:
        content = corrected(content, f"w{n}", **place)
    return content


def where(content: Workspace) -> dict[str, tuple[object, ...]]:
    """Return all that is said of where each site is, by its id."""
    sites = content.sites
    told = sites[[*PLACES[0]]].assign(at=sites.geometry.to_wkt()).astype(str)  # no NaN
    return dict(zip(sites["id"], told.itertuples(index=False, name=None), strict=True))


@settings(max_examples=20)
@given(mine=MOVES, theirs=MOVES, side=st.sampled_from(["mine", "theirs"]))
def test_a_merged_position_is_one_that_somebody_chose_and_its_history_leads_to_it(
    mine: list[tuple[int, dict[str, object]]],
    theirs: list[tuple[int, dict[str, object]]],
    side: Side,
) -> None:
    sites = toy.sites(3, lon=[None, 114.0, 114.1], lat=[None, 30.0, 30.1])
    sites = sites.assign(precision="district", district="江岸区", coord_source="名单")
    base = toy.workspace(sites=sites)
    one, other = moved(base, mine), moved(base, theirs)
    found = merge(base, one, other)
    merged = merge(base, one, other, all_of(found, side)).content
    for id_, place in where(merged).items():
        whole = [where(each)[id_] for each in (base, one, other)]
        assert place in whole
        assert place == whole[{"mine": 1, "theirs": 2}[side]] or whole[0] in whole[1:]
    histories = merged.corrections.iloc[len(base.corrections) :].groupby(["id", "field"])
    now, before = (each.sites.set_index("id") for each in (merged, base))
    for key, steps in histories:
        id_, field = map(str, key)
        stood = [*steps["old"], written(now[field][id_])]
        assert stood[1:] == [*steps["new"]]
        assert stood[0] == written(before[field][id_])


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_of_two_sets_of_pins_of_one_scenario_one_is_taken_whole(side: Side) -> None:
    base = toy.workspace()
    moved, other = ((Pin("A", lon, 30.6), Pin("B", lon, 30.7)) for lon in (114.1, 114.2))
    mine = edits.with_scenario(base, toy.scenario(pins=moved))
    theirs = edits.with_scenario(base, toy.scenario(pins=other, radius_m=5000))
    (conflict,) = merge(base, mine, theirs).conflicts
    assert conflict.place == Place("scenarios", ("江边三处",), "pins")
    (kept,) = merge(base, mine, theirs, {conflict.place: side}).content.scenarios
    assert (kept.pins, kept.radius_m) == ({"mine": moved, "theirs": other}[side], 5000)


def test_what_was_settled_stays_settled() -> None:
    base = toy.workspace()
    one, other = replace(base, settled=(3,)), replace(base, settled=(5,))
    assert merge(base, one, other).content.settled == (3, 5)


def test_of_two_street_networks_one_is_taken_whole_and_barriers_beside_it() -> None:
    base = toy.workspace()
    mine = toy.workspace(streets=toy.streets(source="A"), barriers=None)
    theirs = toy.workspace(streets=toy.streets(file="b.osm"))
    merged = merge(base, mine, theirs)
    assert [each.place.column for each in merged.conflicts] == ["packed"]
    assert merged.content.streets == theirs.streets
    assert merged.content.barriers is None


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_of_two_populations_one_is_taken_whole(side: Side) -> None:
    base = toy.workspace()
    mine = toy.workspace(population=toy.population(7.0, source="A"))
    theirs = toy.workspace(population=toy.population(9.0, file="b.tif"))
    (conflict,) = merge(base, mine, theirs).conflicts
    taken = merge(base, mine, theirs, {conflict.place: side}).content
    assert taken.population == {"mine": mine, "theirs": theirs}[side].population
    without = toy.workspace(population=None)
    assert merge(base, without, without).content == without
    assert merge(base, without, base).content.population is None
    (gone,) = merge(base, without, theirs).conflicts
    for kept, of in (("mine", without), ("theirs", theirs)):
        assert merge(base, without, theirs, {gone.place: kept}).content == of  # type: ignore[dict-item]
