"""The choices of 方法: the method, and of what its example is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.methods.method import methods
from geo.policy import layouts
from ui.cached import names
from ui.filters import controls
from ui.methods import example, sheet
from ui.state import fields

if TYPE_CHECKING:
    from ui.state.pages import Methods
    from ui.state.view import PageView

OF_DISTRICT: Final = frozenset(
    {
        *("count", "area", "people", "part", "coverage", "nearest", "access", "reached"),
        *("lq", "diversity", "stars", "areal", "peers"),
    }
)
OF_SECTOR: Final = frozenset({"lq", "stars", "areal"})
OF_RADIUS: Final = frozenset({"coverage", "reached", "element_coverage", "siting", "areal"})


def choices(view: PageView[Methods]) -> None:
    """Draw what the method in view depends on."""
    method, t = view.state.method, view.t
    said = sheet.words(t.lang)
    controls.choose(view, fields.METHOD, methods(), lambda key: said(f"{key}.name"), label="method")
    controls.choose_region(view)
    if method in OF_DISTRICT:
        first = example.busiest(view)
        known = names.districts(view.region, "district", "zh")
        others = [code for code in known if code != first or view.state.example == first]
        controls.choose(
            view,
            fields.EXAMPLE,
            ["", *others],
            lambda code: view.district_name(code or first),
            label="example",
        )
    if method in OF_SECTOR:
        controls.focus(view)
    if methods()[method].scores:
        plans = layouts.within_reach(view.region)
        controls.choose(
            view,
            fields.LAYOUT,
            plans,
            lambda key: names.layout_with_region(plans[key], t),
            label="layout",
        )
    if method in OF_RADIUS:
        controls.radius(view)
