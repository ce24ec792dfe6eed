"""Policy figures as a table: goal, actual, and how far, with document and section on demand."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from geo import settings
from geo.facts import catalog, remarks
from geo.files import geojson
from geo.policy import goals
from ui.cached import names
from ui.words import formats

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping

    from ui.words.language import Texts


COLUMNS = ("theme", "measure", "goal", "actual", "progress", "source")


SCALE = {("en", "亿元"): 0.1}
"""What a figure is multiplied by for its unit in a language: 亿元 are told in billions."""


@cache
def measures() -> pd.DataFrame:
    """Return every measure and where it stands, read once per process; do not change it."""
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


@cache
def _titles(lang: str) -> dict[str, str]:
    return {str(key): str(title) for key, title in catalog.documents()[f"title_{lang}"].items()}


def themes() -> list[str]:
    """Return the themes in the order they come up."""
    return list(dict.fromkeys(measures()["theme"]))


def table(t: Texts, rows: pd.DataFrame, *, caption: str) -> Markup:
    """Return one region's measures.

    Parameters
    ----------
    t : Texts
        Language.
    rows : DataFrame
        Rows of `measures`.
    caption : str
        What the table shows; read by screen readers.
    """
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(t(f"targets.column_{name}")) for name in COLUMNS
    )
    theme = ""
    body = []
    # A theme that a document takes up twice is one block here.
    order = {name: place for place, name in enumerate(dict.fromkeys(rows["theme"]))}
    for row in rows.sort_values("theme", key=lambda names: names.map(order), kind="stable").to_dict(
        "records"
    ):
        shown = "" if row["theme"] == theme else names.terms("theme", t.lang)[row["theme"]]
        theme = str(row["theme"])
        body.append(_row(t, row, theme=shown))
    return Markup(
        '<table class="ct-targets"><caption>{}</caption><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table>"
    ).format(caption, head, Markup("").join(body))


def _row(t: Texts, row: Mapping[Hashable, Any], *, theme: str) -> Markup:
    return Markup('<tr class="{}"><td>{}</td><th scope="row">{}</th>{}{}{}<td>{}</td></tr>').format(
        "ct-first" if theme else "",
        theme,
        row[f"indicator_{t.lang}"],
        _cell(t, "goal", _figure(t, row, "goal")),
        _cell(t, "actual", _figure(t, row, "actual")),
        _cell(t, "progress", _progress(t, row)),
        _evidence(t, row),
    )


def _cell(t: Texts, column: str, content: Markup | str) -> Markup:
    """Return a cell that names its column where there is no head: in the list of a phone."""
    if content in {"", formats.MISSING}:
        return Markup('<td class="ct-none">{}</td>').format(content)
    return Markup('<td><span class="ct-label">{}</span>{}</td>').format(
        t(f"targets.column_{column}"), content
    )


def _figure(t: Texts, row: Mapping[Hashable, Any], kind: str) -> Markup | str:
    """Return a figure with its unit and year (of a goal: by when), or a dash."""
    if not _given(row, kind):
        return formats.MISSING
    value = figure(t, row, kind)
    year, period = row[f"{kind}_year"], row["period"]
    when = t("targets.no_year") if pd.isna(year) else t(f"targets.{kind}_year", year=int(year))
    if period:
        when = t("targets.period", year=when, period=names.terms("period", t.lang)[period])
    if not value:
        said = t("targets.no_number") if pd.isna(year) else when
        return Markup("<small>{}</small>").format(said)
    name = unit(t, row)
    space = "" if name in {"", "%"} else " "
    return Markup("<strong>{}</strong>{}{} <small>{}</small>").format(value, space, name, when)


def figure(t: Texts, row: Mapping[Hashable, Any], kind: str) -> str:
    """Return a figure of a measure in the unit of the reader's language."""
    factor = SCALE.get((t.lang, str(row["unit"])), 1.0)
    low, high = (round(row[f"{kind}_{name}"] * factor, 9) for name in ("value", "value_max"))
    return amount(t, low, high, row[f"{kind}_comparator"])


def amount(t: Texts, value: float, most: float, comparator: object) -> str:
    """Return a figure as the document has it: at least, about, a range, or the number."""
    if math.isnan(value):
        return ""
    low = _number(value)
    if comparator == "range":
        return t("targets.range", low=low, high=_number(most))
    words = {"at_least": "targets.at_least", "about": "targets.about"}
    return t(words[str(comparator)], value=low) if comparator in words else low


def unit(t: Texts, row: Mapping[Hashable, Any]) -> str:
    """Return a measure's unit in the reader's language; nothing where there is none."""
    return names.terms("unit", t.lang)[row["unit"]] if row["unit"] else ""


def _number(value: float) -> str:
    """Return a number with every digit the document gives, grouped by thousands.

    >>> _number(20404.48), _number(5.999), _number(0.004), _number(8000.0)
    ('20,404.48', '5.999', '0.004', '8,000')
    """
    number = float(value)
    return f"{number:,.0f}" if number.is_integer() else f"{Decimal(repr(number)):,f}"


def _progress(t: Texts, row: Mapping[Hashable, Any]) -> Markup | str:
    """Return a bar where goal and actual are the same measure, else nothing."""
    share = row["progress"]
    if pd.isna(share):
        return Markup("<small>{}</small>").format(t("targets.due")) if row["is_due"] else ""
    share = float(share)
    text = formats.percent(share, digits=0)
    bar = Markup(
        '<span class="ct-meter" role="img" aria-label="{}"><i style="width:{:.1f}%"></i></span> {}'
    ).format(t("targets.meter", share=text), 100 * min(share, 1.0), text)
    notes = [t("targets.reached")] if row["is_reached"] else []
    if row["is_baseline"]:
        notes.append(t("targets.baseline", year=int(row["actual_year"])))
    if row["is_due"]:
        notes.append(t("targets.due"))
    told = Markup("").join(Markup("<small>{}</small>").format(note) for note in notes)
    return Markup("{}{}").format(bar, told)


def _evidence(t: Texts, row: Mapping[Hashable, Any]) -> Markup:
    """Return the notes, for all to see, then document and section behind a disclosure."""
    parts, notes = [], []
    for kind in ("goal", "actual"):
        if not _given(row, kind):
            continue
        cited = cite(t, row[f"{kind}_document"], row[f"{kind}_section"], row[f"{kind}_source"])
        parts.append(t("targets.of", name=t(f"targets.{kind}"), cited=cited))
        note = row[f"{kind}_note"]
        if isinstance(note, str) and note:
            notes.append(formats.capitalised(remarks.translate(note, lang=t.lang)))
    told = Markup("").join(Markup("<p>{}</p>").format(note) for note in dict.fromkeys(notes))
    return Markup("{}<details><summary>{}</summary><p>{}</p></details>").format(
        told, t("targets.show"), Markup("<br>").join(parts)
    )


def as_csv(t: Texts, rows: pd.DataFrame, *, title: str) -> bytes:
    """Return measures as CSV: goal and reported figure with document, section, source and note.

    Parameters
    ----------
    t : Texts
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
    told = {"title": title, "method": t("targets.lead"), "catalogue_date": date}
    return geojson.csv(table, metadata=told)


def cite(t: Texts, document: object, section: object, source: object) -> str:
    """Return document and section; where there is no document, the source."""
    if not isinstance(document, str) or not document:
        return remarks.translate(str(source), lang=t.lang)
    title = _titles(t.lang)[document]
    if not isinstance(section, str) or not section:
        return title
    return t("targets.cited", title=title, section=remarks.translate(section, lang=t.lang))


def _given(row: Mapping[Hashable, Any], kind: str) -> bool:
    return isinstance(row[f"{kind}_source"], str)
