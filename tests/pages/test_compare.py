"""数据, two lists beside each other: what is told of them, and what stays in the session."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from geo.settings import LANGUAGES
from geo.workspaces.home import home
from tests import lists
from tests.pages.conftest import address, headline, shown, words
from tests.pages.test_upload import bring, on
from tests.reading import having
from tests.reading import words as text
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

WUHAN = lists.wuhan(kind="wgs84")
N = len(WUHAN.rows)


def other_list() -> bytes:
    """The list with two rows moved, one changed, three left out and one new."""
    rows = [list(row) for row in WUHAN.rows]
    for at in (3, 4):
        rows[at][3] = f"{float(rows[at][3]) + 0.003:.6f}"
    rows[7][5] = "9999"
    rows[8][0] = "别处没有的园"
    del rows[20:22]
    changed = dataclasses.replace(WUHAN, rows=tuple(map(tuple, rows)))
    return changed.csv()


def compared(run_page: Open, content: bytes, lang: str = "zh") -> AppTest:
    """Bring a list, go on to its result, and compare it with a second file."""
    app = on(bring(run_page("data", lang=lang), WUHAN.csv(), "甲.csv"))
    return second(opened(app), content)


def opened(app: AppTest) -> AppTest:
    """Follow the link that leads from the list to the comparison."""
    app.session_state["field_show"] = "compare"
    return app.run()


def second(app: AppTest, content: bytes, file: str = "乙.csv") -> AppTest:
    app.file_uploader[0].set_value((file, content, "text/csv")).run()
    assert not app.exception
    return app


def groups(app: AppTest) -> dict[str, list[str]]:
    """The sites listed by the title of their group."""
    found = {}
    for table in having(shown(app), class_="ct-compared-list"):
        title = text(next(table.iter("caption")))
        found[title] = [text(row) for row in table.iter("tr")][1:]
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_files_are_told_apart_in_a_sentence_and_site_by_site(run_page: Open, lang: str) -> None:
    t = PageTexts(lang)  # type: ignore[arg-type]
    app = compared(run_page, other_list(), lang)
    told = {"same": N - 6, "moved": 2, "changed": 1, "only_one": 3, "only_other": 1}
    said = t("compare.between").join(t(f"compare.said_{kind}", n=n) for kind, n in told.items())
    assert headline(app) == t("compare.headline", one=N, other=N - 2, told=said)
    found = groups(app)
    assert {title: len(rows) for title, rows in found.items()} == {
        t(f"compare.kind_{kind}"): n for kind, n in told.items() if kind != "same"
    }
    (change,) = found[t("compare.kind_changed")]
    assert "18600 → 9999" in change
    assert all("333" in row for row in found[t("compare.kind_moved")])
    assert "别处没有的园" in found[t("compare.kind_only_other")][0]


def test_districts_are_in_the_reader_s_language_and_no_column_is_empty(run_page: Open) -> None:
    rows = [list(row) for row in WUHAN.rows]
    rows[0][1], rows[0][2:4] = rows[1][1], rows[1][2:4]
    rows[1][0] = "别处没有的园"
    moved = dataclasses.replace(WUHAN, rows=tuple(map(tuple, rows)))
    app = compared(run_page, moved.csv(), "en")
    tables = having(shown(app), class_="ct-compared-list")
    assert len(tables) == 3
    for table in tables:
        (heads, *lines) = [[text(cell) for cell in row] for row in table.iter("tr")]
        assert all(any(line[at] for line in lines) for at in range(len(heads)))
        told = " ".join(cell for line in lines for cell in line[1:])
        assert not re.search(r"[\u4e00-\u9fff]", told), told


def test_the_figures_of_districts_are_those_of_both_lists(run_page: Open) -> None:
    app = compared(run_page, other_list())
    (table,) = having(shown(app), class_="ct-compared-districts")
    rows = [[text(cell) for cell in row] for row in table.iter("tr")][2:]
    assert [sum(int(row[at]) for row in rows) for at in (1, 2)] == [N, N - 2]
    assert sum(int(row[3].replace("−", "-")) for row in rows) == -2


def test_the_file_has_every_row_of_both_and_a_kind_can_be_left_out(
    run_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bytes] = []
    monkeypatch.setattr(st, "download_button", lambda *_, data, **__: made.append(data()))
    app = compared(run_page, other_list())
    rows = list(csv.DictReader(io.StringIO(made[-1].decode("utf-8-sig"))))
    assert sum(bool(row["id_one"]) for row in rows) == N
    assert sum(bool(row["id_other"]) for row in rows) == N - 2
    pills = next(each for each in app.button_group if len(each.options) == 5)
    pills.set_value(["moved"]).run()
    assert list(groups(app)) == ["移动"]


def test_a_list_and_itself_are_all_the_same(run_page: Open) -> None:
    app = compared(run_page, WUHAN.csv())
    assert headline(app) == f"甲 {N} 处、乙 {N} 处，完全相同"
    assert set(groups(app)) == {"相同"}


def test_swapped_lists_tell_the_mirror(run_page: Open) -> None:
    app = compared(run_page, other_list())
    app.button(key="compare_swap").click().run()
    assert headline(app) == (
        f"甲 {N - 2} 处、乙 {N} 处：{N - 6} 处相同，2 处移动，1 处改动，1 处只在甲，3 处只在乙"
    )


def test_a_file_that_needs_an_answer_says_so_and_goes_through_the_steps(run_page: Open) -> None:
    app = compared(run_page, lists.wuhan(n=7).csv())
    assert "请选坐标是哪一种" in words(app)
    app.button(key="compare_to_steps").click().run()
    assert not app.exception
    assert "乙" in headline(app)
    app.radio(key="intake_datum").set_value("bd09").run()
    app = opened(on(app))
    # What was in hand before waits to be compared with.
    codes = {each.label: each.options for each in app.selectbox}
    assert codes["甲"][0] == "手头的乙"
    assert "甲" in codes["乙"]


def test_a_file_that_is_none_is_refused_in_words(run_page: Open) -> None:
    app = compared(run_page, b"\x00\x01\x02", "zh")
    assert headline(app) == PageTexts("zh")("compare.headline_first")
    assert having(shown(app), class_="ct-warning")


def test_a_workspace_is_compared_with_its_version_before_and_with_another_by_its_link(
    run_page: Open,
) -> None:
    app = on(bring(run_page("data"), WUHAN.csv()))
    app.button(key="intake_go_save").click().run()
    app.button(key="intake_save_now").click().run()
    keys = app.session_state["intake_draft"].keys
    content = home().open(keys.read).content
    fewer = dataclasses.replace(content, sites=content.sites.iloc[:-2])
    home().save(keys.write, fewer, based_on=1)
    app = run_page("data", region=f"ws-{keys.read}", show="compare")
    assert headline(app) == f"甲 {N - 2} 处、乙 {N} 处：{N - 2} 处相同，2 处只在乙"
    other = home().create(dataclasses.replace(fewer, name="别人的"))
    app.text_input(key="compare_link").set_value(f"http://x/?lang=zh&region=ws-{other.write}").run()
    assert not app.exception
    assert headline(app) == f"甲 {N - 2} 处、乙 {N - 2} 处，完全相同"
    told = f"{address(app)} {app.text_input(key='compare_link').value} {words(app)}"
    assert other.read not in told
    assert set(address(app)) <= {"region", "show"}
    app.text_input(key="compare_link").set_value("https://x/?region=ws-nothing").run()
    assert "打不开" in words(app)


def test_the_catalogue_is_there_to_compare_with(run_page: Open) -> None:
    app = opened(on(bring(run_page("data"), WUHAN.csv())))
    app.selectbox(key="compare_other").set_value("region").run()
    assert not app.exception
    assert f"{N} 处只在甲" in headline(app)
