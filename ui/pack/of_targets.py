"""The pack of 目标: goals beside what was reported, region by region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.facts import catalog
from ui.blocks import sentences
from ui.cached import names
from ui.pack import shared
from ui.pack.content import Section, Sentences, Table, bullets
from ui.targets import goal_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ui.pack.asked import Asked
    from ui.state.pages import Targets
    from ui.state.view import PageView
    from ui.targets.goal_table import Amount
    from ui.words.language import PageTexts


def _chosen(view: PageView[Targets]) -> pd.DataFrame:
    state = view.state
    return goal_table.chosen(state.place, state.theme, state.state)


def title(view: PageView[Targets]) -> str:
    """Return the sentence of the page."""
    return sentences.targets(view, _chosen(view))


def findings(asked: Asked[Targets]) -> Iterator[Section]:
    """Return what each region has, and how goals and figures are compared."""
    t, chosen = asked.view.t, _chosen(asked.view)
    per_region = [
        t(
            "pack.label",
            name=names.regions(t.lang)[str(region)],
            text=sentences.measures_of(t, rows),
        )
        for region, rows in chosen.groupby("region", sort=False)
    ]
    said = Sentences(texts=bullets(t, [*per_region, t("targets.lead")]))
    yield Section(title=t("pack.findings"), blocks=(said,))


def scorecard(asked: Asked[Targets]) -> Iterator[Section]:
    """Return the goals of each region."""
    t, chosen = asked.view.t, _chosen(asked.view)
    widths = (0.8, 1.6, 1.2, 1.4, 1.4, 4.6)
    columns = tuple(
        shared.column(t(f"targets.column_{name}"), figure=name in {"goal", "actual"}, width=width)
        for name, width in zip(goal_table.COLUMNS, widths, strict=True)
    )
    for region in dict.fromkeys(chosen["region"]):
        rows = chosen[chosen["region"] == region]
        name = names.regions(t.lang)[region]
        table = Table(
            title=t("targets.caption", region=name),
            note=t("targets.count", n=len(rows)),
            columns=columns,
            rows=tuple(
                (
                    row.theme,
                    row.name,
                    _amount(t, row.goal),
                    _amount(t, row.actual),
                    t("list.stop").join(filter(None, [row.share, *row.states])),
                    t("list.stop").join([*row.cited, *row.notes]),
                )
                for row in goal_table.by_theme(t, rows)
            ),
        )
        yield Section(title=name, blocks=(table,))


def _amount(t: PageTexts, amount: Amount | None) -> str:
    if amount is None:
        return ""
    if not amount.value:
        return amount.when
    return t("pack.of", name=f"{amount.value}{amount.unit}", text=amount.when)


def sources(asked: Asked[Targets]) -> Iterator[Section]:
    """Return of when the catalogue is; each row names its document."""
    t = asked.view.t
    date = catalog.catalogue_date().isoformat()
    texts = [t("pack.sentence", text=t("report.catalogue", date=date)), t("pack.each_cited")]
    yield shared.sources_section(asked, texts)
