"""What becomes of doubtful rows where a reader decides otherwise than is proposed."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from geo.errors import InputError
from geo.intake import columns, outcome, readers, validation
from geo.intake.plan import Plan
from geo.intake.sites import of_kept
from geo.intake.treatments import CODES, OF_CODE, Treatments, changed, written
from geo.intake.words import IntakeTexts
from tests.geo.intake.dirty_files import A, B, C

if TYPE_CHECKING:
    from geo.intake.validation import Intake

WUHAN = ("420102", "420106", "420111")


def taken(body: str, chosen: Treatments, *, region: tuple[str, ...] = ()) -> Intake:
    raw = readers.read("list.csv", body.encode())
    held = columns.recognise(raw.cells)
    return validation.take_in(raw, Plan(columns=held, treatments=chosen, region=region))


SWAPPED = f"名称,区县,经度,纬度\n甲,江岸区,{A[1]},{A[0]}\n乙,江岸区,{A[0]},{A[1]}\n"
CONFLICT = f"名称,区县,经度,纬度\n甲,武汉市洪山区,{A[0]},{A[1]}\n"
OUTSIDE = f"名称,经度,纬度\n甲,{A[0]},{A[1]}\n乙,121.47,31.23\n"
SHORT = "名称,区县,城市\n甲,江岸,武汉市\n"
AREAS = f"名称,经度,纬度,面积\n甲,{A[0]},{A[1]},2.4万\n乙,{B[0]},{B[1]},30\n丙,{C[0]},{C[1]},50\n"


@pytest.mark.parametrize(
    ("body", "chosen", "told", "located", "adcodes"),
    [
        (SWAPPED, {}, {"swapped"}, 2, ["420102", "420102"]),
        (SWAPPED, {"swapped": "void"}, {"swapped_void", "district_only"}, 1, ["420102"] * 2),
        (CONFLICT, {}, {"other_district"}, 1, ["420102"]),
        (CONFLICT, {"conflict": "words"}, {"other_district_named"}, 0, ["420111"]),
        (SHORT, {}, {"short_district", "district_only"}, 0, ["420102"]),
    ],
)
def test_rows_are_treated_as_chosen(
    body: str, chosen: dict[str, str], told: set[str], located: int, adcodes: list[str]
) -> None:
    intake = taken(body, Treatments(**chosen))  # type: ignore[arg-type]
    assert set(intake.faults["code"]) == told
    assert len(intake.kept) - len(outcome.unplaced(intake.kept)) == located
    assert intake.kept["adcode"].to_list() == adcodes
    unplaced = outcome.unplaced(intake.kept)
    assert set(unplaced["precision"]) <= {"none"}


def test_short_names_left_alone_leave_the_city() -> None:
    (row,) = taken(SHORT, Treatments(short_name="unread")).kept.to_dict("records")
    assert row["city_adcode"] == "420100"
    assert row["adcode"] is None or row["adcode"] != row["adcode"]


def test_rows_outside_the_region_are_rejected_or_kept() -> None:
    rejected = taken(OUTSIDE, Treatments(), region=WUHAN)
    kept = taken(OUTSIDE, Treatments(outside="kept"), region=WUHAN)
    assert (len(rejected.kept), len(rejected.rejected)) == (1, 1)
    assert (len(kept.kept), len(kept.rejected)) == (2, 0)
    assert kept.faults["code"].to_list() == ["outside_kept"]


@pytest.mark.parametrize(
    ("unit", "areas"),
    [
        ("headed", [24000, 30, 50]),
        ("ten_thousand_m2", [24000, 300_000, 500_000]),
        ("mu", [24000, 20_000, 100_000 / 3]),
    ],
)
def test_areas_without_a_unit_are_read_in_the_unit_chosen(unit: str, areas: list[float]) -> None:
    intake = taken(AREAS, Treatments(bare_area=unit))  # type: ignore[arg-type]
    assert intake.faults["row"].to_list() == [2]
    held = columns.recognise(readers.read("list.csv", AREAS.encode()).cells)
    sites = of_kept(intake.kept, held, region="", source="", bare_area=unit)
    assert sites["area_m2"].to_list() == pytest.approx(areas)


def test_every_way_to_treat_has_words_and_the_proposed_one_stands_first() -> None:
    usual = asdict(Treatments())
    assert {name: next(iter(choices)) for name, choices in CODES.items()} == usual
    for lang in ("zh", "en"):
        t = IntakeTexts(lang)
        for code in OF_CODE:
            assert t(f"fault.{code}")
            assert t(f"expected.{code}")
        said = [t(f"treatment.{code}") for code in OF_CODE]
        assert len(set(said)) == len(said)


def test_a_command_line_names_treatments() -> None:
    chosen = written(["swapped=void", "outside=kept"])
    assert changed(chosen) == {"swapped": "void", "outside": "kept"}
    with pytest.raises(InputError, match="swapped=turned"):
        written(["swapped=perhaps"])
