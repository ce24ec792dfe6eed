"""Addresses of rows without a position: what is asked, and what the answers make of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.intake import addresses, columns, geocoding, outcome, readers, validation
from geo.intake.__main__ import main
from geo.intake.geocoders import Geocoder, Question
from geo.intake.plan import Plan
from geo.intake.sites import of_kept
from tests.geo.intake.dirty_files import A, B, written
from tests.geo.intake.geocoder_server import amap, amap_fault, amap_none, said, served
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.intake.table import RawTable
    from geo.intake.validation import Intake
    from tests.geo.intake.geocoder_server import Said, Service

HEAD = "名称,区县,城市,地址,经度,纬度\n"
LIST = (
    f"{HEAD}有坐标,江岸区,武汉市,中山大道1号,{written(A)}\n"
    "门牌,江岸区,武汉市,中山大道2号,,\n"
    "同址,江岸区,武汉市,中山大道2号,,\n"
    "只到路,江岸区,武汉市,解放大道,,\n"
    "查无,江岸区,武汉市,没有的路9号,,\n"
    "没地址,江岸区,武汉市,,,\n"
    "在别区,汉阳区,武汉市,汉阳大道5号,,\n"
)
HERE, THERE = f"{A[0]},{A[1]}", "121.490,31.232"


@pytest.fixture
def service() -> Iterator[Service]:
    with served() as running:
        running.answer = answer
        yield running


def answer(asked: dict[str, str]) -> Said:
    """Say what a service would of the rows of `LIST`."""
    if "没有" in asked["address"]:
        return amap_none()
    if "解放大道" in asked["address"]:
        return amap(HERE, "区县")
    return amap(HERE)


def read(body: str = LIST) -> tuple[RawTable, Plan, Intake]:
    table = readers.read("list.csv", body.encode())
    plan = Plan(columns=columns.recognise(table.cells))
    return table, plan, validation.take_in(table, plan)


def looked_up(service: Service, folder: Path, body: str = LIST) -> addresses.Lookup:
    table, plan, intake = read(body)
    asked = addresses.questions(intake, table, plan)
    geocoder = Geocoder(service="amap", url=service.url, key="key")
    answers = geocoding.geocode(asked.values(), geocoder, kept=folder / "kept", wait=lambda _: None)
    return addresses.lookup(answers, asked, intake)


def test_rows_without_a_position_are_asked_for_once_an_address_with_their_district() -> None:
    table, plan, intake = read()
    asked = addresses.questions(intake, table, plan)
    assert sorted(asked) == [3, 4, 5, 6, 8]
    assert asked[3] == asked[4] == Question(address="江岸区中山大道2号", city="武汉市")


def test_rows_that_only_an_address_can_place_are_asked_for() -> None:
    table, plan, intake = read(f"{HEAD}甲,,,某某路1号,,\n乙,,,,,\n")
    assert not len(intake.kept)
    assert addresses.questions(intake, table, plan) == {2: Question(address="某某路1号")}


def test_answers_place_rows_and_say_how_in_every_output(service: Service, tmp_path: Path) -> None:
    table, plan, before = read()
    told = looked_up(service, tmp_path)
    assert told.outcomes == {
        "found": (3, 4), "too_coarse": (5,), "not_found": (6,), "elsewhere": (8,),
    }  # fmt: skip
    assert told.sent == 4
    after = validation.take_in(table, Plan(columns=plan.columns, found=told.found))
    assert len(outcome.unplaced(before.kept)) - len(outcome.unplaced(after.kept)) == 2
    by_row = after.kept.set_index("row")
    assert by_row.loc[3, "precision"] == "building"
    assert str(by_row.loc[3, "located_by"]).startswith("amap 门牌号 2")
    assert by_row["located_by"].notna().sum() == 2
    sites = of_kept(after.kept, plan.columns, region="", source="list.csv").set_index("row")
    assert str(sites.loc[3, "coord_source"]).startswith("amap 门牌号")
    assert sites.loc[2, "coord_source"] == "list.csv"
    assert len(before.kept) == len(after.kept)


@pytest.mark.parametrize(
    ("answered", "outcome_"),
    [
        (amap_fault("10044"), "quota_exhausted"),
        (amap_fault("10001"), "key_refused"),
        (amap_fault("10021"), "rate_limited"),
        ((500, b"no"), "unreachable"),
        (said({"status": "1"}), "misunderstood"),
    ],
)
def test_what_goes_wrong_is_told_by_its_kind_and_changes_nothing(
    service: Service, tmp_path: Path, answered: Said, outcome_: str
) -> None:
    service.says(answered)
    told = looked_up(service, tmp_path)
    assert told.found == ()
    assert outcome_ in told.outcomes
    assert sum(map(len, told.outcomes.values())) == 5


def test_several_places_far_from_one_another_are_no_position(
    service: Service, tmp_path: Path
) -> None:
    one = {"location": HERE, "level": "门牌号"}
    both = {"status": "1", "infocode": "10000", "geocodes": [one, {**one, "location": THERE}]}
    service.says(said(both))
    assert set(looked_up(service, tmp_path).outcomes) == {"ambiguous"}


def test_the_program_asks_only_where_it_is_told_to(
    service: Service,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file, good = tmp_path / "list.csv", tmp_path / "good.geojson"
    file.write_text(LIST, "utf-8")
    command = [str(file), "--out", str(good), "--lang", "zh"]
    assert main([*command, "--geocode"]) == 2
    assert "CHUANGTU_GEOCODER" in capsys.readouterr().err
    kept = tmp_path / "kept.sqlite"
    use_settings(
        monkeypatch,
        geocoder="amap", geocoder_key="key", geocoder_url=service.url, geocoder_kept=kept,
    )  # fmt: skip
    assert main(command) == 0
    assert service.asked == []
    assert main([*command, "--geocode"]) == 0
    assert len(service.asked) == 4
    told = capsys.readouterr()
    assert "4 个地址发往 amap" in told.err
    assert "1 行（6）：服务不认识这个地址" in told.err
    assert told.out.strip().endswith("read 7, kept 7, rejected 0")
    assert "amap 门牌号" in good.read_text("utf-8")
    assert main([*command, "--geocode"]) == 0
    sent = [parse_qs(urlsplit(str(each)).query) for each in service.asked]
    assert len(sent) == 6  # what has no position is asked again, what has one is not


def test_a_position_of_another_district_is_no_answer(service: Service, tmp_path: Path) -> None:
    service.says(amap(f"{B[0]},{B[1]}"))
    told = looked_up(service, tmp_path, f"{HEAD}甲,江岸区,武汉市,中山大道2号,,\n")
    assert told.outcomes == {"elsewhere": (2,)}
