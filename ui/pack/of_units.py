"""The pack of 总览 and 区县: a region's figures, its districts ranked, compared and one by one."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from geo import formats
from geo.measures.indicator_list import INDICATORS
from geo.policy import layouts
from ui.blocks import leftout, pattern, rankings, selected, sentences, site_facts
from ui.cached import indicators, points
from ui.districts import basis, compared, full_table, profile
from ui.districts.peers import comparison as peers
from ui.districts.peers import plots
from ui.districts.peers import sentence as peer_sentence
from ui.districts.units import division
from ui.districts.units import sheet as unit_sheet
from ui.overview import figures
from ui.pack import of_layouts, of_views, on_foot, shared
from ui.pack.content import (
    Bar,
    Bars,
    Column,
    Facts,
    Figure,
    Figures,
    Map,
    Section,
    Sentences,
    Table,
    bullets,
    plain,
)
from ui.site import profile as site_profile
from ui.state.pages import Districts, Layouts, Overview
from ui.state.selection import Selection
from ui.state.view import PageView

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ui.pack.asked import Asked
    from ui.state import pages
    from ui.state.view import View

COLUMNS: Final = (
    *("n", "per_100_km2", "per_100k_residents", "share", "share_of_sites"),
    *("area_km2", "population"),
)
"""Of the comparison, by their names in `full_table.figures`."""

NAME_WIDTH: Final = 19
WIDTHS: Final = (12, 31, 24, 21.5, 15.5, 16.5, 21.5)
"""Of the name of a district and of these columns, about mm: so that no unit breaks."""

METHODS: Final = ("count", "served", "area", "people", "coverage", "two_thirds")

MOST_SITES: Final = 6
"""Sites that the page of a district lists."""


def ranked_view(view: View) -> PageView[Districts]:
    """Return 区县 for the indicator in view: from 总览 that of its colours."""
    if isinstance(view.state, Districts):
        return PageView(view.state, dark=view.dark)
    shade = view.state.shade if isinstance(view.state, Overview) else "area"
    return shared.seen_as(view, Districts, by=shade)


def title(view: View) -> str:
    """Return the sentence of the page."""
    if not isinstance(view.state, Districts):
        return sentences.overview(view)
    here = ranked_view(view)
    if view.state.view == "peers":
        shown = peers.comparison(here)
        return peer_sentence.headline(shown, plots.measures(shown))
    if view.state.view == "units":
        return unit_sheet.sentence(division.shown(here))
    return sentences.districts(here)


def findings(asked: Asked[pages.Figures]) -> Iterator[Section]:
    """Return the region's figures, and what the pages say of it in sentences."""
    view, t = asked.view, asked.view.t
    whole = shared.seen_as(view, Overview)
    ranked = ranked_view(view)
    overall = indicators.overall(whole.query)
    table = _table(ranked)
    texts = [_other(view), *pattern.sentences(ranked)]
    rests_on = basis.sentences(ranked, overall)
    if overall.n_unlocated:
        counts = t("list.comma").join(figures.unlocated_counts(whole, overall))
        note = t("overview.unlocated", n=formats.whole(overall.n_unlocated))
        rests_on.append(t("pack.label", name=note, text=counts))
    rests_on.append(_weak(ranked, table))
    yield Section(
        title=t("pack.findings"),
        blocks=(
            Figures(figures=headline_figures(whole)),
            Sentences(texts=bullets(t, texts), remarks=bullets(t, rests_on)),
        ),
    )


def _other(view: View) -> str:
    """Return the sentence of the other of the two pages: what this one's leaves open."""
    if isinstance(view.state, Districts):
        return sentences.overview(shared.seen_as(view, Overview))
    return sentences.districts(ranked_view(view))


def headline_figures(view: PageView[Overview]) -> tuple[Figure, ...]:
    """Return the four figures of 总览."""
    return shared.figures(view, figures.of_region(view, indicators.overall(view.query)))


def maps(asked: Asked[pages.Figures]) -> Iterator[Section]:
    """Return the map of the page, or each of its maps."""
    view = asked.view
    beside = headline_figures(shared.seen_as(view, Overview))
    for of, said, caption in _captions(view):
        yield shared.map_section(
            view,
            said,
            caption=formats.capitalised(caption),
            figures=beside,
            on_slide=_on_slide(view, caption),
            of=of,
        )


def _captions(view: View) -> Iterator[tuple[str, str, str]]:
    """Return which maps the page has, as `view_map.map_picture` knows them.

    Each with what it shows, in a sentence, and its caption.
    """
    t, name, unit = view.t, _figure_name(view), view.noun(1)
    if not isinstance(view.state, Districts):
        yield "", title(view), t("pack.map_units_sites", name=name, unit=unit)
    elif view.state.view == "peers":
        yield "", title(view), t("peers.title")
    elif view.state.view == "units":
        divided = division.shown(ranked_view(view))
        figures = divided.found.figures
        for row, units in enumerate(divided.names()):
            empty, gini = figures["empty"].iloc[row], figures["gini"].iloc[row]
            said = t(
                "pack.division",
                name=units,
                n=formats.whole(figures["units"].iloc[row]),
                empty=formats.percent(empty),
                gini=formats.ratio(gini),
            )
            yield str(row), said, t("pack.label", name=units, text=name)
    else:
        yield "", title(view), t("pack.map_units", name=name, unit=unit)


def _on_slide(view: View, caption: str) -> str:
    """Return the title of the map's slide; "" where the page has several or its own kind."""
    if isinstance(view.state, Districts) and view.state.view in {"peers", "units"}:
        return ""
    if INDICATORS[ranked_view(view).state.ranked].quotient:
        return view.t("pack.label", name=view.region_name, text=caption)
    return _other(view)


def _figure_name(view: View) -> str:
    """Return what the figure is called that is ranked; of a quotient also of which sector."""
    ranked = ranked_view(view)
    name = view.t(f"shade.{ranked.state.ranked}")
    if INDICATORS[ranked.state.ranked].quotient:
        return view.t("pack.of", name=name, text=view.family(ranked.state.focus))
    return name


def _table(view: PageView[Districts]) -> pd.DataFrame:
    return indicators.with_quotients(view.query, focus=view.state.focus)


def _weak(view: PageView[Districts], table: pd.DataFrame) -> str:
    """Return which figures are for orientation only; bars of a pack have no stripes."""
    said = leftout.weak(view, table, indicator=view.state.ranked)
    return view.t("pack.few") if said and INDICATORS[view.state.ranked].quotient else said


def ranking(asked: Asked[pages.Figures]) -> Iterator[Section]:
    """Return the districts in the order of the indicator, as bars and as a table."""
    view, t = ranked_view(asked.view), asked.view.t
    indicator = INDICATORS[view.state.ranked]
    table = _table(view)
    rows = rankings.listed(table, indicator=view.state.ranked)
    figures = rows[indicator.column]
    if indicator.quotient:  # of too few sites none has a place
        figures = figures.mask(rows["few"].astype(bool))
    places = figures.rank(method="min", ascending=False).tolist()
    reasons = leftout.reasons(view, table, indicator=view.state.ranked)
    remarks = [
        t("pack.left_out", reason=reason.rstrip("。."), names=names) for reason, names in reasons
    ]
    remarks.append(_weak(view, table))
    name, unit = _figure_name(view), rankings.note(view, table, indicator=view.state.ranked)
    listed = Table(
        title=formats.capitalised(t("pack.ranking_title", unit=view.noun(1), name=name)),
        columns=(
            shared.column(t("pack.rank"), figure=True, width=0.5),
            shared.column(view.noun(1), width=1.4),
            Column(head=formats.capitalised(name), unit=unit, figure=True, width=1.6),
            shared.column(t("column.n"), figure=True, width=0.8),
        ),
        rows=tuple(
            (
                formats.whole(place),
                view.district_name(str(code)),
                indicator.written(row[indicator.column]),
                formats.whole(row["n"]),
            )
            for place, (code, row) in zip(places, rows.iterrows(), strict=True)
        ),
        remarks=tuple(filter(None, remarks)),
    )
    yield Section(title=t("pack.ranking"), blocks=(*_bars(view, rows, unit), listed))


def _bars(view: PageView[Districts], rows: pd.DataFrame, unit: str) -> list[Bars]:
    """Return the ranking as bars: dark those that hold two thirds of the sites."""
    if len(rows) < 2:  # one bar compares nothing
        return []
    t, indicator = view.t, INDICATORS[view.state.ranked]
    held = indicators.overall(view.query).concentration
    codes = {str(code) for code in held.labels}
    key: tuple[str, ...] = ()
    if indicator.quotient:
        codes = {str(code) for code in rows.index[~rows["few"]]}
        key = (t("pack.enough"), t("clusters.key_few"))
    elif codes and len(codes) < len(rows):
        share = formats.percent(held.share_of_sites, digits=0)
        k = len(codes)
        key = (t("pack.holding", k=k, unit=view.noun(k), share=share), t("pack.others"))
    name = _figure_name(view)
    bars = tuple(
        Bar(
            name=view.district_name(str(code)),
            value=float(row[indicator.column]),
            written=indicator.written(row[indicator.column]),
            strong=str(code) in codes or not key,
        )
        for code, row in rows.iterrows()
    )
    # Of too few sites a quotient says little.
    certain = [each for each in bars if each.strong] if indicator.quotient else bars
    return [
        Bars(
            title=shared.span(t, name, certain or bars),
            note=formats.capitalised(t("list.of", name=name, unit=unit)),
            bars=bars,
            key=key,
        )
    ]


def comparison(asked: Asked[pages.Figures]) -> Iterator[Section]:
    """Return all districts with every figure, and those that the reader compares."""
    view, t = ranked_view(asked.view), asked.view.t
    table = _table(view)
    rows = full_table.ordered(table, view.state.ranked)
    written = full_table.figures(view, rows)
    overall = indicators.overall(view.query)
    total = {
        "n": formats.whole(overall.n),
        "per_100_km2": formats.number(overall.per_100_km2),
        "per_100k_residents": formats.number(overall.per_100k_residents),
        "share": formats.percent(overall.coverage).rstrip("%"),
        "area_km2": formats.whole(overall.area_km2),
        "population": formats.whole(overall.population),
    }
    heads = [t(f"column.{name}", km=view.radius_km, focus="") for name in COLUMNS]
    every = Table(
        title=t("districts.table_caption", region=view.region_name, unit=view.noun()),
        note=t("pack.in_order", name=t(f"shade.{view.state.ranked}")),
        columns=(
            shared.column(view.noun(1), width=NAME_WIDTH),
            *(
                shared.column(head, figure=True, width=width)
                for head, width in zip(heads, WIDTHS, strict=True)
            ),
        ),
        rows=tuple(
            (view.district_name(str(code)), *(written[name][code] for name in COLUMNS))
            for code in rows.index
        ),
        total=(t("pack.whole"), *(total.get(name, "") for name in COLUMNS)),
        remarks=bullets(t, basis.sentences(view, overall)),
    )
    chosen = _chosen(view, table)
    blocks = (*of_views.tables(view), *([chosen] if chosen else []), every, *on_foot.tables(view))
    yield Section(title=t("pack.comparison"), blocks=blocks)


def _chosen(view: PageView[Districts], table: pd.DataFrame) -> Table | None:
    """Return the districts that the reader set beside each other; None without any."""
    t, codes = view.t, list(view.state.compare)
    if not codes:
        return None
    rows = compared.rows(view, table.loc[codes], focus=view.state.focus)
    few = t("districts.few_star") if table.loc[codes, "few"].any() else ""
    return Table(
        title=t("districts.compare", n=len(codes), unit=view.noun(len(codes))),
        columns=(
            shared.column(t("districts.indicator"), width=2.2),
            *(shared.column(view.district_name(code), figure=True, width=1) for code in codes),
        ),
        rows=tuple(
            (t("pack.with_unit", name=label, unit=unit) if unit else label, *values)
            for label, unit, values, _ in rows
        ),
        remarks=tuple(filter(None, [few])),
    )


def scorecard(asked: Asked[pages.Figures]) -> Iterator[Section]:
    """Return the scorecard of each layout of the region."""
    view = asked.view
    for name, layout in layouts.within_reach(view.region).items():
        if layout.region == view.region and layout.place is None:
            of_layout = shared.seen_as(view, Layouts, layout=name, beside="")
            yield from of_layouts.scorecards(of_layout)


def districts(asked: Asked[pages.Figures]) -> Iterator[Section]:
    """Return a page a district, in the order of the indicator."""
    view = ranked_view(asked.view)
    table = _table(view)
    sites = _sites_by_district(view)
    for code in map(str, full_table.ordered(table, view.state.ranked).index):
        yield _district(view, table, code, sites.get(code, []))


def n_districts(view: View) -> int:
    """Return how many pages that makes."""
    return len(indicators.units(view.query))


def _district(
    view: PageView[Districts], table: pd.DataFrame, code: str, sites: list[pd.Series]
) -> Section:
    t = view.t
    at = dataclasses.replace(view.state, at=Selection("district", code))
    here = dataclasses.replace(view, state=at)
    line, rows = selected.district(here, code, more=profile.rows(here))
    ranks = [
        (label, t("list.dot").join([value, place]) if value != formats.MISSING else place)
        for label, value, place in site_profile.ranks(here, table, code)
    ]
    # The first have their ranks here; sources are told once, at the end.
    elsewhere = {t(f"card.{key}") for key in ("density", "population_source", "area_source")}
    elsewhere |= {label for label, _ in ranks}
    facts = Facts(
        title=view.district_name(code),
        note=plain(t, line),
        rows=(*ranks, *((key, plain(t, text)) for key, text in rows if key not in elsewhere)),
        map=_own_map(here, code),
        listed=_site_table(view, sites) if sites else None,
    )
    return Section(title=facts.title, blocks=(facts,))


def _own_map(view: PageView[Districts], code: str) -> Map:
    """Return the map of a district alone."""
    t, name = view.t, view.district_name(code)
    return Map(
        title=t("pack.map_district", name=name),
        caption=t("pack.map_district", name=name),
        note=shared.map_note(view),
        view=view,
        of=code,
    )


def _sites_by_district(view: PageView[Districts]) -> dict[str, list[pd.Series]]:
    """Return the sites that each district counts; none of a list too long to be read."""
    by: dict[str, list[pd.Series]] = {}
    if points.many(view.region):
        return by
    for _, site in indicators.sites(view.query).iterrows():
        if home := indicators.home(view.query, str(site["id"])):
            by.setdefault(home, []).append(site)
    return by


def _site_table(view: View, sites: list[pd.Series]) -> Table:
    t, n = view.t, len(sites)
    rest = n - MOST_SITES
    return Table(
        title=t("pack.sites_title", n=formats.whole(n)),
        columns=(
            shared.column(t("pack.name"), width=2.2),
            shared.column(t("find.row_kind"), width=2),
            shared.column(t("find.row_sectors"), width=2),
            shared.column(t("control.precision"), width=0.8),
        ),
        rows=tuple(
            (
                str(site[f"name_{t.lang}"]),
                site_facts.kind(view, site),
                site_facts.sectors(view, site),
                site_facts.uncertainty(view, site),
            )
            for site in sites[:MOST_SITES]
        ),
        remarks=(t("pack.rest", n=formats.whole(rest)),) if rest > 0 else (),
    )


def methods(asked: Asked[pages.Figures]) -> Iterator[Section]:
    """Return the methods in brief."""
    quotient = ("lq",) if asked.view.state.quotient else ()
    walk = ("walk",) if asked.view.state.walk else ()
    yield shared.methods_section(asked.view, (*METHODS, *quotient, *walk))


def sources(asked: Asked[pages.Figures]) -> Iterator[Section]:
    """Return what the figures rest on."""
    whole = shared.seen_as(asked.view, Overview)
    text = figures.sources_text(
        whole, indicators.overall(whole.query), indicators.units(whole.query)
    )
    yield shared.sources_section(asked, [text, *shared.completeness_texts(whole)])
