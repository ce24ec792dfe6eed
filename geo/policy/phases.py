"""Which elements and sites of a layout a score looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from geo.policy.model import Element, Layout

Phase = Literal["planned", "present"]
"""All a layout says, or what of it exists today."""


def scored(layout: Layout, *, phase: Phase) -> tuple[Element, ...]:
    """Return the elements that the scores are of, in the layout's order.

    They have a place of their own and the document names them: what only another source knows
    says nothing about the policy. A cultural venue is none: no site ever stands in it. In the
    present phase they exist.
    """
    return tuple(
        each
        for each in layout.elements
        if each.located
        and each.in_document
        and not each.is_venue
        and (phase == "planned" or each.status == "existing")
        and not repeats(each, layout.elements)
    )


def standing(sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the sites that are not planned; all of them without a column ``status``."""
    return sites[stands(sites)]


def stands(sites: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which sites are not planned; one of which the status is missing stands.

    Parameters
    ----------
    sites : DataFrame, n rows
        With or without a column ``status``.

    Returns
    -------
    ndarray of bool, shape (n,)
        In the order of `sites`.

    Examples
    --------
    >>> import pandas as pd
    >>> stands(pd.DataFrame({"status": ["operating", "planned", None]})).tolist()
    [True, False, True]
    """
    if "status" not in sites:
        return np.ones(len(sites), dtype=bool)
    return sites["status"].ne("planned").fillna(value=True).to_numpy(dtype=bool)


def repeats(element: Element, elements: Sequence[Element]) -> bool:
    """Return whether an element has no place of its own: only the districts of another element.

    A service centre or a candidate "in Guangzhou" beside the core Guangzhou is one: the sites of
    the city are the core's, and where in the city it will stand nobody knows.
    """
    own = set(element.extent.districts)
    if not own or element.sites or element.kind not in {"carrier", "candidate"}:
        return False
    return any(
        own <= set(each.extent.districts)
        for each in elements
        if each.kind not in {"carrier", "candidate"}
    )
