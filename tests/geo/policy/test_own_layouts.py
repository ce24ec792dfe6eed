"""Layouts of a region that somebody brought: drawn on its own areas, kept as text, read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

from geo.errors import InputError
from geo.facts import catalog, own_regions
from geo.facts.own_regions import OwnRegion
from geo.files import layout_files
from geo.policy import draft as drafts
from geo.policy import layouts, reader, writer
from geo.policy.model import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# As a workspace names its region: a key of upper and lower case, and the version.
REGION = f"{own_regions.PREFIX}Ab_c-9Z.3"
UNITS = ("420102", "420103")
AREAS = gpd.GeoDataFrame(
    {"name_zh": ["东片", "西片"], "population": [1000, 2000], "area_land_km2": [1.0, 2.0]},
    index=["own-east", "own-west"],
    geometry=[shapely.box(114.3, 30.5, 114.4, 30.6), shapely.box(114.2, 30.5, 114.3, 30.6)],
    crs="EPSG:4326",
)
TITLES = drafts.Titles(name_zh="草稿", name_en="Draft", summary_zh="说明", summary_en="A line")
CITED = {"title_zh": "草稿", "title_en": "Draft", "issuer": "读者"}


def brought(
    areas: gpd.GeoDataFrame | None, layouts: Mapping[str, str], region: str = REGION
) -> OwnRegion:
    made = OwnRegion(
        id=region,
        name="武汉",
        units=UNITS,
        sites=catalog.sites("shanghai").head(3),
        areas=areas,
        layouts=layouts,
    )
    own_regions.remember(made)
    return made


@pytest.fixture(params=["districts", "areas"])
def codes(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Codes that an element may name in the region in view."""
    areas = None if request.param == "districts" else AREAS
    brought(areas, {})
    yield list(UNITS if areas is None else areas.index)
    own_regions.forget(REGION)


def node(codes: list[str]) -> dict[str, Any]:
    told = {
        f"{field}_{lang}": "某处" for field in ("name", "role", "summary") for lang in ("zh", "en")
    }
    return {"kind": "node", **told, "status": "planned", "extent": {"districts": codes}}


def drawn(codes: list[str]) -> drafts.Draft:
    draft = drafts.blank(REGION, TITLES, day="2026-11-28", citation=CITED)
    return drafts.add(draft, node(codes[:1]))


def test_its_file_names_no_key_and_reads_back_where_the_region_is_in_view(
    codes: list[str],
) -> None:
    draft = drawn(codes)
    text = writer.to_toml(draft.layout)
    assert own_regions.PREFIX not in text
    assert own_regions.PREFIX.encode() not in layout_files.layout_geojson(draft.layout)
    assert reader.read_upload(text.encode(), name="x", region=REGION) == draft.layout
    [again] = drafts.read_texts(drafts.texts([draft]), REGION).values()
    assert again.layout == draft.layout


def test_what_was_saved_is_a_layout_of_the_region_as_it_is_now(codes: list[str]) -> None:
    text = writer.to_toml(drawn(codes).layout)
    now = f"{REGION}1"
    region = own_regions.known(REGION)
    assert region is not None
    brought(region.areas, {"mine": text, "none": "id = 3"}, now)
    try:
        [layout] = layouts.own_layouts(now).values()
        assert (layout.id, layout.region, layout.draft) == ("mine", now, True)
        assert layouts.layout("mine", now) == layout
        assert list(layouts.within_reach(now)) == ["mine", *layouts.all_layouts()]
        frame = layouts.elements_frame(layout)
        assert frame["located"].all()
    finally:
        own_regions.forget(now)


def test_nobody_else_reaches_it(codes: list[str]) -> None:
    text = writer.to_toml(drawn(codes).layout)
    assert "mine" not in layouts.within_reach("shanghai")
    with pytest.raises(InputError):
        layouts.layout("mine", "shanghai")
    elsewhere = reader.read_upload(text.encode(), name="x", region="shanghai")
    if codes == [*UNITS]:
        assert isinstance(elsewhere, Layout)
        assert elsewhere.area == UNITS
    else:
        assert isinstance(elsewhere, list)
        assert any("own-east" in fault for fault in elsewhere)


def test_an_area_of_no_region_is_refused(codes: list[str]) -> None:
    draft = drawn(codes)
    with pytest.raises(drafts.RefusedStepError, match=r"own areas|district"):
        drafts.add(draft, node(["nowhere"]))


def test_draft_follows_its_region_with_all_its_steps(codes: list[str]) -> None:
    draft = drafts.undo(drafts.add(drawn(codes), node(codes[1:])))
    moved = drafts.moved(draft, "ws-other.4")
    every = (moved.layout, *moved.past, *moved.future)
    assert {each.region for each in every} == {"ws-other.4"}
    assert drafts.moved(moved, REGION) == draft
    assert drafts.named(draft, "x").layout.id == "x"
