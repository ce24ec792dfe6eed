"""The record of changes for programs: a collection with days, and a feed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import feedparser
import pytest

from api import feed
from geo.facts import catalog, revisions

if TYPE_CHECKING:
    from tests.api.client import Client

PATH = "/collections/changes"
LAST = str(catalog.changes()["date"].max())


def test_every_line_of_the_record_is_served_in_order(client: Client) -> None:
    served = []
    for offset in range(0, len(catalog.changes()), 1000):
        served += client.get(f"{PATH}/items?limit=1000&offset={offset}").json["features"]
    properties = [each["properties"] for each in served]
    assert [each["number"] for each in properties] == list(range(1, len(properties) + 1))
    lines = catalog.changes().astype(object).where(catalog.changes().notna(), None)
    for name, written in {"date": "date", "row": "id", "old": "old", "reason": "reason"}.items():
        assert [each[name] for each in properties] == list(lines[written])


def test_a_line_says_what_it_is_about_where_that_is(client: Client) -> None:
    (found,) = client.get(f"{PATH}/items?row=sh-m50").json["features"]
    park = catalog.sites("shanghai").set_index("id").loc["sh-m50"]
    told = found["properties"]
    assert (told["region"], told["adcode"]) == ("shanghai", park["adcode"])
    assert (told["name_zh"], told["name_en"]) == (park["name_zh"], park["name_en"])
    assert found["geometry"]["coordinates"] == pytest.approx([park["lon"], park["lat"]], abs=1e-6)


def test_what_nobody_placed_has_no_geometry(client: Client) -> None:
    unplaced = catalog.sites(scope=catalog.WIDE).loc[lambda rows: rows["lon"].isna(), "id"]
    asked = f"{PATH}/items?table=sites,districts&reason=added,better_source&limit=1000"
    reply = client.get(asked).json
    assert reply["numberMatched"] == reply["numberReturned"]
    for each in reply["features"]:
        about = each["properties"]
        if about["table"] == "districts" or about["row"] in set(unplaced):
            assert each["geometry"] is None


@pytest.mark.parametrize(
    ("interval", "first", "last"),
    [
        (f"{LAST}/..", LAST, "9999"),
        (f"../{LAST}", "", LAST),
        (LAST, LAST, LAST),
        ("../1999-12-31", "", "1999-12-31"),
        ("2999-01-01/..", "2999-01-01", "9999"),
    ],
)
def test_an_interval_asks_for_the_changes_in_it(
    client: Client, interval: str, first: str, last: str
) -> None:
    matched = client.get(f"{PATH}/items?datetime={interval}&limit=1").json["numberMatched"]
    assert matched == sum(first <= day <= last for day in catalog.changes()["date"])


def test_days_are_compared_in_a_filter(client: Client) -> None:
    for literal in (f"DATE('{LAST}')", f"'{LAST}'"):
        reply = client.get(f"{PATH}/items?limit=1&filter={quote(f'date >= {literal}')}")
        assert reply.json["numberMatched"] == (catalog.changes()["date"] >= LAST).sum()


def test_collections_without_days_are_of_any_time(client: Client) -> None:
    whole, asked = (
        client.get(f"/collections/districts/items?limit=1{more}").json["numberMatched"]
        for more in ("", "&datetime=../1999-12-31")
    )
    assert asked == whole


def test_the_collection_says_from_when_to_when(client: Client) -> None:
    (interval,) = client.get(PATH).json["extent"]["temporal"]["interval"]
    days = catalog.changes()["date"]
    assert interval == [f"{days.min()}T00:00:00Z", f"{days.max()}T00:00:00Z"]
    assert "temporal" not in client.get("/collections/sites").json["extent"]


def test_a_reader_of_feeds_finds_an_entry_for_each_day_and_region(client: Client) -> None:
    reply = client.get("/feed?lang=en", Accept="application/atom+xml, application/rss+xml")
    assert reply.headers["content-type"] == "application/atom+xml"
    found = feedparser.parse(reply.body)
    assert (found.bozo, found.version) == (False, "atom10")
    lines = revisions.since_release().dropna(subset=["row", "region"])
    assert len(found.entries) == min(len(lines.groupby(["date", "region"])), feed.MOST)
    for entry in found.entries:
        asked = entry.id.removeprefix(client.base)
        told = client.get(asked).json
        assert told["numberReturned"] > 0
        for feature in told["features"][:20]:
            assert feature["properties"]["region"] in entry.link
    assert len({entry.id for entry in found.entries}) == len(found.entries)


def test_a_feed_of_one_region_names_what_came_in(client: Client) -> None:
    found = feedparser.parse(client.get("/feed?lang=zh&region=chongqing").body)
    entry = found.entries[-1]
    assert "重庆市" in entry.title
    lines = revisions.since_release()
    lines = lines[lines["date"] == lines["date"].min()]
    own = lines[(lines["region"] == "chongqing") & (lines["table"] == "sites")]
    new = own[own["reason"] == "added"]
    said = entry.content[0].value
    assert f"地点，新收入（{len(new)}）：" in said
    assert all(name in said for name in new["name_zh"][: feed.MOST_NAMES])


@pytest.mark.parametrize("asked", ["region=atlantis", "lang=fr", "f=json", "region=a&region=b"])
def test_a_feed_that_cannot_be_had_says_why(client: Client, asked: str) -> None:
    reply = client.get(f"/feed?{asked}")
    assert reply.status == 400
    assert json.loads(reply.body)["detail"]


def test_the_feed_is_found_from_the_start(client: Client) -> None:
    links = client.get("/").json["links"]
    (link,) = (each for each in links if each["type"] == "application/atom+xml")
    assert client.get(link["href"].removeprefix(client.base)).status == 200


def test_the_feed_is_written_as_it_was_understood(client: Client) -> None:
    plain = client.get("/feed?lang=zh").body
    assert client.get("/feed?lang=zh&region=").body == plain
    two = [client.get(f"/feed?lang=zh&region={r}").body for r in ("jinan,harbin", "harbin,jinan")]
    assert two[0] == two[1] != plain


def test_a_feed_is_as_old_as_its_own_latest_entry(client: Client) -> None:
    for region in catalog.regions().index:
        found = feedparser.parse(client.get(f"/feed?region={region}").body)
        assert found.feed.updated == found.entries[0].updated


def test_a_site_that_has_not_changed_has_no_changes(client: Client) -> None:
    changed = set(revisions.recorded()["row"].dropna())
    same = next(key for key in catalog.sites()["id"] if key not in changed)
    assert client.get(f"{PATH}/items?row={same}").json["numberMatched"] == 0
