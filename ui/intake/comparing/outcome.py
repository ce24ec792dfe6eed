"""What two lists tell differently, with the lists themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Hashable

    import geopandas as gpd

    from geo.intake.comparison import Comparison

Kind = Literal["same", "moved", "changed", "only_one", "only_other", "unclear"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """Two lists, what they are called, and how they differ.

    Attributes
    ----------
    titles
        Of both.
    states
        Tell both, as they are now, from all others.
    one, other
        Their sites.
    found
        See `geo.intake.comparison.compare`.
    units
        Adcodes of the districts that both are about.
    """

    titles: tuple[str, str]
    states: tuple[Hashable, Hashable]
    one: gpd.GeoDataFrame
    other: gpd.GeoDataFrame
    found: Comparison
    units: tuple[str, ...]

    def counts(self) -> dict[Kind, int]:
        """Return how many there are of each kind; of what is unclear, rows of both."""
        only, unclear = self.found.only, self.found.unclear
        rest = {
            "only_one": len(only.one),
            "only_other": len(only.other),
            "unclear": len(unclear.one) + len(unclear.other),
        }
        return {**self.found.counts, **rest}  # type: ignore[dict-item]

    def kinds(self) -> tuple[pd.Series, pd.Series]:
        """Return the kind of each row of both lists, on their places from 0."""
        made = []
        for side, sites in (("one", self.one), ("other", self.other)):
            kinds = pd.Series(f"only_{side}", range(len(sites)), dtype=object)
            kinds[self.found.pairs[side].to_numpy()] = self.found.pairs["kind"].to_numpy()
            kinds[getattr(self.found.unclear, side)] = "unclear"
            made.append(kinds)
        return made[0], made[1]

    def rows(self, kind: Kind) -> pd.DataFrame:
        """Return the rows of a kind: ``one`` and ``other`` (-1: none there) and ``metres``."""
        pairs, none = self.found.pairs, np.intp(-1)
        if kind in self.found.counts:
            return pairs.loc[pairs["kind"].eq(kind), ["one", "other", "metres"]]
        ends = self.found.unclear if kind == "unclear" else self.found.only
        tables = [
            pd.DataFrame({"one": ends.one, "other": none, "metres": np.nan}),
            pd.DataFrame({"one": none, "other": ends.other, "metres": np.nan}),
        ]
        if kind == "only_one":
            return tables[0]
        return tables[1] if kind == "only_other" else pd.concat(tables, ignore_index=True)
