"""The rows of a region: of the catalogue, or of a workspace."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo import settings
from geo.corrections.correction import Correction, as_table, corrected, of_table
from geo.corrections.patch import patch
from geo.facts import boundaries, catalog, own_regions
from geo.geometry.lonlat import with_empty_points
from geo.workspaces import region as regions
from ui.cached import names
from ui.pinning import work
from ui.pinning.holder import Holder
from ui.state import workspace, write_keys

if TYPE_CHECKING:
    from geo.workspaces.content import Workspace
    from ui.state.view import View

ADDRESS: Final = "address"


def holder(view: View) -> Holder:
    """Return the rows of the region in view."""
    region = view.region
    own = own_regions.known(region)
    units = tuple(boundaries.districts(region).index) if own is None else own.units
    held = Holder(
        key=region if own is None else f"{own_regions.PREFIX}{regions.key_of(region)}",
        kind="catalogue" if own is None else "workspace",
        title=view.region_name,
        sites=catalog.sites(region, scope=catalog.WIDE),
        units=units,
        area=region,
        name=f"name_{view.t.lang}",
        address=ADDRESS,
    )
    if own is None:
        return held
    opened = workspace.opened(region)
    may = write_keys.of(region) is not None
    held = replace(held, save=partial(save, held.key, region) if may else None)
    if opened is None:
        return held
    # As they are kept: those of the region may stand in areas of its owner's own.
    sites = opened.content.sites
    return replace(
        held,
        sites=sites.set_geometry(with_empty_points(sites.geometry)),
        saved=tuple(of_table(opened.content.corrections)),
    )


def save(key: str, region: str) -> None:
    """Keep the corrections in hand in the workspace of a region."""
    made = work.of(key).corrections
    if not made:
        return
    saved = workspace.save(region, partial(with_corrections, made))
    trouble = workspace.trouble(region)
    # What could not be saved over somebody's newer version is kept beside it: in hand no longer.
    if saved is not None or (trouble is not None and trouble.reason == "newer"):
        work.drop(key)


def with_corrections(made: tuple[Correction, ...], content: Workspace) -> Workspace:
    """Return a workspace with corrections made, and on its list of them."""
    return replace(
        content,
        sites=corrected(content.sites, made),
        corrections=pd.concat([content.corrections, as_table(made)], ignore_index=True),
    )


def of_catalogue() -> tuple[Correction, ...]:
    """Return the corrections of the catalogue that the reader has in hand, of all its regions."""
    return tuple(each for region in names.regions("zh") for each in work.of(region).corrections)


def as_patch() -> bytes:
    """Return them as a patch."""
    return patch(of_catalogue(), settings.current().data).encode()
