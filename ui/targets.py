"""Policy figures as a table: goal, actual, and how far, with document and section on demand."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from geo import catalog, targets, wording
from ui import formats

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ui.language import Texts


@cache
def measures() -> pd.DataFrame:
    """Return every measure, read once per process; do not change it."""
    return targets.matched(catalog.targets())


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
    heads = ("theme", "measure", "goal", "actual", "progress", "source")
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(t(f"targets.column_{name}")) for name in heads
    )
    theme = ""
    body = []
    for row in rows.to_dict("records"):
        shown = "" if row["theme"] == theme else t(f"theme.{row['theme']}")
        theme = str(row["theme"])
        body.append(_row(t, row, theme=shown))
    return Markup(
        '<table class="ct-targets"><caption>{}</caption><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table>"
    ).format(caption, head, Markup("").join(body))


def _row(t: Texts, row: Mapping[Hashable, Any], *, theme: str) -> Markup:
    return Markup(
        '<tr class="{}"><td>{}</td><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td>'
        "<td>{}</td></tr>"
    ).format(
        "ct-first" if theme else "",
        theme,
        row[f"indicator_{t.lang}"],
        _figure(t, row, "goal"),
        _figure(t, row, "actual"),
        _progress(t, row),
        _evidence(t, row),
    )


def _figure(t: Texts, row: Mapping[Hashable, Any], kind: str) -> Markup | str:
    """Return a figure with its unit and year, or a dash."""
    if not _given(row, kind):
        return formats.MISSING
    value = amount(t, row[f"{kind}_value"], row[f"{kind}_value_max"], row[f"{kind}_comparator"])
    year, period = row[f"{kind}_year"], row[f"{kind}_period"]
    when = "" if pd.isna(year) else t("targets.year", year=int(year))
    if isinstance(period, str) and period:
        when = t("targets.period", year=when, period=t(f"period.{period}"))
    if not value:
        return Markup("<small>{}</small>").format(when or t("targets.no_year"))
    return Markup("<strong>{}</strong> {} <small>{}</small>").format(value, unit(t, row), when)


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
    return t(f"measure.{row['unit']}") if row["unit"] else ""


def _number(value: float) -> str:
    number = float(value)
    return f"{number:,.0f}" if number.is_integer() else f"{number:,.2f}".rstrip("0")


def _progress(t: Texts, row: Mapping[Hashable, Any]) -> Markup | str:
    """Return a bar where goal and actual are the same measure, else nothing."""
    share = row["progress"]
    if pd.isna(share):
        return ""
    share = float(share)
    text = formats.percent(share, digits=0)
    return Markup(
        '<span class="ct-meter" role="img" aria-label="{}"><i style="width:{:.1f}%"></i></span> {}'
    ).format(t("targets.meter", share=text), 100 * min(share, 1.0), text)


def _evidence(t: Texts, row: Mapping[Hashable, Any]) -> Markup:
    """Return document, section and notes behind a disclosure."""
    parts = []
    for kind in ("goal", "actual"):
        if not _given(row, kind):
            continue
        cited = cite(t, row[f"{kind}_document"], row[f"{kind}_section"], row[f"{kind}_source"])
        parts.append(t("list.of", name=t(f"targets.{kind}"), unit=cited))
        note = row[f"{kind}_note"]
        if isinstance(note, str) and note:
            parts.append(wording.translate(note, lang=t.lang))
    lines = Markup("<br>").join(dict.fromkeys(parts))
    noted = any(
        isinstance(row[f"{kind}_note"], str) and row[f"{kind}_note"] for kind in ("goal", "actual")
    )
    label = t("targets.show_note") if noted else t("targets.show")
    return Markup("<details><summary>{}</summary><p>{}</p></details>").format(label, lines)


def cite(t: Texts, document: object, section: object, source: object) -> str:
    """Return document and section; where there is no document, the source."""
    if not isinstance(document, str) or not document:
        return wording.translate(str(source), lang=t.lang)
    title = _titles(t.lang)[document]
    if not isinstance(section, str) or not section:
        return title
    return t("targets.cited", title=title, section=section)


def _given(row: Mapping[Hashable, Any], kind: str) -> bool:
    return isinstance(row[f"{kind}_source"], str)
