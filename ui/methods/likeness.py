"""The worked example of peers: how unlike two districts are, and what makes them so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from api.peer_rows import PeerQuery
from geo import formats
from geo.measures.peers import Weights
from ui.cached import peers
from ui.methods.example import Example, Line, Row, district, strong

if TYPE_CHECKING:
    from ui.state.pages import Methods
    from ui.state.view import PageView


def likest(view: PageView[Methods]) -> Example:
    """Return the distance from a district to the one that is most like it."""
    t, of = view.t, district(view)
    place = view.district_name(of)
    asked = PeerQuery(view.region, of, "district", k=1)
    nearest = peers.nearest(asked)
    if not nearest:
        return Example(of=place, rows=[], note=t("methods.no_peer"))
    other = nearest[0]
    row = pd.Series(peers.distances(asked).loc[other])
    parts = {name: formats.ratio(row[name]) for name in Weights._fields}
    value = formats.ratio(row["distance"])
    unit = peers.units(view.region, "district").loc[other]
    name = str(unit[f"name_{t.lang}"])
    squares = " + ".join(f"{part}^2" for part in parts.values())
    return Example(
        of=t("methods.beside", place=place, other=name),
        rows=[Row("", t(f"control.{each}"), part) for each, part in parts.items()],
        worked=[Line(rf"d_{{ab}} = \sqrt{{{squares}}} = {strong(value)}")],
        value=t("methods.from_peer", value=value, other=name),
        note=t("methods.parts"),
    )
