"""The pack of 布局: what the document names, what stands there, and how the two agree."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from geo import formats
from geo.facts import catalog, remarks
from geo.methods.method import methods as every_method
from ui.blocks import completeness
from ui.cached import names
from ui.layouts import layout_sentence, layout_words, panel, present_sites, scores
from ui.pack import shared
from ui.pack.content import Bar, Bars, Figure, Figures, Section, Sentences, Table, bullets
from ui.state import sides

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.policy.model import Element
    from ui.pack.asked import Asked
    from ui.state.pages import Layouts
    from ui.state.sides import Side
    from ui.state.view import PageView

FIGURES: Final = 4
"""Of the scorecard that stand at the head."""


def title(view: PageView[Layouts]) -> str:
    """Return the sentence of the page."""
    return layout_sentence.headline(view, [side.layout for side in sides.sides(view)])


def findings(asked: Asked[Layouts]) -> Iterator[Section]:
    """Return what each document says in brief, and what is not published of it."""
    view, t = asked.view, asked.view.t
    blocks: list[Figures | Sentences] = []
    for side in sides.sides(view):
        layout = side.layout
        texts = [t.of(layout, "summary"), t.of(layout, "pattern")]
        document = bullets(t, [panel.document_text(side)])
        head = names.layout_with_region(layout, t)
        blocks.append(Figures(figures=_figures(side)))
        blocks.append(Sentences(title=head, texts=bullets(t, texts), remarks=document))
    yield Section(title=t("pack.findings"), blocks=tuple(blocks))


def _figures(side: Side) -> tuple[Figure, ...]:
    """Return the first figures of the scorecard that there are."""
    lines = [each for each in scores.lines(side) if each.value != formats.MISSING]
    return tuple(
        Figure(
            label=formats.capitalised(each.name), value=each.value, unit=each.of, note=each.rests_on
        )
        for each in lines[:FIGURES]
    )


def _unpublished(side: Side) -> tuple[str, ...]:
    """Return the elements without a published place, each with its section and what it is to be."""
    view, t = side.view, side.view.t
    return tuple(
        t(
            "pack.element",
            name=t.of(each, "name"),
            section=_section(side, each),
            summary=t.of(each, "summary"),
        )
        for each in layout_words.in_phase(view, side.layout)
        if not each.located
    )


def _section(side: Side, element: Element) -> str:
    t = side.view.t
    return remarks.translate(element.section, lang=t.lang) or t("layouts.elsewhere")


def maps(asked: Asked[Layouts]) -> Iterator[Section]:
    """Return the map of each layout below its pattern in words."""
    for side in sides.sides(asked.view):
        alone = dataclasses.replace(side.view.state, layout=side.layout.id, beside="", element="")
        view = dataclasses.replace(side.view, state=alone)
        caption = names.layout_with_region(side.layout, side.view.t)
        yield shared.map_section(
            view,
            title(view),
            caption=caption,
            figures=_figures(side),
            on_slide=formats.capitalised(side.view.t.of(side.layout, "pattern")),
        )


def ranking(asked: Asked[Layouts]) -> Iterator[Section]:
    """Return the elements with what stands in each today."""
    for side in sides.sides(asked.view):
        yield _elements(side)


def _elements(side: Side) -> Section:
    t, view = side.view.t, side.view
    standing = present_sites.present(side.layout, view.state.phase)
    shown = layout_words.in_phase(view, side.layout)
    counts = {
        each.id: _n_sites(side, standing.get(each.id, ()))
        if each.located and not each.is_venue
        else formats.MISSING
        for each in shown
    }
    table = Table(
        title=t("pack.elements_title", name=names.layout_with_region(side.layout, t)),
        note=t("layouts.elements_note"),
        columns=(
            shared.column(t("report.number"), width=0.4),
            shared.column(t("pack.name"), width=1.6),
            shared.column(t("pack.role"), width=1),
            shared.column(t("pack.status"), width=1.4),
            shared.column(t("column.n"), figure=True, width=0.9),
            shared.column(t("pack.section"), width=0.9),
            shared.column(t("pack.summary"), width=5),
        ),
        rows=tuple(
            (
                panel.sign(side, each).letter,
                t.of(each, "name"),
                t.of(each, "role"),
                t("list.comma").join(panel.tags(side, each)) or t("pack.existing"),
                counts[each.id],
                _section(side, each),
                t.of(each, "summary"),
            )
            for each in shown
        ),
        remarks=tuple(scores.remarks(side)),
    )
    return Section(title=t("layouts.elements"), blocks=(*_bars(side, standing), table))


def _n_sites(side: Side, ids: tuple[str, ...]) -> str:
    """Return how many sites there are, and how many of them are planned, as the page has it."""
    n, planned = len(ids), len(present_sites.planned(side.layout).intersection(ids))
    whole = formats.whole(n)
    return side.view.t("pack.of_them_planned", n=whole, planned=planned) if planned else whole


def _bars(side: Side, standing: dict[str, tuple[str, ...]]) -> list[Bars]:
    """Return the elements by how many sites stand in each: dark cores and nodes."""
    t, view = side.view.t, side.view
    shown = [
        each
        for each in layout_words.in_phase(view, side.layout)
        if each.located and not each.is_venue
    ]
    shown.sort(key=lambda each: -len(standing.get(each.id, ())))
    if len(shown) < 2:  # one bar compares nothing
        return []
    kinds = [each.kind in {"core", "node"} for each in shown]
    key = (t("pack.cores_and_nodes"), t("pack.other_elements"))
    counted = t(f"pack.by_element_{view.state.phase}")
    bars = tuple(
        Bar(
            name=t.of(each, "name"),
            value=float(len(standing.get(each.id, ()))),
            written=formats.whole(len(standing.get(each.id, ()))),
            strong=strong or not any(kinds),
        )
        for each, strong in zip(shown, kinds, strict=True)
    )
    return [
        Bars(
            title=shared.span(
                t, t("pack.label", name=t.of(side.layout, "name"), text=counted), bars
            ),
            note=counted,
            bars=bars,
            key=key if any(kinds) and not all(kinds) else (),
        )
    ]


def scorecards(view: PageView[Layouts]) -> Iterator[Section]:
    """Return the scorecard of each layout."""
    for side in sides.sides(view):
        yield _scorecard(side)


def scorecard(asked: Asked[Layouts]) -> Iterator[Section]:
    """Return the scorecard of each layout in view."""
    yield from scorecards(asked.view)


def _scorecard(side: Side) -> Section:
    t, without = side.view.t, _unpublished(side)
    published = [] if without else [t("pack.all_published")]
    table = Table(
        title=t("pack.scorecard_title", name=names.layout_with_region(side.layout, t)),
        note=layout_sentence.headline(side.view, [side.layout]) if side.view.state.beside else "",
        columns=(
            shared.column(t("districts.indicator"), width=1.4),
            shared.column(t("pack.value"), figure=True, width=0.8),
            shared.column(t("pack.of_how_many"), figure=True, width=0.8),
            shared.column(t("pack.rests_on"), width=3),
        ),
        rows=tuple(
            (formats.capitalised(each.name), each.value, _ratio(each), each.rests_on)
            for each in scores.lines(side)
        ),
        remarks=bullets(t, [*scores.notes(side), *scores.remarks(side), *published]),
    )
    listed = Sentences(
        title=t("pack.unpublished", name=t.of(side.layout, "name"), n=len(without)),
        texts=without,
    )
    return Section(title=t("layouts.scorecard"), blocks=(table, *([listed] if without else [])))


def _ratio(line: scores.Line) -> str:
    """Return what was divided by what; of a count the line has only out of how many."""
    return f"{line.value} {line.of}" if line.of.startswith("/") else line.of


def methods(asked: Asked[Layouts]) -> Iterator[Section]:
    """Return the methods of the scorecard in brief."""
    ids = [key for key, each in every_method().items() if each.scores]
    yield shared.methods_section(asked.view, ids)


def sources(asked: Asked[Layouts]) -> Iterator[Section]:
    """Return the documents, and what the counts rest on."""
    view, t = asked.view, asked.view.t
    documents = [panel.document_text(side) for side in sides.sides(view)]
    date = catalog.catalogue_date().isoformat()
    lines = [*documents, view.say("layouts.catalogue", date=date, list=view.region_name)]
    texts = [t("pack.sentence", text=each) for each in lines]
    yield shared.sources_section(asked, [*texts, completeness.sentence(view)])
