"""The worked example of each method."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from geo.methods.method import methods
from ui.methods import amounts, likeness, mixes, patterns, plans

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ui.methods.example import Example
    from ui.state.pages import Methods
    from ui.state.view import PageView

WORKED: Final[Mapping[str, Callable[[PageView[Methods]], Example]]] = MappingProxyType(
    {
        "count": amounts.count,
        "area": amounts.area,
        "people": amounts.people,
        "part": amounts.part,
        "served": amounts.served,
        "two_thirds": amounts.two_thirds,
        "coverage": amounts.coverage,
        "nearest": amounts.near,
        "access": amounts.access,
        "reached": amounts.reached,
        "lq": mixes.quotient,
        "diversity": mixes.diversity,
        "stars": mixes.stars,
        "concentration": patterns.unequal,
        "neighbour": patterns.neighbour,
        "ellipse": patterns.ellipse,
        "ripley": patterns.ripley,
        "pairs": patterns.paired,
        "moran": patterns.moran,
        "clusters": patterns.clustered,
        "siting": plans.proposed,
        "walk": plans.walked,
        "areal": patterns.redivided,
        "completeness": plans.complete,
        "peers": likeness.likest,
        **{each.id: plans.scored for each in methods().values() if each.scores},
    }
)
