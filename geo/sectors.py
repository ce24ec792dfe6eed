"""What a site does: its sectors, and the families that sectors belong to.

The column ``sectors`` lists codes separated by ";". A site with k sectors counts 1/k in each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo import catalog

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

SEPARATOR = ";"


def shares(sites: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each sector of each site.

    Parameters
    ----------
    sites : DataFrame
        With a column ``sectors``.

    Returns
    -------
    DataFrame
        ``site`` (row of `sites`, counted from 0), ``sector`` (code) and ``share`` (1/k). A site
        without a stated sector has no row; a sector named twice counts once.
    """
    stated = sites["sectors"].reset_index(drop=True).dropna().astype(str)
    named = stated.str.split(SEPARATOR).explode().str.strip()
    named = named[named != ""]
    pairs = pd.DataFrame({"site": named.index, "sector": named.array}).drop_duplicates()
    pairs["share"] = 1.0 / pairs.groupby("site")["sector"].transform("size")
    return pairs.reset_index(drop=True)


def of_families(
    families: Collection[str], *, family_of: Mapping[str, str] | None = None
) -> set[str]:
    """Return the codes of the sectors in any of the families.

    Parameters
    ----------
    families : collection of str
        Keys of `catalog.families`.
    family_of : mapping of str to str, optional
        Family of each sector; the catalogue's own where omitted.
    """
    known = catalog.sectors()["family"].to_dict() if family_of is None else family_of
    return {str(sector) for sector, family in known.items() if family in families}
