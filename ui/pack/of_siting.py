"""The pack of 选址: the plan and its proof, the places with their reasons, the districts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.pack import of_trial, on_foot, shared
from ui.pack.content import Figure, Figures, Section, Sentences, Table, bullets
from ui.siting import basis, district_table, figures, place_list, sentence, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.pack.asked import Asked
    from ui.state.pages import Siting
    from ui.state.view import PageView

METHODS: Final = ("siting",)


def title(view: PageView[Siting]) -> str:
    """Return the sentence of the page."""
    return of_trial.title(view) if view.state.tries else sentence.headline(view)


def findings(asked: Asked[Siting]) -> Iterator[Section]:
    """Return how good the plan is, and what could change it."""
    view, t = asked.view, asked.view.t
    if view.state.tries:
        yield from of_trial.findings(asked)
        return
    if told := basis.proof_texts(view):
        said = Sentences(texts=bullets(t, told))
        yield Section(title=t("pack.findings"), blocks=(Figures(figures=_figures(view)), said))


def _figures(view: PageView[Siting]) -> tuple[Figure, ...]:
    """Return the figures of the plan; none of a trial, whose table has them."""
    plan = None if view.state.tries else wording.found(view)
    return () if plan is None else shared.figures(view, figures.of_plan(view, plan))


def maps(asked: Asked[Siting]) -> Iterator[Section]:
    """Return the map of the page."""
    view = asked.view
    caption = view.t(
        "pack.label",
        name=view.region_name,
        text=view.t("trial.title" if view.state.tries else "siting.title"),
    )
    yield shared.map_section(view, title(view), caption=caption, figures=_figures(view))


def ranking(asked: Asked[Siting]) -> Iterator[Section]:
    """Return the places from the one that adds most on, each with its reasons."""
    view, t = asked.view, asked.view.t
    if view.state.tries:
        yield from of_trial.ranking(asked)
        return
    plan = wording.found(view)
    if plan is None or plan.places.empty:
        return
    first, *heads = place_list.heads(view)
    table = Table(
        title=t("siting.places"),
        note=place_list.note(view),
        columns=(
            shared.column(t("report.number"), figure=True, width=0.4),
            shared.column(first, width=4),
            *(shared.column(head, figure=True, width=1.15) for head in heads),
        ),
        rows=tuple(
            (str(row.number), t("list.stop").join([row.name, *row.reasons]), *row.figures)
            for row in place_list.rows(view)
        ),
        remarks=tuple(filter(None, [*place_list.total(view)[:1], place_list.everywhere(view)])),
    )
    yield Section(title=t("siting.title"), blocks=(table,))


def comparison(asked: Asked[Siting]) -> Iterator[Section]:
    """Return the districts before and after."""
    view, t = asked.view, asked.view.t
    if view.state.tries:
        yield from of_trial.comparison(asked)
        return
    rows, rest = district_table.parted(view)
    if not rows + rest:
        return
    table = Table(
        title=t("siting.districts", unit=view.noun()),
        note=t("siting.districts_note", km=view.radius_km),
        columns=(
            shared.column(view.noun(1), width=1.5),
            *(
                shared.column(t(f"siting.district_{name}"), figure=True)
                for name in district_table.COLUMNS
            ),
        ),
        rows=tuple(rows),
        remarks=tuple(filter(None, [district_table.left(view, rest)])),
    )
    blocks = (table, *on_foot.tables(view))
    yield Section(title=t("siting.districts", unit=view.noun()), blocks=blocks)


def methods(asked: Asked[Siting]) -> Iterator[Section]:
    """Return the method in brief, with what this plan rests on."""
    walk = ("walk",) if asked.view.state.walk else ()
    yield shared.methods_section(asked.view, (*METHODS, *walk), more=basis.method(asked.view))


def sources(asked: Asked[Siting]) -> Iterator[Section]:
    """Return what the figures rest on."""
    view, t = asked.view, asked.view.t
    yield shared.sources_section(
        asked,
        [
            wording.source(view),
            t("pack.label", name=t("pack.boundaries"), text=shared.boundaries(view)),
            *shared.completeness_texts(view),
        ],
    )
