"""A made-up layout of the toy region, with one element of every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import pandas as pd
import shapely

from layers.policy import layout_drawing, layout_legend
from tests.layers import toy_region

if TYPE_CHECKING:
    from collections.abc import Mapping


class Link(NamedTuple):
    source: str
    target: str
    relation: str
    certainty: str = "stated"


LINKS = [
    Link("east", "west", "supports"),
    Link("west", "middle", "twin"),
    Link("house", "middle", "serves"),
    Link("east", "zone", "radiates"),
    Link("east", "middle", "radiates", "illustrative"),
    Link("secret", "west", "serves"),
]
LABELS = {
    key: f"名 {key}"
    for key in (
        *layout_legend.ELEMENT_SIGNS,
        *layout_legend.EXTENT_SIGNS,
        *layout_legend.LINK_SIGNS,
    )
}
WORDS = layout_legend.LayoutWords(
    elements="要素",
    extents="范围",
    links="联系",
    labels=LABELS,
    sources=("来源", ["文件"]),
    more="图例",
)


def _given(kind: str, name: str, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any column
    return {"kind": kind, "name": name, **given}


def _row(kind: str, name: str, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any column
    row: dict[str, Any] = {
        "number": pd.NA,
        "kind": kind,
        "name_zh": name,
        "name_en": f"The {kind}",
        "status": "existing",
        "certainty": "stated",
        "precision": "",
        "sign": "",
        "in_document": True,
        "adcodes": (),
        "geometry": shapely.Point(),
    } | given
    codes = row["adcodes"]
    if codes and set(codes) <= set(toy_region.districts().index):
        row["geometry"] = shapely.union_all(toy_region.districts().geometry.loc[list(codes)])
    return row


def elements(changed: Mapping[str, Mapping[str, Any]] | None = None) -> gpd.GeoDataFrame:
    """Elements in the shape of the layouts' own model, index element id; some changed."""
    axis = shapely.LineString([(121.05, 31.8), (121.85, 31.75)])
    rows: dict[str, dict[str, Any]] = {
        "west": _given("core", "西核", number=1, adcodes=("1010",)),
        "middle": _given("core", "中核", number=2, adcodes=("1111",)),
        "east": _given("node", "东点", number=3, adcodes=("1012",)),
        "later": _given("node", "远点", number=4, adcodes=("1110",), status="planned"),
        "zone": _given("zone", "片区", adcodes=("1011", "1112")),
        "road": _given("corridor", "走廊", geometry=axis),
        "house": _given("carrier", "园", geometry=shapely.Point(121.4, 31.7), precision="district"),
        "mill": _given("carrier", "厂", adcodes=("1212",), status="planned"),
        "other": _given(
            "carrier",
            "外园",
            geometry=shapely.Point(121.2, 31.75),
            precision="building",
            certainty="found",
            in_document=False,
        ),
        "base": _given("candidate", "基地", adcodes=("1010", "1012"), status="planned"),
        "secret": _given("corridor", "秘密走廊", certainty="unpublished"),
    }
    told = changed or {}
    rows = {key: _row(**(row | dict(told.get(key, {})))) for key, row in rows.items()}
    frame = gpd.GeoDataFrame.from_dict(rows, orient="index").set_geometry("geometry", crs=4326)
    for column in (0, 1):
        frame["lon" if column == 0 else "lat"] = [
            float("nan")
            if g.is_empty
            else shapely.get_coordinates(shapely.point_on_surface(g))[0, column]
            for g in frame.geometry
        ]
    return frame.rename_axis("id")


def look(**given: Any) -> layout_drawing.LayoutLook:  # noqa: ANN401 - any of the look's own
    """Words for it."""
    options: dict[str, Any] = {
        "values": {"west": "3 处"},
        "captions": {"west": "第一节"},
        "letters": {"house": "园", "mill": "厂", "other": "外", "base": "基", "road": "廊"},
        "radii": {"building": 50.0, "district": 3000.0},
        "strongholds": {"1211": "9 处，未点名"},
        "illustrative": "示意",
        "notes": [layout_drawing.Note(title="有名无址", lines=["一条没有公布走向的走廊"])],
    } | given
    return layout_drawing.LayoutLook(**options)


def drawing(**given: Any) -> layout_drawing.Drawing:  # noqa: ANN401 - any of the drawing's own
    """The layout as drawn."""
    options: dict[str, Any] = {"units": toy_region.districts(), "look": look()} | given
    frame = options.pop("elements", None)
    links = options.pop("links", LINKS)
    return layout_drawing.drawing(elements() if frame is None else frame, links, **options)
