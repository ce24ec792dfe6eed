"""Layouts that planners bring: a city the catalogue does not have, and files with faults."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from geo import settings
from geo.policy import scorecard
from geo.settings import LANGUAGES
from tests.geo import toy_layout_files
from tests.pages import other_facts
from tests.reading import having, one, read, words

HAN = re.compile(r"[\u4e00-\u9fff]")
WUHAN = {"layout": "wh-2030-plan"}
HUANGPU = {"layout": "huangpu-plan"}
BROKEN = ("hrb-2023-press", "jn-2020-plan")
ASKED: dict[str, tuple[str, dict[str, str]]] = {
    "wuhan zh": ("layouts", WUHAN),
    "wuhan en": ("layouts", {**WUHAN, "lang": "en", "phase": "present", "radius": "10"}),
    "wuhan, chongqing": ("layouts", {**WUHAN, "beside": "cq-2022-plan"}),
    "chongqing, wuhan": ("layouts", {"layout": "cq-2022-plan", "beside": "wh-2030-plan"}),
    "guangdong": ("layouts", {"layout": "gd-2023-plan"}),
    "huangpu": ("layouts", HUANGPU),
    "huangpu marked": ("layouts", {**HUANGPU, "mark": "site:sh-bridge8-1"}),
    "huangpu, chongqing": ("layouts", {**HUANGPU, "beside": "cq-2022-plan", "lang": "en"}),
    "first zh": ("layouts", {}),
    "first en": ("layouts", {"lang": "en"}),
    "targets": ("targets", {}),
}


def huangpu() -> dict[str, Any]:
    """The layout of a place inside a region, with a name that a text must not set."""
    city = toy_layout_files.wuhan()
    city["id"], city["region"] = "huangpu-plan", "huangpu"
    city["place"] = {"name_zh": "黄浦区", "name_en": "Huangpu", "districts": ["310101"]}
    city["elements"] = [
        city["elements"][0] | {"extent": {"districts": ["310101"]}},
        city["elements"][2],
    ]
    city["links"] = []
    city["name_en"] = "**Trial** [x](http://a.b) `<b>`"
    return city


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, other_facts.Shown]:
    """Pages on a folder with two layouts more, and three files that have faults.

    One folder for all, as a process of its own for each would read the country anew.
    """
    facts = tmp_path_factory.mktemp("facts") / "data"
    shutil.copytree(settings.OWN_DATA, facts)
    toy_layout_files.write(facts / "layouts", toy_layout_files.wuhan())
    toy_layout_files.write(facts / "layouts", huangpu())
    for broken in BROKEN:
        path = facts / "layouts" / f"{broken}.toml"
        path.write_text(path.read_text("utf-8") + '\n[odd]\nname = "<b>x</b>"\n', "utf-8")
    (facts / "layouts" / "empty.toml").write_text("= nothing", "utf-8")
    pages = other_facts.pages(facts, *ASKED.values())
    return dict(zip(ASKED, pages, strict=True))


Pages = dict[str, other_facts.Shown]


@pytest.mark.parametrize("name", ASKED)
def test_every_page_runs_without_a_warning(shown: Pages, name: str) -> None:
    assert (shown[name].exceptions, shown[name].warnings) == ([], [])


def test_a_city_that_the_catalogue_does_not_have_is_shown_like_the_others(shown: Pages) -> None:
    districts = toy_layout_files.wuhan()["place"]["districts"]
    chinese, english = shown["wuhan zh"], shown["wuhan en"]
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
    beside, after = shown["wuhan, chongqing"], shown["chongqing, wuhan"]
    assert beside.maps[0] == after.maps[1] == districts
    assert beside.maps[1] == after.maps[0] != districts
    assert len(having(read(beside.words), class_="ct-scores")) == 2


def test_a_layout_of_a_place_inside_a_region_has_the_sites_that_stand_there(shown: Pages) -> None:
    scores = one(read(shown["huangpu"].words), class_="ct-scores")
    assert "100%" in [words(each) for each in scores.iter("strong")]
    assert having(read(shown["huangpu marked"].words), class_="ct-marked-line")
    assert not having(read(shown["huangpu"].words), class_="ct-marked-line")
    # A name is shown as it is written, above its files too, and never set.
    notes = [
        words(each) for each in having(read(shown["huangpu, chongqing"].words), class_="ct-note")
    ]
    assert "Huangpu: **Trial** [x](http://a.b) `<b>`" in notes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_layout_file_with_faults_is_left_out_and_told(shown: Pages, lang: str) -> None:
    page = shown[f"first {lang}"]
    for broken in BROKEN:
        assert f"data/layouts/{broken}.toml, odd" in page.words
    assert "data/layouts/empty.toml: is not TOML" in page.words
    assert "<b>x</b>" not in page.words
    assert having(read(page.words), class_="ct-elements")
    assert {"zh": "3 个布局文件有错", "en": "3 layout files have faults"}[lang] in page.words
    assert "toml" not in shown["targets"].words


def test_without_any_layout_the_page_says_so(tmp_path: Path) -> None:
    facts = Path(shutil.copytree(settings.OWN_DATA, tmp_path / "data"))
    for path in (facts / "layouts").iterdir():
        path.unlink()
    empty, overview = other_facts.pages(facts, ("layouts", {}), ("overview", {}))
    assert (empty.exceptions, empty.warnings) == ([], [])
    assert "没有可用的布局文件" in empty.words
    assert overview.exceptions == []
