"""The printed shortlist: complete, by itself, quick, and safe from whatever an address says."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import pytest
from starlette.routing import BaseRoute, Match

from geo.facts import catalog
from layers.transport.standalone import NotStandaloneError
from tests.reading import having, one, read, words
from tests.settings_in_use import use_settings
from ui.report import document as report_page
from ui.report import shortlist_map
from ui.shell.routes import MAKING, WAITING, routes
from ui.state import fields

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping
    from xml.etree import ElementTree as ET

    from ui.state.view import View

SHANGHAI = ("sh-m50", "sh-tonglefang")
HARBIN = "hrb-demoli-town"  # without a position
GUANGDONG = "gd-redtory"
T = TypeVar("T")
HAN = re.compile(r"[\u4e00-\u9fff]")
LOADING = re.compile(r"url\((?!#|data:)|@import")
DRAW = shortlist_map.shortlisted


@pytest.fixture(autouse=True)
def no_reports_made_before() -> None:
    shortlist_map.packed_maps.cache_clear()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def scope(params: Mapping[str, str], encoding: str) -> dict[str, Any]:
    return {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("testserver", 80),
        "path": "/report",
        "query_string": urlencode(params).encode(),
        "headers": [(b"host", b"testserver"), (b"accept-encoding", encoding.encode())],
    }


def ask(*, encoding: str = "identity", known: str = "", **params: str) -> Answer:
    asked = scope(params, encoding)
    asked["headers"].append((b"if-none-match", known.encode()))
    (route,) = (each for each in routes() if each.matches(asked)[0] is Match.FULL)
    return elsewhere(answered(route, asked))


def elsewhere(work: Coroutine[Any, Any, T]) -> T:
    """Do what is asynchronous in a thread of its own: this one may have Playwright's loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def answer(route: BaseRoute, **params: str) -> Answer:
    return await answered(route, scope(params, "identity"))


async def answered(route: BaseRoute, asked: dict[str, Any]) -> Answer:
    """What a route sends, as ASGI has it."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:  # noqa: ANN401 - any of ASGI's
        sent.append(dict(message))

    await route.handle(asked, receive, send)
    start, *rest = sent
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(each.get("body", b"") for each in rest))


def maps(page: ET.Element) -> list[str]:
    """The maps of a report, each a page of its own."""
    return [each.get("srcdoc", "") for each in page.iter("iframe")]


def painted(map_page: str) -> dict[str, dict[str, Any]]:
    """The sites that a map paints, by id."""
    *_, script = read(map_page).iter("script")
    paint = (script.text or "").partition("chuangtu.paint(map, L.featureGroup(), ")[2]
    payload, _ = json.JSONDecoder().raw_decode(paint)
    return {each["properties"]["i"]: each["properties"] for each in payload["sites"]["features"]}


def table_rows(page: ET.Element, name: str) -> list[list[str]]:
    """The rows of a table below its head: number, name in the reader's language first, facts."""
    *_, body = one(page, class_=name).iter("tbody")
    return [[words(cell) for cell in row] for row in body]


def policies(page: ET.Element) -> list[str]:
    named = having(page, **{"http-equiv": "Content-Security-Policy"})
    return [each.get("content", "") for each in named]


def ignored(page: ET.Element) -> list[str]:
    return [words(each) for each in having(page, class_="ignored")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_site_is_in_both_tables_with_number_and_sources(lang: str) -> None:
    picked = [*SHANGHAI, HARBIN, GUANGDONG]
    answer = ask(pick=",".join(picked), lang=lang)
    assert answer.status == 200
    page = read(answer.text)
    sites = catalog.sites().set_index("id")
    for table in ("facts", "sources"):
        for i, (row, key) in enumerate(zip(table_rows(page, table), picked, strict=True)):
            assert row[0] == str(i + 1)
            assert row[1].startswith(sites[f"name_{lang}"][key])
    assert catalog.catalogue_date().isoformat() in words(page)
    assert "frykit" in words(page)
    address = words(one(page, class_="address"))
    assert address.startswith(f"http://testserver/report?{'lang=en&' if lang == 'en' else ''}pick=")


def test_a_map_for_each_region_with_a_position_holds_its_sites() -> None:
    answer = ask(pick=",".join([*SHANGHAI, HARBIN, GUANGDONG]))
    page = read(answer.text)
    shanghai, guangdong = map(painted, maps(page))
    numbers = [(shanghai[key]["o"], shanghai[key]["c"]) for key in SHANGHAI]
    assert numbers == [(1, 1), (2, 1)]
    assert (guangdong[GUANGDONG]["o"], guangdong[GUANGDONG]["c"]) == (4, 1)
    assert all(policies(read(each))[0].startswith("default-src 'none'") for each in maps(page))
    assert "哈尔滨市的候选地点都没有坐标" in words(page)


def test_nothing_is_asked_of_anybody_else() -> None:
    answer = ask(pick=SHANGHAI[0])
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "http" not in policy
    page = read(answer.text)
    assert policies(page) == [policy]
    assert not [*page.iter("link"), *page.iter("img")]
    assert not [each for each in page.iter("script") if each.get("src")]
    styles = [style for part in (page, read(maps(page)[0])) for style in part.iter("style")]
    assert len(styles) > 1  # of the page and of its maps
    assert not [each for each in styles if LOADING.search(each.text or "")]


def test_unknown_values_are_named_and_the_rest_is_shown() -> None:
    answer = ask(pick=f"nowhere,{SHANGHAI[0]}", lang="xx")
    assert answer.status == 200
    assert ["pick=nowhere" in each for each in ignored(read(answer.text))] == [False, True]
    assert "lang=xx" in ignored(read(answer.text))[0]


@pytest.mark.parametrize(
    "pick",
    ["", "atlantis", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{0.x}%s",
     ",".join(f"x{i}" for i in range(10_000)), "\x00,\ud7ff,👾"],
)  # fmt: skip
def test_an_address_without_a_site_gives_a_readable_page(pick: str) -> None:
    answer = ask(pick=pick)
    assert answer.status == 400
    assert answer.headers["content-type"].startswith("text/html")
    assert "没有可用的地点" in words(read(answer.text))
    assert len(answer.text) < 10_000
    assert {"img", "script"}.isdisjoint(each.tag for each in read(answer.text).iter())


def test_script_beside_a_site_stays_text() -> None:
    evil = "</style><script>alert(1)</script>"
    answer = ask(pick=f"{SHANGHAI[0]},{evil}", lang=evil)
    assert answer.status == 200
    page = read(answer.text)
    assert not [each for each in page.iter("script") if "alert" in (each.text or "")]
    assert [evil in each for each in ignored(page)] == [True, True]


def test_more_sites_than_a_shortlist_holds_are_named() -> None:
    many = list(catalog.sites("shanghai")["id"][: fields.MAX_PICKED + 5])
    answer = ask(pick=",".join(many))
    page = read(answer.text)
    assert len(having(page, scope="row")) == 2 * fields.MAX_PICKED
    assert len(ignored(page)) == 1


def test_what_is_unknown_is_said() -> None:
    page = words(read(ask(pick=HARBIN).text))
    assert "没有坐标，不在图上，不计邻近：得莫利旅游小镇" in page
    assert "面积未见公布：得莫利旅游小镇" in page


def test_english_report_is_english() -> None:
    page = read(ask(pick=",".join(SHANGHAI), lang="en").text)
    # Names in the other language, and titles of Chinese documents.
    for other in [*having(page, lang="zh"), one(page, class_="sources")]:
        other.clear()
    assert not HAN.search(words(page))


def test_report_without_map_scripts_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> str:
        raise NotStandaloneError("Leaflet is not installed")

    monkeypatch.setattr(shortlist_map, "shortlisted", missing)
    answer = ask(pick=SHANGHAI[0])
    assert answer.status == 200
    assert "没有安装" in words(read(answer.text))
    assert maps(read(answer.text)) == []


def test_second_request_is_answered_without_making_it_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []

    def counted(view: View, numbers: Mapping[str, int]) -> str | None:
        made.append(view.region)
        return DRAW(view, numbers)

    monkeypatch.setattr(shortlist_map, "shortlisted", counted)
    picked = ",".join(catalog.sites().groupby("region").head(4)["id"])
    first, second = ask(pick=picked), ask(pick=picked, next="x")
    assert first.body == second.body
    assert first.headers["etag"] == second.headers["etag"]
    assert sorted(made) == sorted(catalog.regions().index)
    assert ask(pick=picked, lang="en").headers["etag"] != first.headers["etag"]
    assert ask(pick=f"{picked},nowhere").headers["etag"] != first.headers["etag"]
    assert sorted(made) == sorted([*catalog.regions().index] * 2)  # once more, for English


def test_reader_who_has_the_page_is_not_sent_it_again() -> None:
    etag = ask(pick=SHANGHAI[0]).headers["etag"]
    again = ask(pick=SHANGHAI[0], known=f'"other", {etag}')
    assert again.status == 304
    assert again.body == b""
    assert again.headers["etag"] == etag
    assert ask(pick=SHANGHAI[0], known='"other"').status == 200
    assert ask(pick="atlantis", known="*").status == 400


def test_maps_that_are_kept_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Mapping[str, int]] = []
    monkeypatch.setattr(shortlist_map, "shortlisted", lambda *asked: made.append(asked[-1]))
    first, *latest = catalog.sites()["id"].head(shortlist_map.MOST + 1)
    for key in (first, *latest, *latest, first):
        ask(pick=key)
    assert [key for (key,) in made] == [first, *latest, first]


def test_readers_with_the_same_shortlist_share_its_maps(monkeypatch: pytest.MonkeyPatch) -> None:
    first = ask(pick="sh-m50,nowhere", **{"from": "text=abc"})
    monkeypatch.delattr(shortlist_map, "shortlisted")
    second = ask(pick="sh-m50,elsewhere", **{"from": "text=abd"}, region="harbin")
    assert "nowhere" in first.text
    assert "text=abc" in first.text
    assert "text=abd" in second.text
    assert not {"nowhere", "text=abc"} & set(re.findall(r"nowhere|text=abc", second.text))


def test_few_reports_are_made_at_once_and_few_may_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work: list[str] = []
    together: list[int] = []
    # Nobody goes on before two are at work.
    pair = threading.Barrier(MAKING, timeout=20)

    def slow(params: Mapping[str, str], *, here: str) -> report_page.PrintedReport:
        at_work.append(here)
        together.append(len(at_work))
        pair.wait()
        at_work.remove(here)
        return report_page.PrintedReport(html=params["pick"], has_sites=True)

    async def crowd(size: int) -> list[Answer]:
        (route,) = (each for each in routes() if getattr(each, "path", "") == "/report")
        return list(await asyncio.gather(*(answer(route, pick=str(i)) for i in range(size))))

    monkeypatch.setattr(report_page, "report", slow)
    answers = elsewhere(crowd(MAKING + WAITING + 3))
    served = [each for each in answers if each.status == 200]
    assert [each.text for each in served] == [str(i) for i in range(MAKING + WAITING)]
    assert max(together) == MAKING
    refused = [each for each in answers if each.status == 503]
    assert len(refused) == 3
    assert all("retry-after" in each.headers for each in refused)


def test_packed_answer_is_the_same() -> None:
    plain, packed = (ask(pick=SHANGHAI[0], encoding=name) for name in ("identity", "gzip, br"))
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_a_client_that_takes_no_gzip_gets_none() -> None:
    assert "content-encoding" not in ask(pick=SHANGHAI[0], encoding="gzip;q=0, br").headers


def test_the_address_it_prints_is_the_public_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "http://testserver/report?pick=sh-m50" in ask(pick="sh-m50").text
    use_settings(monkeypatch, public_url="https://maps.example.org/atlas/")
    assert "https://maps.example.org/atlas/report?pick=sh-m50" in ask(pick="sh-m50").text


def test_the_server_answers_under_its_address() -> None:
    matches = [route.matches(scope({}, ""))[0] for route in routes()]
    assert matches.count(Match.FULL) == 1
