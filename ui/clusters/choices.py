"""What makes a cluster, chosen in the row of filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.measures import clusters
from ui.clusters import setting_strip
from ui.filters import controls
from ui.state import fields

if TYPE_CHECKING:
    from ui.state.pages import Clusters
    from ui.state.view import PageView


def setting(view: PageView[Clusters]) -> None:
    """Choose distance and minimum."""
    distances = {f"{metres / 1000:g}": float(metres) for metres in clusters.DISTANCES_M}
    controls.choose(
        view,
        fields.DISTANCE,
        distances,
        lambda code: setting_strip.distance(view, distances[code]),
        label="distance",
    )
    controls.choose(
        view,
        fields.LEAST,
        map(str, clusters.MINIMA),
        lambda code: view.t("unit.n_sites", n=code),
        label="least",
    )
