"""A legend stays within its column, whatever its ramp says."""

from __future__ import annotations

from geo.facts import catalog
from layers import palette
from layers.legend.strip import Group, RampClass
from layers.printed import legend
from layers.printed.paper import Paper
from layers.printed.press import Press

PRESS = Press(
    paper=Paper(width=100, height=100),
    colours=palette.palette(catalog.families(), "light"),
    pixel=0.26,
    letters=0.8,
)
RAMP = [
    RampClass(token=f"r{i}", limits=limits, units="5 个区")
    for i, limits in enumerate(("0", "0–500", "500–3,000", "3,000–10,000", "≥ 10,000"))
]


def test_a_ramp_is_no_wider_than_its_column() -> None:
    group = Group(name="ramp", title="还没覆盖的居民", ramp=RAMP)
    ((block,),) = legend.laid_out(PRESS, [group], 66.0)
    assert block.width <= 66.0
    ((wide,),) = legend.laid_out(PRESS, [group], 200.0)
    assert wide.width > 66.0
