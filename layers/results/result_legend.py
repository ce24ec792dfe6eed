"""The legend of a search's result: every sign in use and no other."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend
from layers.sites.symbols import APPROXIMATE, located

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import pandas as pd
    from markupsafe import Markup

    from layers.highlight import Highlight
    from layers.sites.look import SiteLook

ROUND = "park"
"""Kind whose sign is a disc."""

_SIGNS = ("numbered", "approximate", "picked", "others", "uncertainty", "place", "rings")


@dataclass(frozen=True, kw_only=True)
class ResultWords:
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


def result_legend(
    words: ResultWords,
    *,
    sites: gpd.GeoDataFrame,
    look: SiteLook,
    selection: Highlight | None = None,
    others: gpd.GeoDataFrame | None = None,
    place: bool = False,
    rings: bool = False,
) -> Legend:
    """Return the legend of what `overlay.overlay` is given.

    Parameters
    ----------
    words
        Names of the signs.
    sites, look, selection, others
        As given to the overlay.
    place, rings
        Whether a place, or circles round a site, are drawn.

    Raises
    ------
    KeyError
        Naming the families and kinds in use that have no name.
    """
    drawn = located(sites)
    families = look.families.reindex(drawn.index)
    _check_named(words, drawn, families)
    discs = drawn["id"].isin([*look.numbers, *look.picked])
    signs = {name: strip.sign(name) for name in _SIGNS}
    if not discs.all():
        signs["unnumbered"] = strip.symbol(ROUND, str(families[~discs].iloc[0]))
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
    first = [
        Entry(family=key, label=name, sign=_family(key, numbered=bool(discs[own].any())))
        for key, name in words.families.items()
        if (own := families.eq(key)).any()
    ]
    rest = [
        Entry(code=key, label=getattr(words, key), sign=signs[key])
        for key, used in known.items()
        if used
    ]
    return Legend(
        name="result",
        groups=[
            Group(name="families", entries=first),
            Group(name="signs", entries=[*_kinds(words, drawn), *rest], folded=True),
        ],
        sources=words.sources,
        outside=words.outside if len(drawn) else "",
        more=words.more,
    )


def _check_named(words: ResultWords, drawn: gpd.GeoDataFrame, families: pd.Series) -> None:
    missing = [family for family in families.unique() if family not in words.families]
    kinds = set(drawn["kind"].astype(str))
    if kinds - {ROUND}:
        missing += sorted(kinds - set(words.kinds))
    if missing:
        raise KeyError(f"Signs in use without a name in the legend: {', '.join(missing)}.")


def _kinds(words: ResultWords, drawn: gpd.GeoDataFrame) -> list[Entry]:
    """Shapes in use, where there is another than the disc."""
    kinds = set(drawn["kind"].astype(str))
    if not kinds - {ROUND}:
        return []
    return [
        Entry(code="kind", label=name, sign=strip.symbol(code, "kind"))
        for code, name in words.kinds.items()
        if code in kinds
    ]


def _family(key: str, *, numbered: bool) -> Markup:
    return strip.sign("disc", key) if numbered else strip.symbol(ROUND, key)


def _beyond(others: gpd.GeoDataFrame, sites: gpd.GeoDataFrame) -> bool:
    """Whether any of the others is drawn."""
    return bool((~located(others)["id"].isin(sites["id"])).any())


def _has_circle(drawn: gpd.GeoDataFrame, look: SiteLook, selection: Highlight | None) -> bool:
    if selection is None or selection.site is None:
        return False
    chosen = drawn.loc[drawn["id"].eq(selection.site), "precision"]
    return any(math.isfinite((look.radii or {}).get(p, math.inf)) for p in chosen)
