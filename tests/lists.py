"""Lists that somebody brings, made up: where each row belongs is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geo.china import county_units, datum
from geo.intake import columns, placing, readers, sites
from geo.intake.plan import Plan
from geo.intake.validation import take_in
from geo.workspaces.content import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo.china.datum import Datum

HEAD = ("名称", "所在区", "X", "Y", "类别", "建筑面积")
CENTRE = ("420102", "420103", "420104", "420105", "420106", "420107", "420111")
"""Districts of Wuhan, 江岸 to 洪山."""


@dataclass(frozen=True)
class Listed:
    """A list: its rows, and the longitudes and latitudes (WGS84) that they belong at."""

    rows: tuple[tuple[str, ...], ...]
    where: NDArray[np.float64]

    def csv(self, encoding: str = "gb18030") -> bytes:
        """Return it as a file."""
        return "".join(",".join(row) + "\r\n" for row in (HEAD, *self.rows)).encode(encoding)


def wuhan(*, n: int = 42, kind: Datum = "bd09", adcodes: Sequence[str] = CENTRE) -> Listed:
    """Return sites near the borders of Wuhan's districts, where a datum makes a difference."""
    units = county_units.units()
    found = []
    for at in range(n):
        adcode = adcodes[at % len(adcodes)]
        outline = shapely.buffer(units.geometry[adcode], -0.004)
        ring = shapely.get_exterior_ring(shapely.get_geometry(outline, 0))
        found.append(shapely.line_interpolate_point(ring, (at + 0.5) / n, normalized=True))
    where = shapely.get_coordinates(found)
    lon, lat = datum.from_wgs84(where[:, 0], where[:, 1], datum=kind)
    rows = tuple(
        (
            f"示例园{at + 1}",
            str(units["name_zh"][adcodes[at % len(adcodes)]]),
            f"{lon[at]:.6f}",
            f"{lat[at]:.6f}",
            "园区",
            ("2.4万", "18600")[at % 2],
        )
        for at in range(n)
    )
    return Listed(rows, where)


def firms(n: int = 40, *, region: str = "jinan", west: float = 116.8) -> Workspace:
    """Return a workspace over a region with firms a kilometre apart, far from most of its parks."""
    places = [f"{west + at / 100:.2f}123,36.45123" for at in range(n)]
    rows = "".join(f"企业{at},{place},工业设计\r\n" for at, place in enumerate(places, 1))
    raw = readers.read("企业.csv", f"名称,经度,纬度,行业\r\n{rows}".encode())
    held, units = columns.recognise(raw.cells), placing.region_of(region)
    kept = take_in(raw, Plan(columns=held, region=units)).kept
    return Workspace(
        name="企业",
        sites=sites.of_kept(kept, held, region="ws-", source=raw.file),
        region=units,
    )


def workspace(name: str = "武汉名录", *, n: int = 7) -> Workspace:
    """Return a workspace with such a list, as the steps of page 数据 save it."""
    raw = readers.read("名录.csv", wuhan(n=n).csv())
    held, units = columns.recognise(raw.cells), placing.region_of("420100")
    kept = take_in(raw, Plan(columns=held, datum="bd09", region=units)).kept
    return Workspace(
        name=name,
        sites=sites.of_kept(kept, held, region="ws-", source=raw.file),
        source=raw.file,
        datum="bd09",
        region=units,
    )
