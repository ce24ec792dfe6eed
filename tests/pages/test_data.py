"""数据: what changed since a day, of which region and why, and which figures moved by it."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from geo import settings
from geo.facts import boundaries, catalog, revisions
from geo.facts import changes as changes_on_record
from geo.measures.revised import BEFORE, revised
from geo.settings import LANGUAGES
from scripts import record_changes
from tests.pages import other_facts
from tests.pages.conftest import address, headline, shown, words
from tests.reading import having, one, read
from tests.reading import words as text
from tests.ui.states import view
from ui.blocks import record
from ui.data import changes, downloads
from ui.state import pages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Open

REGIONS = tuple(catalog.regions().index)
LINES = revisions.recorded()
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_the_headline_counts_what_came_in_and_what_moved(
    run_page: Open, region: str, lang: str
) -> None:
    app = run_page("data", show="record", region=region, lang=lang)
    assert not app.exception
    own = LINES[LINES["region"] == region]
    new = own.loc[(own["table"] == "sites") & (own["reason"] == "added"), "row"]
    told = catalog.sites(region).loc[lambda rows: rows["id"].isin(new)]
    numbers = re.findall(r"(?<![\d.,])\d+(?:,\d{3})*(?![\d.])", headline(app))
    expected = [len(own), len(told), len(new) - len(told)]
    moved = [len(boundaries.districts(region)), len(revised(region, min(revisions.days())))]
    counted = [n for n in expected if n] + (moved if lang == "zh" else moved[::-1])
    assert [int(each.replace(",", "")) for each in numbers] == counted
    assert (HAN.search(words(app)) is None) is (lang == "en")


@pytest.mark.parametrize("region", REGIONS)
def test_the_counts_by_field_add_up_to_the_changes(run_page: Open, region: str) -> None:
    app = run_page("data", show="record", region=region)
    tables = [each for each in shown(app).iter("table") if "改了什么" in text(each)]
    *counts, total = [text([*row][-1]) for row in tables[0].iter("tr")][1:]
    numbers = [int(each.replace(",", "")) for each in counts]
    assert sum(numbers) == int(total.replace(",", "")) == (LINES["region"] == region).sum()


def test_what_belongs_to_no_region_is_counted_beside(run_page: Open) -> None:
    lines = revisions.since_release()
    n = int(lines["region"].isna().sum())
    assert f"另有 {n} 处变更" in words(run_page("data", show="record"))
    assert n + lines["region"].isin(REGIONS).sum() == len(lines)


def test_a_site_told_apart_since_counts_neither_then_nor_now() -> None:
    sites, _ = revisions.before("shanghai", min(revisions.days()))
    assert set(sites["id"]) & set(LINES.loc[LINES["field"] == "scope", "row"]) == set()


def test_a_reason_without_a_change_denies_no_other(run_page: Open) -> None:
    app = run_page("data", reason="closed")
    assert headline(app) == "0.1.0 版以来，上海没有因关闭的变更"


def test_another_region_begins_at_the_first_page(run_page: Open) -> None:
    app = run_page("data", show="record", region="guangdong", part="2")
    app.selectbox(key="field_region").set_value("shanghai").run()
    assert "第 1–" in words(app)


def test_any_day_since_the_release_can_be_asked(run_page: Open) -> None:
    app = run_page("data", since="2999-01-01")
    assert not app.warning
    assert "2999-01-01 以来，上海没有记录在案的变更" in headline(app)


def test_the_list_has_an_entry_for_each_row_that_changed(run_page: Open) -> None:
    own = LINES[LINES["region"] == "harbin"].drop_duplicates(["date", "table", "row"])
    listed: list[str] = []
    for part in range(1, 2 + (len(own) - 1) // changes.ROWS):
        app = run_page("data", show="record", region="harbin", part=str(part))
        entries = one(shown(app), class_="ct-history").iter("li")
        listed += [text(next(each.iter("p"))) for each in entries]
    assert len(listed) == len(own)
    for name in own["name_zh"]:
        assert any(entry.startswith(name) for entry in listed)


def test_a_reason_narrows_the_list_and_the_sentence(run_page: Open) -> None:
    app = run_page("data", show="record", region="shanghai", reason="corrected")
    own = LINES[(LINES["region"] == "shanghai") & (LINES["reason"] == "corrected")]
    rows = own.drop_duplicates(["table", "row"])
    assert f"{len(own)} 处变更的原因是更正" in headline(app)
    assert len([*one(shown(app), class_="ct-history").iter("li")]) == len(rows)
    assert address(app)["reason"] == "corrected"


def test_a_figure_that_moved_is_there_with_the_one_before(run_page: Open) -> None:
    moved = revised("shanghai", min(revisions.days()))
    app = run_page("data", show="record", region="shanghai")
    table = one(one(shown(app), class_="ct-moved"), class_="ct-compare")
    rows = [[text(cell) for cell in row] for row in [*table.iter("tr")][1:]]
    assert len(rows) == len(moved)
    for (_, counts, *_), (_, figures) in zip(rows, moved.iterrows(), strict=True):
        before, now = int(figures[f"n{BEFORE}"]), int(figures["n"])
        assert counts == (f"{now}" if before == now else f"{before} → {now}")


def test_the_file_has_the_lines_in_view_and_says_which_they_are() -> None:
    asked = view(pages.Data, region="chongqing", reason=("added",))
    file = downloads.as_csv(asked).decode("utf-8-sig")
    head, *rows = file.splitlines()
    own = LINES[(LINES["region"] == "chongqing") & (LINES["reason"] == "added")]
    assert len(rows) == len(own)
    assert head.startswith("number,date,table,row,field,old,new,reason")
    assert changes.headline(asked) in rows[0]


def test_without_the_tables_of_the_release_the_figures_of_before_are_not_made_up(
    tmp_path: Path,
) -> None:
    facts = tmp_path / "data"
    shutil.copytree(settings.OWN_DATA, facts)
    shutil.rmtree(facts / "releases")
    (page,) = other_facts.pages(facts, ("data", {"show": "record"}))
    assert (page.exceptions, page.warnings) == ([], [])
    assert "变更记录与数据表对不上" in page.words
    assert not having(read(page.words), class_="ct-moved")


def test_a_record_that_knows_of_no_release_has_no_changes_to_show(tmp_path: Path) -> None:
    facts = tmp_path / "data"
    shutil.copytree(settings.OWN_DATA, facts)
    lines = (facts / "changes.csv").read_text("utf-8").splitlines()
    kept = [line for line in lines if ",released," not in line]
    (facts / "changes.csv").write_text("\n".join(kept) + "\n", "utf-8")
    (page,) = other_facts.pages(facts, ("data", {"show": "record"}))
    assert (page.exceptions, page.warnings) == ([], [])
    assert "没有记录在案的变更" in page.words
    assert not having(read(page.words), class_="ct-history")


def test_after_a_release_only_what_changed_since_is_shown(tmp_path: Path) -> None:
    facts = tmp_path / "data"
    shutil.copytree(settings.OWN_DATA, facts)
    record_changes.release(facts, "9.9.9", date=min(revisions.days()))
    cell = (
        '"M50创意园"' if '"M50创意园"' in (facts / "sites.csv").read_text("utf-8") else "M50创意园"
    )
    text_ = (facts / "sites.csv").read_text("utf-8")
    (facts / "sites.csv").write_text(text_.replace(f",{cell},", ",M50,", 1), "utf-8")
    asked = ["--data", str(facts), "--reason", "renamed", "--write"]
    assert record_changes.main([*asked, "--date", min(revisions.days())]) == 0
    (page,) = other_facts.pages(facts, ("data", {"show": "record"}))
    assert (page.exceptions, page.warnings) == ([], [])
    assert "9.9.9 版以来，上海的资料有 1 处变更" in page.words
    assert "M50创意园 → M50" in page.words
    assert len([*one(read(page.words), class_="ct-history").iter("li")]) == 1


@pytest.mark.parametrize("table", changes_on_record.RECORDED)
def test_an_added_row_of_any_table_has_words(table: str) -> None:
    rows = changes_on_record.rows(table, changes_on_record.of_today(settings.OWN_DATA)[table])
    new = changes_on_record.written(next(iter(rows.values())))
    line = {"field": "", "old": "", "new": new}
    assert record.fact(view(pages.Data), table, line)
