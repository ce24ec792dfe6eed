"""What a site does: its sectors, and the families that sectors belong to.

The column ``sectors`` lists codes separated by ";". A site with k sectors counts 1/k in each.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo import memory
from geo.checks import frames
from geo.facts import catalog, schemas

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MIXED: Final = "mix"
"""The family of a site whose sectors are not known."""


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

    Raises
    ------
    InputError
        Without a column ``sectors``.

    Examples
    --------
    >>> import pandas as pd
    >>> sites = pd.DataFrame({"sectors": ["fashion;film_tv", None, "fashion"]})
    >>> shares(sites)
       site   sector  share
    0     0  fashion    0.5
    1     0  film_tv    0.5
    2     2  fashion    1.0
    """
    faults: list[str] = []
    frames.require(sites, ["sectors"], faults, name="sites")
    frames.refuse(faults)
    stated = sites["sectors"].reset_index(drop=True).dropna().astype(str)
    named = stated.str.split(schemas.SEPARATOR).explode().str.strip()
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

    Examples
    --------
    >>> sorted(of_families({"ani", "fas"}))
    ['animation_games', 'esports', 'fashion']
    """
    known = family_by_sector() if family_of is None else family_of
    return {sector for sector, family in known.items() if family in families}


def main_families(sites: pd.DataFrame, *, preferred: Collection[str] = ()) -> pd.Series:
    """Return the one family that stands for each site, as its colour on a map does.

    Parameters
    ----------
    sites : DataFrame, n rows
        With a column ``sectors``.
    preferred : collection of str, optional
        Families that a reader asked for: one of them stands for a site that is in any of them.

    Returns
    -------
    Series of str, n rows
        Keys of `catalog.families` on the index of `sites`: of those preferred the first that the
        site names, else the first it names, else "mix".

    Examples
    --------
    >>> import pandas as pd
    >>> sites = pd.DataFrame({"sectors": ["fashion;film_tv", None]})
    >>> main_families(sites).to_list(), main_families(sites, preferred=["film"]).to_list()
    (['fas', 'mix'], ['film', 'mix'])
    """
    known = family_by_sector()

    def main(codes: str) -> str:
        named = [known[code] for code in listed(codes) if code in known]
        return next((family for family in named if family in preferred), (named or [MIXED])[0])

    rows, combinations = pd.factorize(sites["sectors"].astype("string"))
    families = [*map(main, map(str, combinations)), MIXED]  # -1: not stated
    return pd.Series([families[row] for row in rows], index=sites.index, dtype=object)


def listed(cell: str) -> list[str]:
    """Return the codes that a cell lists.

    Examples
    --------
    >>> listed("fashion;film_tv")
    ['fashion', 'film_tv']
    """
    return [each.strip() for each in cell.split(schemas.SEPARATOR)]


@memory.by_facts
def family_by_sector() -> Mapping[str, str]:
    """Return the family of each sector."""
    return MappingProxyType(
        {str(sector): str(family) for sector, family in catalog.sectors()["family"].items()}
    )
