"""The pack of a site: its facts, what stands round it, its district, and who names it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from geo.facts import catalog
from ui.blocks import selected, site_facts
from ui.cached import indicators, records
from ui.pack import shared
from ui.pack.content import Facts, Section, Sentences, Table, bullets, plain
from ui.site import profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ui.pack.asked import Asked
    from ui.state.pages import Site
    from ui.state.view import PageView

METHODS: Final = ("area", "people", "coverage", "nearest")


def opened(view: PageView[Site]) -> PageView[Site]:
    """Return the view with the region, the level and the sectors of its site."""
    return profile.of(view, site_of(view))


def site_of(view: PageView[Site]) -> pd.Series:
    """Return the site in view."""
    region, key = records.referred(view.state.id)
    return records.site(key, region)


def title(view: PageView[Site]) -> str:
    """Return the name of the site."""
    return str(site_of(view)[f"name_{view.t.lang}"])


def findings(asked: Asked[Site]) -> Iterator[Section]:
    """Return the site's facts."""
    view, t = asked.view, asked.view.t
    site = site_of(view)
    facts = selected.facts(view, site)
    card = Facts(
        title=title(view),
        note=selected.summary(view, site),
        rows=tuple((label, plain(t, value)) for label, value in facts.values()),
    )
    yield Section(title=t("site.page"), blocks=(card,))


def maps(asked: Asked[Site]) -> Iterator[Section]:
    """Return the map of the page."""
    view = asked.view
    caption = view.t("pack.map_site", name=title(view))
    yield shared.map_section(view, title(view), caption=caption)


def ranking(asked: Asked[Site]) -> Iterator[Section]:
    """Return the figures of its district with their ranks."""
    view, t = asked.view, asked.view.t
    home = site_facts.home(site_of(view))
    if home is None:
        return
    unit, code = home
    there = dataclasses.replace(view, state=dataclasses.replace(view.state, unit=unit))
    table = indicators.table(site_facts.query(view.region, unit))
    listed = Table(
        title=t("pack.label", name=t("site.district_none"), text=there.district_name(code)),
        columns=(
            shared.column(t("districts.indicator"), width=1.4),
            shared.column(t("pack.value"), figure=True, width=2),
            shared.column(t("pack.place"), width=1.6),
        ),
        rows=tuple(profile.ranks(there, table, code)),
    )
    yield Section(title=t("site.district_none"), blocks=(listed,))


def comparison(asked: Asked[Site]) -> Iterator[Section]:
    """Return how many sites stand near, and the nearest of its sectors."""
    view, t = asked.view, asked.view.t
    site = site_of(view)
    heads = [t(f"site.column_{key}") for key in profile.AROUND]
    around = Table(
        title=t("site.around"),
        note=t("site.around_note"),
        columns=(
            shared.column(heads[0], width=0.8),
            *(shared.column(head, figure=True, width=0.8) for head in heads[1:3]),
            shared.column(heads[3], width=2),
        ),
        # Where nobody can tell there is one reason in place of the counts.
        rows=tuple(
            (radius, *(cells if len(cells) > 1 else ["", "", *cells]))
            for radius, cells in profile.within(view, site)
        ),
    )
    near = profile.nearest(view, site)
    nearest = Table(
        title=t("site.nearest", n=len(near)),
        columns=(
            shared.column(t("report.number"), figure=True, width=0.4),
            shared.column(t("pack.name"), width=2),
            shared.column(t("find.row_place"), width=3),
            shared.column(t("control.distance"), figure=True, width=1),
            shared.column(t("control.precision"), width=0.8),
        ),
        rows=tuple(
            (str(number), plain(t, each.link), each.line, each.distance, each.precision)
            for number, each in enumerate(near, start=1)
        ),
    )
    yield Section(title=t("site.around"), blocks=(around, *([nearest] if near else [])))


def scorecard(asked: Asked[Site]) -> Iterator[Section]:
    """Return the elements of layouts that name the site, or where it is."""
    view, t = asked.view, asked.view.t
    texts = [
        t(
            "pack.naming",
            name=plain(t, link),
            tags=t("list.comma").join(tags),
            summary=summary,
            cited=plain(t, cited),
        )
        for link, tags, summary, cited in profile.namings(view, site_of(view))
    ]
    listed = Sentences(texts=bullets(t, texts or [t("site.named_none")]))
    yield Section(title=t("site.named"), blocks=(listed,))


def methods(asked: Asked[Site]) -> Iterator[Section]:
    """Return the methods in brief."""
    yield shared.methods_section(asked.view, METHODS)


def sources(asked: Asked[Site]) -> Iterator[Section]:
    """Return where the list comes from."""
    view, t = asked.view, asked.view.t
    date = catalog.catalogue_date().isoformat()
    dated = view.say("report.catalogue", date=date, list=view.region_name)
    texts = [
        t("pack.sentence", text=dated),
        t("pack.label", name=t("pack.boundaries"), text=shared.boundaries(view)),
    ]
    yield shared.sources_section(asked, texts)
