"""The pack of 选园: what was found, the shortlist side by side, and where each row comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import formats
from geo.facts import catalog
from ui.blocks import selected, sentences, site_facts
from ui.filters import finding, wording
from ui.find import result_list
from ui.pack import shared
from ui.pack.content import Bar, Bars, Figure, Section, Sentences, Table, bullets, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.pack.asked import Asked
    from ui.state.pages import Find
    from ui.state.view import PageView

METHODS: Final = ("count", "area", "nearest")
MOST: Final = 100
"""Results that are listed."""


def title(view: PageView[Find]) -> str:
    """Return the sentence of the page."""
    return sentences.find(view)


def findings(asked: Asked[Find]) -> Iterator[Section]:
    """Return what was asked for, in which order, and what is not on the map."""
    view, t = asked.view, asked.view.t
    order = t(f"find.list_note_{finding.order(view)}", km=finding.within_km(view))
    count = formats.whole(len(finding.results(view)))
    texts = [
        t("pack.asked_for", what=wording.noun(view, 2), n=count),
        t("pack.label", name=t("control.sort"), text=order),
        result_list.unlocated(view),
    ]
    yield Section(title=t("pack.findings"), blocks=(Sentences(texts=bullets(t, texts)),))


def maps(asked: Asked[Find]) -> Iterator[Section]:
    """Return the map of the page."""
    view, t = asked.view, asked.view.t
    counts = {"find.sign_result": finding.results(view), "find.shortlist": finding.picked(view)}
    figures = [
        Figure(label=t(key), value=formats.whole(len(sites)), unit=t("unit.sites"))
        for key, sites in counts.items()
        if len(sites)
    ]
    caption = t("pack.label", name=view.region_name, text=t("pack.found"))
    yield shared.map_section(view, title(view), caption=caption, figures=figures)


def ranking(asked: Asked[Find]) -> Iterator[Section]:
    """Return the results in the reader's order, and how many each district has."""
    view, t = asked.view, asked.view.t
    sites = finding.results(view)
    if sites.empty:
        return
    rest = len(sites) - MOST
    table = Table(
        title=t("find.list"),
        note=t(f"find.list_note_{finding.order(view)}", km=finding.within_km(view)),
        columns=(
            shared.column(t("report.number"), figure=True, width=0.4),
            shared.column(t("pack.name"), width=2),
            *(
                shared.column(site_facts.title(view, key), width=width)
                for key, width in (("place", 1.4), ("kind", 2.0), ("sectors", 1.6))
            ),
            shared.column(t("control.precision"), width=0.8),
        ),
        rows=tuple(
            (
                formats.whole(number),
                str(site[f"name_{t.lang}"]),
                site_facts.place(view, site),
                site_facts.kind(view, site),
                site_facts.sectors(view, site),
                site_facts.uncertainty(view, site),
            )
            for number, (_, site) in enumerate(sites.head(MOST).iterrows(), start=1)
        ),
        remarks=(t("pack.rest", n=formats.whole(rest)),) if rest > 0 else (),
    )
    yield Section(title=t("pack.found"), blocks=(*_bars(view), table))


def _bars(view: PageView[Find]) -> list[Bars]:
    """Return how many of the results each district has, where several have some."""
    t, per = view.t, finding.per_district(view)
    if len(per) < 2:
        return []
    drawn = tuple(
        Bar(name=view.district_name(str(code)), value=float(n), written=formats.whole(n))
        for code, n in per.items()
    )
    counted = t("pack.per_district", unit=view.noun(1))
    return [Bars(title=shared.span(t, counted, drawn), note=counted, bars=drawn)]


def comparison(asked: Asked[Find]) -> Iterator[Section]:
    """Return the shortlist side by side."""
    view, t = asked.view, asked.view.t
    chosen = finding.beside(view)
    if not chosen:
        return
    sites = [site for _, site in finding.picked(view).loc[chosen].iterrows()]
    table = Table(
        title=t("find.compared", n=len(sites)),
        columns=(
            shared.column("", width=1.2),
            *(shared.column(str(site[f"name_{t.lang}"]), width=2) for site in sites),
        ),
        rows=tuple(
            (site_facts.title(view, key), *(words(view, site) for site in sites))
            for key, words in site_facts.FACTS
        ),
    )
    yield Section(title=t("find.shortlist"), blocks=(table,))


def methods(asked: Asked[Find]) -> Iterator[Section]:
    """Return the methods in brief."""
    yield shared.methods_section(asked.view, METHODS)


def sources(asked: Asked[Find]) -> Iterator[Section]:
    """Return where the list comes from, and each row of the shortlist."""
    view, t = asked.view, asked.view.t
    date = catalog.catalogue_date().isoformat()
    texts = [
        t("pack.sentence", text=view.say("report.catalogue", date=date, list=view.region_name)),
        t("pack.label", name=t("pack.boundaries"), text=shared.boundaries(view)),
    ]
    for _, site in finding.picked(view).iterrows():
        _, source = selected.facts(view, site)["source"]
        text = plain(t, source)
        texts.append(t("pack.label", name=site[f"name_{t.lang}"], text=text))
    yield shared.sources_section(asked, [*texts, *shared.completeness_texts(view)[:1]])
