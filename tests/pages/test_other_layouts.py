"""Layouts that planners bring: a city the catalogue does not have, and files with faults."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from geo.policy import scorecard
from tests.geo import toy_layout_files
from tests.pages import other_facts
from tests.reading import having, one, read, words

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile(r"[\u4e00-\u9fff]")
WUHAN = {"layout": "wh-2030-plan"}


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """Return a copy of the data folder whose layouts a test may change."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def test_a_city_that_the_catalogue_does_not_have_is_shown_like_the_others(facts: Path) -> None:
    toy_layout_files.write(facts / "layouts", toy_layout_files.wuhan())
    chinese, english, beside, after, own = other_facts.pages(
        facts,
        ("layouts", WUHAN),
        ("layouts", {**WUHAN, "lang": "en", "phase": "present", "radius": "10"}),
        ("layouts", {**WUHAN, "beside": "cq-2022-plan"}),
        ("layouts", {"layout": "cq-2022-plan", "beside": "wh-2030-plan"}),
        ("layouts", {"layout": "gd-2023-plan"}),
    )
    districts = toy_layout_files.wuhan()["place"]["districts"]
    for page in (chinese, english, beside, after, own):
        assert (page.exceptions, page.warnings) == ([], [])
    for page in (chinese, english):
        assert page.maps == [districts]
        assert len(one(read(page.words), class_="ct-elements")) == 3
        # Nothing is on record there: every figure is empty and says why, none is 0.
        tiles = one(read(page.words), class_="ct-scores")
        assert [words(each) for each in tiles.iter("strong")] == ["—"] * len(scorecard.KEYS)
        assert len([each for each in tiles.iter("small") if words(each)]) == len(scorecard.KEYS)
    assert "武汉市“试验布局”" in chinese.words
    assert "Wuhan, “Trial layout”" in english.words
    assert HAN.search(re.sub(r"一\([一二]\)", "", english.words)) is None
    assert beside.maps[0] == after.maps[1] == districts
    assert beside.maps[1] == after.maps[0] != districts
    assert len(having(read(beside.words), class_="ct-scores")) == 2


def test_a_layout_of_a_place_inside_a_region_has_the_sites_that_stand_there(facts: Path) -> None:
    city = toy_layout_files.wuhan()
    city["id"], city["region"] = "huangpu-plan", "huangpu"
    city["place"] = {"name_zh": "黄浦区", "name_en": "Huangpu", "districts": ["310101"]}
    city["elements"] = [
        city["elements"][0] | {"extent": {"districts": ["310101"]}},
        city["elements"][2],
    ]
    city["links"] = []
    city["name_en"] = "**Trial** [x](http://a.b) `<b>`"
    toy_layout_files.write(facts / "layouts", city)
    asked = {"layout": "huangpu-plan"}
    page, marked, beside = other_facts.pages(
        facts,
        ("layouts", asked),
        ("layouts", {**asked, "mark": "site:sh-bridge8-1"}),
        ("layouts", {**asked, "beside": "cq-2022-plan", "lang": "en"}),
    )
    for each in (page, marked, beside):
        assert (each.exceptions, each.warnings) == ([], [])
    scores = one(read(page.words), class_="ct-scores")
    assert "100%" in [words(each) for each in scores.iter("strong")]
    assert having(read(marked.words), class_="ct-marked-line")
    assert not having(read(page.words), class_="ct-marked-line")
    # A name is shown as it is written, above its files too, and never set.
    notes = [words(each) for each in having(read(beside.words), class_="ct-note")]
    assert "Huangpu: **Trial** [x](http://a.b) `<b>`" in notes


@pytest.mark.parametrize("broken", ["cq-2022-plan", "gd-2023-plan"])
def test_a_layout_file_with_faults_is_left_out_and_told(facts: Path, broken: str) -> None:
    path = facts / "layouts" / f"{broken}.toml"
    path.write_text(path.read_text("utf-8") + '\n[odd]\nname = "<b>x</b>"\n', "utf-8")
    (facts / "layouts" / "empty.toml").write_text("= nothing", "utf-8")
    chinese, english, other = other_facts.pages(
        facts, ("layouts", {}), ("layouts", {"lang": "en"}), ("targets", {})
    )
    for page in (chinese, english):
        assert (page.exceptions, page.warnings) == ([], [])
        assert f"data/layouts/{broken}.toml, odd" in page.words
        assert "data/layouts/empty.toml: is not TOML" in page.words
        assert "<b>x</b>" not in page.words
        assert having(read(page.words), class_="ct-elements")
    assert "2 个布局文件有错" in chinese.words
    assert "2 layout files have faults" in english.words
    assert "toml" not in other.words


def test_without_any_layout_the_page_says_so(facts: Path) -> None:
    for path in (facts / "layouts").iterdir():
        path.unlink()
    empty, overview = other_facts.pages(facts, ("layouts", {}), ("overview", {}))
    assert (empty.exceptions, empty.warnings) == ([], [])
    assert "没有可用的布局文件" in empty.words
    assert overview.exceptions == []
