"""What packs of several pages have alike: tables from pages' rows, methods in brief, sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from geo import formats
from geo.china import adcodes
from geo.facts import catalog, own_regions
from geo.formats import capitalised
from geo.methods.method import methods
from geo.methods.words import MethodTexts
from ui.blocks import completeness, markup
from ui.filters import wording
from ui.pack.content import Column, Figure, Map, Section, Sentences, brief, bullets, plain
from ui.state import fields
from ui.state.address import settled
from ui.state.pages import Page, Sites
from ui.state.view import PageView, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ui.pack.asked import Asked
    from ui.pack.content import Bar
    from ui.words.language import PageTexts

P = TypeVar("P", bound=Page)

HOME: Final = "/"

MOST_NAMED: Final = 2
"""Of several that share a figure, in a title."""

UNIT: Final = re.compile(r"(?P<head>.+?)\s*[（(](?P<unit>[^（()）]+)[)）]$")
"""A head with its unit in brackets."""


def seen_as(view: View, page: type[P], **changes: object) -> PageView[P]:
    """Return the same on another page, as its address would say it."""
    values = settled({**view.state.values, **changes}, page.fields())
    return PageView(page.of(values))


def column(text: str, *, figure: bool = False, width: float = 0.0) -> Column:
    """Return a column with its unit below its head, where that names one.

    >>> column("density (sites / 100 km²)")
    Column(head='Density', unit='sites / 100 km²', figure=False, width=0.0)
    """
    if len(text) > 1:  # a p stays one
        text = capitalised(text)
    if parted := UNIT.fullmatch(text):
        return Column(head=parted["head"], unit=parted["unit"], figure=figure, width=width)
    return Column(head=text, figure=figure, width=width)


def figures(view: View, of_page: Iterable[markup.Figure]) -> tuple[Figure, ...]:
    """Return the headline figures of a page as texts; names that they disclose are in tables."""
    t = view.t
    return tuple(
        Figure(
            label=plain(t, each.label), value=each.value, unit=each.unit, note=brief(t, each.note)
        )
        for each in of_page
    )


def span(t: PageTexts, name: str, bars: Sequence[Bar]) -> str:
    """Return what a chart of bars shows: from where to where a figure goes.

    >>> from ui.pack.content import Bar
    >>> from ui.words.language import PageTexts
    >>> bars = [Bar(name="A", value=7.0, written="7"), Bar(name="B", value=1.0, written="1")]
    >>> span(PageTexts("en"), "Sites", bars)
    'Sites: 1 to 7, highest in A'
    """
    most = max(bars, key=lambda each: each.value).written
    least = min(bars, key=lambda each: each.value).written
    leaders = [each.name for each in bars if each.written == most]
    first = formats.joined(leaders, t=t, most=MOST_NAMED)
    key = "pack.span" if least != most else "pack.span_same"
    return t(key, name=formats.capitalised(name), least=least, first=first, most=most)


def map_section(
    view: View,
    title: str,
    *,
    caption: str,
    figures: Sequence[Figure] = (),
    on_slide: str = "",
    of: str = "",
) -> Section:
    """Return the map of a view below what it shows; `on_slide` and `of` as for `content.Map`."""
    shown = Map(
        title=title,
        caption=caption,
        note=map_note(view),
        view=view,
        figures=tuple(figures),
        on_slide=on_slide,
        of=of,
    )
    return Section(title=view.t("pack.maps"), blocks=(shown,))


def map_note(view: View) -> str:
    """Return what stands below every map: of when its sites are, and what borders are not for."""
    date = catalog.catalogue_date().isoformat()
    return view.say("pack.map_note", date=date, list=view.region_name)


def methods_section(view: View, ids: Iterable[str], *, more: Iterable[str] = ()) -> Section:
    """Return methods in brief: what each figure is, how what is not known is dealt with, sources.

    Parameters
    ----------
    view
        Whose language it is.
    ids
        Of the methods, see `geo.methods.method.methods`.
    more
        Further sentences.
    """
    t, said = view.t, MethodTexts(view.t.lang)
    texts = []
    for key in ids:
        sources = t("list.stop").join(methods()[key].sources)
        cited = t("methods.sources", sources=sources) if sources else ""
        first = t("pack.sentence", text=said(f"{key}.headline"))
        texts.append(t("list.sentence").join(filter(None, [first, said(f"{key}.note"), cited])))
    return Section(
        title=t("pack.methods"),
        blocks=(Sentences(texts=(*texts, *more), note=t("pack.methods_note")),),
    )


def sources_section(asked: Asked[Page], texts: Iterable[str]) -> Section:
    """Return what all figures rest on, and the address that shows the same."""
    t = asked.view.t
    lines = bullets(t, [*texts, t("download.licence")])
    # Nothing where nobody said where the app is; that of a workspace holds the key to its list.
    if asked.address != HOME and not own_regions.is_own(asked.view.region):
        lines = (*lines, t("pack.address", address=asked.address))
    return Section(title=t("pack.sources"), blocks=(Sentences(texts=lines),))


def completeness_texts(view: View) -> list[str]:
    """Return how complete the catalogue is, a sentence for each number that was published."""
    return [completeness.sentence(view), *completeness.numbers(view).values()]


def boundaries(view: View) -> str:
    """Return whose boundaries are drawn, and what they are not for."""
    return view.t("download.boundaries", state=adcodes.STATE)


def filters_text(view: View) -> str:
    """Return the filters in force in words, and the radius where there is one."""
    t = view.t
    texts = [t("pack.label", name=name, text=text) for name, text in wording.words(view).items()]
    if not texts and isinstance(view.state, Sites):
        texts = [t("pack.unfiltered")]
    walk = view.state.walk
    if walk is not None:
        texts.append(t("pack.walk", n=f"{walk.limit:g}", speed=f"{walk.speed_kmh:g}"))
    if fields.RADIUS in view.state.fields():
        texts.append(t("pack.radius", km=view.radius_km))
    return t("list.stop").join(texts)
