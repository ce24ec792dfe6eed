"""What a plan rests on: the model, the spread of residents, the sites left out, the sources."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from geo import formats
from geo.planning.ground import EXACT, counted_of_disc, strays
from ui.blocks import markup
from ui.cached import indicators, plans, walking
from ui.siting import figures, wording

if TYPE_CHECKING:
    from markupsafe import Markup

    from geo.planning import Proposal
    from ui.state.pages import Siting
    from ui.state.view import PageView

COARSE: Final = 0.15
"""By so much of a disc squares may count otherwise before the page says so."""

SLIGHT: Final = 0.01
"""Share of a disc that is not worth a word."""


def proof(view: PageView[Siting]) -> Markup | None:
    """Return how good the plan is, and what the sites left out could change."""
    told = [*proof_texts(view)]
    return markup.paragraph(view.t("list.sentence").join(told)) if told else None


def proof_texts(view: PageView[Siting]) -> list[str]:
    """Return the same, sentence by sentence."""
    t, plan = view.t, wording.found(view)
    if plan is None:
        return []
    goal = t(f"siting.goal_{view.state.model}", km=view.radius_km, share=view.state.share)
    told = [goal, figures.proof(view, plan)]
    if plan.basis.beyond:
        told.append(
            t(
                "siting.beyond",
                names=formats.joined(
                    [view.district_name(code) for code, _ in plan.basis.beyond], t=t
                ),
                n=wording.people(view, sum(n for _, n in plan.basis.beyond)),
                km=view.radius_km,
            )
        )
    if plan.basis.vague and not plan.ends.empty:
        without, with_ = (plan.ends.loc[end].to_dict() for end in ("without", "with"))
        told.append(
            t(
                "siting.ends",
                n=plan.basis.vague,
                without=wording.people(view, without["after"] - without["before"]),
                gain=wording.people(view, with_["after"] - with_["before"]),
                before=formats.percent(with_["before"] / plan.totals.residents),
                after=formats.percent(with_["after"] / plan.totals.residents),
            )
        )
    return told


def rests_on(view: PageView[Siting]) -> Markup | None:
    """Return method and sources."""
    told = method(view)
    return markup.paragraph(view.t("list.sentence").join(told)) if told else None


def method(view: PageView[Siting]) -> list[str]:
    """Return how residents are spread, which sites take part, and where it comes from."""
    t, plan = view.t, wording.found(view)
    if plan is None:
        return [t(f"siting.{wording.impossible(view)}")]
    basis = plan.basis
    unknown = [view.district_name(code) for code in basis.unknown]
    candidates = walking.candidates(view.region)
    told = [
        _demand(view, plan),
        *_squares(view, plan),
        t(
            "siting.among_most"
            if basis.beyond_candidates >= 0
            else f"siting.among_{wording.question(view).candidates}",
            n=formats.whole(basis.candidates),
            km=wording.km(basis.spacing_m),
            source="" if candidates is None else candidates.source,
            most=wording.people(view, basis.beyond_candidates),
        ),
        t("siting.candidates_left_out", n=formats.whole(basis.left_out)) if basis.left_out else "",
        t(
            "siting.taking",
            fixed=formats.whole(basis.fixed),
            vague=formats.whole(basis.vague),
            unlocated=formats.whole(basis.unlocated),
        ),
    ]
    if unknown:
        told.append(t("siting.unknown_of", names=formats.joined(unknown, t=t)))
    barriers, forbidden = walking.barriers(view.region), walking.forbidden(view.region)
    if forbidden is not None:
        told.append(t("siting.forbidden", source=forbidden.source))
    ways = t(
        "siting.straight_by_disc" if basis.exact else "siting.straight",
        source="" if barriers is None else barriers.source,
    )
    return [each for each in (*told, ways, wording.source(view)) if each]


def _demand(view: PageView[Siting], plan: Proposal) -> str:
    """Return whom the plan is to serve, and where they are taken to be."""
    size = formats.whole(plan.basis.size_m)
    by_place = plans.served(view.query, view.state.question)
    if by_place is not None and by_place.basis == "sites":
        n, vague = (formats.whole(each) for each in (by_place.amounts.sum(), by_place.vague))
        said = view.t("siting.served_sites", n=n, vague=vague)
        return said if _exact(view) else said + view.t("siting.in_squares", size=size)
    own = indicators.own_population(view.region)
    if own is None:
        even = "siting.even_by_disc" if plan.basis.exact else "siting.even"
        return view.t(even, size=size, source="")
    said = view.t("siting.own_people", source=own.source)
    return said if _exact(view) else said + view.t("siting.in_squares", size=size)


def _exact(view: PageView[Siting]) -> bool:
    """Return whether those to be served count where they are."""
    by_place = plans.served(view.query, view.state.question)
    return by_place is not None and len(by_place.amounts) <= EXACT


def _squares(view: PageView[Siting], plan: Proposal) -> list[str]:
    """Return how far what squares count is from what discs have, where that is worth a word."""
    if plan.basis.exact:
        return []
    asked = wording.question(view)
    share = counted_of_disc(asked.radius_m, plan.basis.size_m)
    if asked.candidates != "cells" or abs(share - 1) < COARSE:
        off = strays(asked.radius_m, plan.basis.size_m)
        if _exact(view) or off < SLIGHT:
            return []
        return [view.t("siting.strays", km=view.radius_km, share=formats.percent(off))]
    disc = math.pi * (asked.radius_m / wording.KM) ** 2
    return [
        view.t(
            "siting.coarse",
            size=formats.whole(plan.basis.size_m),
            disc=formats.number(disc),
            counted=formats.number(share * disc),
            more=1 if share > 1 else 2,
        )
    ]
