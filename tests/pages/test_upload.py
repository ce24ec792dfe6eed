"""数据, a list of one's own: what the steps ask, what they say, and what stays in the session."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from geo.facts import revisions
from geo.settings import LANGUAGES
from geo.workspaces.home import home
from tests import lists
from tests.pages.conftest import address, headline, shown, words
from tests.reading import having, one
from tests.reading import words as text
from tests.settings_in_use import use_settings
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

DAY = max(revisions.days())
WUHAN = lists.wuhan()
HOSTILE = "</script><img src=x onerror=alert(1)>${alert(1)}`[a](javascript:alert(1))"


def bring(app: AppTest, content: bytes, file: str = "武汉.csv") -> AppTest:
    """Choose a file in the first step."""
    app.file_uploader[0].set_value((file, content, "text/csv"))
    app.run()
    assert not app.exception
    return app


def on(app: AppTest) -> AppTest:
    """Go on to what becomes of the list."""
    app.button(key="intake_go_on").click().run()
    assert not app.exception
    return app


def figures(app: AppTest) -> list[int]:
    """The four figures: kept, on the map, by district alone, rejected."""
    (block,) = having(shown(app), class_="ct-figures")
    return [int(text(each).replace(",", "")) for each in block.iter("strong")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_list_is_read_its_datum_found_and_its_rows_add_up(run_page: Open, lang: str) -> None:
    t = PageTexts(lang)  # type: ignore[arg-type]
    app = bring(run_page("data", lang=lang), WUHAN.csv())
    n = len(WUHAN.rows)
    assert headline(app) == t(
        "intake.headline_datum",
        file="武汉", n=n, datum=t("intake.datum_short_bd09"), fits=n, rows=n,
    )  # fmt: skip
    assert app.radio(key="intake_datum").value == "bd09"
    on(app)
    assert figures(app) == [n, n, 0, 0]
    assert headline(app) == t("intake.headline_result", file="武汉", n=n, kept=n, located=n)


def test_a_list_goes_on_with_a_name_alone_and_says_so(run_page: Open) -> None:
    app = bring(run_page("data"), WUHAN.csv())
    column = next(each for each in app.selectbox if each.label == "名称")
    column.set_value("").run()
    assert app.button(key="intake_go_on").disabled
    assert "请指定哪一列是名称" in words(app)
    column = next(each for each in app.selectbox if each.label == "名称")
    column.set_value("name").run()
    assert not app.button(key="intake_go_on").disabled


def test_a_field_has_one_column(run_page: Open) -> None:
    app = bring(run_page("data"), WUHAN.csv())
    next(each for each in app.selectbox if each.label == "类别").set_value("name").run()
    chosen = {each.label: each.value for each in app.selectbox}
    assert (chosen["类别"], chosen["名称"]) == ("name", "")


def test_of_few_rows_the_datum_is_asked_and_not_guessed(run_page: Open) -> None:
    app = bring(run_page("data"), lists.wuhan(n=7).csv())
    assert app.radio(key="intake_datum").value is None
    assert app.button(key="intake_go_on").disabled
    app.radio(key="intake_datum").set_value("bd09").run()
    on(app)
    assert figures(app) == [7, 7, 0, 0]


def test_without_coordinates_rows_count_in_their_districts(run_page: Open) -> None:
    rows = "\n".join(f"{row[0]},{row[1]},湖北省武汉市" for row in WUHAN.rows)
    app = on(bring(run_page("data"), f"名称,区县,城市\n{rows}\n".encode()))
    assert figures(app) == [len(WUHAN.rows), 0, len(WUHAN.rows), 0]
    assert len([*one(shown(app), class_="ct-unplaced").iter("dt")]) == len(lists.CENTRE)


def test_rows_elsewhere_are_rejected_until_the_region_takes_them_in(run_page: Open) -> None:
    stray = "示例园，上海,黄浦区,121.490,31.232,园区,1\r\n"
    app = on(bring(run_page("data"), WUHAN.csv() + stray.encode("gb18030")))
    n = len(WUHAN.rows)
    assert app.multiselect(key="intake_region").value == ["420100"]
    assert figures(app) == [n, n, 0, 1]
    app.multiselect(key="intake_region").set_value([]).run()
    assert figures(app) == [n + 1, n + 1, 0, 0]


def test_of_a_rejected_row_nothing_is_said_but_why(run_page: Open) -> None:
    """What is done with rows that stay, such as going by their position, is none of its."""
    stray = "示例园,江岸区,121.490,31.232,园区,1\r\n".encode("gb18030")
    head, first, *rest = WUHAN.csv().splitlines(keepends=True)
    app = bring(run_page("data"), b"".join((head, first, stray, *rest)))
    marked = [each.get("data-said") for each in having(shown(app), class_="ct-doubt")]
    assert "落在名录的区域以外：不收，列入被拒" in marked
    assert "以坐标为准" not in words(app)


def test_cells_are_marked_where_another_number_is_read(run_page: Open) -> None:
    rows = '甲,江岸区,2005年1月,30亩\n乙,江岸区,2006/3,"18,600平方米"\n丙,江岸区,２００７,900㎡\n'
    app = bring(run_page("data"), f"名称,区县,开园时间,建筑面积\n{rows}".encode())
    marked = having(one(shown(app), class_="ct-preview"), class_="ct-doubt")
    said = [each.get("data-said") for each in marked if each.tag == "td"]
    assert said == ["读作 20,000 平方米"]


def test_a_decision_changes_the_figures_and_is_taken_back(run_page: Open) -> None:
    again = ",".join(WUHAN.rows[0]) + "\r\n"
    app = on(bring(run_page("data"), WUHAN.csv() + again.encode("gb18030")))
    n = len(WUHAN.rows)
    assert figures(app) == [n + 1, n + 1, 0, 0]
    assert "1 对疑似重复等你决定" in headline(app)
    next(each for each in app.button if each.label == "合并").click().run()
    assert figures(app) == [n, n, 0, 0]
    assert f"{n + 1} 行中，1 行已并入别行" in words(app)
    app.button(key="intake_undo").click().run()
    assert figures(app) == [n + 1, n + 1, 0, 0]


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(run_page: Open) -> None:
    app = bring(run_page("data"), b"", "empty.csv")
    assert headline(app) == "这个文件读不了"
    assert "empty.csv：文件是空的" in words(app)
    app.button(key="intake_other").click().run()
    assert app.file_uploader


def test_a_wrong_row_of_headings_is_put_right(run_page: Open) -> None:
    titled = "武汉园区一览,,,,,\r\n".encode("gb18030") + WUHAN.csv()
    app = bring(run_page("data"), titled)
    header = next(each for each in app.selectbox if each.label == "表头")
    assert header.value == 2
    header.set_value(1).run()
    assert f"{len(WUHAN.rows) + 1} 行" in headline(app)


def test_a_list_stays_in_its_session(run_page: Open) -> None:
    app = on(bring(run_page("data"), WUHAN.csv()))
    assert address(app) == {"step": "result"}
    other = run_page("data")
    assert headline(other) == PageTexts("zh")("intake.headline_first")


def test_what_a_file_says_is_shown_and_not_set(run_page: Open) -> None:
    rows = [f"{HOSTILE}{row[0]},{row[1]},{row[2]},{row[3]}" for row in WUHAN.rows]
    body = f"{HOSTILE},所在区,X,Y\n" + "\n".join(rows)
    app = bring(run_page("data"), body.encode(), f"{HOSTILE.replace('/', '')}.csv")
    next(each for each in app.selectbox if "onerror" in each.label).set_value("name").run()
    assert [each for each in app.selectbox if "[a](" in each.label] == []
    for step in (app, on(app)):
        written = shown(step)
        assert not [*written.iter("script"), *written.iter("img")]
        assert HOSTILE[10:30] in words(step)


@pytest.mark.parametrize("asked", [{"since": DAY}, {"reason": "corrected"}, {"part": "2"}])
def test_addresses_of_the_record_open_it(run_page: Open, asked: dict[str, str]) -> None:
    app = run_page("data", **asked)
    assert not app.file_uploader
    assert having(shown(app), class_="ct-history")


def test_the_record_stays_when_what_it_asked_for_is_taken_back(run_page: Open) -> None:
    app = run_page("data", since=DAY)
    app.selectbox(key="field_since").set_value("").run()
    assert not app.file_uploader
    assert address(app) == {"show": "record"}


def test_the_small_map_puts_points_where_they_belong(run_page: Open) -> None:
    app = bring(run_page("data"), WUHAN.csv())
    lines = app.session_state["intake_made"]["tried"][1].kept
    found = np.column_stack([lines.geometry.x, lines.geometry.y])
    assert np.abs(found - WUHAN.where).max() < 1e-6


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_list_is_saved_and_opened_by_its_link(
    run_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    use_settings(monkeypatch, workspaces=tmp_path)
    app = on(bring(run_page("data", lang=lang), WUHAN.csv()))
    app.button(key="intake_go_save").click().run()
    app.text_input(key="intake_name").set_value("武汉的园").run()
    app.button(key="intake_save_now").click().run()
    assert not app.exception
    read, write = (parse_qs(urlsplit(each.value).query)["region"][0] for each in app.code)
    assert write.startswith(read)
    assert write not in str(address(app))
    pages = {urlsplit(each.get("href") or "").path for each in shown(app).iter("a")}
    assert pages >= {"./", "districts", "layouts", "find", "clusters", "siting"}
    opened = run_page("overview", region=read, lang=lang)
    assert "武汉的园" in headline(opened)
    assert str(len(WUHAN.rows)) in headline(opened)
    app.button(key="intake_save_now").click().run()
    assert [each.number for each in home().versions(read.removeprefix("ws-"))] == [1, 2]


def test_a_save_that_fails_loses_nothing_and_offers_the_files(
    run_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("no folder", "utf-8")
    use_settings(monkeypatch, workspaces=tmp_path / "taken")
    app = on(bring(run_page("data"), WUHAN.csv()))
    app.button(key="intake_go_save").click().run()
    app.button(key="intake_save_now").click().run()
    assert not app.exception
    assert "没有存上" in words(app)
    assert not app.code
    labels = [getattr(each, "label", "") for each in app.get("download_button")]
    assert "GeoJSON" in labels
