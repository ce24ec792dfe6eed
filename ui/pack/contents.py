"""Which parts the pack of a page has, and what stands on its cover: one table for all pages."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from geo.china import adcodes
from geo.facts import catalog
from ui.pack import (
    of_clusters,
    of_find,
    of_layouts,
    of_site,
    of_siting,
    of_targets,
    of_units,
    shared,
)
from ui.pack.content import Front, Section
from ui.siting import wording as plan_wording
from ui.state.pages import Site, Siting
from ui.state.view import PageView

if TYPE_CHECKING:
    from ui.pack.asked import Asked
    from ui.state.pages import Page

Part = Callable[["Asked[Any]"], Iterator[Section]]


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The sentence of a page, and its parts by their names in the address."""

    title: Callable[[Any], str]
    parts: Mapping[str, Part]


_OF_UNITS: Final = Contents(
    title=of_units.title,
    parts={
        "findings": of_units.findings,
        "maps": of_units.maps,
        "ranking": of_units.ranking,
        "comparison": of_units.comparison,
        "scorecard": of_units.scorecard,
        "districts": of_units.districts,
        "methods": of_units.methods,
        "sources": of_units.sources,
    },
)
_OF_PAGE: Final[Mapping[str, Contents]] = MappingProxyType(
    {
        "overview": _OF_UNITS,
        "districts": _OF_UNITS,
        "layouts": Contents(
            title=of_layouts.title,
            parts={
                "findings": of_layouts.findings,
                "maps": of_layouts.maps,
                "ranking": of_layouts.ranking,
                "scorecard": of_layouts.scorecard,
                "methods": of_layouts.methods,
                "sources": of_layouts.sources,
            },
        ),
        "find": Contents(
            title=of_find.title,
            parts={
                "findings": of_find.findings,
                "maps": of_find.maps,
                "ranking": of_find.ranking,
                "comparison": of_find.comparison,
                "methods": of_find.methods,
                "sources": of_find.sources,
            },
        ),
        "clusters": Contents(
            title=of_clusters.title,
            parts={
                "findings": of_clusters.findings,
                "maps": of_clusters.maps,
                "ranking": of_clusters.ranking,
                "comparison": of_clusters.comparison,
                "methods": of_clusters.methods,
                "sources": of_clusters.sources,
            },
        ),
        "siting": Contents(
            title=of_siting.title,
            parts={
                "findings": of_siting.findings,
                "maps": of_siting.maps,
                "ranking": of_siting.ranking,
                "comparison": of_siting.comparison,
                "methods": of_siting.methods,
                "sources": of_siting.sources,
            },
        ),
        "site": Contents(
            title=of_site.title,
            parts={
                "findings": of_site.findings,
                "maps": of_site.maps,
                "ranking": of_site.ranking,
                "comparison": of_site.comparison,
                "scorecard": of_site.scorecard,
                "methods": of_site.methods,
                "sources": of_site.sources,
            },
        ),
        "targets": Contents(
            title=of_targets.title,
            parts={
                "findings": of_targets.findings,
                "scorecard": of_targets.scorecard,
                "sources": of_targets.sources,
            },
        ),
    }
)


def on_offer(page: str) -> tuple[str, ...]:
    """Return the parts of a page, the cover first."""
    return ("cover", *_OF_PAGE[page].parts)


def chosen(asked: Asked[Page]) -> tuple[str, ...]:
    """Return the parts that the reader wants of those that the page has, in their order."""
    known = on_offer(asked.page)
    return tuple(part for part in asked.view.state.parts if part in known)


def opened(asked: Asked[Page], tell: Callable[[], object] = lambda: None) -> Asked[Page]:
    """Return what is asked for, of a site with its region and its sectors, once it is known.

    Whoever waits for a plan tells so now and then: what that raises ends the wait.
    """
    state = asked.view.state
    if isinstance(state, Siting):
        return dataclasses.replace(asked, view=plan_wording.complete(PageView(state), tell))
    if not isinstance(state, Site):
        return asked
    return dataclasses.replace(asked, view=of_site.opened(PageView(state)))


def front(asked: Asked[Page]) -> Front:
    """Return what stands on the cover and on every page."""
    view, t = asked.view, asked.view.t
    date = catalog.catalogue_date().isoformat()
    catalogue = view.say("report.catalogue", date=date, list=view.region_name)
    made = t("report.made", date=datetime.now(UTC).date().isoformat())
    kind = t(f"pack.kind_{asked.page}")
    boundary = t("report.boundary", state=adcodes.STATE)
    place = t("pack.everywhere") if asked.page == "targets" else view.region_name
    return Front(
        lang=t.lang,
        kind=t("list.dot").join([t("app.title"), kind]),
        title=_OF_PAGE[asked.page].title(view),
        subtitle=t("list.dot").join(filter(None, [place, shared.filters_text(view)])),
        lines=(t("list.dot").join([made, catalogue]), boundary),
        head=t("pack.head", region=place, kind=kind),
        date=catalogue,
        foot=t("pack.foot", catalogue=catalogue, boundary=boundary),
        covered="cover" in chosen(asked),
    )


def sections(
    asked: Asked[Page], tell: Callable[[float, str], object] = lambda *_: None
) -> Iterator[Section]:
    """Return the sections of what is asked for, made one after the other as they are needed.

    Parameters
    ----------
    asked
        The view.
    tell
        Takes the share that is done (0-1) and what is being made.
    """
    t, parts = asked.view.t, _OF_PAGE[asked.page].parts
    wanted = [part for part in chosen(asked) if part in parts]
    pages = of_units.n_districts(asked.view) if "districts" in wanted else 0
    done, steps = 0, max(len(wanted) + pages, 1)
    for part in wanted:
        tell(done / steps, t("pack.step_section", title=t(f"pack.part_{part}")))
        for section in parts[part](asked):
            yield section
            if part == "districts":
                done += 1
                tell(done / steps, t("pack.step_section", title=section.title))
        done += 1
    tell(1.0, t("pack.step_writing"))
