"""The services that tell an address's position: how each is asked, and what its answers mean.

Their match levels become our classes of precision by what a level's position can be off, which a
table for each says. An administrative unit's middle is no position: the district that the text
names says as much.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlencode

from geo.china import datum

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.facts.schemas import Located

Service = Literal["tianditu", "amap", "nominatim"]

Outcome = Literal[
    "found", "too_coarse", "ambiguous", "not_found",
    "rate_limited", "quota_exhausted", "key_refused", "unreachable", "misunderstood", "not_asked",
]  # fmt: skip
"""What came of a question.

``found``: a position; ``too_coarse``: only a district, a city or the like; ``ambiguous``: several
places far from one another; ``not_found``: the service knows no such place. The others are no
answers: the service wants fewer questions a second or has answered all it will today, refuses the
key or whoever asks, cannot be reached, says what nobody understands, or was not asked any more.
"""

AMAP_LEVELS: Final[Mapping[str, Located]] = {
    # The entrance, the house or the named place itself.
    **dict.fromkeys(("门牌号", "门址", "单元号", "楼层", "房间", "兴趣点"), "building"),
    # A point that is nearby: the quarter's middle, the lane, the crossing, the stop.
    **dict.fromkeys(("住宅区", "小巷", "道路交叉路口", "公交地铁站点"), "street"),
    # The middle of something that reaches for kilometres; a road is as long as that.
    **dict.fromkeys(("道路", "热点商圈", "村庄", "乡镇"), "district"),
}
"""Levels of lbs.amap.com, as announced on 2023-12-07; 省, 市, 区县, 开发区, 未知 are none."""

TIANDITU_LEVELS: Final[Mapping[str, Located]] = {
    **dict.fromkeys(("门址", "门牌号", "兴趣点"), "building"),
    # "Names and addresses" of any kind: a home for the aged in the service's own example.
    **dict.fromkeys(("地名地址", "道路交叉路口", "公交地铁站点"), "street"),
    **dict.fromkeys(("道路", "村庄", "乡镇"), "district"),
}
"""Levels as lbs.tianditu.gov.cn and its answers have them; one that is not listed is none."""

NOMINATIM_RANKS: Final[tuple[tuple[int, Located], ...]] = (
    (30, "building"),  # houses and named places
    (28, "street"),  # parts of streets and of blocks
    (26, "district"),  # a street: one of its pieces, which may be kilometres from the house
    (21, "street"),  # isolated dwellings and city blocks: reach 500 m
    (19, "district"),  # villages, suburbs, hamlets, neighbourhoods: reach 1 to 2 km
)
"""From which ``place_rank`` on, by the extents that nominatim.org states; below it none."""

AMAP_FAULTS: Final[Mapping[str, Outcome]] = {
    **dict.fromkeys(
        ("10001", "10002", "10005", "10006", "10007", "10008", "10009", "10012", "10013", "10026"),
        "key_refused",
    ),
    **dict.fromkeys(("10003", "10010", "10044", "40000", "40002"), "quota_exhausted"),
    **dict.fromkeys(("10004", "10014", "10016", "10019", "10020", "10021"), "rate_limited"),
    **dict.fromkeys(("10015", "10017"), "unreachable"),
}
"""Values of ``infocode`` that are no answer; others are not understood."""


ONE_PLACE: Final = 0.01
"""Degrees within which several answers are one place."""

LONGEST_LEVEL: Final = 40
"""Characters of a match level that are kept; those that are documented have less than ten."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """An address, with the city it is in where that is known."""

    address: str
    city: str = ""

    @property
    def whole(self) -> str:
        """The address with its city in front, once."""
        inside = self.city.removesuffix("市") in self.address
        return self.address if inside else self.city + self.address


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What a service says to one question.

    Attributes
    ----------
    outcome
        What came of it.
    lon, lat
        WGS84 degrees; None without a position.
    precision
        Class of the position; None without one.
    level
        The service's own match level, or its word for what is wrong; never the key.
    """

    outcome: Outcome
    lon: float | None = None
    lat: float | None = None
    precision: Located | None = None
    level: str = ""


@dataclass(frozen=True, kw_only=True)
class Geocoder:
    """A service as it is set up here.

    Attributes
    ----------
    service
        Which one.
    url
        Where it is asked: its documented address, or a server of one's own.
    key
        What it is asked with; empty where it needs none.
    interval_s
        Seconds that have to pass from one question to the next.
    """

    service: Service
    url: str
    key: str = field(default="", repr=False)
    interval_s: float = 0.0

    def request(self, question: Question) -> str:
        """Return the address that asks a question; it holds the key."""
        asked = _PARAMETERS[self.service](question, self.key)
        return f"{self.url}?{urlencode(asked)}"

    def read(self, status: int, body: bytes) -> Reply:
        """Return what an answer says.

        Parameters
        ----------
        status
            Of HTTP.
        body
            What came with it.
        """
        refused = _STATUS[self.service].get(status)
        if refused:
            return Reply(outcome=refused, level=f"HTTP {status}")
        try:
            answer = json.loads(body.decode("utf-8-sig"))
            reply = _READERS[self.service](answer)
        except (ValueError, LookupError, TypeError, AttributeError):
            outcome: Outcome = "misunderstood" if status < 500 else "unreachable"
            return Reply(outcome=outcome, level=f"HTTP {status}")
        return replace(reply, level=self._without_key(reply.level)[:LONGEST_LEVEL])

    def _without_key(self, text: str) -> str:
        return text.replace(self.key, "") if self.key else text


def _ask_amap(question: Question, key: str) -> dict[str, str]:
    city = {"city": question.city} if question.city else {}
    return {"address": question.whole, **city, "output": "JSON", "key": key}


def _ask_tianditu(question: Question, key: str) -> dict[str, str]:
    return {"ds": json.dumps({"keyWord": question.whole}, ensure_ascii=False), "tk": key}


def _ask_nominatim(question: Question, key: str) -> dict[str, str]:
    asked = {"q": question.whole, "format": "jsonv2", "limit": "1", "accept-language": "zh"}
    return {**asked, "countrycodes": "cn,hk,mo,tw", **({"key": key} if key else {})}


def _read_amap(answer: dict[str, Any]) -> Reply:
    if str(answer["status"]) != "1":
        code = str(answer["infocode"])
        return Reply(outcome=AMAP_FAULTS.get(code, "misunderstood"), level=code)
    if not answer["geocodes"]:
        return Reply(outcome="not_found")
    first = answer["geocodes"][0]
    level = str(first["level"])
    every = [[*map(float, each["location"].split(","))] for each in answer["geocodes"]]
    lon, lat = every[0]
    if any(max(abs(x - lon), abs(y - lat)) > ONE_PLACE for x, y in every[1:]):
        return Reply(outcome="ambiguous", level=level)
    (lon,), (lat,) = datum.to_wgs84([lon], [lat], datum="gcj02")
    return _placed(float(lon), float(lat), AMAP_LEVELS.get(level), level)


def _read_tianditu(answer: dict[str, Any]) -> Reply:
    if "code" in answer and "status" not in answer:
        return Reply(outcome="key_refused", level=str(int(answer["code"])))
    status = str(answer["status"])
    if status == "101":
        return Reply(outcome="not_found")
    if status != "0":
        return Reply(outcome="misunderstood", level=f"status {int(status)}")
    place = answer["location"]
    level = str(place.get("level") or "")
    # CGCS2000, which is WGS84 to a decimetre.
    return _placed(float(place["lon"]), float(place["lat"]), TIANDITU_LEVELS.get(level), level)


def _read_nominatim(answer: Any) -> Reply:  # noqa: ANN401 - an error is an object, not a list
    if not isinstance(answer, list):
        raise TypeError("expected a list")
    if not answer:
        return Reply(outcome="not_found")
    place = answer[0]
    rank = int(place["place_rank"])
    precision = next((each for least, each in NOMINATIM_RANKS if rank >= least), None)
    return _placed(float(place["lon"]), float(place["lat"]), precision, f"place_rank {rank}")


def _placed(lon: float, lat: float, precision: Located | None, level: str) -> Reply:
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        raise ValueError("no position")
    if precision is None:
        return Reply(outcome="too_coarse", level=level)
    return Reply(
        outcome="found", lon=round(lon, 6), lat=round(lat, 6), precision=precision, level=level
    )


_PARAMETERS: Final[Mapping[Service, Callable[[Question, str], dict[str, str]]]] = {
    "amap": _ask_amap,
    "tianditu": _ask_tianditu,
    "nominatim": _ask_nominatim,
}
_READERS: Final[Mapping[Service, Callable[[Any], Reply]]] = {
    "amap": _read_amap,
    "tianditu": _read_tianditu,
    "nominatim": _read_nominatim,
}
_STATUS: Final[Mapping[Service, Mapping[int, Outcome]]] = {
    "amap": {403: "key_refused", 429: "rate_limited"},
    # 429 is the day's quota there; 418 its firewall, which refuses keys that are no keys.
    "tianditu": {403: "key_refused", 418: "key_refused", 429: "quota_exhausted"},
    "nominatim": {401: "key_refused", 403: "key_refused", 429: "rate_limited"},
}
"""What a status of HTTP means whatever comes with it."""

ADDRESSES: Final[Mapping[Service, str]] = {
    "amap": "https://restapi.amap.com/v3/geocode/geo",
    "tianditu": "https://api.tianditu.gov.cn/geocoder",
    "nominatim": "https://nominatim.openstreetmap.org/search",
}
"""Where each service says it is asked."""

INTERVALS_S: Final[Mapping[Service, float]] = {"amap": 0.34, "tianditu": 0.1, "nominatim": 1.0}
"""Seconds between questions to a public server: three a second with a personal key of Amap, one a
second by the usage policy of OpenStreetMap; Tianditu states a limit for the day alone."""

KEYLESS: Final = frozenset[Service]({"nominatim"})
"""Services that need no key."""
