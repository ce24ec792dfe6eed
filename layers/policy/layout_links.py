"""Links between the elements of a layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from layers import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd


class LinkLike(Protocol):
    """A link as the layouts' own model has it: ids of two elements, relation and certainty."""

    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def target(self) -> str: ...  # noqa: D102
    @property
    def relation(self) -> str: ...  # noqa: D102
    @property
    def certainty(self) -> str: ...  # noqa: D102


def ways(
    links: Iterable[LinkLike],
    signs: list[dict[str, Any]],
    drawn: gpd.GeoDataFrame,
    used: dict[str, str],
) -> list[dict[str, Any]]:
    """Links whose two ends are drawn, as the map draws them.

    Parameters
    ----------
    links
        In the layout's order.
    signs
        As drawn; a link leads to the first sign of an element.
    drawn
        The elements drawn.
    used
        Signs in use; those of links are added.

    Returns
    -------
    list of dict
        Positions of the two signs, kind and whether an end is planned; twins first, so that
        other lines lie on the double one.
    """
    place = {one["e"]: i for i, one in reversed(list(enumerate(signs)))}
    lines = []
    for link in links:
        if link.source not in drawn.index or link.target not in drawn.index:
            continue
        if escape.text(link.source) not in place or escape.text(link.target) not in place:
            continue
        ends = drawn.loc[[link.source, link.target], "status"]
        relation = "illustrative" if link.certainty == "illustrative" else link.relation
        planned = relation != "illustrative" and bool((ends == "planned").any())
        used.setdefault(f"link_{relation}" + ("_planned" if planned else ""), "")
        lines.append(
            {
                "a": place[escape.text(link.source)],
                "b": place[escape.text(link.target)],
                "k": escape.text(relation),
                "planned": planned,
            }
        )
    return sorted(lines, key=lambda way: way["k"] != "twin")
