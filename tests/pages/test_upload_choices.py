"""数据, a list of one's own: what its reader decides of it, and what follows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geo.intake.words import IntakeTexts
from tests import lists
from tests.geo.intake.geocoder_server import amap, amap_fault, amap_none, served
from tests.pages.conftest import address, headline, shown, words
from tests.pages.test_upload import bring, figures, on
from tests.reading import having
from tests.reading import words as text
from tests.settings_in_use import use_settings
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.geo.intake.geocoder_server import Said, Service
    from tests.pages.conftest import Open

WUHAN = lists.wuhan()
N = len(WUHAN.rows)
T = PageTexts("zh")
ZH = IntakeTexts("zh")
STRAY = "示例外,黄浦区,121.490,31.232,园区,1\r\n"
CSV = "名称,区县,城市,地址,经度,纬度\n"


def listed(*rows: str) -> bytes:
    """A list with addresses: one row with a position, and others."""
    return (CSV + "甲,江岸区,武汉市,中山大道1号,114.3001,30.6002\n" + "\n".join(rows)).encode()


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def treated(app: AppTest) -> dict[str, str]:
    """What becomes of each kind of fault, by its name."""
    kinds = having(shown(app), role="group")
    return {each.get("aria-label", ""): text(list(each)[-1]) for each in kinds}


def test_swapped_pairs_are_left_out_where_the_reader_says_so(run_page: Open) -> None:
    row = WUHAN.rows[0]
    swapped = f"反的,{row[1]},{row[3]},{row[2]},园区,1\r\n"
    app = bring(run_page("data"), WUHAN.csv() + swapped.encode("gb18030"))
    assert "已对调" in treated(app)["经度、纬度写反"]
    app.radio(key="intake_treatment_swapped").set_value("void").run()
    assert "坐标作废" in treated(app)["经度、纬度写反"]
    assert figures(on(app)) == [N + 1, N, 1, 0]
    app.radio(key="intake_treatment_swapped").set_value("turned").run()
    assert figures(app) == [N + 1, N + 1, 0, 0]


def test_rows_outside_a_proposed_region_are_told_in_the_headline_and_asked_about(
    run_page: Open,
) -> None:
    app = on(bring(run_page("data"), WUHAN.csv() + STRAY.encode("gb18030")))
    assert "1 行在湖北省武汉市以外，没有收" in headline(app).replace(" 武汉市", "武汉市")
    app.radio(key="intake_treatment_outside").set_value("kept").run()
    assert figures(app) == [N + 1, N + 1, 0, 0]
    assert "没有收" not in headline(app)
    app.radio(key="intake_treatment_outside").set_value("widened").run()
    assert app.multiselect(key="intake_region").value == ["420100", "310000"]


def test_the_headline_counts_all_rows_that_are_rejected(run_page: Open) -> None:
    unnamed = f",{','.join(WUHAN.rows[0][1:5])},1\r\n"
    app = on(bring(run_page("data"), WUHAN.csv() + (STRAY + unnamed).encode("gb18030")))
    rejected = figures(app)[-1]
    assert rejected == 2
    assert f"{rejected} 行没有收，其中 1 行在" in headline(app)


def test_rows_outside_are_not_said_to_be_outside_a_region_that_nobody_chose(
    run_page: Open,
) -> None:
    app = bring(run_page("data"), WUHAN.csv() + STRAY.encode("gb18030"))
    assert "所选区域" not in words(app)


def test_a_position_against_the_district_yields_where_the_reader_says_so(run_page: Open) -> None:
    row = WUHAN.rows[0]
    other = f"别区,洪山区,{row[2]},{row[3]},园区,1\r\n"
    app = on(bring(run_page("data"), WUHAN.csv() + other.encode("gb18030")))
    assert figures(app) == [N + 1, N + 1, 0, 0]
    app.radio(key="intake_treatment_conflict").set_value("words").run()
    assert figures(app) == [N + 1, N, 1, 0]


def twice(*names: str) -> bytes:
    """The list, with rows again on the point of the first ones, under other names."""
    rows = WUHAN.rows
    again = [",".join((name, *rows[at][1:5], "99")) for at, name in enumerate(names)]
    return WUHAN.csv() + "".join(f"{each}\r\n" for each in again).encode("gb18030")


def test_a_pair_opens_side_by_side_and_the_row_that_stays_is_chosen(run_page: Open) -> None:
    app = on(bring(run_page("data"), twice("示例园1（二期）")))
    click(app, f"intake_open_2_{N + 2}")
    marked = {text(each) for each in having(shown(app), class_="ct-differs")}
    assert any(line.startswith("名称") for line in marked)
    assert any(line.startswith("建筑面积") for line in marked)
    assert not any(line.startswith("所在区") for line in marked)
    app.radio(key=f"intake_stays_of_2_{N + 2}").set_value(N + 2).run()
    app.radio(key=f"intake_name_of_2_{N + 2}").set_value(2).run()
    click(app, f"intake_merge_so_2_{N + 2}")
    assert figures(app) == [N, N, 0, 0]
    assert f"第 2 行并入第 {N + 2} 行" in app.button(key="intake_undo").label
    click(app, "intake_undo")
    assert figures(app) == [N + 1, N + 1, 0, 0]


def test_pairs_of_a_kind_are_decided_at_once_and_taken_back_at_once(run_page: Open) -> None:
    app = on(bring(run_page("data"), twice("示例园1", "示例园2", "示例园3(东)")))
    assert "3 对疑似重复" in headline(app)
    click(app, "intake_merge_all_same")
    assert figures(app) == [N + 1, N + 1, 0, 0]
    assert "1 对疑似重复" in headline(app)
    click(app, "intake_undo")
    assert figures(app) == [N + 3, N + 3, 0, 0]


def test_what_was_decided_of_pairs_outlasts_other_choices(run_page: Open) -> None:
    app = on(bring(run_page("data"), twice("示例园1", "示例园2") + STRAY.encode("gb18030")))
    click(app, "intake_merge_all_same")
    assert figures(app) == [N, N, 0, 1]
    app.multiselect(key="intake_region").set_value(["310000"]).run()
    assert figures(app) == [1, 1, 0, N + 2]
    assert "先前的 2 个决定" in text(shown(app))
    app.multiselect(key="intake_region").set_value(["420100"]).run()
    assert figures(app) == [N, N, 0, 1]
    assert "先前的" not in text(shown(app))


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with served() as running:
        use_settings(
            monkeypatch,
            geocoder="amap",
            geocoder_key="key",
            geocoder_url=running.url,
            geocoder_kept=tmp_path / "kept.sqlite",
        )
        running.says(amap("114.3001,30.6002"))
        yield running


AWAY = ("乙,江岸区,武汉市,中山大道2号,,", "丙,江岸区,武汉市,中山大道3号,,")


def placed(app: AppTest) -> AppTest:
    """Go on with a list of few rows: its datum is said first."""
    app.radio(key="intake_datum").set_value("wgs84").run()
    return on(app)


def test_addresses_are_sent_on_the_click_alone_and_taken_back(
    run_page: Open, service: Service
) -> None:
    app = placed(bring(run_page("data"), listed(*AWAY)))
    button = app.button(key="intake_geocode")
    assert button.label == "2 个地址发往高德地图"
    assert "武汉市江岸区中山大道2号" in words(app)
    assert service.asked == []
    assert figures(app) == [3, 1, 2, 0]
    click(app, "intake_geocode")
    assert sorted(each["address"] for each in service.asked) == [
        "武汉市江岸区中山大道2号", "武汉市江岸区中山大道3号",
    ]  # fmt: skip
    assert figures(app) == [3, 3, 0, 0]
    assert "2 行：查到位置（第 3、4 行）" in words(app)
    click(app, "intake_undo_found")
    assert figures(app) == [3, 1, 2, 0]
    assert app.button(key="intake_geocode").label == "用上高德地图以前查到的 2 个地址"
    click(app, "intake_geocode")
    assert figures(app) == [3, 3, 0, 0]
    assert len(service.asked) == 2


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (amap_fault("10044"), "quota_exhausted"),
        (amap_fault("10001"), "key_refused"),
        (amap_none(), "not_found"),
        (amap("114.3001,30.6002", "区县"), "too_coarse"),
        (amap("121.49,31.232"), "elsewhere"),
    ],
)
def test_what_comes_of_addresses_is_told_in_words(
    run_page: Open, service: Service, answer: Said, code: str
) -> None:
    service.says(answer)
    app = click(placed(bring(run_page("data"), listed(*AWAY))), "intake_geocode")
    assert ZH(f"geocoded.{code}") in words(app)
    assert figures(app) == [3, 1, 2, 0]


def test_without_a_service_nothing_is_offered(run_page: Open) -> None:
    app = placed(bring(run_page("data"), listed(*AWAY)))
    assert not [each for each in app.button if each.key == "intake_geocode"]


def filling(app: AppTest) -> Any:  # noqa: ANN401 - Streamlit does not type its elements
    """The uploader of the table, beside that of areas."""
    return next(each for each in app.file_uploader if each.label == T("intake.filled_file"))


def test_the_table_filled_in_comes_back_by_its_rows(run_page: Open) -> None:
    app = placed(bring(run_page("data"), listed(*AWAY)))
    table = "行,名称,经度,纬度\n3,乙,114.31,30.61\n4,别人,114.31,30.61\n99,丁,114.3,30.6\n"
    filling(app).set_value(("补.csv", table.encode(), "text/csv"))
    app.run()
    assert not app.exception
    assert figures(app) == [3, 2, 1, 0]
    told = words(app)
    assert "取了 1 行的位置" in told
    assert "名称和名录里这一行的不同（4）" in told
    assert "不是未定位的行（99）" in told
    filling(app).set_value(("别的.csv", b"a,b\n1,2\n", "text/csv"))
    app.run()
    assert "没有“行”一列" in words(app)
    click(app, "intake_undo_found")
    assert figures(app) == [3, 1, 2, 0]


def test_a_step_stands_in_the_address_and_its_file_does_not(run_page: Open) -> None:
    app = bring(run_page("data"), WUHAN.csv())
    assert address(app) == {"step": "columns"}
    click(on(app), "intake_back")
    assert address(app) == {"step": "columns"}
    assert "武汉" in headline(app)


@pytest.mark.parametrize("step", ["columns", "result", "save"])
def test_an_address_of_a_step_without_its_file_begins_anew_and_says_why(
    run_page: Open, step: str
) -> None:
    app = run_page("data", step=step)
    assert headline(app) == T("intake.headline_first")
    assert T("intake.lost") in words(app)
    assert "武汉" in headline(bring(app, WUHAN.csv()))


def test_a_file_that_is_still_there_is_gone_on_with(run_page: Open) -> None:
    app = bring(run_page("data"), WUHAN.csv())
    app.session_state["field_step"] = ""
    app.run()
    assert headline(app) == T("intake.headline_first")
    click(app, "intake_held_go_on")
    assert f"武汉 {N} 行" in headline(app)


def test_a_later_step_waits_for_what_an_earlier_one_asks(run_page: Open) -> None:
    app = bring(run_page("data"), lists.wuhan(n=7).csv())
    app.session_state["field_step"] = "save"
    app.run()
    assert app.radio(key="intake_datum").value is None


def test_after_a_refused_file_another_can_be_chosen_at_once(run_page: Open) -> None:
    app = bring(run_page("data"), b"%PDF-1.7 ...", "名录.csv")
    assert "不是这种文件" in words(app)
    assert f"武汉 {N} 行" in headline(bring(app, WUHAN.csv()))


NEAR = f"{WUHAN.rows[0][2]},{WUHAN.rows[0][3]}"


@pytest.mark.parametrize(
    ("body", "told", "untold"),
    [
        (lists.wuhan(n=7).csv(), "只有 7 行能数", "分不出高下"),
        (f"名称,经度,纬度\n甲,{NEAR}\n".encode(), "数不出来", "分不出高下"),
        (f"名称,经度（高德）,纬度（高德）\n甲,{NEAR}\n".encode(), "表头写了", "文件没有写"),
        (f"名称,经度,纬度,取得\n甲,{NEAR},实测\n".encode(), "各行自己写了", "文件没有写"),
    ],
)
def test_the_question_of_the_datum_says_one_thing(
    run_page: Open, body: bytes, told: str, untold: str
) -> None:
    said = words(bring(run_page("data"), body))
    assert told in said
    assert untold not in said


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (WUHAN.csv(), "result_converted"),
        (f"名称,坐标系,经度,纬度\n甲,GPS,{NEAR}\n".encode(), "result_as_it_is"),
        (f"名称,坐标系,经度,纬度\n甲,高德,{NEAR}\n".encode(), "result_converted"),
        ("名称,区县,城市\n甲,江岸区,武汉市\n".encode(), "result_unplaced"),
        (lists.wuhan(kind="wgs84").csv(), "result_as_it_is"),
    ],
)
def test_the_note_of_the_map_says_what_was_done_with_positions(
    run_page: Open, body: bytes, told: str
) -> None:
    assert T(f"intake.{told}") in words(on(bring(run_page("data"), body)))
