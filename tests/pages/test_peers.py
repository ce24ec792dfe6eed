"""区县, one beside its peers: what the address asks for is what is compared."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from api import sources
from geo.files import csv_file
from geo.settings import LANGUAGES
from tests import reading
from tests.pages.conftest import address, headline, shown, words
from tests.pages.test_own_region import WUHAN, wuhan
from tests.ui.states import view
from ui.cached import peers
from ui.districts.peers import comparison, files, plots
from ui.state.pages import Districts
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from geo.settings import Language
    from tests.pages.conftest import Open
    from ui.districts.peers.comparison import Comparison

__all__ = ["wuhan"]


def compared(*, in_lang: Language = "zh", **asked: object) -> Comparison:
    return comparison.comparison(view(Districts, in_lang, **asked))


def listed(app: AppTest) -> list[list[str]]:
    """The lines of the table of peers."""
    tables = reading.having(shown(app), class_="ct-peers")
    return [[reading.words(cell) for cell in row] for row in tables[0].iter("tr")][1:]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_district_stands_beside_the_nearest_in_table_and_plots(
    run_page: Open, lang: Language
) -> None:
    app = run_page("districts", view="peers", subject="310110", lang=lang)
    assert not app.exception
    told = compared(subject="310110", in_lang=lang)
    assert len(told.peers) == 6
    lines = listed(app)
    names = [told.name(code) for code in told.peers]
    assert [line[1].startswith(name) for line, name in zip(lines, names, strict=False)] == [
        True
    ] * 6
    assert lines[-1][1] == told.name("310110")
    far = [float(line[-1]) for line in lines[:-1]]
    assert far == sorted(far)
    assert float(lines[-1][-1]) == 0
    found = plots.measures(told)
    assert str(found[0].own.rank) in headline(app)
    assert told.short("310110") in headline(app)
    twin = reading.having(shown(app), class_="ct-plot")
    assert len(twin) == len(found)
    letters = {reading.words(each) for each in reading.having(twin[0], class_="ct-dot-peer")}
    assert letters == set("ABCDEF")


def test_where_weights_number_and_a_set_of_one_s_own_decide() -> None:
    own = compared(subject="310110", where="region", peers="3")
    assert {own.units["region"][code] for code in own.peers} == {"shanghai"}
    assert len(own.peers) == 3
    assert (
        compared(subject="310110", residents="4").peers != compared(subject="310110", mix="4").peers
    )
    chosen = compared(subject="310110", set=("440304", "310101"))
    assert set(chosen.peers) == {"440304", "310101"}
    far = chosen.distances["distance"].reindex(list(chosen.peers)).to_list()
    assert far == sorted(far)


def test_a_name_in_the_table_marks_it_everywhere_and_opens_its_card(run_page: Open) -> None:
    app = run_page("districts", view="peers", subject="310110", peer="440103")
    assert address(app)["peer"] == "440103"
    rows = reading.having(shown(app), class_="ct-plot")
    for row in rows:
        marked = [each for each in reading.having(row, class_="ct-on") if each.tag == "a"]
        assert {reading.words(each) for each in marked} == {"D"}
    (card,) = reading.having(shown(app), class_="ct-card")
    assert "荔湾区" in reading.words(card)
    # One of another region leads to that region's own page.
    away = next(each for each in card.iter("a") if "data-page" in each.attrib)
    assert "region=guangdong" in away.attrib["href"]
    assert "subject=440103" in away.attrib["href"]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"region": "chongqing", "subject": "500229"}, "none"),
        ({"region": "chongqing", "subject": "500105"}, "no_residents"),
    ],
)
def test_without_peers_the_page_says_what_is_missing_and_shows_neighbours(
    run_page: Open, asked: dict[str, Any], reason: str
) -> None:
    app = run_page("districts", view="peers", **asked)
    assert not app.exception
    told = compared(**asked)
    assert told.peers == ()
    name = told.name(asked["subject"])
    missing = PageTexts("zh")(f"peers.missing_{reason}", name=name, n=0, least=5, unit="区县")
    assert headline(app).startswith(missing)
    found = reading.having(shown(app), class_="ct-dot-neighbour")
    assert {reading.words(each) for each in found} >= set(told.initials.values())
    assert not list(reading.having(shown(app), class_="ct-dot-peer"))


@pytest.mark.parametrize(
    "asked", [{"region": "guangdong", "unit": "city", "subject": "440300"}, {"subject": "310000"}]
)
def test_whole_cities_stand_beside_those_of_all_regions(asked: dict[str, Any]) -> None:
    told = compared(**asked)
    assert told.asked.level == "city"
    assert {told.units["region"][code] for code in told.peers} > {"guangdong"} or (
        "310000" in told.peers
    )
    assert (told.figures.loc[[told.of, *told.peers], "per_100_km2"] > 0).all()
    assert set(peers.codes("shanghai", "city")) == set(told.units.index)


@pytest.mark.usefixtures("wuhan")
def test_a_list_of_one_s_own_is_compared_with_itself_alone(run_page: Open) -> None:
    app = run_page("districts", view="peers", region=WUHAN)
    assert not app.exception
    assert "不到 5 处" in headline(app)
    assert PageTexts("zh")("peers.own") in words(app)
    told = compared(region=WUHAN)
    assert set(told.units.index) == set(peers.codes(WUHAN, "district"))
    assert not told.asked.everywhere


def test_the_file_has_peers_distances_weights_and_method() -> None:
    told = compared(subject="310110", residents="2")
    rows = list(csv.DictReader(io.StringIO(files.as_csv(told).decode("utf-8-sig"))))
    assert [row["role"] for row in rows] == ["compared", *["peer"] * 6, *["neighbour"] * 3]
    assert [row["letter"] for row in rows[1:7]] == list("ABCDEF")
    far = [float(row["peer_distance"]) for row in rows[:7]]
    assert far[0] == 0
    assert far == sorted(far)
    for row in rows:
        parts = [row[f"distance_{name}"] for name in ("residents", "density", "mix")]
        if row["peer_distance"]:
            total = sum(float(part) ** 2 for part in parts)
            assert total == pytest.approx(float(row["peer_distance"]) ** 2)
        assert float(row["weight_residents"]) == 2
        assert "2" in row["method"]


@pytest.mark.parametrize("of", ["310110", "440305", "500229"])
def test_the_file_has_the_rows_of_the_collection(of: str) -> None:
    region = {"31": "shanghai", "44": "guangdong", "50": "chongqing"}[of[:2]]
    told = compared(region=region, unit="district", subject=of)
    asked = (("region", region), ("district", of))
    every = sources.collection("peers", asked=asked)
    served = csv_file.csv(every.part(np.flatnonzero(every.choose(dict(asked)))))
    filed, own = (pd.read_csv(io.BytesIO(each)) for each in (files.as_csv(told), served))
    pd.testing.assert_frame_equal(filed[[*own]], own, check_dtype=False)
