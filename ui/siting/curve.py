"""How many residents each number of new sites reaches: standing bars, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo import formats
from layers import templates
from ui.siting import wording
from ui.state import fields, links
from ui.state.selection import Selection

if TYPE_CHECKING:
    from markupsafe import Markup

    from ui.state.pages import Siting
    from ui.state.view import PageView


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A number of sites: what the last of them adds, the sum, its height of 0-1 and its link."""

    link: Markup | str
    gain: str
    sum: str
    share: str
    height: float
    state: str


def chart(view: PageView[Siting]) -> Markup | None:
    """Return the curve; nothing before it is known, or where nobody is known to live."""
    t = view.t
    shown = bars(view)
    if not shown:
        return None
    return templates.piece(wording.TEMPLATE, "curve")(
        t("siting.curve"),
        t("siting.curve_note"),
        [t(f"siting.curve_{name}") for name in ("sites", "gain", "sum", "share")],
        shown,
        t("siting.curve_foot"),
    )


def bars(view: PageView[Siting]) -> list[Bar]:
    """Return each number of sites, dark up to the one that is asked for."""
    t, known = view.t, wording.so_far(view)
    if known is None or known.proposal is None or known.curve is None:
        return []
    plan, curve = known.proposal, known.curve
    most = curve["gain"].max()
    return [
        Bar(
            link=_link(view, p),
            gain=wording.on_axis(view, row["gain"]),
            sum=formats.people(row["after"] - plan.totals.before, lang=t.lang),
            share=formats.percent(row["after"] / plan.totals.residents),
            height=row["gain"] / most if most else 0.0,
            state="chosen" if p <= int(view.state.p) else "beyond" if row["proven"] else "open",
        )
        for p, row in zip(map(int, curve.index), curve.to_dict("records"), strict=True)
    ]


def _link(view: PageView[Siting], p: int) -> Markup | str:
    """Return the link that asks for so many; the number alone where nobody can."""
    if p > fields.MOST_NEW:
        return formats.whole(p)
    return links.change(view, {"p": str(p), "at": Selection()}, text=formats.whole(p))
