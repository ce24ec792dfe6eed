"""Write data/unit_names.csv: every county, prefecture and province of China in Hanyu Pinyin.

Run it after a new release of the boundaries or of pypinyin, or a change of data/romanisation.csv.
"""

from __future__ import annotations

import csv
import sys

from geo import settings
from geo.china import county_units
from geo.china.romanise import UNIT_NAMES, spell


def rows() -> list[tuple[str, str, str]]:
    """Return province, name and Pinyin of every unit, and of the names without a province."""
    units, cities = county_units.units(), county_units.prefectures()
    pairs = {*zip(units["province"], units["name_zh"], strict=True)}
    pairs |= {*zip(cities["province"], cities["name_zh"], strict=True)}
    provinces = set(units["province"])
    # Pages look up cities and provinces by their name alone.
    pairs |= {("", name) for name in {*cities["name_zh"], *provinces}}
    return [(province, name, spell(name, province=province)) for province, name in sorted(pairs)]


def main() -> int:
    """Write the table; exit status 0."""
    with (settings.OWN_DATA / UNIT_NAMES).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("province_zh", "name_zh", "name_en"))
        writer.writerows(rows())
    return 0


if __name__ == "__main__":
    sys.exit(main())
