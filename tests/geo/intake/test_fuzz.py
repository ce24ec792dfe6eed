"""Whatever the bytes are: a table or one refusal comes out, and soon.

Files that are right are cut, doubled and overwritten in places; hypothesis keeps what it finds.
"""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import RefusedFileError
from geo.intake.readers import read
from geo.intake.words import refusal
from geo.settings import LANGUAGES
from tests.geo.intake import making

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from geo.intake.table import RawTable

SECONDS: Final = 20
"""On two cores that others use as well."""

ANY_NAME: Final = st.sampled_from(
    ["a.csv", "a.tsv", "a.txt", "a.geojson", "a.kml", "a.xls", "a.xlsx", "a.zip", "a.gpkg", "a"]
)


def check(name: str, content: bytes) -> None:
    """Read a file and look at what came out."""
    begun = time.monotonic()
    try:
        table = read(name, content)
    except RefusedFileError as error:
        said = {refusal(error, lang)[: len(name)] for lang in LANGUAGES}
    else:
        said = {table.file}
        check_table(table)
    assert said == {name}
    assert time.monotonic() - begun < SECONDS


def check_table(table: RawTable) -> None:
    rows, columns = table.cells.index, table.cells.columns
    assert len(rows)
    assert rows.is_monotonic_increasing
    assert rows.is_unique
    assert rows[0] >= 1
    assert columns.is_unique
    assert "" not in columns
    assert {fault.row for fault in table.faults} <= set(rows)
    if table.geometry is not None:
        assert table.geometry.index.equals(rows)
        shapes = np.asarray(table.geometry.dropna().array)
        assert np.isfinite(shapely.get_coordinates(shapes)).all()
        return
    # A row may have nothing but what stands beyond the last column.
    faulty = {fault.row for fault in table.faults}
    assert set(rows[table.cells.isna().all(axis=1)]) <= faulty


@st.composite
def damaged(draw: DrawFn, content: bytes, kept: int = 0) -> bytes:
    """Draw the bytes of a file with some places cut out, doubled or overwritten.

    Parameters
    ----------
    draw
        Of hypothesis.
    content
        The file as it should be.
    kept
        Bytes at its beginning that stay, by which it is recognised.
    """
    result = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(kept, max(kept, len(result))))
        length = draw(st.integers(0, 40))
        how = draw(st.sampled_from(["cut", "double", "write", "end"]))
        if how == "cut":
            del result[start : start + length]
        elif how == "double":
            result[start:start] = result[start : start + length] * draw(st.integers(1, 50))
        elif how == "write":
            some = draw(st.binary(min_size=1, max_size=8) | st.sampled_from(TOKENS))
            result[start : start + len(some)] = some
        elif draw(st.booleans()):
            del result[start:]
    return bytes(result)


TOKENS: Final = [
    b'"', b"\r", b"\n", b",", b"\xff\xfe", b"\0\0", b"NaN", b"1e999", b"-1", b"null",
    b"[[", b"]", b"{", b"<!DOCTYPE", b"&a;", b"]]>", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff",
    "\U0001f3ed".encode(),
]  # fmt: skip

CSV: Final = '名单,,\n名称,经度,说明\n一,114.3,"多\n行"\n二,114.4,\n\n合计,,2\n'
KML: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    "<Placemark><name>一</name><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0 1,1 0,0"
    "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark><Placemark><Point>"
    "<coordinates>114.3,30.6</coordinates></Point></Placemark></Document></kml>"
)
GEOJSON: Final = making.geojson(
    making.point(1, 2, 3),
    making.polygon([[0, 0], [1, 0], [1, 1], [0, 0]]),
    {"type": "GeometryCollection", "geometries": [making.point(1, 2)]},
    None,
    crs={"type": "name", "properties": {"name": "EPSG:4490"}},
)


@given(ANY_NAME, st.binary(max_size=200))
def test_any_bytes(name: str, content: bytes) -> None:
    check(name, content)


@given(ANY_NAME, st.text(st.sampled_from("a1,;\t|\"'\n\r \u3000名<>{}[]:."), max_size=60))
def test_any_text(name: str, text: str) -> None:
    check(name, text.encode("utf-8-sig"))


@given(st.sampled_from(["utf-8", "gb18030", "utf-16"]).flatmap(lambda e: damaged(CSV.encode(e))))
def test_a_damaged_csv(content: bytes) -> None:
    check("a.csv", content)


@given(damaged(GEOJSON))
def test_a_damaged_geojson(content: bytes) -> None:
    check("a.geojson", content)


JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "coordinates", "geometry", "properties", "id", "crs", "name"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)
KIND: Final = st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon", "MultiPoint"])


@given(st.lists(st.builds(lambda kind, at: {"type": kind, "coordinates": at}, KIND, JSON) | JSON))
def test_any_json_as_geometry(geometries: list[object]) -> None:
    check("a.json", making.geojson(*geometries))


@given(damaged(KML.encode()))
def test_a_damaged_kml(content: bytes) -> None:
    check("a.kml", content)


BLANK: Final = " " * 300_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.csv", b":\r\t1\r1", id="cells beyond the last column alone"),
        pytest.param("a.csv", b"a," * 999 + b"a\n" + b"a\n" * 30_000, id="wide and empty"),
        pytest.param(
            "a.json",
            making.geojson(properties={}).replace(
                b'"features": [',
                b'"features": [{"type":"Feature","properties":{'
                + b",".join(b'"%d":1' % at for at in range(1000))
                + b"}}"
                + b",{}" * 30_000,
            ),
            id="one feature has a thousand properties",
        ),
        pytest.param("a.json", b"[" + b"[]," * 100_000 + b"1]", id="lists"),
        pytest.param(
            "a.kml",
            KML.replace("114.3,30.6", BLANK).encode(),
            id="spaces between coordinates",
        ),
        pytest.param("a.kml", b"<?xml " * 100_000, id="declarations"),
        pytest.param("a.kml", b"<kml>" + b"<a/>" * 300_000 + b"</kml>", id="elements"),
        pytest.param("a.csv", (BLANK + "<a").encode(), id="spaces"),
    ],
)
def test_what_takes_long(name: str, content: bytes) -> None:
    check(name, content)


def files() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        made = making.sites()
        parquet = Path(folder) / "a.parquet"
        made.to_parquet(parquet)
        rows: list[list[Any]] = [["名称", "x"], ["一", 1.5], ["二", 2]]
        return {
            "a.xlsx": making.workbook(("名单", making.grid(rows))),
            "a.xls": making.old_workbook("名单", [["名称", "x"], ["一", 1.5]]),
            "a.gpkg": making.geopackage(Path(folder) / "g", a=made),
            "a.zip": making.zipped(making.shapefile(Path(folder) / "s", made)),
            "a.parquet": parquet.read_bytes(),
        }


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    return files()


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.gpkg", "a.zip", "a.parquet"])
def test_a_damaged_file_of_many_parts(name: str, whole: dict[str, bytes]) -> None:
    """Each reading starts a process: a few examples, of which each has several damages."""

    @settings(
        max_examples=12 if name.startswith("a.xls") else 3, suppress_health_check=list(HealthCheck)
    )
    @given(damaged(whole[name], kept=16))
    def holds(content: bytes) -> None:
        check(name, content)

    holds()


@given(st.data())
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_zip_with_damaged_members(whole: dict[str, bytes], data: st.DataObject) -> None:
    """The archive is right, so that what is in it reaches its reader."""
    name = data.draw(st.sampled_from(["a.xlsx", "a.zip"]))
    members = making.unzipped(whole[name])
    one = data.draw(st.sampled_from(sorted(members, key=str)))
    check(name, making.zipped(members | {one: data.draw(damaged(members[one]))}))
