"""The pack of 选址 with the reader's own pins: what they add, beside a plan, by district."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.pack import shared
from ui.pack.content import Section, Table, bullets
from ui.siting.trying import compared, elements, sentence, tables, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.pack.asked import Asked
    from ui.state.pages import Siting
    from ui.state.view import PageView


def title(view: PageView[Siting]) -> str:
    """Return the sentence of the page."""
    return sentence.headline(view)


def findings(asked: Asked[Siting]) -> Iterator[Section]:
    """Return today, the pins and the plan beside them."""
    view, t = asked.view, asked.view.t
    plan = compared.beside(view)
    if plan is None:
        return
    table = Table(
        title=t("trial.plans"),
        note=t("pack.beside", name=plan.name),
        columns=(
            shared.column(t("trial.column_what"), width=2.4),
            *(shared.column(head, figure=True) for head in _heads(view, plan)),
        ),
        rows=tuple((name, *figures) for name, figures, _ in tables.plan_rows(view)),
        remarks=bullets(t, [t("trial.counted")]),
    )
    yield Section(title=t("trial.plans"), blocks=(table,))


def ranking(asked: Asked[Siting]) -> Iterator[Section]:
    """Return the pins, each with what it adds and whom it serves."""
    view, t = asked.view, asked.view.t
    rows = compared.rows(view)
    if not rows:
        return
    first, *heads = tables.heads(view)
    title_ = t("trial.pins", n=len(rows))
    table = Table(
        title=title_,
        columns=(
            shared.column(t("report.number"), figure=True, width=0.4),
            shared.column(first, width=3.4),
            *(shared.column(head, figure=True, width=0.9) for head in heads),
        ),
        rows=tuple(
            (
                str(row["letter"]),
                t("list.stop").join(filter(None, words.told(view, row))),
                *tables.figures(view, row),
            )
            for row in rows
        ),
        remarks=tuple(filter(None, [elements.lacking(view)])),
    )
    yield Section(title=title_, blocks=(table,))


def comparison(asked: Asked[Siting]) -> Iterator[Section]:
    """Return the districts now, with the pins, and with the plan beside them."""
    view, t = asked.view, asked.view.t
    plan = compared.beside(view)
    if plan is None:
        return
    title_ = t("trial.districts", unit=view.noun(1))
    table = Table(
        title=title_,
        note=t("trial.districts_note", km=view.radius_km),
        columns=(
            shared.column(view.noun(1), width=1.5),
            *(shared.column(head, figure=True) for head in _heads(view, plan)),
        ),
        rows=tuple(tables.share_rows(view)),
        remarks=tuple(filter(None, [tables.unchanged(view)])),
    )
    yield Section(title=title_, blocks=(table, *_elements(view, plan)))


def _elements(view: PageView[Siting], plan: compared.Beside) -> Iterator[Table]:
    """Return the elements of the layout now, with the pins, and with the plan beside them."""
    t, rows = view.t, elements.rows(view)
    if rows:
        yield Table(
            title=t("trial.of_elements"),
            note=t("trial.of_elements_note", km=view.radius_km),
            columns=(
                shared.column(t("trial.column_element"), width=1.5),
                *(shared.column(head, figure=True) for head in _heads(view, plan)),
            ),
            rows=tuple((name, *figures) for name, figures, _ in rows),
        )


def _heads(view: PageView[Siting], plan: compared.Beside) -> tuple[str, str, str]:
    return view.t("trial.now"), view.t("trial.mine"), plan.short
