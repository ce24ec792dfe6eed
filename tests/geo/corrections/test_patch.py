"""What breaks: a patch that git refuses, or that makes other tables than the corrections."""

from __future__ import annotations

import csv
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from geo import settings
from geo.corrections import making
from geo.corrections.correction import corrected
from geo.corrections.making import Rows, Why
from geo.corrections.patch import patch
from geo.facts import boundaries, catalog, changes
from tests.data import test_wording

if TYPE_CHECKING:
    from pathlib import Path

    from geo.corrections.correction import Correction

REGION = "shanghai"


@pytest.fixture
def made() -> list[Correction]:
    """A row placed, one moved to another district and back in part, words with every hard sign."""
    sites = catalog.sites(REGION, scope=catalog.WIDE)
    units = frozenset(boundaries.districts(REGION).index)
    unplaced = sites.loc[sites["lon"].isna(), "id"].iloc[0]
    placed = sites.loc[sites["lon"].notna(), "id"].iloc[3]
    steps: list[Correction] = []
    hard = '据“名录”, "quoted"; 第2页\u2028（2026）'
    for id_, cells, reason in (
        (unplaced, {"lon": 121.473712, "lat": 31.23, "precision": "building"}, "seen"),
        (placed, {"lon": 121.52, "lat": 31.2, "precision": "street"}, f"document; {hard}"),
        (placed, {"address": '南京路1号, "二楼"'}, "mistake"),
        (unplaced, {"adcode": "310115"}, "moved"),
    ):
        now = Rows(sites=corrected(sites, steps), units=units)
        why = Why(date="2099-01-01", reason=reason, lang="zh")
        steps += making.edited(now, {str(id_): cells}, why)
    return steps


def applied(text: str, to: Path) -> Path:
    """The data folder of a clone to which git has applied a patch."""
    shutil.copytree(settings.OWN_DATA, to / "data")
    subprocess.run(["git", "init", "-q", str(to)], check=True)  # noqa: S607
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],  # noqa: S607
        cwd=to, input=text.encode(), check=True,
    )  # fmt: skip
    return to / "data"


def test_git_applies_the_patch_and_the_catalogue_is_as_corrected(
    made: list[Correction], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = applied(patch(made, settings.OWN_DATA), tmp_path)
    catalog.check(folder)
    lines = changes.since_release(changes.read(folder))
    today = changes.of_today(folder)
    assert changes.replay(changes.released(folder), lines) == today
    reasons = {line.reason for line in lines[-20:] if line.date == "2099-01-01"}
    assert reasons == {"corrected", "better_source", "moved"}
    monkeypatch.setattr(test_wording, "DATA", folder)
    with (folder / "wording.csv").open(encoding="utf-8", newline="") as file:
        remarks = list(csv.DictReader(file))
    test_wording.test_every_remark_has_a_row_and_no_row_is_stale(remarks)
    for check in (
        test_wording.test_chinese_is_chinese_unless_only_an_address,
        test_wording.test_punctuation_is_that_of_the_language,
        test_wording.test_a_chinese_remark_has_english_words_in_english,
    ):
        check(remarks)
    after = catalog.read(folder).tables["sites"]
    expected = corrected(catalog.sites(scope=catalog.WIDE), made).drop(columns="district")
    assert after.equals(expected.rename(columns={"district_listed": "district"})[[*after]])


def test_corrections_that_were_taken_back_leave_no_patch() -> None:
    assert patch([], settings.OWN_DATA) == ""
