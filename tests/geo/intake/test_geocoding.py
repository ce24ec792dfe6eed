"""Asking a service for positions: what is sent, what comes of it, and what is kept."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import settings
from geo.china import datum
from geo.intake import geocoders
from geo.intake.geocoders import Geocoder, Outcome, Question
from geo.intake.geocoding import Geocoding, geocode, offered, unanswered
from geo.settings import Settings
from tests.geo.intake.geocoder_server import (
    HANG_UP,
    Said,
    Service,
    amap,
    amap_fault,
    amap_none,
    nominatim,
    said,
    served,
    tianditu,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "0f3c0ffee0key0nobody0reads0anywhere"
PLACES = [Question(address=f"阜通东大街{number}号", city="北京市") for number in range(1, 6)]


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    with served() as service:
        yield service


@pytest.fixture
def service(running: Service) -> Service:
    running.asked.clear()
    running.agents.clear()
    running.says(amap())
    return running


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "geocoded.sqlite"


def asked(
    service: Service,
    kept: Path,
    questions: list[Question] = PLACES,
    name: geocoders.Service = "amap",
    waits: list[float] | None = None,
) -> Geocoding:
    """Ask the server on this machine; nobody waits for anything."""
    geocoder = Geocoder(service=name, url=service.url, key=KEY)
    waited: list[float] = [] if waits is None else waits
    return geocode(questions, geocoder, kept=kept, wait=waited.append)


def outcomes(result: Geocoding) -> list[Outcome]:
    return [each.reply.outcome for each in result.answers.values()]


def test_amap_is_asked_as_documented_and_its_position_is_made_wgs84(
    service: Service, kept: Path
) -> None:
    result = asked(service, kept, PLACES[:1])
    expected = {"address": "北京市阜通东大街1号", "city": "北京市", "output": "JSON", "key": KEY}
    assert service.asked == [expected]
    reply = result.answers[PLACES[0]].reply
    assert (reply.outcome, reply.precision, reply.level) == ("found", "building", "门牌号")
    (lon,), (lat,) = datum.to_wgs84([116.480881], [39.989410], datum="gcj02")
    assert reply.lon == pytest.approx(lon, abs=1e-6)
    assert reply.lat == pytest.approx(lat, abs=1e-6)
    assert abs(lon - 116.480881) > 0.005


def test_tianditu_is_asked_as_documented_and_its_position_stays(
    service: Service, kept: Path
) -> None:
    service.says(tianditu())
    result = asked(service, kept, PLACES[:1], "tianditu")
    assert service.asked[0].keys() == {"ds", "tk"}
    assert json.loads(service.asked[0]["ds"]) == {"keyWord": "北京市阜通东大街1号"}
    reply = result.answers[PLACES[0]].reply
    assert (reply.lon, reply.lat, reply.precision) == (116.290158, 39.894696, "building")


def test_nominatim_is_asked_as_its_policy_wants(service: Service, kept: Path) -> None:
    service.says(nominatim())
    result = asked(service, kept, PLACES[:1], "nominatim")
    assert service.asked[0]["format"] == "jsonv2"
    assert service.asked[0]["q"] == "北京市阜通东大街1号"
    assert service.agents[0].startswith("chuangtu")
    reply = result.answers[PLACES[0]].reply
    assert (reply.lon, reply.lat, reply.precision) == (114.397, 30.5227, "building")


@pytest.mark.parametrize(
    ("name", "answer", "outcome", "precision"),
    [
        ("amap", amap(level="道路交叉路口"), "found", "street"),
        ("amap", amap(level="道路"), "found", "district"),
        ("amap", amap(level="区县"), "too_coarse", None),
        ("amap", amap(level="未知"), "too_coarse", None),
        ("amap", amap_none(), "not_found", None),
        ("tianditu", tianditu("地名地址"), "found", "street"),
        ("tianditu", tianditu("行政区"), "too_coarse", None),
        ("tianditu", said({"status": "101", "msg": "结果为空"}), "not_found", None),
        ("nominatim", nominatim(26), "found", "district"),
        ("nominatim", nominatim(22), "found", "street"),
        ("nominatim", nominatim(16), "too_coarse", None),
        ("nominatim", said([]), "not_found", None),
    ],
)
def test_a_position_is_as_precise_as_the_services_own_level(
    service: Service,
    kept: Path,
    name: geocoders.Service,
    answer: Said,
    outcome: Outcome,
    precision: str | None,
) -> None:
    service.says(answer)
    reply = asked(service, kept, PLACES[:1], name).answers[PLACES[0]].reply
    assert (reply.outcome, reply.precision) == (outcome, precision)
    assert (reply.lon is None) == (precision is None)


@pytest.mark.parametrize(
    ("name", "answer", "outcome"),
    [
        ("amap", amap_fault("10001", "INVALID_USER_KEY"), "key_refused"),
        ("amap", amap_fault("10009", "USERKEY_PLAT_NOMATCH"), "key_refused"),
        ("amap", amap_fault("10003", "DAILY_QUERY_OVER_LIMIT"), "quota_exhausted"),
        ("amap", amap_fault("10044", "USER_DAILY_QUERY_OVER_LIMIT"), "quota_exhausted"),
        ("amap", amap_fault("10021", "CUQPS_HAS_EXCEEDED_THE_LIMIT"), "rate_limited"),
        ("tianditu", said({"code": 301001, "msg": "非法key"}, 403), "key_refused"),
        ("tianditu", said({"code": 308011, "message": "请求参数非法长度"}, 400), "key_refused"),
        ("tianditu", (418, b"<html>CloudWAF</html>"), "key_refused"),
        ("tianditu", (429, b""), "quota_exhausted"),
        ("nominatim", (403, b"<html>Access blocked</html>"), "key_refused"),
        ("nominatim", (429, b"<html>Bandwidth limit exceeded</html>"), "rate_limited"),
    ],
)
def test_limits_and_refusals_end_the_asking(
    service: Service, kept: Path, name: geocoders.Service, answer: Said, outcome: Outcome
) -> None:
    service.says(answer)
    result = asked(service, kept, name=name)
    assert outcomes(result) == [outcome, *["not_asked"] * 4]
    assert result.stopped == outcome
    assert len(service.asked) == (3 if outcome == "rate_limited" else 1)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((200, b"<html>maintenance</html>"), "misunderstood"),
        ((200, b'{"status": "1", "geoc'), "misunderstood"),
        ((200, b"\xff\xfe"), "misunderstood"),
        (amap("116.48;39.98"), "misunderstood"),
        (amap("nan,39.98"), "misunderstood"),
        (amap("1e9,39.98"), "misunderstood"),
        (amap_fault("30001", "ENGINE_RESPONSE_DATA_ERROR"), "misunderstood"),
        ((302, b""), "misunderstood"),
        ((500, b"oops"), "unreachable"),
        ((HANG_UP, b""), "unreachable"),
    ],
)
def test_one_bad_answer_is_one_answer(
    service: Service, kept: Path, answer: Said, outcome: Outcome
) -> None:
    service.says(amap(), answer, amap())
    result = asked(service, kept)
    assert outcomes(result) == ["found", outcome, "found", "found", "found"]
    assert result.stopped is None
    assert all("elsewhere" not in each for each in service.asked), "a redirect got the key"


def test_a_dead_line_is_given_up(kept: Path) -> None:
    with served() as gone:
        pass
    result = asked(gone, kept)
    assert outcomes(result) == [*["unreachable"] * 3, *["not_asked"] * 2]
    assert result.stopped == "unreachable"


def test_a_service_that_wants_fewer_questions_is_asked_again_later(
    service: Service, kept: Path
) -> None:
    slower = amap_fault("10021")
    service.says(slower, slower, amap())
    waits: list[float] = []
    assert outcomes(asked(service, kept, waits=waits)) == ["found"] * 5
    assert waits == [2.0, 4.0]


def test_questions_keep_the_pace_of_a_public_server(service: Service, kept: Path) -> None:
    service.says(nominatim())
    waits: list[float] = []
    geocoder = Geocoder(service="nominatim", url=service.url, interval_s=1.0)
    geocode(PLACES, geocoder, kept=kept, wait=waits.append)
    assert len(waits) == 4
    assert all(0 < each <= 1 for each in waits)


def test_what_was_answered_is_never_lost_nor_asked_again(service: Service, kept: Path) -> None:
    service.says(amap(), amap(), amap_fault("10003"))
    first = asked(service, kept)
    assert outcomes(first) == ["found", "found", "quota_exhausted", "not_asked", "not_asked"]
    geocoder = Geocoder(service="amap", url=service.url, key="another key")
    assert unanswered([*PLACES, *PLACES], geocoder, kept=kept) == PLACES[2:]
    service.asked.clear()
    service.says(amap())
    second = asked(service, kept)
    assert outcomes(second) == ["found"] * 5
    assert [each["address"] for each in service.asked] == [each.whole for each in PLACES[2:]]
    old = second.answers[PLACES[0]]
    assert old.kept
    assert old.reply == first.answers[PLACES[0]].reply
    assert old.answered == first.answers[PLACES[0]].answered


def test_another_city_or_server_is_another_question(service: Service, kept: Path) -> None:
    asked(service, kept, PLACES[:1])
    elsewhere = Question(address=PLACES[0].address, city="武汉市")
    here = Geocoder(service="amap", url=service.url)
    assert unanswered([elsewhere], here, kept=kept) == [elsewhere]
    assert unanswered(PLACES[:1], Geocoder(service="amap", url="http://a.cn"), kept=kept)


def test_each_address_is_asked_once_and_told_of(service: Service, kept: Path) -> None:
    told: list[tuple[int, int]] = []
    geocoder = Geocoder(service="amap", url=service.url)
    geocode([*PLACES, *PLACES], geocoder, kept=kept, told=lambda *each: told.append(each))
    assert told == [(number, 5) for number in range(1, 6)]
    assert len(service.asked) == 5


def test_key_and_addresses_are_in_no_log_message_or_file(
    service: Service, kept: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = said({"status": "0", "info": KEY, "infocode": KEY})
    service.says(amap(), echo, (HANG_UP, b""), (500, KEY.encode()))
    result = asked(service, kept)
    geocoder = Geocoder(service="amap", url=service.url, key=KEY)
    assert KEY not in repr(result) + repr(geocoder) + caplog.text
    assert "阜通" not in caplog.text
    content = kept.read_bytes()
    assert KEY.encode() not in content
    assert "阜通".encode() not in content


def test_a_file_that_cannot_be_used_loses_nothing_but_the_memory(
    service: Service, tmp_path: Path
) -> None:
    broken = tmp_path / "geocoded.sqlite"
    broken.write_bytes(b"no database at all" * 100)
    assert outcomes(asked(service, broken)) == ["found"] * 5


@given(
    st.sampled_from(["amap", "tianditu", "nominatim"]),
    st.integers(200, 599),
    st.one_of(
        st.binary(max_size=60),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=2)
                | st.dictionaries(
                    st.sampled_from(
                        ["status", "infocode", "geocodes", "location", "place_rank", "code"]
                    ),
                    inner,
                    max_size=4,
                )
            ),
        ).map(lambda each: json.dumps(each).encode()),
    ),
)
def test_whatever_comes_is_an_outcome(name: geocoders.Service, status: int, body: bytes) -> None:
    reply = Geocoder(service=name, url="http://a.cn", key=KEY).read(status, body)
    assert reply.outcome in get_args(Outcome)
    assert (reply.outcome == "found") == (reply.lon is not None) == (reply.precision is not None)


@pytest.mark.parametrize(
    ("variables", "url"),
    [
        ({}, None),
        ({"GEOCODER": "amap"}, None),
        ({"GEOCODER": "amap", "GEOCODER_KEY": " "}, None),
        ({"GEOCODER_KEY": KEY}, None),
        ({"GEOCODER": "amap", "GEOCODER_KEY": KEY}, geocoders.ADDRESSES["amap"]),
        ({"GEOCODER": "tianditu", "GEOCODER_KEY": KEY}, geocoders.ADDRESSES["tianditu"]),
        ({"GEOCODER": "nominatim"}, geocoders.ADDRESSES["nominatim"]),
        ({"GEOCODER": "nominatim", "GEOCODER_URL": "http://a.cn/search"}, "http://a.cn/search"),
    ],
)
def test_a_service_is_offered_where_it_and_its_key_are_set(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], url: str | None
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(settings.PREFIX + name, value)
    chosen = Settings()
    geocoder = offered(chosen)
    assert (geocoder and geocoder.url) == url
    assert KEY not in repr(chosen)
    if geocoder:
        assert (geocoder.interval_s > 0) == ("GEOCODER_URL" not in variables)
