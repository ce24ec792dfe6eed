"""The scorecard of a layout as tiles, each opening what its figure rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ui import figures, formats, layoutmap, layoutsites, names

if TYPE_CHECKING:
    from geo.score import Part, Score
    from ui.layoutside import Side

MOST_NAMED, MOST_PAIRS = 4, 2
"""Elements, and pairs with a sector, that a tile names before it counts the rest; the list behind
it has all."""


def scorecard(side: Side) -> Markup:
    """Return the scorecard as tiles, each opening the sites and elements behind its figure."""
    scores = layoutmap.scores(side.layout.id, side.view.query.radius_m)
    tiles = Markup("").join(_tile(side, score) for score in scores)
    said = side.view.t("list.sentence").join(_notes(side, scores))
    note = figures.paragraph(said) if said else Markup("")
    return Markup('<div class="ct-scores">{}</div>{}').format(tiles, note)


def _tile(side: Side, score: Score) -> Markup:
    view, t = side.view, side.view.t
    parts = _breakdown(side, score)
    if score.sites:
        parts = layoutsites.behind(side, score.sites, mark=score.key, also=parts)
    on = " class=ct-chosen" if view.values["mark"] == score.key else ""
    return Markup(
        '<div{} title="{}"><strong>{}</strong>{}<p>{}</p><small>{}</small>{}</div>'
    ).format(
        on,
        t(f"score.{score.key}_formula", km=view.radius_km),
        _value(score.value, score.unit),
        _of(score),
        t(f"score.{score.key}", km=view.radius_km),
        t(f"empty.{score.empty}") if score.empty else _short(side, score),
        parts,
    )


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return formats.MISSING
    if unit == "count":
        return formats.whole(value)
    return formats.percent(value, digits=0) if unit == "share" else formats.ratio(value)


def _of(score: Score) -> Markup:
    """Return what was divided: 19 / 69."""
    if score.numerator is None or score.denominator is None or score.key == "coverage":
        return Markup("")
    counted = f"{formats.whole(score.numerator)} / {formats.whole(score.denominator)}"
    return Markup(" <i>{}</i>").format(counted)


def _short(side: Side, score: Score) -> str:
    """Return what a figure rests on in a few words: districts or elements by name, sites used."""
    t, layout = side.view.t, side.layout
    if score.key == "unnamed_strongholds":
        known = names.districts(layout.area, layoutmap.unit(layout), t.lang)
        return formats.joined([known[code] for code in score.districts], t=t)
    if score.used is not None:
        return t("score.used", used=formats.whole(score.used[0]), n=formats.whole(score.used[1]))
    if score.key == "specialisation_kept":
        kept = [_pair(side, part) for part in score.parts if part.kept]
        return formats.joined(kept, t=t, most=MOST_PAIRS)
    if score.details:
        said = [f"{t(f'score.{name}')} {formats.ratio(value)}" for name, value in score.details]
        return t("list.comma").join(said)
    called = _called(side)
    said = [f"{called[part.element]} {part.n}" for part in score.parts]
    return formats.joined(said, t=t, most=MOST_NAMED)


def _breakdown(side: Side, score: Score) -> Markup:
    """Return the parts of a score behind a disclosure, where the tile does not say them all."""
    t = side.view.t
    said = score.key in {"core_share", "core_balance", "served_elements"}
    if not score.parts or (said and len(score.parts) <= MOST_NAMED):
        return Markup("")
    rows = [_row(side, score, part) for part in score.parts]
    items = Markup("").join(
        Markup("<li>{} <b>{}</b> {}</li>").format(*row) for row in dict.fromkeys(rows)
    )
    return Markup("<details><summary>{}</summary><ul>{}</ul></details>").format(
        t("score.parts"), items
    )


def _row(side: Side, score: Score, part: Part) -> tuple[str, str, str]:
    """Return the name, the figure and the remark of a part."""
    t = side.view.t
    name = _pair(side, part) if part.sector else _called(side)[part.element]
    sites = t.many("unit.n_sites", part.n, text=formats.whole(part.n))
    if part.empty:
        return name, formats.MISSING, t(f"empty.{part.empty}")
    if score.key == "served_elements":
        return name, sites, ""
    value = _value(part.value, part.unit)
    if score.key == "coverage":
        return name, value, ""
    told = t("score.few", sites=sites) if part.few else sites
    return name, value, t("score.kept", sites=told) if part.kept else told


def _pair(side: Side, part: Part) -> str:
    """Return an element and a sector of its specialisations."""
    sector = names.sectors(side.view.t.lang)[part.sector]
    return side.view.t("score.pair", element=_called(side)[part.element], sector=sector)


def _called(side: Side) -> dict[str, str]:
    lang = side.view.t.lang
    return {each.id: str(getattr(each, f"name_{lang}")) for each in side.layout.elements}


def _notes(side: Side, scores: tuple[Score, ...]) -> list[str]:
    """Return what a reader must know of the specialisations: how many rest on few sites."""
    t = side.view.t
    parts = next(score.parts for score in scores if score.key == "specialisation_kept")
    few = sum(part.few for part in parts)
    said = [t.many("score.few_note", few)] if few else []
    unscored = [
        str(getattr(spec, f"name_{t.lang}"))
        for each in side.layout.elements
        for spec in each.specialisations
        if each.located and not spec.sectors
    ]
    if parts:
        said.append(t("score.sectors_note"))
    if unscored:
        said.append(t("score.unscored_note", names=formats.joined(unscored, t=t)))
    return said
