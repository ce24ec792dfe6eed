"""Beside a layout's map: its elements with what stands there, and the scorecard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ui import formats, layoutmap, names, results

if TYPE_CHECKING:
    from geo.layout_model import Element, Layout
    from geo.score import Score
    from ui.view import View

NUMBERED = ("core", "node")


def elements(view: View, layout: Layout) -> Markup:
    """Return the elements in the order of the layout, each with section, summary and its sites."""
    phase = view.values["phase"]
    shown = [e for e in layout.elements if phase == "planned" or e.status == "existing"]
    # What is chosen on the map or by name comes first, where the eye is.
    shown.sort(key=lambda element: element.id != view.values["element"])
    return Markup('<ul class="ct-elements">{}</ul>').format(
        Markup("").join(_element(view, layout, each) for each in shown)
    )


def _element(view: View, layout: Layout, element: Element) -> Markup:
    t = view.t
    number = layoutmap.elements(layout.id)["number"][element.id]
    letter = layoutmap.letters(view, layout).get(element.id, element.sign)
    sign = str(int(number)) if element.kind in NUMBERED and element.located else letter
    tags = [t("layouts.planned")] if element.status == "planned" else []
    if not element.located:
        tags.append(t("layouts.nowhere"))
    if element.open:
        tags.append(t("layouts.open"))
    if not element.in_document:
        tags.append(t("layouts.outside"))
    tagged = Markup("").join(Markup("<em>{}</em>").format(tag) for tag in tags)
    ids = layoutmap.present(layout.id).get(element.id, ())
    return Markup(
        '<li id="element-{}" class="{}"><b class="ct-sign ct-sign-{}">{}</b>'
        "<div><strong>{}</strong>{}"
        "<p>{}</p>{}</div><span>{}</span></li>"
    ).format(
        element.id,
        "ct-chosen" if element.id == view.values["element"] else "",
        element.kind if element.located else "nowhere",
        sign,
        getattr(element, f"name_{t.lang}"),
        tagged,
        getattr(element, f"summary_{t.lang}"),
        _sites(view, layout, ids) if element.located else "",
        element.section or t("layouts.elsewhere"),
    )


def _sites(view: View, layout: Layout, ids: tuple[str, ...]) -> Markup:
    """Return the sites behind a disclosure, each a link to its card on the overview."""
    t = view.t
    if not ids:
        return Markup("<small>{}</small>").format(t("layouts.no_sites"))
    known = results.all_sites(layout.region).set_index("id")[f"name_{t.lang}"].to_dict()
    link = Markup('<a href="./?region={}&at=site:{}&lang={}" target="_self">{}</a>')
    links = (
        Markup("{} ")
        .format(t("list.comma").strip())
        .join(link.format(layout.region, key, t.lang, known[key]) for key in ids)
    )
    return Markup("<details><summary>{}</summary><p>{}</p></details>").format(
        t("layouts.sites_here", n=len(ids)), links
    )


def scorecard(view: View, layout: Layout) -> Markup:
    """Return the scorecard as tiles, each opening the sites behind its figure."""
    scores = layoutmap.scores(layout.id, view.query.radius_m)
    tiles = Markup("").join(_tile(view, layout, score) for score in scores)
    return Markup('<div class="ct-scores">{}</div>').format(tiles)


def _tile(view: View, layout: Layout, score: Score) -> Markup:
    t = view.t
    label = t(f"score.{score.key}", km=view.radius_km)
    body = _sites(view, layout, score.sites) if score.sites else Markup("")
    return Markup('<div title="{}"><strong>{}</strong>{}<p>{}</p><small>{}</small>{}</div>').format(
        t(f"score.{score.key}_formula", km=view.radius_km),
        _value(score),
        _of(score),
        label,
        t(f"empty.{score.empty}") if score.empty else _parts(view, layout, score),
        body,
    )


def _value(score: Score) -> str:
    if score.value is None:
        return formats.MISSING
    if score.unit == "count":
        return formats.whole(score.value)
    return (
        formats.percent(score.value, digits=0)
        if score.unit == "share"
        else formats.ratio(score.value)
    )


def _of(score: Score) -> Markup:
    """Return what was divided: 19 / 69."""
    if score.numerator is None or score.denominator is None or score.key == "coverage":
        return Markup("")
    counted = f"{formats.whole(score.numerator)} / {formats.whole(score.denominator)}"
    return Markup(" <i>{}</i>").format(counted)


def _parts(view: View, layout: Layout, score: Score) -> str:
    """Return the parts of a score in words: districts by name, or elements with their counts."""
    t = view.t
    if score.key == "unnamed_strongholds":
        known = names.districts(layout.region, layoutmap.unit(layout), t.lang)
        return formats.joined([known[code] for code in score.districts], t=t)
    if score.key == "coverage":
        return ""
    called = {each.id: str(getattr(each, f"name_{t.lang}")) for each in layout.elements}
    said = [f"{called[part.element]} {part.n}" for part in score.parts if not part.sector]
    return formats.joined(said, t=t, most=4)
