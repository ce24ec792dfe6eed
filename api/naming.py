"""Names of administrative units for readers of English."""

from __future__ import annotations

import csv
from typing import Final

from geo import memory, settings
from geo.china import romanise

PLACES: Final = ("city", "district", "district_listed", "province")
"""Properties that hold Chinese names of units."""


@memory.by_facts
def english() -> dict[str, str]:
    """Return the units of China in Hanyu Pinyin by Chinese name.

    They are those of `romanise.UNIT_NAMES`, and no other is spelt: the dictionary for that takes
    55 MB of memory. Names that are spelt differently in different provinces are left out.
    """
    found: dict[str, set[str]] = {}
    names = settings.current().data / romanise.UNIT_NAMES
    with names.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["name_zh"], set()).add(row["name_en"])
    return {name: spelt.pop() for name, spelt in found.items() if len(spelt) == 1}
