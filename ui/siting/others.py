"""Plans almost as good as the best: what differs, what it loses, and a link that opens each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from geo import formats
from layers import templates
from ui.blocks import markup
from ui.siting import wording
from ui.state import links
from ui.state.selection import Selection

if TYPE_CHECKING:
    from geo.planning import Proposal
    from ui.state.pages import Siting
    from ui.state.view import PageView


@dataclass(frozen=True, kw_only=True)
class Row:
    """A plan: its number, a link, what differs from the best, what it loses."""

    number: int
    link: Markup | str
    differs: str
    loss: str
    chosen: bool


def listed(view: PageView[Siting]) -> Markup | None:
    """Return the plans beside the best, folded; nothing where there are none."""
    t, shown = view.t, rows(view)
    if not shown:
        return None
    return templates.piece(wording.TEMPLATE, "others")(
        t("siting.others", n=len(shown)),
        t("siting.others_note"),
        heads(view),
        shown,
        opened=wording.alternative(view) > 0,
    )


def heads(view: PageView[Siting]) -> list[str]:
    """Return what the columns are called."""
    return [view.t(f"siting.other_{name}") for name in ("plan", "loss")]


def rows(view: PageView[Siting]) -> list[Row]:
    """Return the plans beside the best, the best first."""
    known = wording.so_far(view)
    if known is None or known.proposal is None:
        return []
    best, shown = known.proposal, wording.alternative(view)
    return [
        Row(
            number=number,
            link=_link(view, "" if number == shown else str(number), number=number),
            differs=_differs(view, best, other),
            loss=_loss(view, best, other),
            chosen=number == shown,
        )
        for number, other in enumerate(wording.others(view), start=1)
    ]


def note(view: PageView[Siting]) -> Markup | None:
    """Return which plan is shown in the place of the best, and the way back; else nothing."""
    number, t = wording.alternative(view), view.t
    if not number:
        return None
    row = rows(view)[number - 1]
    text = t("siting.other_shown", n=number, differs=row.differs, loss=row.loss)
    back = links.to(view, text=t("siting.other_back"), alternative="", at=Selection())
    return markup.paragraph(Markup("{} {}").format(text, back), kind="lead")


def _link(view: PageView[Siting], alternative: str, *, number: int) -> Markup:
    text = view.t("siting.other_number", n=number)
    return links.to(view, text=text, alternative=alternative, at=Selection())


def _differs(view: PageView[Siting], best: Proposal, other: Proposal) -> str:
    """Return which places come in the place of which."""
    gone, come = _names(view, best, besides=other), _names(view, other, besides=best)
    same = {*gone} & {*come}  # within a part of a district
    if same < {*gone, *come}:
        gone, come = ([each for each in some if each not in same] for some in (gone, come))
    return view.t(
        "siting.other_differs",
        gone=view.t("siting.other_and").join(gone),
        come=view.t("siting.other_and").join(come),
    )


def _names(view: PageView[Siting], plan: Proposal, *, besides: Proposal) -> list[str]:
    known = set(zip(besides.places["lon"], besides.places["lat"], strict=True))
    return [
        wording.name(view, row)
        for row in wording.rows_of(plan)
        if (row["lon"], row["lat"]) not in known
    ]


def _loss(view: PageView[Siting], best: Proposal, other: Proposal) -> str:
    """Return what a plan loses by the measure of the model."""
    t = view.t
    if view.state.model == "median":
        more = other.totals.mean_m_after - best.totals.mean_m_after
        return t("siting.other_farther", m=formats.whole(more))
    fewer = best.totals.after - other.totals.after
    if fewer < 1:
        return t("siting.other_same")
    return t("siting.other_fewer", n=wording.people(view, fewer))
