"""Parts of a whole add up: what is listed, what is left out and why, what the legend counts."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import hypothesis
from hypothesis import given

from geo.measures import classes
from geo.policy import layouts
from geo.search import facets, matching
from tests.reading import having, read, words
from tests.ui.states import view, views
from ui.blocks import leftout, rankings, sentences
from ui.cached import indicators, names, records, scorecards
from ui.filters import finding
from ui.layouts import present_sites
from ui.map import legends
from ui.overview import figures
from ui.state.pages import Districts, Find, Overview, Targets
from ui.targets import goal_table

if TYPE_CHECKING:
    import pandas as pd

    from ui.state.view import PageView

COUNTED = re.compile(r"(\d+) (?:个|[a-z])")


def told(shown: PageView[Districts]) -> tuple[int, list[int], list[int]]:
    """Rows of the ranking, districts of each reason below it, districts of each sign of a map."""
    indicator, focus = shown.state.by, shown.state.focus
    table = indicators.with_quotients(shown.query, focus=focus)
    ranking = rankings.chart(shown, table, indicator=indicator, focus=focus)
    missing = read(leftout.note(shown, table, indicator=indicator)).iter("summary")
    reasons = [int(counted[1]) for each in missing if (counted := COUNTED.search(words(each)))]
    values = indicators.values(table, indicator)
    limits = indicators.breaks(shown.query, indicator, shown.state.classes)
    drawn = classes.classify(values, limits, zero_class=indicator != "lq")
    ramp, weak = legends.shading_groups(shown, drawn, figures=values, indicator=indicator)
    signs = [each.units for each in ramp.ramp] + ([each.count for each in weak.entries] or ["0"])
    counts = [int(re.sub(r"\D", "", str(each))) for each in signs]
    return len(having(read(ranking), scope="row")), reasons, counts


@hypothesis.settings(max_examples=60)
@given(views(Districts))
def test_listed_and_left_out_are_all_units_and_the_legend_counts_the_same(
    shown: PageView[Districts],
) -> None:
    listed, reasons, signs = told(shown)
    whole = len(indicators.units(shown.query))
    overall = indicators.overall(shown.query)
    if overall.n_placed or shown.state.by == "coverage":
        assert listed + sum(reasons) == whole
    assert sum(signs) == whole
    zero = signs[0] if shown.state.by != "lq" else 0
    assert listed == sum(signs[:-1]) - zero


def test_a_district_that_neighbours_reach_is_listed_and_counted_once() -> None:
    shown = view(Districts, region="chongqing", by="coverage")
    listed, reasons, signs = told(shown)
    assert listed + sum(reasons) == sum(signs) == 37
    assert indicators.table(shown.query).loc["500120", "n"] == 0


@hypothesis.settings(max_examples=40)
@given(views(Overview))
def test_sites_of_a_region_add_up(shown: PageView[Overview]) -> None:
    overall, table = indicators.overall(shown.query), indicators.table(shown.query)
    assert overall.n_located + overall.n_unlocated == overall.n
    assert overall.n_placed + overall.n_unplaced + overall.n_outside == overall.n
    assert int(table["n"].sum()) == overall.n_placed
    assert sum(overall.unlocated.values()) + overall.n_unplaced <= overall.n_unlocated
    decided = overall.n_served + len(overall.unserved)
    assert decided + len(overall.undecided) == overall.n_districts == len(table)
    assert sum(overall.evidence.values()) == overall.n
    listed = read(figures.unlocated(shown, overall))
    parts = [part.split()[-1] for each in listed.iter("p") for part in words(each).split(" · ")]
    assert sum(map(int, parts)) == (overall.n_unlocated if parts else 0)


@hypothesis.settings(max_examples=30)
@given(views(Find))
def test_choices_and_pages_of_the_list_add_up(shown: PageView[Find]) -> None:
    wanted = shown.state.criteria
    found = finding.results(shown)
    counts = facets.counts(records.all_sites(shown.region), wanted)
    for field in ("kind", "level", "status", "precision", "evidence"):
        chosen = getattr(wanted, field) or counts[field]
        assert sum(counts[field][code] for code in chosen) == len(found)
    per = finding.per_district(shown)
    assert int(per.sum()) <= len(found)
    assert len(found) + len(finding.others(shown)) == len(records.all_sites(shown.region))


@hypothesis.settings(max_examples=30)
@given(views(Find))
def test_sectors_say_how_many_a_choice_of_them_leaves(shown: PageView[Find]) -> None:
    wanted, sites = shown.state.criteria, records.all_sites(shown.region)
    counts = facets.counts(sites, wanted)["sector"]
    together = wanted.match == "all"
    for code, n in counts.items():
        chosen = {*wanted.sector, code} if together else {code}
        then = dataclasses.replace(wanted, sector=tuple(sorted(chosen)))
        assert n == len(matching.select(sites, then))
        if together and code in wanted.sector:
            assert n == len(finding.results(shown))
    if not together:
        # A site has one sector or several: nobody is left out, and none comes from elsewhere.
        n_found = [counts[code] for code in wanted.sector or counts]
        assert max(n_found) <= len(finding.results(shown)) <= sum(n_found)


@hypothesis.settings(max_examples=40)
@given(views(Targets))
def test_targets_of_regions_themes_and_states_add_up(shown: PageView[Targets]) -> None:
    t, asked = shown.t, shown.state
    places, themes, states = asked.place, asked.theme, asked.state
    rows = goal_table.chosen(places, themes, states)
    by_place = [
        goal_table.chosen((code,), themes, states) for code in places or names.regions("zh")
    ]
    by_theme = [
        goal_table.chosen(places, (code,), states) for code in themes or goal_table.themes()
    ]
    assert sum(map(len, by_place)) == sum(map(len, by_theme)) == len(rows)
    by_state = [goal_table.chosen(places, themes, (code,)) for code in states]
    assert set(rows.index) == set().union(*(part.index for part in by_state)) or not states
    drawn = "".join(goal_table.table(t, part, caption="") for part in by_place if len(part))
    assert len(having(read(drawn), scope="row")) == len(rows)
    numbers = [int(each) for each in re.findall(r"(?<![0-9])[0-9]+", _counts(shown, rows))]
    goals, actuals = rows["goal_source"].notna(), rows["actual_source"].notna()
    if len(rows):
        assert numbers[:2] == [int(goals.sum()), int(actuals.sum())]
        assert int((goals | actuals).sum()) == len(rows)
        # What is compared is a goal and a reported figure; what is reached is compared.
        assert sum(numbers[2:3]) <= int((goals & actuals).sum())
        assert sum(numbers[3:4]) <= sum(numbers[2:3])


def _counts(shown: PageView[Targets], rows: pd.DataFrame) -> str:
    """What the headline counts, without the names of what was asked for."""
    everywhere = view(Targets, shown.t.lang)
    return sentences.targets(everywhere, rows)


def test_sites_behind_a_score_are_the_figure() -> None:
    for name in layouts.all_layouts():
        for score in scorecards.scores(layouts.layout(name), 3000.0):
            if score.key in {"core_share", "corridor_share"} and score.numerator is not None:
                assert len(score.sites) == score.numerator
            if score.key == "served_elements" and score.denominator is not None:
                assert len(score.parts) == score.denominator
                assert sum(part.n > 0 for part in score.parts) == score.numerator
            if score.key == "unnamed_strongholds" and score.denominator is not None:
                strong = present_sites.strong(layouts.layout(name))
                assert len(strong) == score.denominator
                assert set(score.districts) <= set(strong)
