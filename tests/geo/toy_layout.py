"""A made-up layout on the four quarters of `toy`, and what its file may say wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.policy.model import Layout
from tests.geo import toy

if TYPE_CHECKING:
    import geopandas as gpd


def element(identity: str, kind: str, extent: dict[str, Any], **fields: object) -> dict[str, Any]:
    return {
        "id": identity,
        "kind": kind,
        "name_zh": f"要素{identity}",
        "name_en": f"Element {identity}",
        "role_zh": "角色",
        "role_en": "Role",
        "extent": extent,
        "status": "existing",
        "certainty": "unpublished" if extent.get("unpublished") else "stated",
        "section": "一(一)",
        "summary_zh": "一句话。",
        "summary_en": "One sentence.",
        **fields,
    }


def spec(*sectors: str) -> dict[str, Any]:
    return {"name_zh": "专长", "name_en": "Speciality", "sectors": list(sectors)}


def link(source: str, target: str, **fields: object) -> dict[str, Any]:
    return {
        "source": source,
        "target": target,
        "relation": "supports",
        "certainty": "stated",
        "section": "一(二)",
        "summary_zh": "一句话。",
        "summary_en": "One sentence.",
        **fields,
    }


def layout(*elements: dict[str, Any], links: tuple[dict[str, Any], ...] = ()) -> Layout:
    return Layout.model_validate(
        {
            "id": "sh-2021-meeting",
            "region": "shanghai",
            "document": "sh-2021-meeting",
            "name_zh": "试验布局",
            "name_en": "Trial layout",
            "date": "2021",
            "pattern_zh": "两核",
            "pattern_en": "Two cores",
            "summary_zh": "一句话。",
            "summary_en": "One sentence.",
            "elements": elements,
            "links": links,
        }
    )


def sites() -> gpd.GeoDataFrame:
    """Twelve sites: 6 in the south-west quarter, 3 south-east, 2 north-west, 1 without a place.

    The south-west ones lie 0.01 degrees apart along the parallel of 31.15; the last of them is
    known by its district alone.
    """
    west = [(121.41 + 0.01 * n, 31.15) for n in range(5)]
    east = [(121.51, 31.15), (121.55, 31.15), (121.59, 31.15)]
    north = [(121.45, 31.25), (121.49, 31.29)]
    frame = toy.sites([*west, None, *east, *north, None])
    frame["id"] = [f"s{n}" for n in range(1, 13)]
    frame["adcode"] = ["310101"] * 6 + ["310104"] * 3 + ["310105"] * 2 + [None]
    frame["sectors"] = ["fashion"] * 3 + ["film_tv"] * 9
    return frame
