"""How a unit, its neighbours and its peers look on a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers import templates
from layers.ground import shading
from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pandas as pd
    from markupsafe import Markup

SIGNS: Final = "layers/results/peer_signs.html"
OF, NEIGHBOUR = "r3", "nodefill"
"""Colour tokens of the unit that is compared, and of its neighbours."""


@dataclass(frozen=True, kw_only=True)
class PeerWords:
    """What the legend calls them, plain texts; what is empty is not on the map.

    Parameters
    ----------
    of
        The unit that is compared.
    neighbours, peers, sites
        Its neighbours, its peers, the grey dots.
    outside, off
        What stands before the peers that the map does not show, and who they are.
    """

    of: str
    neighbours: str
    peers: str
    sites: str
    outside: str
    off: str


def units(
    index: pd.Index,
    *,
    of: Iterable[str],
    neighbours: Collection[str],
    letters: Mapping[str, str],
) -> pd.DataFrame:
    """Describe the districts' look, as `layers.ground.shading.shading` does.

    Parameters
    ----------
    index
        Adcodes of all districts of the map.
    of, neighbours
        Adcodes of what is compared, and of its neighbours.
    letters
        The letter of each peer, by adcode: it stands before the name.
    """
    frame = shading.plain(index)
    frame.loc[[code for code in neighbours if code in index], "fill"] = NEIGHBOUR
    frame.loc[list(of), "fill"] = OF
    for code, letter in letters.items():
        frame.loc[code, ["sign", "badge"]] = ["peer", letter]
    return frame


def legend(words: PeerWords) -> Legend:
    """Return the legend: what the fills, letters and dots mean, and who is not on the map."""
    entries: list[tuple[Markup, str]] = [
        (_sign("unit", OF, heavy=True), words.of),
        (_sign("unit", NEIGHBOUR), words.neighbours),
        (_sign("lettered", "A"), words.peers),
        (strip.sign("others"), words.sites),
    ]
    signs = [Entry(sign=sign, label=label) for sign, label in entries if label]
    notes = [(words.outside, [words.off])] if words.off else []
    return Legend(groups=[Group(name="peers", entries=signs)], notes=notes)


def _sign(name: str, *given: str, **options: object) -> Markup:
    return templates.piece(SIGNS, name)(*given, **options)
