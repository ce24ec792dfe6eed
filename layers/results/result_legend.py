"""The legend of a search's result: every sign in use and no other."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from layers import escape
from layers.legend.strip import sources_html, symbol
from layers.sites.look import SiteLook
from layers.sites.symbols import APPROXIMATE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import pandas as pd

    from layers.highlight import Highlight
    from layers.sites.look import SiteLook

_ROUND = "park"


@dataclass(frozen=True, kw_only=True)
class ResultLegend:
    """Words of the legend; plain texts. Signs not in use are left out, whatever their words.

    Parameters
    ----------
    families
        Name of each family by its key, in the order of the legend; those in use must be there.
    kinds
        Name of each kind by its code, in the order of the legend; told where there is another
        shape than the disc.
    numbered
        Results with a number, and where that number stands again.
    unnumbered
        Results without a number, where others have one.
    approximate
        Sites known to a district only.
    picked
        Those chosen for comparison or a shortlist.
    others
        Sites that the filters leave out.
    uncertainty
        The circle round the selected site.
    place
        The place the reader chose.
    rings
        Circles round the selected site.
    outside
        How many results lie outside the present view, with {n} for the number.
    sources
        Title and lines on what the map rests on.
    more
        Label of the phone's button that opens the rest.
    """

    families: Mapping[str, str]
    kinds: Mapping[str, str] = field(default_factory=dict)
    numbered: str = ""
    unnumbered: str = ""
    approximate: str = ""
    picked: str = ""
    others: str = ""
    uncertainty: str = ""
    place: str = ""
    rings: str = ""
    outside: str = ""
    sources: tuple[str, Sequence[str]] | None = None
    more: str = ""


def result_legend_html(
    words: ResultLegend,
    *,
    sites: gpd.GeoDataFrame,
    look: SiteLook,
    selection: Highlight | None = None,
    others: gpd.GeoDataFrame | None = None,
    place: bool = False,
    rings: bool = False,
) -> str:
    """Write the legend of what `overlay.overlay` is given.

    Parameters
    ----------
    words
        Names of the signs.
    sites, look, selection, others
        As given to the overlay.
    place, rings
        Whether a place, or circles round a site, are drawn.

    Returns
    -------
    str
        HTML of the strip; families are buttons that isolate theirs on the map, and the map
        writes into it how many results lie outside the view.

    Raises
    ------
    KeyError
        Naming the families and kinds in use that have no name.
    """
    drawn = sites[~sites.geometry.isna() & ~sites.geometry.is_empty]
    families = look.families.reindex(drawn.index)
    _check_named(words, drawn, families)
    discs = drawn["id"].isin([*look.numbers, *look.picked])
    first = [
        _family(key, name, numbered=bool(discs[families.eq(key)].any()))
        for key, name in words.families.items()
        if families.eq(key).any()
    ]
    signs = dict(_SIGNS)
    if not discs.all():
        signs["unnumbered"] = symbol(_ROUND, str(families[~discs].iloc[0]), "exact")
    known = {
        "numbered": drawn["id"].isin(list(look.numbers)).any(),
        "unnumbered": discs.any() and not discs.all(),
        "approximate": drawn["precision"].eq(APPROXIMATE).any(),
        "picked": drawn["id"].isin(list(look.picked)).any(),
        "others": others is not None and _beyond(others, sites),
        "uncertainty": _has_circle(drawn, look, selection),
        "place": place,
        "rings": rings,
    }
    rest = _kinds(words, drawn)
    rest += [_item(key, getattr(words, key), signs[key]) for key, used in known.items() if used]
    parts = [
        ("ct-part ct-part-families", _wrapped("ct-items", first)),
        ("ct-part ct-part-signs ct-rest", "".join(rest)),
        (
            "ct-foot",
            sources_html(words.sources) + (_outside(words.outside) if len(drawn) else ""),
        ),
    ]
    body = "".join(_wrapped(name, [inner]) for name, inner in parts if inner)
    button = (
        f'<button type="button" class="ct-legend-more" aria-expanded="false">'
        f"{escape.text(words.more)}</button>"
        if words.more and (rest or words.sources)
        else ""
    )
    return f'<div class="ct-legend ct-legend-result">{button}{body}</div>' if body else ""


def disc(family: str, *, number: str = "", picked: bool = False, approximate: bool = False) -> str:
    """Draw a result's disc as SVG (22 by 22 px), as the map does.

    Parameters
    ----------
    family
        Colour token of the ring.
    number
        What it bears; a sign of a legend bears none, or it would be read as a count.
    picked
        Dark, in an outer ring.
    approximate
        With a broken ring.

    Returns
    -------
    str
        SVG whose colours follow the theme.
    """
    ring = f"var(--{escape.text(family)})"
    dash = ";stroke-dasharray:3.2 2.4" if approximate else ""
    edge = "stroke:var(--ink);stroke-width:7" if picked else "stroke:var(--key);stroke-width:4"
    gap = '<circle r="7.6" style="stroke:var(--surf);stroke-width:5"/>' if picked else ""
    ground, figure = ("ink", "surf") if picked else ("surf", "ink")
    text = (
        f'<text y="3.2" text-anchor="middle" style="fill:var(--{figure});font-size:9px;'
        f'font-weight:700">{escape.text(number)}</text>'
    )
    return (
        '<svg width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">'
        f'<g style="fill:none"><circle r="7.6" style="{edge}"/>{gap}'
        f'<circle r="7.6" style="fill:var(--{ground});stroke:var(--surf);stroke-width:2.4"/>'
        f'<circle r="7.6" style="stroke:{ring};stroke-width:2.4{dash}"/></g>'
        f"{text if number else ''}</svg>"
    )


def _check_named(words: ResultLegend, drawn: gpd.GeoDataFrame, families: pd.Series) -> None:
    missing = [family for family in families.unique() if family not in words.families]
    kinds = set(drawn["kind"].astype(str))
    if kinds - {_ROUND}:
        missing += sorted(kinds - set(words.kinds))
    if missing:
        raise KeyError(f"Signs in use without a name in the legend: {', '.join(missing)}.")


def _kinds(words: ResultLegend, drawn: gpd.GeoDataFrame) -> list[str]:
    """Shapes in use, where there is another than the disc."""
    kinds = set(drawn["kind"].astype(str))
    if not kinds - {_ROUND}:
        return []
    return [
        _item("kind", name, symbol(code, "kind", "exact"))
        for code, name in words.kinds.items()
        if code in kinds
    ]


def _wrapped(name: str, items: Sequence[str]) -> str:
    return f'<div class="{name}">{"".join(items)}</div>' if items else ""


def _family(key: str, name: str, *, numbered: bool) -> str:
    sign = disc(key) if numbered else symbol(_ROUND, key, "exact")
    words = escape.text(name)
    return (
        f'<button type="button" class="ct-item" data-family="{escape.text(key)}"'
        f' aria-pressed="false">{sign}<span>{words}</span></button>'
    )


def _item(key: str, label: str, sign: str) -> str:
    return f'<div class="ct-item" data-sign="{key}">{sign}<span>{escape.text(label)}</span></div>'


def _outside(template: str) -> str:
    """Words the map fills: the number stands where the template says so."""
    if not template:
        return ""
    before, _, after = template.partition("{n}")
    return f'<div class="ct-part ct-outside">{escape.text(before)}<b></b>{escape.text(after)}</div>'


def _beyond(others: gpd.GeoDataFrame, sites: gpd.GeoDataFrame) -> bool:
    """Whether any of the others is drawn."""
    located = others[~others.geometry.isna() & ~others.geometry.is_empty]
    return bool((~located["id"].isin(sites["id"])).any())


def _has_circle(drawn: gpd.GeoDataFrame, look: SiteLook, selection: Highlight | None) -> bool:
    if selection is None or selection.site is None:
        return False
    chosen = drawn.loc[drawn["id"].eq(selection.site), "precision"]
    return any(math.isfinite((look.radii or {}).get(p, math.inf)) for p in chosen)


def _svg(width: int, height: int, body: str) -> str:
    return f'<svg width="{width}" height="{height}" aria-hidden="true">{body}</svg>'


_SIGNS = {
    "numbered": disc("ink2", number="n"),
    "approximate": disc("ink2", approximate=True),
    "picked": disc("ink2", picked=True),
    "others": _svg(16, 14, '<circle cx="8" cy="7" r="2.6" class="ct-other"/>'),
    "uncertainty": _svg(20, 18, '<circle cx="10" cy="9" r="7.5" class="ct-error ct-open"/>'),
    "rings": _svg(20, 18, '<circle cx="10" cy="9" r="7.5" class="ct-ring-circle"/>'),
    "place": _svg(
        20,
        18,
        '<circle cx="10" cy="9" r="7.5" class="ct-place-circle"/>'
        '<path d="M10 4V14M5 9H15" class="ct-place-cross"/>',
    ),
}
