"""Files that would open others, call hosts, fill the memory or leave their folder."""

from __future__ import annotations

import json
import string
import tempfile
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pandas as pd
import pyogrio
import pytest
from pyogrio.errors import CRSError, DataSourceError

from geo import settings
from geo.errors import RefusedFileError
from geo.intake.readers import isolation, read
from geo.intake.readers.vectors import _others
from geo.intake.words import REFUSED, IntakeTexts, refusal
from tests.geo.intake.making import (
    geojson,
    geopackage,
    grid,
    point,
    shapefile,
    sites,
    workbook,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SQLITE = b"SQLite format 3\0"


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server's address, and what was asked of it."""
    paths: list[str] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815 - names of the standard library

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()
        thread.join()


def vrt(source: str) -> bytes:
    layer = f'<OGRVRTLayer name="x"><SrcDataSource>{source}</SrcDataSource></OGRVRTLayer>'
    return f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>".encode()


NAMES = [
    "a.geojson", "a.json", "a.csv", "a.txt", "a.xls", "a.xlsx", "a.gpkg", "a.zip", "a.parquet",
    "a.kml", "a.vrt", "a",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_vrt_reads_no_file_and_makes_no_request(
    asked: tuple[str, list[str]], tmp_path: Path, name: str
) -> None:
    address, paths = asked
    secret = tmp_path / "secret.csv"
    secret.write_text("name,x\nsecret,1\n")
    for source in (f"/vsicurl/{address}/a.csv", str(secret)):
        for content in (vrt(source), b'<?xml version="1.0"?>' + vrt(source), b"\n" + vrt(source)):
            with pytest.raises(RefusedFileError) as refused:
                read(name, content)
            assert "secret" not in str(refused.value)
    assert not paths


def test_gdal_with_one_driver_opens_no_vrt(asked: tuple[str, list[str]], tmp_path: Path) -> None:
    """Were all checks of first bytes to fail: the process has no driver for anything else."""
    address, paths = asked
    content = vrt(f"/vsicurl/{address}/a.csv")
    ours = tmp_path / "upload.gpkg"
    for each in (content, SQLITE + content):
        ours.write_bytes(each)
        with pytest.raises(RefusedFileError, match="damaged"):
            read_by("ESRI Shapefile", ours)
    with pytest.raises(RefusedFileError, match="damaged"):
        read("a.gpkg", SQLITE + content)
    assert not paths
    ours.write_bytes(content)
    with pytest.raises((DataSourceError, CRSError)):
        pyogrio.read_info(ours)
    assert paths, "GDAL as it comes asks the host: what is tested above can fail"


def read_by(driver: str, path: Path) -> object:
    return isolation.run(
        "features", driver, path, "", 10, file="a.gpkg", environment={"GDAL_SKIP": _others(driver)}
    )


def test_with_all_of_gdal_s_drivers_nothing_is_read(tmp_path: Path) -> None:
    path = tmp_path / "upload.gpkg"
    path.write_bytes(geopackage(tmp_path, a=sites()))
    with pytest.raises(RefusedFileError, match="damaged"):
        isolation.run("features", "GPKG", path, "", 10, file="a.gpkg")


def link(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.external_attr = 0o120777 << 16
    return member


@pytest.mark.parametrize(
    "member",
    ["../a.shp", "x/../../a.shp", "/etc/a.shp", "C:\\a.shp", "..\\a.shp", "C:a.shp", link("a.shp")],
)
@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "a.kmz"])
def test_a_path_that_leaves_the_folder_is_refused(name: str, member: str | zipfile.ZipInfo) -> None:
    with pytest.raises(RefusedFileError, match="leads out of the archive"):
        read(name, zipped({member: b"/etc/passwd", "[Content_Types].xml": b"", "doc.kml": b""}))


def bomb(name: str = "xl/worksheets/sheet1.xml") -> bytes:
    return zipped({"[Content_Types].xml": b"", name: b"\0" * 20_000_000})


def lying() -> bytes:
    """A zip that says of each member that it is small."""
    content = bytearray(bomb("a.shp"))
    for mark, at in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            content[start + at : start + at + 4] = (5).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize("name", ["a.xlsx", "a.zip", "a.kmz", "a.ods"])
@pytest.mark.parametrize(
    ("made", "code"),
    [
        (bomb, {"packed_tightly"}),
        (lambda: zipped({f"{at}.shp": b"" for at in range(1001)}), {"many_members"}),
        (lambda: bomb()[:-400], {"broken_archive"}),
        (lambda: b"PK\3\4" + b"\0" * 100, {"broken_archive"}),
        (lying, {"broken_archive", "unreadable", "no_part"}),
    ],
)
def test_a_bomb_is_refused(name: str, made: Callable[[], bytes], code: set[str]) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read(name, made())
    assert refused.value.code in code


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    def set_to(variable: str, value: str) -> None:
        monkeypatch.setenv(variable, value)
        settings.current.cache_clear()

    yield set_to
    monkeypatch.undo()
    settings.current.cache_clear()


def test_an_archive_that_unpacks_to_too_much_is_refused(limit: Callable[[str, str], None]) -> None:
    limit("CHUANGTU_UPLOAD_MB", "0.02")
    with pytest.raises(RefusedFileError, match=r"a\.zip: unpacks to more than 0\.4 MB"):
        read("a.zip", zipped({"a.shp": b"\0" * 500_000}))


def test_a_large_file_is_refused_with_the_limit(limit: Callable[[str, str], None]) -> None:
    with pytest.raises(RefusedFileError, match=r"a\.csv: 25\.1 MB; at most 25 MB"):
        read("a.csv", bytes(25_000_001))
    limit("CHUANGTU_UPLOAD_MB", "0.001")
    with pytest.raises(RefusedFileError, match=r"at most 0\.001 MB"):
        read("a.csv", bytes(1001))


def test_a_million_rows_are_refused_with_the_limit() -> None:
    with pytest.raises(RefusedFileError, match="more than 500,000 rows"):
        read("a.csv", b"name,x\n" + b"a,1\n" * 1_000_000)


def test_rows_beyond_the_limit_are_refused_in_every_format(
    limit: Callable[[str, str], None], tmp_path: Path
) -> None:
    frame = pd.concat([sites(), sites().head(1)])
    parquet = tmp_path / "a.parquet"
    frame.to_parquet(parquet)
    mark = "<Placemark><name>a</name></Placemark>"
    files = {
        "a.csv": b"name\na\nb\nc\n",
        "a.xlsx": workbook(("s", grid([["name"], ["a"], ["b"], ["c"]]))),
        "a.geojson": geojson(*[point(1, 2)] * 3),
        "a.kml": f"<kml>{mark * 3}</kml>".replace("<kml>", "<kml><Document>")
        .replace("</kml>", "</Document></kml>")
        .encode(),
        "a.gpkg": geopackage(tmp_path / "g", a=frame),
        "a.zip": zipped(shapefile(tmp_path / "s", frame)),
        "a.parquet": parquet.read_bytes(),
    }
    limit("CHUANGTU_UPLOAD_ROWS", "2")
    for name, content in files.items():
        with pytest.raises(RefusedFileError, match=f"^{name}: more than 2 rows"):
            read(name, content)
    limit("CHUANGTU_UPLOAD_ROWS", "3")
    assert len(read("a.csv", files["a.csv"]).cells) == 3


def test_columns_beyond_the_limit_are_refused() -> None:
    with pytest.raises(RefusedFileError, match="more than 1,000 columns"):
        read("a.csv", b"," * 5000 + b"\n1\n")


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("while True: pass", "too_costly"),
        ("bytearray(10**12)", "unreadable"),
        ("import os; os.abort()", "too_costly"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "unreadable"),
        ("raise SystemExit(3)", "too_costly"),
        ("raise SystemExit(1)", "unreadable"),
        ("", "unreadable"),
        ("print('no JSON')", "unreadable"),
        ("""print('{"refused": "no_rows"}')""", "no_rows"),
    ],
)
def test_a_process_that_ends_badly_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str, code: str
) -> None:
    (tmp_path / "__main__.py").write_text(program)
    monkeypatch.setattr(isolation, "PROGRAM", tmp_path)
    monkeypatch.setattr(isolation, "SECONDS", 1 if "while" in program else 30)
    with pytest.raises(RefusedFileError) as refused:
        isolation.run("job", file="a.gpkg")
    assert refused.value.code == code


def test_a_process_has_limits_and_no_key_of_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    main = (isolation.PROGRAM / "__main__.py").read_text()
    (tmp_path / "__main__.py").write_text(main)
    (tmp_path / "told.py").write_text(
        "import os, resource\n"
        "def run():\n"
        "    limits = [resource.getrlimit(getattr(resource, 'RLIMIT_' + each))[0]\n"
        "              for each in ('AS', 'CPU', 'FSIZE', 'CORE')]\n"
        "    return {'limits': limits, 'environment': dict(os.environ)}, b'rows'\n"
    )
    monkeypatch.setattr(isolation, "PROGRAM", tmp_path)
    monkeypatch.setenv("TIANDITU_KEY", "secret")
    said, rows = isolation.run("told", file="a")
    assert said["limits"] == [isolation.MEMORY, isolation.SECONDS, 0, 0]
    assert "secret" not in json.dumps(said["environment"])
    assert bytes(rows) == b"rows"


def test_the_temporary_folder_is_removed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    files = {
        "a.gpkg": geopackage(tmp_path / "g", a=sites()),
        "b.gpkg": SQLITE + b"\0" * 1000,
        "c.zip": zipped(shapefile(tmp_path / "s", sites())),
    }
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    for name, content in files.items():
        try:
            read(name, content)
        except RefusedFileError:
            assert name == "b.gpkg"
        assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.gpkg", b"name,x\na,1\n", "wrong_content"),
        ("a.zip", b"name,x\na,1\n", "wrong_content"),
        ("a.parquet", b"{}", "wrong_content"),
        ("a.xlsx", b"name,x\na,1\n", "wrong_content"),
        ("a.gpkg", SQLITE + bytes(2000), "unreadable"),
        ("a.parquet", b"PAR1" + bytes(2000) + b"PAR1", "unreadable"),
        ("a.zip", zipped({"a.txt": b"x"}), "no_member"),
        ("a.xlsx", zipped({"[Content_Types].xml": b"x"}), "unreadable"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "markup"),
        ("a.csv", b"<?xml version='1.0'?><a/>", "markup"),
        ("a.shp", bytes(100), "unknown_format"),
        ("a", b"name,x\na,1\n", "unknown_format"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read(name, content)
    assert refused.value.code == code
    assert str(refused.value).startswith(name)


@pytest.mark.parametrize("name", ["sites.zip", "sites.csv", "sites"])
def test_a_geopackage_is_one_by_whatever_name(tmp_path: Path, name: str) -> None:
    assert len(read(name, geopackage(tmp_path, a=sites())).cells) == 2


TEXTS = {
    lang: {key: text for key, text in IntakeTexts(lang).texts.items() if key.startswith(REFUSED)}
    for lang in settings.LANGUAGES
}


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS["en"])
def test_every_refusal_is_said_in_both_languages_and_names_the_file(key: str) -> None:
    assert blanks(TEXTS["en"][key]) == blanks(TEXTS["zh"][key])
    assert all(TEXTS[lang][key].startswith("{file}") for lang in TEXTS)
    assert TEXTS["en"].keys() == TEXTS["zh"].keys()


def test_a_refusal_is_said_in_chinese() -> None:
    with pytest.raises(RefusedFileError) as refused:
        read("名单.xls", b"<html>")
    assert refusal(refused.value, "zh").startswith("名单.xls：这是网页")


SCRIPTS = ["${alert(1)}", "<img src=x onerror=alert(1)>", "</script>", "`", '"', "'", "=1+1", "@x"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_is_text_like_any_other(script: str) -> None:
    """It is made harmless where it is shown, not where it is read."""
    quoted = script.replace('"', '""')
    table = read("a.csv", f'"{quoted}",x\n"{quoted}",1\n'.encode(), reading=None)
    assert script in [*table.cells.columns, *table.cells.iloc[0]]
