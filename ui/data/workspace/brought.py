"""Files of the owner's own beside the sites: residents, streets, barriers, candidates and so on.

Of each: what there is, another file in its place, none again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo import formats, settings
from geo.errors import RefusedFileError
from geo.facts import own_terrain
from geo.intake import candidates, population, street_network, words
from geo.workspaces import edits
from layers import templates
from ui.blocks import grid, markup
from ui.cached import indicators
from ui.data.workspace import tools
from ui.data.workspace.held import TEMPLATE
from ui.state import workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd

    from geo.facts.own_population import OwnPopulation
    from geo.facts.own_terrain import OwnPlaces, OwnShapes, OwnStreets
    from geo.settings import Language
    from geo.workspaces.content import Brought, Name
    from ui.data.workspace.held import Shown
    from ui.state.pages import Data
    from ui.state.view import PageView

REFUSED: Final = "workspace_brought_refused"
"""Why a file was not taken, by its kind."""
NUMBER: Final = "workspace_brought_number"
"""Of the files that were chosen in the session: each has widgets of its own."""
LONGEST: Final = 80
"""Characters of a source."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of file.

    Attributes
    ----------
    key
        In texts and of widgets.
    part
        What of a workspace it is.
    read
        Takes the file's name and content, the units of the region and a source.
    amounts
        What is told of it beside source and file: a number by the text that names it.
    most
        How many places, lines or corners are taken.
    """

    key: str
    part: Name
    read: Callable[[str, bytes, gpd.GeoDataFrame, str], Brought]
    amounts: Callable[[Any], Mapping[str, float]]
    most: Callable[[], int]


def _of_people(own: OwnPopulation) -> Mapping[str, float]:
    return {
        "people_residents": own.residents,
        f"people_places_{own.basis}": own.places,
        "people_outside": own.outside,
    }


def _of_streets(own: OwnStreets) -> Mapping[str, float]:
    left_out = {f"streets_{reason}": km for reason, km in own.left_out_km.items()}
    return {"streets_edges": own.edges, "streets_km": own.km, **left_out}


def _of_barriers(own: OwnShapes) -> Mapping[str, float]:
    return {"barriers_parts": own.parts, "barriers_corners": own.corners}


def _of_forbidden(own: OwnShapes) -> Mapping[str, float]:
    return {"forbidden_parts": own.parts, "barriers_corners": own.corners}


def _of_candidates(own: OwnPlaces) -> Mapping[str, float]:
    return {"candidates_places": own.places, "candidates_outside": own.outside}


KINDS: Final = (
    Kind(
        key="people",
        part="population",
        read=lambda file, content, units, source: population.read(
            file, content, units, source=source
        ),
        amounts=_of_people,
        most=lambda: settings.current().upload_rows,
    ),
    Kind(
        key="streets",
        part="streets",
        read=street_network.own_streets,
        amounts=_of_streets,
        most=lambda: own_terrain.MOST_CORNERS,
    ),
    Kind(
        key="barriers",
        part="barriers",
        read=street_network.own_barriers,
        amounts=_of_barriers,
        most=lambda: own_terrain.MOST_SHAPED,
    ),
    Kind(
        key="forbidden",
        part="forbidden",
        read=street_network.own_forbidden,
        amounts=_of_forbidden,
        most=lambda: own_terrain.MOST_SHAPED,
    ),
    Kind(
        key="candidates",
        part="candidates",
        read=candidates.own_candidates,
        amounts=_of_candidates,
        most=lambda: own_terrain.MOST_PLACES,
    ),
)


def show(view: PageView[Data], now: Shown) -> None:
    """Say what figures rest on beside the sites; offer who writes another file, or none."""
    for kind in KINDS:
        _one(view, now, kind)


def _one(view: PageView[Data], now: Shown, kind: Kind) -> None:
    t, key, held = view.t, kind.key, getattr(now.content, kind.part)
    grid.write(markup.heading(t(f"workspace.{key}")))
    if why := st.session_state.get(REFUSED, {}).pop(key, ""):
        said = t("workspace.people_refused", why=why)
        grid.write(markup.paragraph(said, kind="warning"))
    if held is None:
        grid.write(markup.paragraph(t(f"workspace.{key}_even")))
    else:
        amounts = kind.amounts(held).items()
        rows = [
            (t("workspace.people_source"), held.source),
            (t("workspace.people_file"), held.file),
            *((t(f"workspace.{name}"), formats.whole(n)) for name, n in amounts),
        ]
        grid.write(templates.piece(TEMPLATE, "held")(t(f"workspace.{key}_held"), rows))
    if now.write is None:
        return
    with grid.on_screen(key), st.container(key=f"workspace_brought_{key}", horizontal=True):
        _file(view, now, kind)
        if held is not None:
            st.button(
                t(f"workspace.{key}_drop"),
                key=f"workspace_{key}_drop",
                on_click=_save,
                args=(now.region, kind, None),
            )


def _file(view: PageView[Data], now: Shown, kind: Kind) -> None:
    """Draw the button behind which a file is chosen and its source is named."""
    t, limits, key = view.t, settings.current(), kind.key
    number = st.session_state.get(NUMBER, 0)
    held = getattr(now.content, kind.part) is not None
    label = t(f"workspace.{key}_{'other' if held else 'take'}")
    file, source = (f"workspace_{key}_{what}_{number}" for what in ("file", "source"))
    with st.popover(label, key=f"workspace_{key}_open_{number}"):
        st.file_uploader(
            label,
            key=file,
            max_upload_size=max(1, int(limits.upload_mb)),
            label_visibility="collapsed",
        )
        most = formats.whole(kind.most())
        st.caption(t(f"workspace.{key}_formats", mb=f"{limits.upload_mb:g}", most=most))
        st.text_input(t(f"workspace.{key}_named"), key=source, max_chars=LONGEST)
        st.button(
            t(f"workspace.{key}_now"),
            key=f"workspace_{key}_now",
            type="primary",
            on_click=_take,
            args=(now.region, kind, (file, source), t.lang),
        )


def _take(region: str, kind: Kind, widgets: tuple[str, str], lang: Language) -> None:
    """Read the file that was chosen, and save the workspace with it."""
    chosen, named = (st.session_state.get(each) for each in widgets)
    source = " ".join(str(named or "").split())
    if chosen is None or not source:
        tools.say("no_people")
        return
    st.session_state[NUMBER] = st.session_state.get(NUMBER, 0) + 1
    units = indicators.units(indicators.unfiltered(region))
    try:
        own = kind.read(chosen.name, chosen.getvalue(), units, source)
    except RefusedFileError as error:
        st.session_state.setdefault(REFUSED, {})[kind.key] = words.refusal(error, lang)
        return
    _save(region, kind, own)


def _save(region: str, kind: Kind, own: Brought | None) -> None:
    if workspace.save(region, partial(edits.with_brought, what=kind.part, own=own)):
        tools.say(f"{kind.key}_{'dropped' if own is None else 'taken'}")
