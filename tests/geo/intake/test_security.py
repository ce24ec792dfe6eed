"""Files that would open others, call hosts, fill the memory or leave their folder."""

from __future__ import annotations

import json
import tempfile
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pyogrio
import pytest
from pyogrio.errors import CRSError, DataSourceError

from geo.errors import RefusedFileError
from geo.files import isolation
from geo.intake.readers import jobs, read
from geo.intake.readers.vectors import _others
from tests.geo.intake.making import (
    geopackage,
    shapefile,
    sites,
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
    return jobs.run(
        "features", driver, path, "", 10, file="a.gpkg", environment={"GDAL_SKIP": _others(driver)}
    )


def test_with_all_of_gdal_s_drivers_nothing_is_read(tmp_path: Path) -> None:
    path = tmp_path / "upload.gpkg"
    path.write_bytes(geopackage(tmp_path, a=sites()))
    with pytest.raises(RefusedFileError, match="damaged"):
        jobs.run("features", "GPKG", path, "", 10, file="a.gpkg")


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
    monkeypatch.setattr(isolation, "SECONDS", 0.5 if "while" in program else 30)
    with pytest.raises(RefusedFileError) as refused:
        jobs.run("job", file="a.gpkg")
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
    said, rows = jobs.run("told", file="a")
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


SCRIPTS = ["${alert(1)}", "<img src=x onerror=alert(1)>", "</script>", "`", '"', "'", "=1+1", "@x"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_is_text_like_any_other(script: str) -> None:
    """It is made harmless where it is shown, not where it is read."""
    quoted = script.replace('"', '""')
    table = read("a.csv", f'"{quoted}",x\n"{quoted}",1\n'.encode(), reading=None)
    assert script in [*table.cells.columns, *table.cells.iloc[0]]
