"""What a page says, without its session: for previews of links and others that run no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from geo import memory
from geo.settings import LANGUAGES
from layers import templates
from ui.blocks import sentences
from ui.cached import records
from ui.clusters import sentence as clusters
from ui.data import changes
from ui.layouts import layout_sentence as layouts
from ui.methods import sheet as methods
from ui.shell import preloads, preview_picture
from ui.siting import sentence as siting
from ui.state import address, fields, pages, sides
from ui.state.pages import Data, Layouts, Site, Targets
from ui.state.view import PageView
from ui.targets import goal_table
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ui.state.address import Field


def header(page: str, query: str, here: str = "") -> str:
    """Return the head of a page's shell: its headline as title, and for previews.

    Parameters
    ----------
    page : str
        Last part of its address; "" for the first page.
    query : str
        The query of the address.
    here : str
        The address of the app as the client knows it, without a slash at its end.
    """
    name = page or pages.HOME
    parsed = address.parse(dict(parse_qsl(query)), pages.OF_PAGE[name].fields())
    own = {item.name for item in _HEADLINES[name][1]}
    depended = [item for item in pages.OF_PAGE[name].fields() if item.name in own]
    followed = tuple(address.render(parsed.values, depended).items())
    view = PageView(pages.OF_PAGE[name].of(parsed.values))
    t = view.t
    title = _headline(name, followed) or t("app.title")
    link = preview_picture.link(name, query)
    return templates.html(
        "ui/shell/preview.html",
        t=t,
        title=title,
        preloads=preloads.preloads(name, view),
        picture=f"{here}{link}" if link else "",
        pixels=preview_picture.PIXELS,
    )


@memory.by_view(latest=512)
def _headline(name: str, followed: tuple[tuple[str, str], ...]) -> str:
    page = pages.OF_PAGE[name]
    values = address.parse(dict(followed), page.fields()).values
    return _HEADLINES[name][0](PageView(page.of(values)))


def always() -> str:
    """Return what stands in the head of every shell, whatever the page shows."""
    notes = {lang: PageTexts(lang)("embed.old") for lang in LANGUAGES}
    path = f"{preview_picture.PATH.removeprefix('/')}/"
    return templates.html("ui/shell/old_browsers.html", notes=notes, home=pages.HOME, path=path)


def _layouts(view: PageView[Layouts]) -> str:
    if not view.state.layout:
        return ""
    return layouts.headline(view, [side.layout for side in sides.sides(view)])


def _targets(view: PageView[Targets]) -> str:
    state = view.state
    return sentences.targets(view, goal_table.chosen(state.place, state.theme, state.state))


def _site(view: PageView[Site]) -> str:
    if not view.state.id:
        return view.t("site.none")
    region, key = records.referred(view.state.id)
    return str(records.site(key, region)[f"name_{view.t.lang}"])


def _data(view: PageView[Data]) -> str:
    if view.state.record:
        return changes.headline(view)
    compares = view.state.show == "compare"
    return view.t("compare.headline_first" if compares else "intake.headline_first")


_SITES = (fields.LANG, fields.REGION, fields.UNIT, *fields.FILTERS)

_HEADLINES: Mapping[str, tuple[Callable[[PageView[Any]], str], tuple[Field, ...]]] = {
    "overview": (sentences.overview, _SITES),
    "districts": (sentences.districts, (*_SITES, fields.RADIUS, fields.INDICATOR, fields.FOCUS)),
    "layouts": (
        _layouts,
        (fields.LANG, fields.REGION, fields.LAYOUT, fields.BESIDE, fields.PHASE),
    ),
    "find": (sentences.find, _SITES),
    "clusters": (clusters.headline, (*_SITES, fields.DISTANCE, fields.LEAST)),
    "siting": (
        siting.asked,
        (*_SITES, fields.RADIUS, fields.MODEL, fields.NEW_SITES, fields.SHARE, fields.CANDIDATES),
    ),
    "targets": (_targets, Targets.fields()),
    "data": (
        _data,
        (
            *(fields.LANG, fields.REGION, fields.SINCE, fields.REASON),
            *(fields.PART, fields.SHOW),
        ),
    ),
    "methods": (methods.headline, (fields.LANG, fields.METHOD)),
    "site": (_site, (fields.LANG, fields.SITE_ID)),
}
"""What makes each page's headline, and the fields that it follows: no others ask for a new one."""
