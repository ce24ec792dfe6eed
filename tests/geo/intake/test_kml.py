"""KML and KMZ: placemarks, and what an XML must not do."""

from __future__ import annotations

import pytest
import shapely

from geo.errors import RefusedFileError
from geo.intake.readers import read
from geo.intake.table import Reading
from tests.geo.intake.making import zipped

PARK = (
    '<Placemark id="p1"><name>一</name><description><![CDATA[<b>好</b>]]></description>'
    '<ExtendedData><Data name="类别"><value>园区</value></Data><SchemaData>'
    '<SimpleData name="面积">42</SimpleData></SchemaData></ExtendedData>{}</Placemark>'
)
POINT = "<Point><coordinates> 114.3,30.6,12 </coordinates></Point>"


def kml(*marks: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>', before: str = "") -> str:
    inner = "".join(marks)
    return (
        f'{head}{before}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<Folder><name>武昌</name>{inner}</Folder></Document></kml>"
    )


def test_placemarks_are_rows() -> None:
    table = read(
        "a.kml", kml(PARK.format(POINT), "<Placemark><name>二</name></Placemark>").encode()
    )
    assert table.cells.loc[1].to_dict() == {
        "id": "p1", "name": "一", "description": "<b>好</b>", "类别": "园区", "面积": "42",
        "folder": "武昌",
    }  # fmt: skip
    assert table.geometry is not None
    assert table.geometry.loc[1] == shapely.Point(114.3, 30.6)
    assert table.geometry.isna().tolist() == [False, True]
    assert not table.faults


def test_a_kmz_is_a_kml_in_a_zip() -> None:
    content = zipped({"files/a.png": b"x", "doc.kml": kml(PARK.format(POINT)).encode()})
    assert read("a.kmz", content).cells["name"].tolist() == ["一"]
    with pytest.raises(RefusedFileError, match=r"no \.shp in the archive"):
        read("a.kmz", zipped({"a.txt": b"x"}))


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_the_encoding_that_a_kml_states_is_read(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    table = read("a.kml", kml(PARK.format(POINT), head=head).encode(encoding))
    assert table.cells["类别"].tolist() == ["园区"]


@pytest.mark.parametrize("stated", ["UTF-7", "x-mac-none", "gb18030"])
def test_an_encoding_that_the_text_is_not_in_does_no_harm(stated: str) -> None:
    head = f'\n<?xml version="1.0" encoding="{stated}"?>'
    text = kml(PARK.format(POINT), head=head)
    assert (
        read("a.kml", text.encode(), reading=Reading(encoding="utf-8")).cells["类别"].item()
        == "园区"
    )
    with pytest.raises(RefusedFileError, match="XML"):
        read("a.kml", (head + text).encode(), reading=Reading(encoding="utf-8"))


RING = "<LinearRing><coordinates>0,0 2,0 2,2 0,2 0,0</coordinates></LinearRing>"
HOLE = "<LinearRing><coordinates>1,1 1.5,1 1,1.5 1,1</coordinates></LinearRing>"
OUTER = f"<outerBoundaryIs>{RING}</outerBoundaryIs>"


@pytest.mark.parametrize(
    ("geometry", "kind"),
    [
        (f"<Polygon>{OUTER}<innerBoundaryIs>{HOLE}</innerBoundaryIs></Polygon>", "Polygon"),
        ("<LineString><coordinates>0,0\n1,1</coordinates></LineString>", "LineString"),
        (f"<MultiGeometry>{POINT}{POINT}</MultiGeometry>", "MultiPoint"),
        (f"<MultiGeometry><Polygon>{OUTER}</Polygon></MultiGeometry>", "MultiPolygon"),
        (f"<MultiGeometry>{POINT}<Polygon>{OUTER}</Polygon></MultiGeometry>", "GeometryCollection"),
    ],
)
def test_geometry_is_read(geometry: str, kind: str) -> None:
    table = read("a.kml", kml(PARK.format(geometry)).encode())
    assert not table.faults
    assert table.geometry is not None
    assert table.geometry.geom_type.tolist() == [kind]


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        ("<Point><coordinates>abc</coordinates></Point>", "no_shape"),
        ("<Point/>", "no_shape"),
        ("<Point><coordinates>1</coordinates></Point>", "no_shape"),
        ("<Point><coordinates>nan,1</coordinates></Point>", "not_finite"),
        ("<Point><coordinates>1e400,1</coordinates></Point>", "not_finite"),
        ("<LineString><coordinates>0,0</coordinates></LineString>", "no_shape"),
    ],
)
def test_a_broken_geometry_is_a_fault_of_its_row_alone(geometry: str, code: str) -> None:
    table = read("a.kml", kml(PARK.format(POINT), PARK.format(geometry)).encode())
    assert [(fault.row, fault.code) for fault in table.faults] == [(2, code)]
    assert len(table.cells) == 2


BILLION = (
    '<!DOCTYPE kml [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
    + "]>"
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(kml("<name>&j;</name>", before=BILLION), "doctype", id="billion laughs"),
        pytest.param(
            kml(before='<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "doctype",
            id="external entity",
        ),
        pytest.param(kml(before='<!DOCTYPE kml SYSTEM "http://127.0.0.1:9/a.dtd">'), "doctype",
                     id="external document type"),
        pytest.param(kml("<name>&x;</name>"), "not_xml", id="unknown entity"),
        pytest.param(kml(PARK.format(POINT))[:-9], "not_xml", id="truncated"),
        pytest.param(kml("<Folder>" * 100_000), "too_deep", id="deep"),
        pytest.param("<gpx><wpt/></gpx>", "not_kml", id="GPX"),
        pytest.param('<OGRVRTDataSource><OGRVRTLayer name="a"/></OGRVRTDataSource>', "not_kml",
                     id="VRT"),
        pytest.param("name,x\n", "not_xml", id="CSV"),
        pytest.param(kml("<NetworkLink><Link><href>http://127.0.0.1:9/</href></Link></NetworkLink>"),
                     "no_rows", id="network link"),
    ],
)  # fmt: skip
def test_what_is_no_kml_is_refused(content: str, code: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read("a.kml", content.encode())
    assert refused.value.code == code
