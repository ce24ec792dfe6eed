"""What can be compared: the list in hand, workspaces and their versions, the catalogue, files.

What the reader brought is held in their session alone: no key and no row of it goes into an
address, a log, or a cache that others share.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import parse_qs, urlsplit

import streamlit as st

from geo.errors import InputError, RefusedFileError, WorkspaceError
from geo.facts import catalog, own_regions
from geo.geometry.lonlat import with_empty_points
from geo.workspaces import region as regions
from geo.workspaces.home import home
from ui.cached import names
from ui.intake import area, pinned, wording, work
from ui.intake import draft as drafts
from ui.state import workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    import geopandas as gpd

    from ui.intake.draft import Draft
    from ui.state.view import View

T = TypeVar("T")

OWN: Final = "own"
"""Id of the region of a list that is no workspace."""

_HELD: Final = "compared_lists"
_MADE: Final = "compared_made"


@dataclass(frozen=True, kw_only=True, eq=False)
class Listed:
    """A list that can be compared.

    Attributes
    ----------
    title
        What it is called.
    state
        Tells it, as it is now, from all others.
    make
        Returns its sites, as `geo.facts.catalog.sites` has them.
    units
        Returns the districts that it is about.
    numbering
        Of two with the same one, not empty, an id is the same site.
    """

    title: str
    state: Hashable
    make: Callable[[], gpd.GeoDataFrame]
    units: Callable[[], tuple[str, ...]]
    numbering: str = ""


def known(view: View) -> Mapping[str, Listed]:
    """Return the lists on offer, by a code of the session."""
    found: dict[str, Listed] = {}
    draft = drafts.held()
    if draft is not None and readable(draft):
        title = view.t("compare.in_hand", file=wording.title(draft.file))
        found["draft"] = of_draft(draft, title=title)
    if own_regions.is_own(view.region):
        found |= _versions(view)
    else:
        title = view.t("compare.of_catalogue", region=view.region_name)
        found["region"] = _of_region(view.region, title=title)
    found |= held()
    about = found.get("draft") or found["region"]
    if "draft" in found or own_regions.is_own(view.region):
        found["catalogue"] = Listed(
            title=view.t("compare.catalogue_there"),
            state=("catalogue", about.state),
            make=lambda: _catalogue_of(about.units()),
            units=about.units,
        )
    return found


def held() -> dict[str, Listed]:
    """Return the lists that the reader brought to be compared."""
    return dict(st.session_state.get(_HELD, {}))


def hold(listed: Listed) -> str:
    """Hold a list that the reader brought; return its code."""
    every = held()
    code = next((each for each, one in every.items() if one.state == listed.state), None)
    code = code or f"held.{len(every) + 1}"
    st.session_state[_HELD] = {**every, code: listed}
    return code


def sites(code: str, listed: Listed) -> gpd.GeoDataFrame:
    """Return the sites of a list, made once for each state of it."""
    return made(f"sites.{code}", listed.state, listed.make)


def made(name: str, of: Hashable, make: Callable[[], T]) -> T:
    """Return what is made of lists, made anew where they are others; one of a name is kept."""
    kept: dict[str, tuple[Hashable, T]] = st.session_state.setdefault(_MADE, {})
    if name not in kept or kept[name][0] != of:
        kept[name] = (of, make())
    return kept[name][1]


def readable(draft: Draft) -> bool:
    """Return whether a file is understood: nothing is left that its reader must answer."""
    try:
        work.table(draft)
    except RefusedFileError:
        return False
    return work.datum(draft) is not None


def of_draft(draft: Draft, *, title: str) -> Listed:
    """Return a file that is understood as a list."""
    state = (work.choices(draft), draft.decisions, pinned.corrections(draft))

    def make() -> gpd.GeoDataFrame:
        return pinned.sites(draft, work.intake(draft, lambda _: None), region=OWN)[0]

    def units() -> tuple[str, ...]:
        intake = work.intake(draft, lambda _: None)
        return work.plan(draft).region or area.units_of(intake.kept["city_adcode"])

    return Listed(title=title, state=state, make=make, units=units)


def of_link(view: View, link: str) -> Listed | None:
    """Return the workspace that a link opens; None where it opens none."""
    asked = parse_qs(urlsplit(link.strip()).query).get("region", [link.strip()])
    named = asked[0].removeprefix(own_regions.PREFIX)
    try:
        id_ = regions.opened(named.partition(regions.NUMBER)[0])
    except (WorkspaceError, InputError):
        return None
    opened = workspace.opened(id_)
    if opened is None:
        return None
    name = view.t("compare.of_workspace", name=opened.content.name, n=opened.version.number)
    return _of_region(id_, title=name)


def _versions(view: View) -> dict[str, Listed]:
    """Return the workspace in hand as it is, and its other versions, the latest first."""
    key = regions.key_of(view.region)
    opened = workspace.opened(view.region)
    if key is None or opened is None:
        return {"region": _of_region(view.region, title=view.region_name)}
    now = opened.version.number
    blanks = {"name": opened.content.name, "n": now}
    found = {"region": _of_region(view.region, title=view.t("compare.of_workspace", **blanks))}
    try:
        saved = home().versions(key)
    except WorkspaceError:
        return found
    for version in reversed(saved):
        if version.number == now:
            continue
        id_ = f"{own_regions.PREFIX}{key}{regions.NUMBER}{version.number}"
        day = version.saved.date().isoformat()
        text = "compare.version" if version.beside is None else "compare.version_beside"
        found[f"version.{version.number}"] = _of_region(
            id_, title=view.t(text, n=version.number, day=day)
        )
    return found


def _of_region(id_: str, *, title: str) -> Listed:
    """Return the sites of a region of the catalogue, or of a workspace in one version."""
    return Listed(
        title=title,
        state=id_,
        make=partial(_sites_of, id_),
        units=partial(_units_of, id_),
        numbering=regions.key_of(id_) or "catalogue",
    )


def _sites_of(id_: str) -> gpd.GeoDataFrame:
    opened = workspace.opened(id_)
    if opened is None:
        return catalog.sites(id_)
    # As they are kept: those of the region may stand in areas of its owner's own.
    sites = opened.content.sites
    return sites.set_geometry(with_empty_points(sites.geometry))


def _units_of(id_: str) -> tuple[str, ...]:
    opened = workspace.opened(id_)
    if opened is None:
        return tuple(names.districts(id_, "district", "zh"))
    return tuple(opened.content.region)


def _catalogue_of(units: tuple[str, ...]) -> gpd.GeoDataFrame:
    every = catalog.sites()
    return every[every["adcode"].isin(units)].reset_index(drop=True)
