"""The map of 与同类比: a unit, its neighbours, and those of its peers that lie in the region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from layers.highlight import Highlight
from layers.results import peer_look, result_view
from layers.results.peer_look import PeerWords
from layers.scene import Scene
from ui.cached import indicators, points
from ui.map import page_map
from ui.state import fields, session

if TYPE_CHECKING:
    from layers.ground.inset import Window
    from layers.transport.message import Clicked
    from ui.districts.peers.comparison import Comparison

HEIGHT = 460
FAR = 1.5
"""What lies farther from the middle than so many of the unit's own extents is off the map."""


def show(shown: Comparison) -> None:
    """Draw the map; a click on a district marks it in every plot."""
    page_map.show(
        scene(shown),
        region=shown.view.region,
        unit=shown.view.unit,
        key="peer_map",
        chooses=_mark,
        height=HEIGHT,
    )


def scene(shown: Comparison) -> Scene:
    """Return what the map shows."""
    view, t = shown.view, shown.view.t
    places = indicators.units(view.query)
    window = _window(shown)
    letters = {code: sign for code, sign in shown.letters.items() if code in places.index}
    units = peer_look.units(
        places.index,
        of=list(places.index) if shown.whole else [shown.of],
        neighbours=shown.neighbours,
        letters=letters,
    )
    label = t("peers.map_label", name=shown.name(shown.of), region=view.region_name)
    return Scene(
        sites=None,
        look=None,
        units=units,
        legend=peer_look.legend(_words(shown, window)),
        texts=page_map.texts(view, label),
        language=t.lang,
        theme=view.theme,
        selection=Highlight(
            compared=[] if shown.whole else [shown.of],
            district=view.state.peer if view.state.peer in places.index else None,
        ),
        others=None if points.many(view.region) else indicators.sites(view.query),
        basemap=page_map.basemap(view),
        short_names=page_map.short_names(view),
        view=window,
    )


def _mark(clicked: Clicked) -> None:
    """Mark the district that was clicked in every plot, or mark none where it is marked."""
    if clicked.kind == "district" and clicked.id != session.value(fields.SUBJECT):
        former = session.value(fields.PEER)
        session.put(fields.PEER, "" if former == clicked.id else clicked.id)


def _window(shown: Comparison) -> Window | None:
    """Return what the map shows: the unit with what of its neighbours and peers is near to it."""
    if shown.whole:
        return None
    places = indicators.units(shown.view.query)
    west, south, east, north = places.geometry[shown.of].bounds
    reach = FAR * max(east - west, north - south)
    named = [code for code in (*shown.neighbours, *shown.peers) if code in places.index]
    lon, lat = (places[name].reindex(named).to_numpy(dtype=float) for name in ("lon", "lat"))
    near = np.maximum(np.abs(lon - (west + east) / 2), np.abs(lat - (south + north) / 2)) <= reach
    return result_view.result_window(
        np.concatenate([[west, east], lon[near]]), np.concatenate([[south, north], lat[near]])
    )


def _outside(shown: Comparison, window: Window | None) -> list[str]:
    """Return the peers that the map does not show, each with its letter."""
    found = []
    for code in shown.peers:
        lon, lat = (float(shown.units[name][code]) for name in ("lon", "lat"))
        inside = shown.units["region"][code] == shown.view.region and (
            window is None
            or (window.west <= lon <= window.east and window.south <= lat <= window.north)
        )
        if not inside:
            found.append(f"{shown.letters[code]} {shown.name(code)}")
    return found


def _words(shown: Comparison, window: Window | None) -> PeerWords:
    t = shown.view.t
    near = t("peers.neighbours_n", n=len(shown.neighbours), unit=shown.noun())
    return PeerWords(
        of=shown.name(shown.of),
        neighbours=near if shown.neighbours else "",
        peers=shown.alike if shown.peers else "",
        sites="" if points.many(shown.view.region) else t("download.sites"),
        outside=t("peers.outside"),
        off=t("list.comma").join(_outside(shown, window)),
    )
