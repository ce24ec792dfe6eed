"""What is asked: how many sites, what makes a plan good, where they may stand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from geo import formats
from geo.facts import own_regions
from geo.planning.question import RESIDENTS
from geo.planning.taking_part import OWN
from ui.blocks import markup
from ui.cached import names
from ui.filters import controls
from ui.state import fields, links, session

if TYPE_CHECKING:
    from ui.state.address import Field
    from ui.state.pages import Siting
    from ui.state.view import PageView


def new_sites(view: PageView[Siting]) -> None:
    """Choose how many new sites there are, or whom the fewest are to reach."""
    if view.state.model == "fewest":
        shares = fields.SHARE.choices({})
        controls.choose(
            view,
            fields.SHARE,
            shares,
            lambda code: view.t("control.share_value", n=code),
            label="share",
        )
        return
    codes = [str(n) for n in range(1, fields.MOST_NEW + 1)]
    controls.choose(
        view, fields.NEW_SITES, codes, lambda code: view.t("unit.n_sites", n=code), label="p"
    )


def model(view: PageView[Siting]) -> None:
    """Choose what makes a plan good, where new sites may stand, whom they serve, and who does."""
    t = view.t
    value = t(f"control.model_{view.state.model}")
    with st.popover(t("control.choice", label=t("control.model"), value=value)):
        _one(view, fields.MODEL)
        _one(view, fields.CANDIDATES)
        _demand(view)
        _stay(view)


def _demand(view: PageView[Siting]) -> None:
    st.selectbox(
        view.t("control.demand"),
        list(fields.DEMAND.choices(view.state.values)),
        key=session.widget_key(fields.DEMAND),
        format_func=partial(_called, view),
    )


def _stay(view: PageView[Siting]) -> None:
    """Choose whose sites stay, where somebody brought some; say where there is no choice."""
    if not own_regions.is_own(view.region):
        return
    if len(fields.STAY.choices(view.state.values)) > 1:
        _one(view, fields.STAY)
    else:
        st.caption(view.t("control.stay_none"))


def _called(view: PageView[Siting], code: str) -> str:
    own = own_regions.is_own(view.region)
    return formats.capitalised(names.served(code, view.t.lang, own=own))


def _one(view: PageView[Siting], item: Field) -> None:
    """Choose one of a few that stand below each other."""
    st.radio(
        view.t(f"control.{item.name}"),
        list(item.choices(view.state.values)),
        key=session.widget_key(item),
        format_func=lambda code: view.t(f"control.{item.name}_{code}"),
    )


def served_instead(view: PageView[Siting]) -> Markup | None:
    """Offer to serve the sites of somebody's list with those of the catalogue.

    Nobody says of a list whether it is of parks or of firms; at first its sites are today's.
    """
    state = view.state
    if not own_regions.is_own(view.region) or (state.demand, state.stay) != (RESIDENTS, OWN):
        return None
    if "catalogue" not in fields.STAY.choices(state.values):
        return None
    link = links.to(view, text=view.t("siting.serve_list"), demand="sites", stay="catalogue")
    said = view.t("siting.list_stays", name=view.region_name)
    return markup.paragraph(Markup("{} {}").format(said, link))
