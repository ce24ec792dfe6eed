"""The scorecard of a layout as tiles, each opening what its figure rests on."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from geo import formats
from geo.policy.scorecard import MEASURES
from layers import templates
from ui.blocks import method_link
from ui.cached import names, scorecards
from ui.layouts import element_sites, layout_words, present_sites
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markupsafe import Markup

    from geo.policy.score import Part, Score
    from ui.state.sides import Side

TEMPLATE = "ui/layouts/scores.html"
MOST_NAMED, MOST_PAIRS = 4, 2
"""Elements, and pairs with a sector, that a tile names before it counts the rest; the list behind
it has all."""
GROUPED = 9
"""From so many sites on, the list behind a figure is grouped by element."""


def scorecard(side: Side) -> Markup:
    """Return the scorecard as tiles, each opening the sites and elements behind its figure."""
    scores = _scores(side)
    t, km = side.view.t, side.view.radius_km
    return templates.piece(TEMPLATE, "scorecard")(
        [_tile(side, score) for score in scores],
        t("list.sentence").join(notes(side)),
        t("score.how"),
        [
            (
                method_link.link(side.view, method_link.of_score(key), t(f"score.{key}", km=km)),
                t(f"score.{key}_formula", km=km),
            )
            for key in MEASURES
        ],
        remarks(side),
    )


def together(sides: Sequence[Side]) -> Markup:
    """Return the scorecards of layouts side by side as one table."""
    t = sides[0].view.t
    heads = [names.layout_with_region(side.layout, t) for side in sides]
    rows = [
        (
            t(f"score.{same[0].key}", km=sides[0].view.radius_km),
            [
                (
                    written(score.value, score.unit),
                    _of(score),
                    t(f"empty.{score.empty}") if score.empty else _few(side, score),
                )
                for side, score in zip(sides, same, strict=True)
            ],
        )
        for same in zip(*map(_scores, sides), strict=True)
    ]
    heads.insert(0, t("districts.indicator"))
    return templates.piece(TEMPLATE, "together")(t("layouts.scorecard"), heads, rows)


def _scores(side: Side) -> tuple[Score, ...]:
    view = side.view
    return scorecards.scores(side.layout, view.query.radius_m, view.state.phase)


def remarks(side: Side) -> list[str]:
    """Return what the figures of this layout rest on beside their formulas."""
    t = side.view.t
    lines = []
    reaches = sorted(
        {float(km) for each in side.layout.elements if (km := layout_words.around(each))}
    )
    if reaches:
        listed = t("list.comma").join(f"{km:g}" for km in reaches)
        lines.append(t("score.around_note", km=listed))
    return [*lines, t(f"score.phase_{side.view.state.phase}")]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A figure of the scorecard, what was divided, and what it rests on or why there is none."""

    name: str
    value: str
    of: str
    rests_on: str


def lines(side: Side) -> list[Line]:
    """Return the scorecard, a line a figure."""
    return [_line(side, score) for score in _scores(side)]


def _line(side: Side, score: Score) -> Line:
    t = side.view.t
    rests_on = DESCRIPTIONS[score.key].rests_on
    return Line(
        name=t(f"score.{score.key}", km=side.view.radius_km),
        value=written(score.value, score.unit),
        of=_of(score),
        rests_on=t(f"empty.{score.empty}") if score.empty else rests_on(side, score),
    )


@dataclass(frozen=True, kw_only=True)
class Tile(Line):
    """A line of the scorecard on the page: whether its sites are marked, and what is behind it."""

    chosen: bool
    formula: str
    behind: Markup | str


def _tile(side: Side, score: Score) -> Tile:
    view, t, description = side.view, side.view.t, DESCRIPTIONS[score.key]
    parts = _breakdown(side, score)
    if score.sites:
        parts = element_sites.behind(
            side,
            score.sites,
            mark=score.key,
            also=parts,
            groups=description.groups(side, score),
        )
    return Tile(
        **vars(_line(side, score)),
        chosen=view.state.mark == Selection(score.key),
        formula=t(f"score.{score.key}_formula", km=view.radius_km),
        behind=parts or "",
    )


def _by_element(side: Side, score: Score) -> list[element_sites.Group]:
    """Return the sites behind a figure by element, where they are many."""
    if len(score.sites) < GROUPED:
        return []
    return element_sites.by_element(side, score.sites, [part.element for part in score.parts])


def _by_district(side: Side, _: Score) -> list[element_sites.Group]:
    return element_sites.by_district(side)


def written(value: float | None, unit: str) -> str:
    """Return a figure of a scorecard as it is read."""
    if value is None:
        return formats.MISSING
    if unit == "count":
        return formats.whole(value)
    return formats.percent(value, digits=0) if unit == "share" else formats.ratio(value)


def _of(score: Score) -> str:
    """Return what was divided: 19 / 69; of a count, out of how many."""
    if score.numerator is None or score.denominator is None or not DESCRIPTIONS[score.key].divided:
        return ""
    counted = "" if score.unit == "count" else f"{formats.whole(score.numerator)} "
    return f"{counted}/ {formats.whole(score.denominator)}"


def _unserved(side: Side, score: Score) -> str:
    """Return the elements without a site."""
    t, element_names = side.view.t, side.names
    bare = [element_names[part.element] for part in score.parts if not part.n]
    listed = formats.joined(bare, t=t, most=MOST_NAMED)
    return t("score.without", names=listed) if bare else t("score.all_served")


def _kept(side: Side, score: Score) -> str:
    """Return the specialisations that show."""
    t = side.view.t
    kept = [_pair(side, part) for part in score.parts if part.kept]
    return formats.joined(kept, t=t, most=MOST_PAIRS) if kept else t("score.none_kept")


def _details(side: Side, score: Score) -> str:
    """Return the further figures of the same kind."""
    t = side.view.t
    figures = [f"{t(f'score.{name}')} {formats.ratio(value)}" for name, value in score.details]
    return _few(side, score) or t("list.comma").join(figures)


def _counted(side: Side, score: Score) -> str:
    """Return how many sites each element has, and the share of the district round a point."""
    if score.few:
        return _few(side, score)
    t, layout, element_names = side.view.t, side.layout, side.names
    parts = [f"{element_names[part.element]} {part.n}" for part in score.parts]
    counted = formats.joined(parts, t=t, most=MOST_NAMED)
    host = dict(score.details).get("host")
    if host is None:
        return counted
    known = names.districts(layout.area, scorecards.unit(layout), t.lang)
    where = formats.joined([known[code] for code in score.districts], t=t)
    return t("score.host", parts=counted, where=where, share=formats.percent(host, digits=0))


def _unnamed(side: Side, score: Score) -> str:
    """Return the strong districts by name, and what keeps a reader from calling them unnamed."""
    t, layout = side.view.t, side.layout
    known = names.districts(layout.area, scorecards.unit(layout), t.lang)
    if not score.districts:
        strong = present_sites.strong(layout, side.view.state.phase)
        named = formats.joined([known[code] for code in strong], t=t)
        return t("score.all_named", n=len(strong), names=named)
    listed = formats.joined([known[code] for code in score.districts], t=t)
    core = layout_words.open_core(layout)
    if core is None:
        return listed
    return t("score.open_core", names=listed, core=t.of(core, "name"))


def _range(side: Side, score: Score) -> str:
    """Return the elements that are covered most and least."""
    t, element_names = side.view.t, side.names
    kinds = {each.id: each.kind for each in side.layout.elements}
    known = sorted((part.value, part.element) for part in score.parts if part.value is not None)
    # A building is always near itself: the areas tell more, where there are any.
    areas = [each for each in known if kinds[each[1]] not in {"carrier", "candidate"}]
    known = areas if len(areas) > 1 else known
    if len(known) == 1:
        return element_names[known[0][1]]
    (low, last), (high, first) = known[0], known[-1]
    return t(
        "score.range",
        first=element_names[first],
        high=formats.percent(high, digits=0),
        last=element_names[last],
        low=formats.percent(low, digits=0),
    )


def _few(side: Side, score: Score) -> str:
    """Return that a comparison rests on few sites, where it does."""
    if not score.few:
        return ""
    t, n = side.view.t, len(score.sites)
    return t("score.few", sites=t("unit.n_sites", n=formats.whole(n)))


def _breakdown(side: Side, score: Score) -> Markup | None:
    """Return the parts of a score behind a disclosure, where the tile does not say them all."""
    t = side.view.t
    parts_in_tile = DESCRIPTIONS[score.key].names_parts
    if not score.parts or (parts_in_tile and len(score.parts) <= MOST_NAMED):
        return None
    rows = [_row(side, score, part) for part in score.parts]
    used = ""
    if score.used is not None:
        n_used, n = map(formats.whole, score.used)
        used = t("score.used", used=n_used, n=n)
    if score.bounds is not None:
        bounds = t("overview.coverage_bounds", span=formats.between(*score.bounds))
        used = t("list.stop").join([used, bounds])
    breakdown = templates.piece(TEMPLATE, "breakdown")
    return breakdown(t("score.parts"), used, list(dict.fromkeys(rows)))


def _row(side: Side, score: Score, part: Part) -> tuple[str, str, str]:
    """Return the name, the figure and the remark of a part."""
    t = side.view.t
    name = _pair(side, part) if part.sector else side.names[part.element]
    if part.empty:
        return name, formats.MISSING, t(f"empty.{part.empty}")
    return name, *DESCRIPTIONS[score.key].part(side, part)


def _figure_on_sites(side: Side, part: Part) -> tuple[str, str]:
    """Return a part's figure, and how many sites it rests on."""
    t, remark = side.view.t, _sites(side, part)
    if part.few:
        remark = t("score.few", sites=remark)
    if part.sector:
        remark = t("score.kept" if part.kept else "score.not_kept", sites=remark)
    return written(part.value, part.unit), remark


def _sites(side: Side, part: Part) -> str:
    return side.view.t("unit.n_sites", n=formats.whole(part.n))


def _pair(side: Side, part: Part) -> str:
    """Return an element and a sector of its specialisations."""
    sector = names.sectors(side.view.t.lang)[part.sector]
    return side.view.t("score.pair", element=side.names[part.element], sector=sector)


def notes(side: Side) -> list[str]:
    """Return what a reader must know of the specialisations: how many rest on few sites."""
    t = side.view.t
    parts = next(score.parts for score in _scores(side) if score.key == "specialisation_kept")
    few = sum(part.few for part in parts)
    sentences = [t("score.few_note", n=few)] if few else []
    unscored = [
        t.of(spec, "name")
        for each in side.layout.elements
        for spec in each.specialisations
        if each.located and not spec.sectors
    ]
    if parts:
        sentences.append(t("score.sectors_note"))
    if unscored:
        sentences.append(t("score.unscored_note", names=formats.joined(unscored, t=t)))
    return sentences


@dataclass(frozen=True, kw_only=True)
class Description:
    """How a figure of the scorecard is told.

    Parameters
    ----------
    rests_on
        What it rests on, in a few words.
    groups
        The sites behind it, in groups; none for a plain list.
    part
        The figure and the remark of one of its parts.
    divided
        Whether the tile says what was divided.
    names_parts
        Whether the tile names all parts, where they are few.
    """

    rests_on: Callable[[Side, Score], str] = _counted
    groups: Callable[[Side, Score], list[element_sites.Group]] = _by_element
    part: Callable[[Side, Part], tuple[str, str]] = _figure_on_sites
    divided: bool = True
    names_parts: bool = False


DESCRIPTIONS: Final[Mapping[str, Description]] = MappingProxyType(
    {
        "core_share": Description(names_parts=True),
        "core_balance": Description(names_parts=True),
        "served_elements": Description(
            rests_on=_unserved, part=lambda side, part: (_sites(side, part), "")
        ),
        "specialisation_kept": Description(rests_on=_kept),
        "coverage": Description(
            rests_on=_range,
            part=lambda _, part: (written(part.value, part.unit), ""),
            divided=False,
        ),
        "unnamed_strongholds": Description(rests_on=_unnamed, groups=_by_district),
        "polycentricity": Description(rests_on=_details),
        "corridor_share": Description(),
    }
)
"""By the keys of `geo.policy.scorecard.MEASURES`."""
