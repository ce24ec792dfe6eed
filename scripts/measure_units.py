"""Write geo/facts/unit_figures.csv: area and label point of every county-level unit of China.

Run it after a new release of the boundaries, or a change of how either is computed.
"""

from __future__ import annotations

import sys

import shapely

from geo.china import county_units
from geo.facts import unit_figures


def main() -> int:
    """Write the table; exit status 0."""
    units = county_units.units()
    rows = unit_figures.computed(units).assign(
        **{unit_figures.SHAPE: shapely.area(units.geometry.to_numpy())}
    )
    rows.to_csv(unit_figures.KEPT, lineterminator="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
