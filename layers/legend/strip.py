"""The legend strip: only signs that are on the map, each with how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from layers import templates

if TYPE_CHECKING:
    from collections.abc import Sequence

Precision = Literal["exact", "district", "none"]

LEGEND = "layers/legend/legend.html"
PARTS = "layers/legend/parts.html"
SIGNS = "layers/legend/signs.html"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A sign and what it means.

    Parameters
    ----------
    sign
        SVG, as the map draws it.
    label, short
        Its name, and a shorter one for phones.
    count
        How many there are.
    code
        Its key: the map hides the sign of what has no room in the present view.
    family
        Makes it a button that isolates this family on the map.
    """

    sign: Markup
    label: str
    short: str = ""
    count: str = ""
    code: str = ""
    family: str = ""


@dataclass(frozen=True, kw_only=True)
class RampClass:
    """One box of the ramp: colour token, limits as written, how many units are in it."""

    token: str
    limits: str
    units: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """Signs, or the ramp of a choropleth, under a title; without any it is left out.

    Parameters
    ----------
    name
        For the style sheet: ``ct-part-`` and the name.
    entries
        The signs.
    ramp
        The boxes of a ramp.
    title, note
        What they tell; the note, such as a unit, follows the title in plain type.
    rows
        Signs below each other, then the next column; 0 lets them flow.
    folded
        Whether a phone shows it only when its button for the rest is pressed.
    """

    name: str
    entries: Sequence[Entry] = ()
    ramp: Sequence[RampClass] = ()
    title: str = ""
    note: str = ""
    rows: int = 0
    folded: bool = False


@dataclass(frozen=True, kw_only=True)
class Legend:
    """A legend: plain texts, which are escaped as it is drawn.

    Parameters
    ----------
    groups
        From first to last.
    name
        For the style sheet: of a search's ``result``, or of a ``layout``.
    notes
        Title and lines of each note, where it finds no room on the map.
    sources
        Title and lines on what the map rests on.
    paper
        Whether the sources are printed alone: the screen has them on the page.
    outside
        How many results lie outside the present view, with {n} for the number that the map fills
        in.
    more
        Label of the phone's button that opens the rest; without it there is no button.
    counted
        Whether the map fills in what is counted in its view, see `parts`.
    """

    groups: Sequence[Group] = ()
    name: Literal["", "result", "layout"] = ""
    notes: Sequence[tuple[str, Sequence[str]]] = ()
    sources: tuple[str, Sequence[str]] | None = None
    paper: bool = False
    outside: str = ""
    more: str = ""
    counted: bool = False


def html(legend: Legend) -> Markup:
    """Draw a legend; of nothing to explain, nothing.

    Returns
    -------
    Markup
        HTML of the strip; families are buttons that isolate theirs on the map.
    """
    groups = [group for group in legend.groups if group.entries or group.ramp]
    return templates.html(LEGEND, legend=legend, groups=groups)


def parts(legend: Legend) -> Markup:
    """Draw notes and groups alone: what stands in another legend's place for a view's counts."""
    told, drawn = (templates.piece(PARTS, name) for name in ("told", "drawn"))
    groups = [drawn(group) for group in legend.groups if group.entries or group.ramp]
    return Markup().join([*groups, *(told(heading, lines) for heading, lines in legend.notes)])


def sign(name: str, *given: str, **options: object) -> Markup:
    """Draw a sign of ``signs.html`` as SVG; its colours follow the theme."""
    return templates.piece(SIGNS, name)(*given, **options)


def symbol(kind: str, family: str, precision: Precision = "exact") -> Markup:
    """Draw a site's sign, as the map does (20 by 16 px).

    Parameters
    ----------
    kind
        Shape; an unknown one is a circle.
    family
        Colour token.
    precision
        "exact" solid, "district" pale with a coloured rim, "none" hollow and dashed.
    """
    return sign("site", kind, family, precision)
