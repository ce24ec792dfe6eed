"""What the sites of a district do: how varied that is, and in what the district leads.

Of families of sectors; a site with k sectors counts 1/k in each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.facts import sectors
from geo.measures import concentration, location_quotient

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


def sector_mix(counts: pd.DataFrame, *, reference: pd.Series | None = None) -> pd.DataFrame:
    """Return how varied each district is, and the family that it specialises in most.

    A district leads in the family whose location quotient is most surely high: of those above 1,
    the mixed sectors left out, the one with the greatest lower limit of its interval.

    Parameters
    ----------
    counts : DataFrame, shape (m, k)
        Sites of each district in each family, see `sector_counts.counts`.
    reference : Series, optional
        Of the region, see `location_quotient.table`.

    Returns
    -------
    DataFrame, m rows, on the index of `counts`
        ``diversity`` (float64, 0-1, see `concentration.diversity`) and ``entropy`` (float64,
        bits), NaN without a site that states a sector; ``lead`` (the family, NA where the district
        has fewer than 5 such sites, or no quotient above 1), its ``lead_lq`` with ``lead_low`` and
        ``lead_high`` (float64, ratios, 95 %) and ``stars`` (Int64, 0 to 3).

    Raises
    ------
    InputError
        As `location_quotient.table`.

    Examples
    --------
    >>> counts = pd.DataFrame({"film": [8, 2], "fas": [2, 38]}, index=["west", "east"])
    >>> sector_mix(counts)[["diversity", "lead", "lead_lq", "stars"]].round(2)
          diversity  lead  lead_lq  stars
    west       0.32  film     4.00      3
    east       0.09   fas     1.19      2
    """
    special = location_quotient.specialisation(counts, reference=reference).reset_index(level=1)
    of_one = special["sector"] != sectors.MIXED
    led = special[of_one & (special["lq"] > 1) & ~special["few"]]
    first = led.sort_values("low", ascending=False, kind="stable")
    first = first[~first.index.duplicated()].reindex(counts.index)
    amounts = counts.to_numpy(dtype=np.float64)
    return pd.DataFrame(
        {
            "diversity": _each(concentration.diversity, amounts),
            "entropy": _each(concentration.entropy, amounts),
            "lead": first["sector"].astype("string"),
            "lead_lq": first["lq"],
            "lead_low": first["low"],
            "lead_high": first["high"],
            "stars": first["stars"],
        },
        index=counts.index,
    )


def _each(
    figure: Callable[[NDArray[np.float64]], float], amounts: NDArray[np.float64]
) -> list[float]:
    return [figure(row) for row in amounts]
