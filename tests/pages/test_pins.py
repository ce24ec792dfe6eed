"""What breaks: a position that cannot be put right without a mouse, or a save that loses it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.corrections.correction import of_table
from geo.facts import catalog, own_regions
from geo.settings import LANGUAGES
from geo.workspaces.content import Workspace
from geo.workspaces.home import home
from tests.pages.conftest import headline, shown, words
from tests.pages.test_own_region import wuhan
from tests.pages.test_upload import bring, on
from tests.reading import having
from tests.settings_in_use import use_settings
from ui.pinning import listed, table, work
from ui.pinning.holder import Holder
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from geo.facts.own_regions import OwnRegion
    from tests.pages.conftest import Open

__all__ = ["wuhan"]
SITES = catalog.sites("shanghai", scope=catalog.WIDE)
UNPLACED = str(SITES.loc[SITES["lon"].isna(), "id"].iloc[0])
PLACE = "121.473700, 31.230400"


def listed_rows(app: AppTest) -> list[str]:
    """Keys of the rows in the list, in its order."""
    return [each.key for each in app.button if each.key and each.key.startswith("pin_row_")]


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def type_in(app: AppTest, text: str) -> AppTest:
    label = PageTexts("zh")("pins.coordinates")
    next(each for each in app.text_input if each.label == label).set_value(text)
    return press(app, "pin_move")


def record(app: AppTest, reason: str = "address") -> AppTest:
    app.selectbox(key=work.PRECISION).set_value("street").run()
    app.selectbox(key=work.REASON).set_value(reason).run()
    return press(app, "pin_record")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_says_how_many_rows_have_no_position_and_lists_them_first(
    run_page: Open, lang: str
) -> None:
    t = PageTexts(lang)  # type: ignore[arg-type]
    app = run_page("data", show="pins", lang=lang)
    assert not app.exception
    away = int(SITES["lon"].isna().sum())
    n = f"{len(SITES):,}"
    name = "上海市" if lang == "zh" else "Shanghai"
    said = t("pins.headline", name=name, rows=n, away=away, n=0) + t("pins.waiting_none")
    assert headline(app) == said
    rows = listed_rows(app)
    assert rows[: min(away, listed.MOST)] == [
        f"pin_row_{each}" for each in SITES.loc[SITES["lon"].isna(), "id"][: listed.MOST]
    ]


def test_a_row_is_placed_by_typing_recorded_taken_back_and_made_again(run_page: Open) -> None:
    app = press(run_page("data", show="pins"), f"pin_row_{UNPLACED}")
    type_in(app, PLACE)
    assert "放在黄浦区" in words(app)
    assert app.button(key="pin_record").disabled
    record(app)
    assert "1 处订正待交" in headline(app)
    (made,) = having(shown(app), class_="ct-correction")
    assert next(each.text for each in made.iter("ins")) == PLACE
    assert next(each.text for each in made.iter("del")) == "没有位置"
    press(app, "pin_undo")
    assert "没有待交的订正" in headline(app)
    press(app, "pin_redo")
    assert "1 处订正待交" in headline(app)
    press(app, "pin_back_0")
    assert "没有待交的订正" in headline(app)


def test_moves_are_taken_back_one_by_one_before_they_are_recorded(run_page: Open) -> None:
    app = press(run_page("data", show="pins"), f"pin_row_{UNPLACED}")
    type_in(type_in(app, PLACE), "121.40, 31.20")
    press(app, "pin_undo")
    label = PageTexts("zh")("pins.coordinates")
    assert next(each for each in app.text_input if each.label == label).value == PLACE
    press(app, "pin_undo")
    assert app.button(key="pin_undo").disabled


@pytest.mark.parametrize(
    ("text", "said"),
    [("135.5, 34.7", "不在中国"), ("116.39, 39.91", "不在这个区域"), ("外滩", "不是坐标")],
)
def test_where_a_row_cannot_be_is_said_and_nothing_moves(
    run_page: Open, text: str, said: str
) -> None:
    app = press(run_page("data", show="pins"), f"pin_row_{UNPLACED}")
    assert said in words(type_in(app, text))
    assert app.button(key="pin_undo").disabled


def test_a_reason_of_ones_own_needs_words(run_page: Open) -> None:
    app = type_in(press(run_page("data", show="pins"), f"pin_row_{UNPLACED}"), PLACE)
    assert "要写明" in words(record(app, "other"))
    app.text_input(key=work.WORDS).set_value("门口的牌子").run()
    assert "门口的牌子" in words(press(app, "pin_record"))


def test_the_search_finds_rows_by_name_and_district(run_page: Open) -> None:
    app = run_page("data", show="pins")
    app.text_input(key=work.SEARCH).set_value("田子坊").run()
    rows = listed_rows(app)
    assert rows == [f"pin_row_{each}" for each in SITES.loc[SITES["name_zh"] == "田子坊", "id"]]


def test_the_table_opens_and_what_is_typed_there_is_read_by_its_words() -> None:
    held = Holder(
        key="shanghai", kind="catalogue", title="", sites=SITES, units=("310101",),
        area="shanghai", name="name_zh", address="address",
    )  # fmt: skip
    called, known = {"310101": "黄浦区"}, {"street": "街道级"}
    frame = table.cells(held, SITES.head(3), called, known)
    typed = {1: {"adcode": "黄浦区", "address": "一号", "precision": "街道级", "lon": 121.4}}
    assert table.edited(held, frame, typed, called, known) == {
        SITES["id"].iloc[1]: {
            "adcode": "310101", "address": "一号", "precision": "street", "lon": 121.4
        }
    }  # fmt: skip


def test_the_table_is_a_way_of_its_own(run_page: Open) -> None:
    app = run_page("data", show="pins")
    app.segmented_control(key="pin_how").set_value("table").run()
    assert not app.exception
    assert app.button(key="pin_record_table").disabled


def test_a_list_in_hand_is_put_right_before_it_is_saved_and_keeps_it(
    run_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_settings(monkeypatch, workspaces=tmp_path)
    rows = "一号园,武汉市江岸区,解放大道1号\n二号园,武汉市洪山区,珞喻路2号\n"
    app = on(bring(run_page("data"), f"名称,区县,地址\n{rows}".encode()))
    press(app, "intake_pin")
    assert "2 行还没有位置" in headline(app)
    first = listed_rows(app)[0]
    type_in(press(app, first), "114.305500, 30.592800")
    record(app, "seen")
    assert "已记下 1 处订正" in headline(app)
    press(app, "intake_pinned")
    assert "1 处落到图上" in headline(app)
    press(press(app, "intake_go_save"), "intake_save_now")
    link = next(each.value for each in app.code if "region=" in each.value)
    region = parse_qs(urlsplit(link).query)["region"][0]
    content = home().open(region.removeprefix(own_regions.PREFIX)).content
    (placed,) = content.sites[content.sites["lon"].notna()].to_dict("records")
    assert (placed["lon"], placed["lat"], placed["precision"]) == (114.3055, 30.5928, "street")
    assert "到过现场" in placed["coord_source"]
    made = of_table(content.corrections)
    assert {each.field for each in made} >= {"lon", "lat", "precision", "coord_source"}
    assert {each.reason for each in made} == {"seen"}


def test_a_workspace_keeps_what_is_saved_with_its_former_value_and_gives_it_back(
    run_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wuhan: OwnRegion
) -> None:
    use_settings(monkeypatch, workspaces=tmp_path)
    sites = wuhan.sites.assign(region="ws-")
    content = Workspace(name="武汉（自备）", sites=sites, region=wuhan.units)
    keys = home().create(content)
    app = run_page("data", show="pins", region=f"{own_regions.PREFIX}{keys.write}")
    assert not app.exception
    assert "1 行还没有位置" in headline(app)
    unplaced = str(sites.loc[sites["lon"].isna(), "id"].iloc[0])
    type_in(press(app, f"pin_row_{unplaced}"), "114.36, 30.5")
    record(app)
    assert "1 处订正待保存" in headline(app)
    press(app, "pin_save")
    assert "没有待交的订正" in headline(app)
    assert "已保存的订正 1 处" in words(app)
    kept = home().open(keys.read).content
    row = kept.sites.set_index("id").loc[unplaced]
    assert (row["lon"], row["lat"]) == (114.36, 30.5) == (row.geometry.x, row.geometry.y)
    press(press(app, "pin_kept_back_0"), "pin_save")
    again = home().open(keys.read).content
    assert again.sites.equals(content.sites)
    assert len(of_table(again.corrections)) == 2 * len(of_table(kept.corrections))


def test_who_only_reads_a_workspace_cannot_save_it(
    run_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wuhan: OwnRegion
) -> None:
    use_settings(monkeypatch, workspaces=tmp_path)
    content = Workspace(name="武", sites=wuhan.sites.assign(region="ws-"), region=wuhan.units)
    keys = home().create(content)
    app = run_page("data", show="pins", region=f"{own_regions.PREFIX}{keys.read}")
    assert "这个链接只能看" in words(app)
    assert not [each for each in app.button if each.key == "pin_save"]
