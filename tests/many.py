"""A list of many sites that somebody brought, made up: more than a map draws one by one."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from geo.facts import boundaries, catalog, own_regions
from geo.facts.own_regions import OwnRegion
from geo.policy import draft as drafts
from geo.policy import writer
from geo.policy.model import Place
from geo.policy.reader import ELSEWHERE
from geo.settings import LANGUAGES
from geo.workspaces.content import Workspace
from layers.sites.counted import MOST_DRAWN

REGION = f"{own_regions.PREFIX}many"
LAYOUT = "many-draft"
CORE = ("310106",)


def sites(n: int = MOST_DRAWN + 1, *, seed: int = 0) -> gpd.GeoDataFrame:
    """Return sites of Shanghai, most of them near each other, the last without a position."""
    random = np.random.default_rng(seed)
    known = catalog.sites("shanghai")
    known = known[~known.geometry.is_empty]
    rows = known.iloc[random.integers(0, len(known), n)].reset_index(drop=True)
    lon = rows["lon"].to_numpy() + random.normal(0, 0.002, n)
    lat = rows["lat"].to_numpy() + random.normal(0, 0.002, n)
    lon[-1] = lat[-1] = np.nan
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs="EPSG:4326")
    points.iloc[-1] = shapely.Point()
    return rows.assign(
        id=[f"many-{at}" for at in range(n)],
        name_zh=[f"第{at}家" for at in range(n)],
        name_en=[f"Firm {at}" for at in range(n)],
        lon=lon,
        lat=lat,
        precision="building",
    ).set_geometry(points)


def unshortened(packed: tuple[str, list[str]]) -> list[str]:
    """Return texts as they were before `layers.sites.counted.packed`."""
    begin, rest = packed
    return [begin + each for each in rest]


def units() -> tuple[str, ...]:
    """Return the adcodes of their districts."""
    return tuple(map(str, boundaries.districts("shanghai").index))


def layouts() -> dict[str, str]:
    """Return a layout of theirs as a file: a core of one district, and a zone of all."""
    titles = drafts.Titles(name_zh="草稿", name_en="Draft", summary_zh="说明", summary_en="A line")
    cited = {"title_zh": "草稿", "title_en": "Draft", "issuer": "读者"}
    draft = drafts.blank("shanghai", titles, day="2026-11-28", citation=cited)
    for kind, codes in (("core", CORE), ("zone", units())):
        told = {
            f"{name}_{lang}": kind for name in ("name", "role", "summary") for lang in LANGUAGES
        }
        place = {"kind": kind, **told, "status": "existing", "extent": {"districts": [*codes]}}
        draft = drafts.add(draft, place)
    home = Place(name_zh="两万家", name_en="Many", districts=units())
    own = draft.layout.model_copy(update={"region": ELSEWHERE, "place": home})
    return {LAYOUT: writer.to_toml(own)}


def workspace() -> Workspace:
    """Return them as a workspace."""
    return Workspace(
        name="两万家", sites=sites(), source="两万家.csv", region=units(), layouts=layouts()
    )


def opened() -> gpd.GeoDataFrame:
    """Open them as a region of this process, and return its sites."""
    every = sites().assign(region=REGION)
    own_regions.remember(
        OwnRegion(id=REGION, name="两万家", units=units(), sites=every, layouts=layouts())
    )
    return every
