"""Policy figures as a table: goal, actual, and how far, with document and section on demand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo import formats, memory, settings
from geo.facts import catalog, remarks
from geo.files import csv_file
from geo.policy import goals
from layers import templates
from ui.cached import names

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence

    from markupsafe import Markup

    from ui.words.language import PageTexts


COLUMNS = ("theme", "measure", "goal", "actual", "progress", "source")


SCALE = {("en", "亿元"): 0.1}
"""What a figure is multiplied by for its unit in a language: 亿元 are told in billions."""


@memory.by_facts
def measures() -> pd.DataFrame:
    """Return every measure and where it stands, read once per process."""
    table = goals.matched(catalog.targets())
    issued = {str(key): int(str(day)[:4]) for key, day in catalog.documents()["issued"].items()}
    states = goals.states(table, issued=issued, today=catalog.catalogue_date().year)
    return table.join(states.add_prefix("is_"))


def chosen(
    places: Collection[str], themes: Collection[str], states: Collection[str]
) -> pd.DataFrame:
    """Return the measures of some regions and themes, in any of some states; empty for all.

    Regions that set a goal in numbers come first, and in each what has a goal.
    """
    every = measures()
    kept = every["region"].notna()
    if places:
        kept &= every["region"].isin(list(places))
    if themes:
        kept &= every["theme"].isin(list(themes))
    if states:
        kept &= every[[f"is_{state}" for state in states]].any(axis=1)
    rows = every[kept]
    numeric = rows["goal_value"].notna().groupby(rows["region"]).transform("any")
    order = (~numeric).astype(int) * 2 + (~rows["is_goal"]).astype(int)
    return rows.iloc[order.argsort(kind="stable")]


@memory.by_facts
def _titles(lang: str) -> dict[str, str]:
    return {str(key): str(title) for key, title in catalog.documents()[f"title_{lang}"].items()}


def themes() -> list[str]:
    """Return the themes in the order they come up."""
    return list(dict.fromkeys(measures()["theme"]))


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A figure as it is written: value and unit, or neither, and of when."""

    value: str
    unit: str
    when: str


@dataclass(frozen=True, kw_only=True)
class MeasureRow:
    """A measure as the table has it.

    The theme stands in the first row of its block alone; of how much of a goal is reached there are
    `share` and the `width` of its bar (%), or nothing.
    """

    theme: str
    name: str
    goal: Amount | None
    actual: Amount | None
    share: str
    width: float
    states: Sequence[str]
    notes: Sequence[str]
    cited: Sequence[str]


def table(t: PageTexts, rows: pd.DataFrame, *, caption: str) -> Markup:
    """Return one region's measures.

    Parameters
    ----------
    t : PageTexts
        Language.
    rows : DataFrame
        Rows of `measures`.
    caption : str
        What the table shows; read by screen readers.
    """
    return templates.html(
        "ui/targets/goal_table.html",
        t=t,
        caption=caption,
        heads=[t(f"targets.column_{name}") for name in COLUMNS],
        rows=by_theme(t, rows),
    )


def by_theme(t: PageTexts, rows: pd.DataFrame) -> list[MeasureRow]:
    """Return measures as the table has them, those of a theme below each other."""
    # A theme that a document takes up twice is one block here.
    order = {name: place for place, name in enumerate(dict.fromkeys(rows["theme"]))}
    ordered = rows.sort_values("theme", key=lambda names: names.map(order), kind="stable")
    first = ~ordered["theme"].duplicated()
    terms = names.terms("theme", t.lang)
    return [
        _row(t, row, theme=terms[row["theme"]] if leads else "")
        for row, leads in zip(ordered.to_dict("records"), first, strict=True)
    ]


def _row(t: PageTexts, row: Mapping[Hashable, Any], *, theme: str) -> MeasureRow:
    kinds = [kind for kind in ("goal", "actual") if _given(row, kind)]
    notes = [row[f"{kind}_note"] for kind in kinds]
    share = row["progress"]
    compared = pd.notna(share)
    states = {
        "reached": compared and row["is_reached"],
        "baseline": compared and row["is_baseline"],
        "due": row["is_due"],
    }
    return MeasureRow(
        theme=theme,
        name=row[f"indicator_{t.lang}"],
        goal=_amount(t, row, "goal"),
        actual=_amount(t, row, "actual"),
        share=formats.percent(share, digits=0) if compared else "",
        width=100 * min(float(share), 1.0) if compared else 0.0,
        states=[_state(t, row, state) for state, holds in states.items() if holds],
        notes=list(
            dict.fromkeys(
                formats.capitalised(remarks.translate(note, lang=t.lang))
                for note in notes
                if isinstance(note, str) and note
            )
        ),
        cited=[_cited(t, row, kind) for kind in kinds],
    )


def _state(t: PageTexts, row: Mapping[Hashable, Any], state: str) -> str:
    if state == "baseline":
        return t("targets.baseline", year=int(row["actual_year"]))
    return t(f"targets.{state}")


def _amount(t: PageTexts, row: Mapping[Hashable, Any], kind: str) -> Amount | None:
    """Return a figure with its unit and year (of a goal: by when)."""
    if not _given(row, kind):
        return None
    year, period = row[f"{kind}_year"], row["period"]
    when = t("targets.no_year") if pd.isna(year) else t(f"targets.{kind}_year", year=int(year))
    if period:
        when = t("targets.period", year=when, period=names.terms("period", t.lang)[period])
    value = figure(t, row, kind)
    if not value:
        return Amount(value="", unit="", when=t("targets.no_number") if pd.isna(year) else when)
    name = unit(t, row)
    space = "" if name in {"", "%"} else " "
    return Amount(value=value, unit=f"{space}{name}", when=when)


def _cited(t: PageTexts, row: Mapping[Hashable, Any], kind: str) -> str:
    """Return document and section of a goal or a reported figure."""
    cited = cite(t, row[f"{kind}_document"], row[f"{kind}_section"], row[f"{kind}_source"])
    return t("targets.of", name=t(f"targets.{kind}"), cited=cited)


def figure(t: PageTexts, row: Mapping[Hashable, Any], kind: str) -> str:
    """Return a figure of a measure in the unit of the reader's language."""
    factor = SCALE.get((t.lang, str(row["unit"])), 1.0)
    low, high = (round(row[f"{kind}_{name}"] * factor, 9) for name in ("value", "value_max"))
    return amount(t, low, high, row[f"{kind}_comparator"])


def amount(t: PageTexts, value: float, most: float, comparator: object) -> str:
    """Return a figure as the document has it: at least, about, a range, or the number."""
    if math.isnan(value):
        return ""
    low = formats.exact(value)
    if comparator == "range":
        return t("targets.range", low=low, high=formats.exact(most))
    words = {"at_least": "targets.at_least", "about": "targets.about"}
    return t(words[str(comparator)], value=low) if comparator in words else low


def unit(t: PageTexts, row: Mapping[Hashable, Any]) -> str:
    """Return a measure's unit in the reader's language; nothing where there is none."""
    return names.terms("unit", t.lang)[row["unit"]] if row["unit"] else ""


def as_csv(t: PageTexts, rows: pd.DataFrame, *, title: str) -> bytes:
    """Return measures as CSV: goal and reported figure with document, section, source and note.

    Parameters
    ----------
    t : PageTexts
        Language of the method.
    rows : DataFrame
        Rows of `measures`.
    title : str
        What the rows are: the sentence of the page that shows them.
    """
    table = rows.reset_index(drop=True).drop(columns=["is_goal"])
    for place, lang in enumerate(settings.LANGUAGES, start=1):
        table.insert(
            place, f"region_{lang}", table["region"].map(catalog.regions()[f"name_{lang}"])
        )
    for kind in ("goal", "actual"):
        place = list(table.columns).index(f"{kind}_document") + 1
        for lang in ("en", "zh"):
            called = table[f"{kind}_document"].map(_titles(lang))
            table.insert(place, f"{kind}_document_{lang}", called)
    date = catalog.catalogue_date().isoformat()
    metadata = {"title": title, "method": t("targets.lead"), "catalogue_date": date}
    return csv_file.csv(table, metadata=metadata)


def cite(t: PageTexts, document: object, section: object, source: object) -> str:
    """Return document and section; where there is no document, the source."""
    if not isinstance(document, str) or not document:
        return remarks.translate(str(source), lang=t.lang)
    title = _titles(t.lang)[document]
    if not isinstance(section, str) or not section:
        return title
    return t("targets.cited", title=title, section=remarks.translate(section, lang=t.lang))


def _given(row: Mapping[Hashable, Any], kind: str) -> bool:
    return isinstance(row[f"{kind}_source"], str)
