"""A server on this machine that speaks as the geocoding services document it."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Said = tuple[int, bytes]
HANG_UP = -1
"""Status of an answer that never comes: the line is cut."""


def said(answer: object, status: int = 200) -> Said:
    """Return an answer in JSON."""
    return status, json.dumps(answer, ensure_ascii=False).encode()


def amap(location: str = "116.480881,39.989410", level: str = "门牌号") -> Said:
    """Return the answer of lbs.amap.com's own example."""
    place = {
        "formatted_address": "北京市朝阳区阜通东大街6号",
        "country": "中国",
        "province": "北京市",
        "citycode": "010",
        "city": "北京市",
        "district": "朝阳区",
        "township": [],
        "neighborhood": {"name": [], "type": []},
        "building": {"name": [], "type": []},
        "adcode": "110105",
        "street": "阜通东大街",
        "number": "6号",
        "location": location,
        "level": level,
    }
    ok = {"status": "1", "info": "OK", "infocode": "10000", "count": "1"}
    return said({**ok, "geocodes": [place]})


def amap_none() -> Said:
    """Return what Amap answers where it finds nothing."""
    ok = {"status": "1", "info": "OK", "infocode": "10000", "count": "0"}
    return said({**ok, "geocodes": []})


def amap_fault(infocode: str, info: str = "") -> Said:
    """Return how Amap refuses: always with HTTP 200."""
    return said({"status": "0", "info": info, "infocode": infocode})


def tianditu(level: str = "门址") -> Said:
    """Return the answer of lbs.tianditu.gov.cn's own example."""
    place = {
        "score": 100,
        "level": level,
        "lon": "116.290158",
        "lat": "39.894696",
        "keyWord": "北京市海淀区莲花池西路28号",
    }
    return said({"location": place, "status": "0", "msg": "ok", "searchVersion": "6.4.9V"})


def nominatim(rank: int = 30) -> Said:
    """Return a place as nominatim.org documents its format jsonv2."""
    place = {
        "place_id": 100149,
        "licence": "Data © OpenStreetMap contributors, ODbL 1.0. https://osm.org/copyright",
        "osm_type": "node",
        "osm_id": 107775,
        "lat": "30.5227000",
        "lon": "114.3970000",
        "category": "place",
        "type": "house",
        "place_rank": rank,
        "importance": 0.3,
        "addresstype": "place",
        "name": "",
        "display_name": "1037, 珞喻路, 洪山区, 武汉市, 湖北省, 430074, 中国",
        "boundingbox": ["30.5226", "30.5228", "114.3969", "114.3971"],
    }
    return said([place])


@dataclass
class Service:
    """What the server is asked, and what it says.

    Attributes
    ----------
    url
        Where it is.
    answer
        What it says to the parameters of a question.
    asked
        The parameters of every question so far.
    agents
        Who asked.
    """

    url: str
    answer: Callable[[dict[str, str]], Said]
    asked: list[dict[str, str]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)

    def says(self, *answers: Said) -> None:
        """Say these one after the other, the last one ever after."""
        left = list(answers)
        self.answer = lambda _: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def served() -> Iterator[Service]:
    """Run a server until the end of the block."""
    service = Service("", lambda _: amap())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            asked = {name: values[0] for name, values in query.items()}
            service.asked.append(asked)
            service.agents.append(self.headers["User-Agent"])
            status, body = service.answer(asked)
            if status == HANG_UP:
                self.close_connection = True
                return
            self.send_response(status)
            if status == 302:
                self.send_header("Location", service.url + "?elsewhere=1")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}/geocoder"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
