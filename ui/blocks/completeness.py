"""Sites on record against what authorities report: a blank district is not an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo import formats
from geo.facts import completeness, remarks
from ui.blocks import citations, markup
from ui.cached import indicators, names

if TYPE_CHECKING:
    from markupsafe import Markup

    from ui.state.view import View


def note(view: View) -> Markup:
    """Return the widest gap in a sentence and, on demand, every number with its source."""
    t = view.t
    table = indicators.reported(view.region)
    sources = dict.fromkeys(source for each in table["source"] for source in each)
    cited = t("list.stop").join(remarks.translate(each, lang=t.lang) for each in sources)
    return markup.completeness(
        sentence(view),
        summary=t("completeness.all"),
        caption=t("completeness.caption", region=view.region_name),
        heads=[t(f"completeness.{name}") for name in ("what", "sites", "unranked", "reported")],
        rows=[_row(view, row) for _, row in table.iterrows()],
        method=t("completeness.method"),
        cited=citations.linked(t("completeness.cited", sources=cited)),
    )


def sentence(view: View) -> str:
    """Return where the catalogue lacks most of what an authority reports, as pages and files say.

    It is told of the whole region, whatever the filters.
    """
    t = view.t
    widest = completeness.widest(indicators.reported(view.region))
    if widest is None:
        return t("completeness.none", unit=view.noun(1))
    return t(
        "completeness.sentence",
        what=_kind(view, widest),
        sites=formats.whole(widest["sites"]),
        unranked=_unranked(view, widest),
        least=t("completeness.least") if widest["at_least"] else "",
        reported=formats.whole(widest["reported"]),
        year=formats.year(widest["year"]),
        unit=view.noun(1),
    )


def numbers(view: View) -> dict[str, str]:
    """Return every number with its year and source in a sentence, as files say, by its id."""
    t, sentences = view.t, {}
    for _, row in indicators.reported(view.region).iterrows():
        name, year, (sites, unranked, reported) = _row(view, row)
        cited = (remarks.translate(each, lang=t.lang) for each in row["source"])
        alone = pd.isna(row["sites"])  # where the catalogue does not tell these apart
        sentences[str(row["id"])] = t(
            "completeness.number_alone" if alone else "completeness.number",
            name=name,
            year=year,
            sites=sites,
            unranked=unranked,
            reported=reported,
            sources=t("list.stop").join(cited),
        )
    return sentences


def _kind(view: View, row: pd.Series) -> str:
    """Return kind and level in running text: municipal parks."""
    t = view.t
    kind = names.counted("kind", t.lang, one=row["sites"] == 1)[row["kind"]]
    if pd.isna(row["level"]):
        return kind
    level = view.term("level", row["level"]).lower()
    return t("completeness.kind", level=level, kind=kind)


def _unranked(view: View, row: pd.Series) -> str:
    """Return how many more of the kind may be among them, their level not being known."""
    n = row["unranked"]
    return view.t("completeness.more", n=formats.whole(n)) if n else ""


def _row(view: View, row: pd.Series) -> tuple[str, str, list[str]]:
    """Return what a number is of, its year, and the figures."""
    t = view.t
    name = t("list.comma").join(row[f"name_{t.lang}"])
    if row["part"]:
        name = t("completeness.part", name=name)
    figures = [formats.whole(row[column]) for column in ("sites", "unranked", "reported")]
    if row["at_least"]:
        figures[-1] = t("completeness.at_least", n=figures[-1])
    return name, t("completeness.year", year=formats.year(row["year"])), figures
