"""An exported workspace comes back; one that the pages could not show is refused with its fault."""

from __future__ import annotations

import sqlite3
import tracemalloc
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import WorkspaceFileError
from geo.facts import own_population, own_terrain
from geo.workspaces import geopackage
from geo.workspaces.imported import imported
from tests import lists
from tests.geo.workspaces import toy

if TYPE_CHECKING:
    from pathlib import Path

    from geo.workspaces.content import Workspace


@pytest.fixture(scope="module")
def content() -> Workspace:
    areas = gpd.GeoDataFrame(
        {"adcode": ["east"], "name_zh": ["东片"], "population": [7]},
        geometry=[shapely.box(114.3, 30.5, 114.4, 30.6)],
        crs="EPSG:4326",
    )
    return replace(
        lists.workspace(),
        boundaries=areas,
        layouts={"own-draft": 'id = "own-draft"'},
        shortlists={"看": ("1",)},
        scenarios=(toy.scenario(),),
        notes={"site/1": "<b>电话</b>"},
        settled=(3,),
    )


def test_what_was_exported_comes_back_but_for_what_was_settled(content: Workspace) -> None:
    again = imported(geopackage.export(content))
    assert again.settled == ()
    assert (again.notes, again.layouts, again.shortlists, again.scenarios) == (
        content.notes,
        content.layouts,
        content.shortlists,
        content.scenarios,
    )
    assert list(again.sites["name_zh"]) == list(content.sites["name_zh"])
    assert imported(geopackage.export(again)) == again


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("kind", "castle", "kind"),
        ("precision", "5 m", "precision"),
        ("evidence", None, "evidence"),
        ("sectors", "visual;witchcraft", "witchcraft"),
        ("adcode", "999999", "999999"),
        ("id", "1", "repeated"),
        ("opened_year", "long ago", "long ago"),
    ],
)
def test_cell_that_no_page_can_show_is_refused(
    content: Workspace, column: str, value: str | None, said: str
) -> None:
    sites = content.sites.copy()
    sites[column] = value
    with pytest.raises(WorkspaceFileError, match=said):
        imported(geopackage.export(replace(content, sites=sites)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"region": ()}, "region"),
        ({"region": ("999999",)}, "999999"),
    ],
)
def test_region_of_no_unit_is_refused(
    content: Workspace, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(WorkspaceFileError, match=said):
        imported(geopackage.export(replace(content, **change)))


def test_corrections_without_one_of_their_columns_are_refused(content: Workspace) -> None:
    base = sqlite3.connect(":memory:")
    base.deserialize(geopackage.export(content))
    base.execute("ALTER TABLE corrections DROP COLUMN reason")
    base.commit()
    with pytest.raises(WorkspaceFileError, match=r"corrections: no column reason"):
        imported(base.serialize())


def test_site_that_is_no_point_and_area_without_code_are_refused(content: Workspace) -> None:
    around = shapely.buffer(content.sites.geometry.to_numpy(), 0.01)
    drawn = content.sites.set_geometry(gpd.GeoSeries(around, crs="EPSG:4326"))
    unnamed = gpd.GeoDataFrame(
        {"name_zh": ["东片"]}, geometry=[shapely.box(114.3, 30.5, 114.4, 30.6)], crs="EPSG:4326"
    )
    for held in (replace(content, sites=drawn), replace(content, boundaries=unnamed)):
        with pytest.raises(WorkspaceFileError, match=r"geometry|adcode"):
            imported(geopackage.export(held))


@pytest.mark.parametrize("label", ["420102", "一期,二期"])
def test_area_with_a_label_that_no_file_of_areas_gives_is_refused(
    content: Workspace, label: str
) -> None:
    assert content.boundaries is not None
    held = replace(content, boundaries=content.boundaries.assign(adcode=label))
    with pytest.raises(WorkspaceFileError, match=f"boundaries, adcode: found '{label}'"):
        imported(geopackage.export(held))


@pytest.mark.parametrize(
    ("lon", "people", "said"), [(114.35, -1.0, "residents"), (999.0, 1.0, "position")]
)
def test_residents_at_no_place_are_refused(
    content: Workspace, lon: float, people: float, said: str
) -> None:
    packed = own_population.pack(*(np.array([each]) for each in (lon, 30.5, people)))
    bad = replace(content, population=toy.population(packed=packed))
    with pytest.raises(WorkspaceFileError, match=said):
        imported(geopackage.export(bad))
    good = replace(content, population=toy.population())
    assert imported(geopackage.export(good)).population == good.population


def test_streets_and_barriers_come_back_and_forged_ones_are_refused(content: Workspace) -> None:
    held = replace(content, streets=toy.streets(), barriers=toy.barriers())
    again = imported(geopackage.export(held))
    assert (again.streets, again.barriers) == (held.streets, held.barriers)
    longer = replace(toy.streets(), edges=toy.streets().edges - 1)
    with pytest.raises(WorkspaceFileError, match="packed: more than"):
        imported(geopackage.export(replace(content, streets=longer)))
    with pytest.raises(WorkspaceFileError, match="shapes: not the"):
        imported(geopackage.export(replace(content, barriers=replace(toy.barriers(), parts=0))))
    with pytest.raises(WorkspaceFileError, match="shapes: not the"):
        imported(geopackage.export(replace(content, forbidden=replace(toy.forbidden(), parts=2))))
    own = replace(toy.candidates(), places=3)
    with pytest.raises(WorkspaceFileError, match="candidates: not the"):
        imported(geopackage.export(replace(content, candidates=own)))


@pytest.mark.parametrize(("table", "counted"), [("streets", "edges"), ("forbidden", "parts")])
def test_counts_of_no_file_refuse_it_before_anything_is_unpacked(
    content: Workspace, table: str, counted: str, tmp_path: Path
) -> None:
    held = replace(content, streets=toy.streets(), forbidden=toy.forbidden())
    path = tmp_path / "forged.gpkg"
    path.write_bytes(geopackage.export(held))
    with closing(sqlite3.connect(path)) as base, base:
        bomb = own_terrain.deflate(bytes(20_000_000))
        base.execute(f"UPDATE {table} SET {counted} = 1000000000, packed = ?", (bomb,))  # noqa: S608
    tracemalloc.start()
    with pytest.raises(WorkspaceFileError, match=r"found 1e\+09.*2 corners or more each"):
        imported(path.read_bytes())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 10_000_000
