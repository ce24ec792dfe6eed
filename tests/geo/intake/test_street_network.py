"""What breaks: a street that no walker may take, another network by another format, a bad file."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import RefusedFileError
from geo.facts import own_terrain
from geo.intake import street_network
from geo.intake.words import refusal
from geo.networks import packed as packed_text
from geo.settings import LANGUAGES
from tests.geo.intake import making
from tests.geo.intake.making import zipped
from tests.geo.networks import made_city
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.facts.own_terrain import OwnShapes
    from geo.networks.graph import Network
    from geo.workspaces.content import Brought

UNITS = gpd.GeoDataFrame(
    index=["1"], geometry=[shapely.box(121.38, 31.18, 121.43, 31.23)], crs=made_city.CRS
)
XML = made_city.osm(made_city.city_ways())
STREET = [made_city.at(0, 0), made_city.at(1, 0)]
OTHER = [made_city.at(1, 0), made_city.at(2, 0)]

read = partial(street_network.read, units=UNITS)


def written(frame: gpd.GeoDataFrame, folder: Path, name: str) -> bytes:
    path = folder / name
    frame.to_file(path)
    return path.read_bytes()


def packed(frame: gpd.GeoDataFrame, folder: Path) -> bytes:
    frame.to_file(folder / "city.shp")
    return zipped({each.name: each.read_bytes() for each in folder.glob("city.*")})


def edges(network: Network) -> set[tuple[tuple[float, ...], ...]]:
    """Each edge by its rounded places."""
    ends = [network.lonlat[each].round(6) for each in (network.tail, network.head)]
    return {tuple(sorted(map(tuple, pair))) for pair in np.stack(ends, axis=1).tolist()}


def test_every_format_gives_the_same_network(tmp_path: Path) -> None:
    lines = made_city.lines()
    nodes = gpd.GeoDataFrame(geometry=shapely.points([made_city.at(0, 0)]), crs=made_city.CRS)
    both = tmp_path / "both.gpkg"
    nodes.to_file(both, layer="nodes")
    lines.to_file(both, layer="edges")
    files = {
        "a.osm": XML,
        "a.osm.pbf": made_city.pbf(XML, tmp_path),
        "a.graphml": made_city.graphml(),
        "crs_behind.graphml": made_city.graphml(crs_behind=True),
        "a.gpkg": written(lines, tmp_path, "a.gpkg"),
        "b.gpkg": both.read_bytes(),
        "metres.gpkg": written(lines.to_crs("EPSG:32651"), tmp_path, "metres.gpkg"),
        "a.geojson": lines.to_json().encode(),
        "a.zip": packed(lines, tmp_path),
    }
    wanted = edges(made_city.city())
    for name, content in files.items():
        network = read(name, content).network
        assert edges(network) == wanted, name
        assert len(network.tail) == len(wanted), name
        assert network.metres.sum() == pytest.approx(made_city.city().metres.sum(), rel=1e-5), name


def test_stairs_are_kept_and_motorways_left_out_with_their_length() -> None:
    tags = [
        {"highway": "residential"},
        {"highway": "steps"},
        {"route": "ferry"},
        {"highway": "motorway"},
        {"highway": "construction"},
        {"highway": "service", "access": "private"},
        {"highway": "platform"},
        {"building": "yes"},
    ]
    ways = [
        ([made_city.at(row, 0), made_city.at(row + 1, 0)], each) for row, each in enumerate(tags)
    ]
    network, left_out = read("a.osm", made_city.osm(ways))
    assert [network.kinds[each] for each in network.kind] == ["street", "stairs", "ferry"]
    assert left_out.round(2).to_dict() == {"closed": 0.19, "motorway": 0.19, "unbuilt": 0.19}


def test_a_street_is_left_both_ways_whatever_its_sign_says() -> None:
    streets = read("a.osm", made_city.osm([(STREET, {"highway": "service", "oneway": "-1"})]))
    assert len(streets.network.tail) == 1


def test_tags_are_read_as_osmnx_and_ogr2ogr_write_them(tmp_path: Path) -> None:
    """osmnx: lists where it joined lines; ogr2ogr: most tags in one column."""
    lines = gpd.GeoDataFrame(
        {
            "highway": ["['residential', 'steps']", "service", "footway"],
            "other_tags": [None, '"access"=>"private","foot"=>"no"', '"foot"=>"yes"'],
        },
        geometry=[shapely.LineString(each) for each in (STREET, OTHER, STREET[::-1])],
        crs=made_city.CRS,
    )
    network, left_out = read("a.gpkg", written(lines, tmp_path, "a.gpkg"))
    assert sorted(network.kinds[each] for each in network.kind) == ["stairs", "street"]
    assert list(left_out.index) == ["closed"]


def test_a_way_that_the_extract_cuts_is_kept_as_far_as_it_goes() -> None:
    cut = XML.replace(b'<nd ref="1"/>', b'<nd ref="1"/><nd ref="99999"/>', 1)
    assert len(read("a.osm", cut).network.tail) == len(made_city.blocks()) - 1


def test_lines_elsewhere_are_left_out() -> None:
    away = ([(10.0, 50.0), (10.1, 50.0)], {"highway": "residential"})
    streets = read("a.osm", made_city.osm([*made_city.city_ways(), away]))
    assert edges(streets.network) == edges(made_city.city())


POINTS = gpd.GeoDataFrame(geometry=[shapely.Point(121.4, 31.2)], crs=made_city.CRS)
SWAPPED = gpd.GeoDataFrame(
    geometry=[shapely.LineString([each[::-1] for each in STREET])], crs=made_city.CRS
)
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
NO_CRS = gpd.GeoDataFrame(geometry=np.asarray(made_city.lines().geometry.array))


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("a.osm", made_city.osm([]), "network_no_lines"),
        ("a.osm", made_city.osm([(STREET, {"building": "yes"})]), "network_no_lines"),
        ("a.osm", made_city.osm([(STREET, {"highway": "motorway"})]), "network_not_walked"),
        ("a.osm", made_city.osm([([(1, 2), (1, 3)], {"highway": "path"})]), "network_elsewhere"),
        ("a.geojson", SWAPPED.to_json().encode(), "network_elsewhere"),
        ("a.osm", XML[:-30], "unreadable"),
        ("a.osm", DOCTYPE + b'<osm version="0.6"></osm>', "unreadable"),
        ("a.osm.pbf", b"\0\0\0\r\n\tOSMHeader" + bytes(100), "unreadable"),
        ("a.osm.pbf", bytes(100), "unknown_format"),
        ("a.graphml", made_city.graphml(crs=""), "network_no_crs"),
        ("a.graphml", made_city.graphml(crs="EPSG:999999"), "unknown_crs"),
        ("a.graphml", made_city.graphml()[:-40], "unreadable"),
        ("a.graphml", DOCTYPE + made_city.graphml()[38:], "network_doctype"),
        ("a.graphml", re.sub(rb"121\.\d+", b"nan", made_city.graphml()), "network_elsewhere"),
        ("a.geojson", POINTS.to_json().encode(), "network_no_lines"),
        ("a.csv", b"name,x\na,1\n", "network_no_lines"),
        ("a.osm", b"", "empty"),
    ],
)
def test_a_bad_file_has_one_message_in_both_languages(file: str, content: bytes, code: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read(file, content)
    assert refused.value.code == code
    said = [refusal(refused.value, lang) for lang in LANGUAGES]
    assert all(each.startswith(file) for each in said)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_lines_without_a_crs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError, match="no CRS"):
        read("a.zip", packed(NO_CRS, tmp_path))


@pytest.mark.parametrize(("file", "content"), [("a.osm", XML), ("a.graphml", made_city.graphml())])
def test_more_lines_than_are_taken_are_refused(
    monkeypatch: pytest.MonkeyPatch, file: str, content: bytes
) -> None:
    use_settings(monkeypatch, upload_rows=20)
    with pytest.raises(RefusedFileError, match="more than 20 lines"):
        read(file, content)


def test_barriers_are_lines_and_areas() -> None:
    frame = gpd.GeoDataFrame(
        geometry=[made_city.RIVER, shapely.box(121.4, 31.2, 121.41, 31.21), shapely.Point(0, 0)],
        crs=made_city.CRS,
    )
    held = street_network.barriers("river.geojson", frame.to_json().encode())
    assert list(held.geom_type) == ["LineString", "Polygon"]
    with pytest.raises(RefusedFileError, match="neither lines nor areas"):
        street_network.barriers("river.geojson", POINTS.to_json().encode())


def test_what_a_workspace_keeps_is_what_was_read() -> None:
    own = street_network.own_streets("C:/x/city.osm", XML, UNITS, "survey")
    assert (own.file, own.source, own.edges) == ("city.osm", "survey", len(made_city.blocks()))
    assert edges(packed_text.unpack(own)) == edges(read("city.osm", XML).network)
    river = gpd.GeoDataFrame(geometry=[made_city.RIVER], crs=made_city.CRS)
    kept = street_network.own_barriers("r.geojson", river.to_json().encode(), UNITS, "survey")
    assert (kept.parts, kept.corners) == (1, 2)
    far = river.translate(5).to_frame("geometry").to_json().encode()
    with pytest.raises(RefusedFileError, match="none of its lines or areas lies near"):
        street_network.own_barriers("r.geojson", far, UNITS, "survey")


def test_areas_where_nothing_may_be_built_are_areas_and_leave_some_ground() -> None:
    west, south, east, north = UNITS.to_crs(made_city.CRS).total_bounds
    half = gpd.GeoSeries([shapely.box(west, south, (west + east) / 2, north)], crs=made_city.CRS)
    own = street_network.own_forbidden("a.geojson", half.to_json().encode(), UNITS, "bureau")
    assert (own.parts, own.corners, own.source) == (1, 5, "bureau")
    lines = made_city.lines().to_json().encode()
    with pytest.raises(RefusedFileError, match="no area"):
        street_network.own_forbidden("a.geojson", lines, UNITS, "bureau")
    whole = gpd.GeoSeries([shapely.box(west, south, east, north)], crs=made_city.CRS)
    everywhere = whole.to_json().encode()
    with pytest.raises(RefusedFileError, match="covers the whole region"):
        street_network.own_forbidden("a.geojson", everywhere, UNITS, "bureau")


SQUARE = [[121.39, 31.19], [121.41, 31.19], [121.41, 31.21], [121.39, 31.21], [121.39, 31.19]]
BOW_TIE = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
LABEL = {"type": "Point", "coordinates": SQUARE[0]}
OWN = [street_network.own_barriers, street_network.own_forbidden]


@pytest.mark.parametrize("kept", OWN)
@pytest.mark.parametrize(
    "drawn",
    [
        making.polygon(BOW_TIE),
        {"type": "MultiPolygon", "coordinates": [[BOW_TIE]]},
        {"type": "GeometryCollection", "geometries": [LABEL, making.polygon(BOW_TIE)]},
    ],
    ids=lambda drawn: drawn["type"],
)
def test_an_area_that_crosses_itself_is_kept_mended(
    kept: Callable[..., OwnShapes], drawn: dict[str, Any]
) -> None:
    triangle = making.polygon([[121.38, 31.22], [121.39, 31.22], [121.39, 31.23], [121.38, 31.22]])
    own = kept("a.geojson", making.geojson(triangle, drawn), UNITS, "bureau")
    areas = packed_text.unpack_shapes(own)
    assert areas.is_valid.all()
    # Both halves of the bow-tie, and not what lies beside it.
    ground = shapely.points([(121.392, 31.2), (121.408, 31.2), (121.4, 31.192)])
    assert shapely.contains(areas.union_all(), ground).tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("kept", "lost"),
    [
        *((each, making.polygon(SQUARE[:1] * 4)) for each in OWN),
        *((each, making.polygon(SQUARE[:-1])) for each in (*OWN, street_network.own_streets)),
        (street_network.own_streets, {"type": "LineString", "coordinates": [STREET[0], ["x"]]}),
    ],
)
def test_shapes_that_cannot_be_read_are_refused_with_their_rows(
    kept: Callable[..., Brought], lost: dict[str, Any]
) -> None:
    line = {"type": "LineString", "coordinates": STREET}
    read_ = line if kept is street_network.own_streets else making.polygon(SQUARE)
    with pytest.raises(RefusedFileError, match=r"in 1 rows \(2\)"):
        kept("a.geojson", making.geojson(read_, lost, read_), UNITS, "bureau")


@pytest.mark.parametrize("what", ["own_streets", "own_barriers"])
def test_more_corners_than_are_kept_are_refused(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.setattr(own_terrain, "MOST_CORNERS", 10)
    monkeypatch.setattr(own_terrain, "MOST_SHAPED", 10)
    lines = made_city.lines().to_json().encode()
    with pytest.raises(RefusedFileError, match="more than 10 corners"):
        getattr(street_network, what)("a.geojson", lines, UNITS, "survey")


def test_a_network_reads_no_other_file(tmp_path: Path) -> None:
    """Neither by an entity nor by a link: an XML names files, and none of them is opened."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    entity = f'<!DOCTYPE osm [<!ENTITY x SYSTEM "file://{secret}">]>'.encode()
    for name, content in (("a.osm", XML), ("a.graphml", made_city.graphml())):
        head, _, rest = content.partition(b"?>")
        with pytest.raises(RefusedFileError) as refused:
            read(name, head + b"?>" + entity + rest.replace(b"residential", b"&x;"))
        assert "secret" not in str(refused.value)
