"""A workspace is served to whoever holds its read key, like the catalogue, and to nobody else."""

from __future__ import annotations

import json
import logging
import queue
import subprocess
from logging.handlers import QueueHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from jsonschema import Draft202012Validator

from api import endpoints, limits, router, sources
from geo import memory
from geo.errors import StorageError, UnknownRegionError
from geo.facts import catalog, own_regions
from geo.intake import columns, placing, sites
from geo.intake.plan import Plan
from geo.intake.validation import take_in
from geo.networks import packed
from geo.planning.scenario import Pin, Scenario
from geo.policy import draft as drafts
from geo.policy import writer
from geo.search.criteria import Criteria
from geo.settings import LANGUAGES
from geo.workspaces import region
from geo.workspaces.content import Workspace
from geo.workspaces.home import home
from tests import lists
from tests.geo.intake.files import table
from tests.reading import links, read
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.workspaces.keys import Keys
    from tests.api.client import Client, Reply

NAMES = ("江滩里文创园", "古琴台设计工场", "南湖工业设计中心", "月湖动漫园")
EN = {"Accept_Language": "en"}
SCENARIOS = (
    Scenario(
        name="江边 <两处>",
        pins=(Pin("A", 114.3, 30.6), Pin("B", 114.25, 30.55)),
        radius_m=2000,
        asked="sector=fas",
    ),
    Scenario(name="一处/试", pins=(Pin("A", 114.35, 30.5),), radius_m=3000),
)
PRIVATE = {
    "cache-control": "private, no-cache",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
}


def wuhan(**more: Any) -> Workspace:  # noqa: ANN401 - of a workspace
    """Return four sites of Wuhan, one of which is known by its district alone."""
    raw = table(
        编号=["甲/1", "甲/2", "乙/1", "乙/2"],
        名称=list(NAMES),
        经度=[114.3001, 114.2101, None, 114.2205],
        纬度=[30.6002, 30.5503, None, 30.5602],
        区县=["江岸区", "汉阳区", "洪山区", "汉阳区"],
        类别=["园区", "园区", "设计中心", "园区"],
        电话=["027-1", "027-2", None, "027-4"],
    )
    held = columns.recognise(raw.cells)
    units = placing.region_of("420100")
    kept = take_in(raw, Plan(columns=held, region=units)).kept
    rows = sites.of_kept(kept, held, region="", source="list.csv")
    whole: dict[str, Any] = {
        "name": "武汉 <名录>",
        "sites": rows,
        "region": units,
        "scenarios": SCENARIOS,
    }
    return Workspace(**{**whole, **more})


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keys:
    use_settings(monkeypatch, workspaces=tmp_path)
    return home().create(wuhan())


@pytest.fixture
def at(keys: Keys) -> str:
    return f"/workspaces/{keys.read}"


@pytest.fixture
def log() -> Iterator[queue.SimpleQueue[logging.LogRecord]]:
    """Everything that anything logs, however unimportant; requests themselves the app logs not."""
    records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    handler, root = QueueHandler(records), logging.getLogger()
    heard = [root, *map(logging.getLogger, ("uvicorn", "uvicorn.error"))]
    levels = [each.level for each in heard]
    for each in heard:
        each.addHandler(handler)
        each.setLevel(logging.DEBUG)
    yield records
    for each, level in zip(heard, levels, strict=True):
        each.removeHandler(handler)
        each.setLevel(level)


def run(*command: str) -> str:
    """Return what a program says; it warns of nothing."""
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout


def properties(reply: Reply) -> list[dict[str, Any]]:
    assert reply.status == 200, reply.text
    return [each["properties"] for each in reply.json["features"]]


def test_its_sites_are_served_as_those_of_the_catalogue(client: Client, at: str) -> None:
    rows = properties(client.get(f"{at}/collections/sites/items"))
    assert [row["name_zh"] for row in rows] == list(NAMES)
    assert [row["电话"] for row in rows] == ["027-1", "027-2", None, "027-4"]
    known = json.loads(sources.collection("sites").features.texts[0])["properties"]
    assert {*known} - {*rows[0]} == {"region"}
    found = client.get(f"{at}/collections/sites/items/{quote('甲/1', safe='')}").json
    assert found["geometry"]["coordinates"] == [114.3001, 30.6002]
    assert client.get(f"{at}/collections/sites/items/{quote('乙/1')}").json["geometry"] is None


def test_its_districts_have_the_figures_of_the_public_ones(client: Client, at: str) -> None:
    rows = properties(client.get(f"{at}/collections/districts/items?limit=1000"))
    known = json.loads(sources.collection("districts").features.texts[0])["properties"]
    assert {*known} - {*rows[0]} == {"region"}
    assert {row["adcode"] for row in rows} == {*placing.region_of("420100")}
    assert {row["name_zh"]: row["n"] for row in rows if row["n"]} == {
        "江岸区": 1,
        "汉阳区": 2,
        "洪山区": 1,
    }
    (wider,) = properties(
        client.get(
            f"{at}/collections/districts/items?district=汉阳区&radius=5".replace(
                "汉阳区", quote("汉阳区")
            )
        )
    )
    (usual,) = (row for row in rows if row["name_zh"] == "汉阳区")
    assert (usual["radius_m"], wider["radius_m"]) == (3000, 5000)
    assert wider["share"] > usual["share"] > 0


@pytest.mark.parametrize(
    ("asked", "n"),
    [
        ("kind=park", 3),
        ("district=汉阳区", 2),
        ("district=420105,420102", 3),
        ("district=420100", 4),
        ("text=工业", 1),
        ("near=114.21,30.55&within_km=2", 2),
        ("bbox=114.29,30.5,114.4,30.7", 2),  # with the one that has no position
        ("filter=\"电话\" > '027-1'", 2),
        ("filter=S_INTERSECTS(geometry, BBOX(114.2,30.5,114.25,30.6))", 2),
    ],
)
def test_it_takes_the_filters_of_the_public_collections(
    client: Client, at: str, asked: str, n: int
) -> None:
    reply = client.get(f"{at}/collections/sites/items?{quote(asked, safe='=&,')}")
    assert len(properties(reply)) == reply.json["numberMatched"] == n


def test_pages_formats_and_problems_are_those_of_the_public_collections(
    client: Client, at: str
) -> None:
    page = client.get(f"{at}/collections/sites/items?limit=3")
    (after,) = page.links("next")
    assert len(client.follow(after).json["features"]) == 1
    assert client.get(f"{at}/collections/sites/items", Accept="application/xml").status == 406
    faulty = client.get(f"{at}/collections/sites/items?kind=castle&region=shanghai", **EN)
    assert faulty.status == 400
    assert faulty.headers["content-type"] == "application/problem+json"
    assert "castle" in faulty.json["detail"]
    assert "no parameter region" in faulty.json["detail"]
    other = client.get(f"{at}/collections/changes", **EN)
    assert (other.status, "sites, districts, clusters" in other.json["detail"]) == (404, True)
    for path in ("/feed", "/collections/changes/items", "/workspaces", "/nothing"):
        assert client.get(at + path).status == 404


@pytest.mark.parametrize("name", sources.OF_WORKSPACE)
def test_features_keep_the_schemas_that_describe_them(client: Client, at: str, name: str) -> None:
    root = f"{at}/collections/{name}"
    kept = Draft202012Validator(client.get(f"{root}/schema/feature").json)
    for feature in client.get(f"{root}/items?limit=1000").json["features"]:
        assert [each.message for each in kept.iter_errors(feature)] == []
    assert "region" not in client.get(f"{root}/queryables").json["properties"]


@pytest.mark.parametrize(
    "path", ["", "/collections", "/collections/sites", "/collections/districts"]
)
def test_every_address_that_it_links_to_keeps_the_key(
    client: Client, at: str, keys: Keys, path: str
) -> None:
    document = client.get(at + path).json
    told = [*document["links"]]
    told += [link for each in document.get("collections", []) for link in each["links"]]
    pages = client.base.removesuffix("/api") + f"/?region={own_regions.PREFIX}{keys.read}"
    for link in told:
        if link["rel"] == "about":
            assert link["href"] == pages
            continue
        assert link["href"].startswith((client.base + at, client.tiles.base + at))
        reply = client.follow(link["href"])
        assert reply.status == 200, link
        assert reply.headers["content-type"].split(";")[0] == link["type"].split(";")[0]


@pytest.mark.parametrize(
    "path", ["", "/openapi", "/collections/sites", "/collections/sites/items", "/conformance"]
)
def test_its_pages_for_people_lead_nowhere_else(
    client: Client, at: str, keys: Keys, path: str
) -> None:
    reply = client.get(f"{at}{path}?f=html&lang=en")
    assert reply.status == 200
    page = read(reply.text)
    assert not list(page.iter("script"))
    for address in links(page, client.base):
        assert address.startswith(client.base + at), address
        assert client.follow(address).status == 200, address
    home_ = next(each for each in page.iter("a") if each.get("class") == "name").attrib["href"]
    assert f"region={own_regions.PREFIX}{keys.read}" in home_


def test_it_says_whose_it_is(client: Client, at: str) -> None:
    assert client.get(at, **EN).json["title"] == "武汉 <名录>: live data"
    assert "武汉 &lt;名录&gt;" in client.get(f"{at}?f=html").text
    assert client.get(f"{at}/openapi").json["servers"][0]["url"] == client.base + at


def test_a_new_version_is_served_at_once_and_the_same_one_not_again(
    client: Client, at: str, keys: Keys
) -> None:
    path = f"{at}/collections/sites/items"
    first = client.get(path)
    again = client.get(path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers.items() >= PRIVATE.items()
    fewer = wuhan()
    home().save(keys.write, wuhan(sites=fewer.sites.head(3)), based_on=1)
    changed = client.get(path, If_None_Match=first.headers["etag"])
    assert (changed.status, changed.json["numberMatched"]) == (200, 3)
    districts = properties(client.get(f"{at}/collections/districts/items?limit=1000"))
    assert sum(row["n"] for row in districts) == 3


def test_keys_that_read_nothing_are_refused_in_the_same_words(
    client: Client, at: str, keys: Keys
) -> None:
    assert client.get(at).status == 200
    home().delete(keys.write)
    unknown = "A" * len(keys.read)
    told = set()
    for key in (keys.read, keys.write, unknown, "x", f"{keys.read}.1", "../secrets", "%00"):
        for path in ("", "/collections/sites/items"):
            reply = client.get(f"/workspaces/{key}{path}", **EN)
            assert reply.status == 404
            assert key not in reply.text
            told.add(reply.text)
    assert len(told) == 1
    page = client.get(f"/workspaces/{keys.read}?f=html")
    assert page.status == 404
    assert keys.read not in page.text


def test_a_key_that_writes_is_not_taken(client: Client, keys: Keys) -> None:
    assert client.get(f"/workspaces/{keys.write}").status == 404
    assert client.get(f"/workspaces/{keys.write}/collections/sites/items").status == 404


@pytest.mark.parametrize(
    "path", ["", "?f=html", "/collections/sites/items", "/nothing", "?f=xml", "/openapi"]
)
def test_no_answer_is_kept_by_others_listed_or_named_to_them(
    client: Client, at: str, path: str
) -> None:
    assert client.get(at + path).headers.items() >= PRIVATE.items()
    assert client.send("POST", at + path).headers.items() >= PRIVATE.items()
    assert client.get(f"/workspaces/unknown{path}").headers.items() >= PRIVATE.items()


def test_the_public_service_knows_nothing_of_it(client: Client, at: str, keys: Keys) -> None:
    assert client.get(f"{at}/collections/sites/items").status == 200
    assert client.get("/workspaces").status == client.get("/workspaces/").status == 404
    every = [client.get(path) for path in ("/", "/collections", "/openapi", "/?f=html")]
    for name in sources.NAMES:
        every += [client.get(f"/collections/{name}/items?limit=1000&scope=wide")]
        every += [client.get(f"/collections/{name}/items?limit=1000")]
    for reply in every:
        assert reply.headers["cache-control"] == "no-cache"
        assert not [each for each in (*NAMES, keys.read, "workspaces/") if each in reply.text]
    for named in (own_regions.PREFIX + keys.read, region.opened(keys.read)):
        assert client.get(f"/collections/sites/items?region={named}").status == 400
        assert client.get(f"/collections/districts/items?region={named}").status == 400
    assert not {*NAMES} & {*catalog.sites(scope=catalog.WIDE)["name_zh"]}


def test_one_workspace_knows_nothing_of_another(client: Client, at: str) -> None:
    rows = wuhan().sites.head(1).assign(name_zh="别人的园")
    other = home().create(wuhan(name="别人", sites=rows))
    mine = client.get(f"{at}/collections/sites/items")
    theirs = client.get(f"/workspaces/{other.read}/collections/sites/items")
    assert "别人" not in mine.text
    assert [row["name_zh"] for row in properties(theirs)] == ["别人的园"]
    assert client.get(f"{at}/collections/sites/items").body == mine.body


def test_no_row_holds_the_key(client: Client, at: str, keys: Keys) -> None:
    for name in sources.OF_WORKSPACE:
        features = client.get(f"{at}/collections/{name}/items?limit=1000").json["features"]
        assert keys.read not in json.dumps(features)


def test_no_log_holds_the_key(
    client: Client,
    at: str,
    keys: Keys,
    log: queue.SimpleQueue[logging.LogRecord],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for path in ("", "/collections/sites/items?f=html", "/nothing", "/collections/sites/items?a=1"):
        client.get(at + path)
    client.get(f"/workspaces/{keys.write}")

    def fail(_: object) -> None:
        own_regions.known(f"{own_regions.PREFIX}{keys.read}.7")

    with monkeypatch.context() as broken:
        broken.setattr(router, "answer", fail)
        failed = client.get(f"{at}/collections/districts/items")
    assert failed.status == 500
    assert failed.headers.items() >= PRIVATE.items()
    assert keys.read not in failed.text

    def closed(_: object) -> None:
        raise StorageError("unavailable", "the disk is gone")

    monkeypatch.setattr(region, "opened", closed)
    assert client.get(at).status == 503
    said: list[str] = []
    while not any("disk is gone" in each for each in said) or not any(
        "UnknownRegionError" in each for each in said
    ):
        said.append(log.get(timeout=10).getMessage())
    assert not [each for each in said if keys.read in each or keys.write in each]


def test_a_region_that_is_closed_is_not_named() -> None:
    with pytest.raises(UnknownRegionError) as caught:
        own_regions.known(f"{own_regions.PREFIX}secret")
    assert "secret" not in str(caught.value)


def test_areas_of_ones_own_are_its_districts(client: Client, keys: Keys) -> None:
    areas = gpd.GeoDataFrame(
        {
            "adcode": ["Zone A", "月湖"],
            "name_zh": ["Zone A", "月湖"],
            "population": [1000.0, None],
            "area_land_km2": [None, None],
        },
        geometry=shapely.box([114.29, 114.2], [30.59, 30.54], [114.31, 114.23], [30.61, 30.57]),
        crs="EPSG:4326",
    )
    home().save(keys.write, wuhan(boundaries=areas), based_on=1)
    root = f"/workspaces/{keys.read}/collections/districts/items"
    rows = properties(client.get(root))
    assert [(row["adcode"], row["n"]) for row in rows] == [("Zone A", 1), ("月湖", 2)]
    assert rows[0]["per_100k_residents"] == pytest.approx(100)
    (one,) = properties(client.get(f"{root}?district={quote('Zone A')}&zoom=8"))
    assert one["name_zh"] == "Zone A"
    found = client.get(f"{root}/{quote('Zone A')}?radius=1").json
    assert found["properties"]["radius_m"] == 1000


def test_its_layouts_are_served_as_those_of_the_catalogue(
    client: Client, at: str, keys: Keys
) -> None:
    root = f"{at}/collections/layouts/items"
    assert properties(client.get(root)) == []
    now = region.opened(keys.read)
    told = {f"{name}_{lang}": "某处" for name in ("name", "role", "summary") for lang in LANGUAGES}
    titles = drafts.Titles(name_zh="草稿", name_en="Draft", summary_zh="说明", summary_en="A line")
    cited = {"title_zh": "草稿", "title_en": "Draft", "issuer": "读者"}
    draft = drafts.blank(now, titles, day="2026-11-28", citation=cited)
    place = {"kind": "node", **told, "status": "planned", "extent": {"districts": ["420102"]}}
    text = writer.to_toml(drafts.add(draft, place).layout)
    home().save(keys.write, wuhan(layouts={"own-draft": text}), based_on=1)
    reply = client.get(root)
    (row,) = properties(reply)
    assert (row["layout"], row["name_zh"]) == ("own-draft", "某处")
    assert keys.read not in json.dumps(reply.json["features"])
    known = json.loads(sources.collection("layouts").features.texts[0])["properties"]
    assert {*known} - {*row} == {"region"}
    assert len(properties(client.get(f"{root}?layout=own-draft&kind=node"))) == 1
    assert client.get(f"{root}?layout=another").status == 400


@pytest.mark.parametrize("what", ["schema", "queryables"])
def test_layouts_are_described_before_there_is_one(client: Client, at: str, what: str) -> None:
    name = "layouts"
    assert properties(client.get(f"{at}/collections/{name}/items")) == []
    here = client.get(f"{at}/collections/{name}/{what}?lang=en").json["properties"]
    known = client.get(f"/collections/{name}/{what}?lang=en").json["properties"]
    assert {*known} - {*here} == {"region"}
    assert {each["type"] for key, each in here.items() if key != "geometry"} <= {
        "string", "integer", "number", "boolean"
    }  # fmt: skip
    assert here["name_zh"] == known["name_zh"]


def clustered(n: int) -> gpd.GeoDataFrame:
    """Return sites in a row, a hundred metres apart."""
    few = wuhan().sites.head(1)
    rows = pd.concat([few] * n, ignore_index=True)
    lon = 114.30 + np.arange(n) * 0.001
    rows = rows.assign(id=[f"s{at}" for at in range(n)], lon=lon, lat=30.60)
    return rows.set_geometry(gpd.points_from_xy(lon, [30.60] * n), crs="EPSG:4326")


def test_its_clusters_are_those_of_its_sites_and_name_no_region(client: Client, keys: Keys) -> None:
    rows = clustered(5)
    home().save(keys.write, wuhan(sites=rows), based_on=1)
    root = f"/workspaces/{keys.read}/collections/clusters/items"
    (one,) = client.get(root).json["features"]
    assert one["id"] == "1000.3.1"
    assert "region" not in one["properties"]
    assert one["properties"]["members"].split(";") == rows["id"].to_list()
    assert client.get(f"{root}/1000.3.1").json["properties"] == one["properties"]
    assert client.get(f"{root}?distance=500&least=5").json["numberMatched"] == 1
    assert client.get(f"{root}?region=shanghai").status == 400


def test_clusters_of_too_many_sites_are_refused_and_nothing_else_is(
    client: Client, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_CLUSTERED", 3)
    refused = client.get(f"{at}/collections/clusters/items", **EN)
    assert refused.status == 400
    assert "4 sites" in refused.json["detail"]
    for path in ("", "/collections", "/collections/clusters", "/openapi", "/collections/sites"):
        assert client.get(at + path).status == 200


def test_its_plan_keeps_its_own_sites(client: Client, at: str) -> None:
    places = properties(client.get(f"{at}/collections/plans/items?p=2&radius=5"))
    assert [each["number"] for each in places] == [1, 2]
    assert {(each["fixed"], each["unlocated"]) for each in places} == {(3, 1)}
    assert not any("region" in each for each in places)


def test_its_plan_stands_at_the_places_that_its_owner_brought(
    client: Client, at: str, keys: Keys
) -> None:
    asked = f"{at}/collections/plans/items?p=1&radius=5&candidates=own"
    assert "has brought none" in client.get(asked, **EN).json["detail"]
    yards = gpd.GeoDataFrame(
        {"name": ["甲场", "海上"]}, geometry=[shapely.Point(114.4, 30.5), shapely.Point(124, 30)]
    )
    own = packed.of_places(yards, source="规划局", file="yards.gpkg")
    home().save(keys.write, wuhan(candidates=own), based_on=1)
    (place,) = properties(client.get(asked))
    assert (place["candidate"], place["n_candidates"], place["left_out"]) == ("甲场", 1, 1)
    everywhere = gpd.GeoSeries([shapely.box(113, 29, 116, 32)], crs=4326)
    closed = packed.of_shapes(everywhere, source="", file="")
    home().save(keys.write, wuhan(candidates=own, forbidden=closed), based_on=2)
    assert "No candidate can be used" in client.get(asked, **EN).json["detail"]


def test_its_firms_are_served_by_the_parks_of_the_catalogue(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_settings(monkeypatch, workspaces=tmp_path)
    made = home().create(lists.firms(n=20))
    root = f"/workspaces/{made.read}/collections/plans"
    asked = "p=1&demand=sites&stay="
    none = client.get(f"{root}/items?{asked}own")
    assert none.json["features"] == []  # they serve themselves
    (place,) = properties(client.get(f"{root}/items?{asked}catalogue"))
    assert (place["stay"], place["demand"], place["region_residents"]) == ("catalogue", "sites", 20)
    parks = properties(client.get("/collections/plans/items?region=jinan"))[0]
    assert (place["fixed"], place["vague"]) == (parks["fixed"], parks["vague"])
    assert place["nearest"] in {*catalog.sites("jinan")["id"]}
    assert properties(client.get(f"{root}/items?{asked}both")) == []
    for bad in ("mine", "own,both"):
        refused = client.get(f"{root}/items?stay={bad}", **EN)
        assert "known are own, catalogue, both" in refused.json["detail"]


def test_where_the_catalogue_has_no_site_its_sites_cannot_stay(client: Client, at: str) -> None:
    for stay in ("catalogue", "both"):
        reply = client.get(f"{at}/collections/plans/items?stay={stay}", **EN)
        assert reply.status == 400
        assert "the public catalogue has no site in the districts" in reply.json["detail"]
    assert client.get("/collections/plans/items?region=jinan&stay=own").status == 400


def test_its_scenarios_are_served_pin_by_pin(client: Client, at: str, keys: Keys) -> None:
    root = f"{at}/collections/scenarios/items"
    reply = client.get(root)
    assert reply.ids == ["江边 <两处>.A", "江边 <两处>.B", "一处/试.A"]
    first = reply.json["features"][0]
    assert first["geometry"]["coordinates"] == [114.3, 30.6]
    told = first["properties"]
    assert (told["scenario"], told["letter"]) == ("江边 <两处>", "A")
    assert (told["radius_m"], told["filters"]) == (2000, "sector=fas")
    assert client.get(f"{root}?scenario={quote('江边 <两处>')}").json["numberMatched"] == 2
    assert client.get(f"{root}?scenario=none").json["numberMatched"] == 0
    assert client.get(f"{root}/{quote('一处/试.A', safe='')}").json["id"] == "一处/试.A"
    assert "&lt;两处&gt;" in client.get(f"{root}?f=html").text
    home().save(keys.write, wuhan(scenarios=()), based_on=1)
    assert client.get(root).json["numberMatched"] == 0
    assert client.get("/collections/scenarios").status == 404


def test_gdal_reads_it(client: Client, at: str, tmp_path: Path) -> None:
    address = f"OAPIF:{client.base}{at}"
    told = run("ogrinfo", "-ro", address)
    assert "1: sites (" in told
    assert "2: districts (" in told
    assert "3: clusters (" in told
    assert "4: plans (" in told
    assert "5: quotients (" in told
    assert "6: tests (" in told
    assert "7: peers (" in told
    assert "8: layouts" in told
    assert "9: scenarios (" in told
    assert "10:" not in told
    held = {"sites": 4, "districts": 13, "clusters": 0, "plans": 3, "layouts": 0, "scenarios": 3}
    bordering = client.get(f"{at}/collections/peers/items?role=neighbour").json["numberMatched"]
    held |= {"quotients": 13 * 9, "tests": 2 * 4 + 6 + 13, "peers": 13 + bordering}
    for name in sources.OF_WORKSPACE:
        file = tmp_path / f"{name}.gpkg"
        run("ogr2ogr", str(file), address, name, "-oo", "PAGE_SIZE=2")
        assert len(gpd.read_file(file)) == held[name]


def test_geopandas_reads_the_live_link_of_a_page(client: Client, keys: Keys) -> None:
    app, asked = client.base.removesuffix("/api"), Criteria(kind=("park",))
    for named in (own_regions.PREFIX + keys.read, region.opened(keys.read)):
        link = endpoints.items_address(app, named, asked)
        live = gpd.read_file(link)
        assert live["name_zh"].tolist() == [NAMES[0], NAMES[1], NAMES[3]]
        assert live.geometry.x.round(4).tolist() == [114.3001, 114.2101, 114.2205]
    assert endpoints.serves(own_regions.PREFIX + keys.read)
    assert not endpoints.serves(f"{own_regions.PREFIX}an-upload")


@pytest.mark.parametrize(
    "path",
    [
        "/collections/sites/items?filter=kind>'design' AND \"district\" LIKE '%25汉%25'",
        "/collections/sites/items?district=汉阳区",
        "/collections/sites/queryables",
        "/collections/sites/items.csv",
        "/collections/sites/items.fgb?kind=park",
        "/collections/sites/items.parquet",
        "/sites/8/209/105.mvt",
    ],
)
def test_texts_that_many_rows_have_are_served_as_all_others(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    use_settings(monkeypatch, workspaces=tmp_path)
    monkeypatch.setattr(region, "LARGE", 0)
    few = wuhan().sites
    rows = pd.concat([few] * region.ROWS_PER_TEXT * 2, ignore_index=True)
    rows["id"] = [f"site-{number}" for number in range(len(rows))]
    key = home().create(wuhan(sites=rows)).read
    address = quote(f"/workspaces/{key}{path}", safe="/?=&%")

    def body() -> bytes:
        memory.forget_views()
        own_regions.forget(region.opened(key))
        reply = (client.tiles if path.endswith(".mvt") else client).get(address)
        assert reply.status == 200
        return reply.body

    once = body()
    monkeypatch.setattr(region, "ROWS_PER_TEXT", len(rows) + 1)
    assert body() == once
