"""Files of whole collections over HTTP: their ETag, their parts, how often they are built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api import built_files, whole_files
from api.request import Request
from tests.api.client import Client

if TYPE_CHECKING:
    from pathlib import Path

FILES = [f"/api/collections/sites/items{end}?region=jinan" for end in whole_files.OF_ROWS]
ARCHIVE = "/tiles/layout_points.pmtiles?region=harbin"


@pytest.fixture
def app(client: Client) -> Client:
    return Client(client.host, client.port, prefix="")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are built while a test runs."""
    names, write = [], whole_files.write

    def counted(request: Request, path: Path) -> None:
        names.append(whole_files.name(request))
        write(request, path)

    monkeypatch.setattr(whole_files, "write", counted)
    return names


@pytest.mark.parametrize("path", [*FILES, ARCHIVE])
def test_a_file_that_the_client_holds_is_not_sent_again(app: Client, path: str) -> None:
    first = app.get(path)
    etag = first.headers["etag"]
    assert app.get(path).headers["etag"] == etag
    again = app.get(path, If_None_Match=f'"other", W/{etag}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
    assert again.headers["access-control-allow-origin"] == "*"
    assert app.get(path, If_None_Match='"other"').body == first.body


@pytest.mark.parametrize("path", [*FILES, ARCHIVE])
def test_a_part_is_of_the_file_that_the_client_began(app: Client, path: str) -> None:
    whole = app.get(path)
    part = app.get(path, Range="bytes=10-19", If_Range=whole.headers["etag"])
    assert (part.status, part.body) == (206, whole.body[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole.body)}"
    assert part.headers["etag"] == whole.headers["etag"]
    other = app.get(path, Range="bytes=10-19", If_Range='"of another day"')
    assert (other.status, other.body) == (200, whole.body)


def test_parts_of_an_archive_come_of_one_that_is_built_once(
    app: Client, written: list[str]
) -> None:
    asked = {"path": "/tiles/layout_points.pmtiles?region=guangdong", "Accept": "image/webp"}
    parts = [app.get(**asked, Range=f"bytes={at}-{at + 9}").status for at in (0, 10, 20)]
    assert (parts, written) == ([206] * 3, ["layout_points"])


def test_etags_of_files_differ_where_files_do(app: Client) -> None:
    paths = (*FILES, ARCHIVE, "/api/collections/sites/items.csv?region=harbin")
    assert len({app.get(path).headers["etag"] for path in paths}) == len(paths)


def test_a_script_of_another_site_may_ask_for_parts(app: Client) -> None:
    asked = app.send("OPTIONS", ARCHIVE, Access_Control_Request_Headers="range,if-range")
    allowed = asked.headers["access-control-allow-headers"].lower().split(", ")
    assert {"range", "if-range", "if-none-match"} <= {*allowed}
    shown = app.get(ARCHIVE, Range="bytes=0-9").headers["access-control-expose-headers"]
    assert {"Content-Range", "ETag", "Content-Disposition"} <= {*shown.split(", ")}


def test_files_leave_the_disk_when_nobody_holds_them() -> None:
    def built(region: str) -> built_files.BuiltFile:
        parts = ("collections", "sites", "items.csv")
        return built_files.build(Request(parts, f"region={region}", "", "", "http://a.org/api"))

    first, second = built("jinan"), built("harbin")
    kept = built_files.BuiltFileMemory(most=first.size + 1, count=1)
    kept.put("first", first)
    kept.put("second", second)
    path = first.path
    assert path.exists()
    assert kept.get("first") is None
    del first
    assert not path.exists()
    assert kept.get("second") is second
    assert second.path.exists()
