"""Names of administrative units for readers of English."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from geo import memory
from geo.facts import catalog

if TYPE_CHECKING:
    from collections.abc import Mapping

UNIT_PROPERTIES: Final = ("city", "district", "district_listed", "province")
"""Properties that hold Chinese names of units."""


@memory.by_facts
def english() -> Mapping[str, str]:
    """Return the units of China in Hanyu Pinyin by Chinese name.

    They are those of `catalog.unit_names`, and no other is spelt: the dictionary for that takes
    55 MB of memory. Names that are spelt differently in different provinces are left out.
    """
    spelt = catalog.unit_names().drop_duplicates(["name_zh", "name_en"])
    alone = spelt.drop_duplicates("name_zh", keep=False).set_index("name_zh")["name_en"]
    return MappingProxyType({str(name): str(spelling) for name, spelling in alone.items()})
