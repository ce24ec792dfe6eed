"""The indicators of districts: what each is, for every map, table and sentence that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, get_args

from geo import formats
from geo.measures import ranking
from geo.measures.breaks import amount_breaks, equal_breaks, quantile_breaks, share_breaks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd


Rule = Literal["natural", "quantiles", "equal", "fixed"]
RULES: Final[tuple[Rule, ...]] = get_args(Rule)
"""How a map's classes are made. Fixed ones are the natural ones of the figures of all regions, so
that maps compare."""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator.

    Attributes
    ----------
    column
        Of the figures, as `district_table.table` and `location_quotient` have them.
    share
        Whether it is a share (0-1).
    quotient
        Whether it compares a sector with its share in the region: 1 is the same, 0 is a class
        like others, and a figure that rests on few sites is weak.
    counted
        Whether it is the number of sites, from which the others follow.
    written : callable
        Takes a figure, returns it as text without a unit.
    natural : callable
        Takes the figures of a region, returns the limits of its natural classes; those of a
        quotient are fixed (`classes.LQ_BREAKS`).
    """

    column: str
    share: bool = False
    quotient: bool = False
    counted: bool = False
    written: Callable[[object], str] = formats.number
    natural: Callable[[pd.Series], tuple[float, ...]] = amount_breaks

    @property
    def has_unit(self) -> bool:
        """Whether its figures are amounts of something."""
        return not (self.share or self.quotient)

    @property
    def per_resident(self) -> bool:
        """Whether its figures are those of a year of the population."""
        return self.column == ranking.PEOPLE

    @property
    def of_place(self) -> bool:
        """Whether it measures a district: it is neither a count nor of one sector."""
        return not (self.counted or self.quotient)

    def breaks(self, values: pd.Series, rule: Rule = "natural") -> tuple[float, ...]:
        """Return the limits of the classes of figures by one of `RULES`."""
        other = {"quantiles": quantile_breaks, "equal": equal_breaks}.get(rule)
        return self.natural(values) if other is None else other(values)

    def aligned(self, values: Iterable[object]) -> list[str]:
        """Return figures as a column has them, see `formats.aligned`."""
        decimals = formats.RATIO_DECIMALS if self.quotient else None
        return formats.aligned(values, share=self.share, decimals=decimals)


INDICATORS: Final[Mapping[str, Indicator]] = MappingProxyType(
    {
        "area": Indicator(column="per_100_km2"),
        "people": Indicator(column=ranking.PEOPLE),
        "count": Indicator(column="n", counted=True, written=formats.whole),
        "coverage": Indicator(
            column=ranking.COVERAGE, share=True, written=formats.percent, natural=share_breaks
        ),
        "lq": Indicator(column=ranking.QUOTIENT, quotient=True, written=formats.ratio),
    }
)
"""By the name that addresses and texts know."""

AREAL: Final[Mapping[str, Indicator]] = MappingProxyType(
    {name: INDICATORS[name] for name in ("area", "count", "coverage", "lq")}
    | {
        "diversity": Indicator(
            column="diversity", share=True, written=formats.percent, natural=share_breaks
        ),
        "entropy": Indicator(column="entropy"),
        "access": Indicator(column="access_km"),
    }
)
"""Indicators that squares have as districts do, by the name that addresses and texts know."""

KNOWN: Final[Mapping[str, Indicator]] = MappingProxyType({**INDICATORS, **AREAL})
"""All of either."""

OF_COLUMN: Final[Mapping[str, str]] = MappingProxyType(
    {each.column: name for name, each in INDICATORS.items()}
)
"""The indicator that each column of the figures holds."""
