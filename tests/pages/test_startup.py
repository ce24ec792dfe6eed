"""The start: a damaged catalogue stops it, missing web assets do not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import app
from geo import settings
from geo.policy import layouts
from layers import assets
from tests.geo import toy_layout_files
from tests.settings_in_use import use_settings
from ui.cached import base_documents, names

if TYPE_CHECKING:
    from tests.pages.conftest import Open

ROOT = Path(__file__).resolve().parents[2]


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    """Import the app, as the server does, with variables of the environment."""
    return subprocess.run(
        [sys.executable, "-c", "import app"],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """Return a copy of the data folder that a test may damage."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def test_sound_facts_start(facts: Path) -> None:
    assert start(CHUANGTU_DATA=str(facts)).returncode == 0


def test_damaged_facts_stop_the_start_with_every_fault_on_a_line(facts: Path) -> None:
    sites = facts / "sites.csv"
    text = sites.read_text("utf-8")
    sites.write_text(
        text.replace("121.444750", "east", 1).replace(",park,", ",castle,", 1), "utf-8"
    )
    (facts / "families.csv").unlink()
    told = start(CHUANGTU_DATA=str(facts))
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    lines = told.stderr.splitlines()
    assert any("sites.csv" in line and "'east'" in line for line in lines)
    assert any("sites.csv" in line and "castle" in line for line in lines)
    assert any("families.csv" in line for line in lines)


def test_wrong_variables_stop_the_start_all_at_once() -> None:
    wrong = {
        "CHUANGTU_DATA": "/nowhere/facts",
        "CHUANGTU_PUBLIC_URL": "maps.example.org",
        "CHUANGTU_METRICS": "perhaps",
        "CHUANGTU_COLOUR": "red",
    }
    done = start(**wrong)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    known = map(settings.variable, settings.Settings.model_fields)
    lines = done.stderr.splitlines()[-4:]
    assert lines == [
        f"CHUANGTU_COLOUR: not expected, known are {', '.join(known)}",
        "CHUANGTU_DATA: found '/nowhere/facts', expected a folder",
        (
            "CHUANGTU_PUBLIC_URL: found 'maps.example.org', expected an address without query, "
            "for example https://maps.example.org/atlas"
        ),
        "CHUANGTU_METRICS: found 'perhaps', expected 1 or 0",
    ]


def test_a_family_named_like_a_colour_of_the_map_stops_the_start(facts: Path) -> None:
    for name, old, new in (("families", "\nfas,", "\nwater,"), ("sectors", ",fas\n", ",water\n")):
        path = facts / f"{name}.csv"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    told = start(CHUANGTU_DATA=str(facts))
    assert told.returncode == 1
    assert "families.csv" in told.stderr
    assert "water" in told.stderr
    assert "Traceback" not in told.stderr


def test_start_prepares_every_map_and_the_layouts_and_logs_refused_ones(
    facts: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[object, str]] = []
    toy_layout_files.write(facts / "layouts", toy_layout_files.wuhan())
    (facts / "layouts" / "odd.toml").write_text("id = ", "utf-8")
    found = layouts.read(facts / "layouts")
    monkeypatch.setattr(layouts, "reading", lambda: found)
    monkeypatch.setattr(base_documents, "base_document", lambda *ground: made.append(ground))
    app.prepare()
    wuhan = tuple(toy_layout_files.wuhan()["place"]["districts"])
    regions = {(area, level) for area, levels in names.levels().items() for level in levels}
    assert set(made) == {*regions, (wuhan, "district")}
    assert [record.message for record in caplog.records if "odd.toml" in record.message] == [
        f"Layout left out: {found.faults[0]}"
    ]


def test_without_web_assets_the_page_says_how_to_get_them(
    run_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use_settings(monkeypatch, assets=tmp_path)
    app = run_page("overview")
    assert not app.exception
    assert any("make assets" in caption.value for caption in app.caption)
    outside = [address for _, address in assets.links().js if address.startswith("https://")]
    assert len(outside) == 1
    assert "leaflet@1.9.4" in outside[0]


def test_with_web_assets_the_page_does_not_mention_them(run_page: Open) -> None:
    assert not any("make assets" in caption.value for caption in run_page("overview").caption)
