"""A workspace's own page: what it holds, who may do what, and what is left of it in the end."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest

from geo.errors import NewerVersionError
from geo.facts import own_regions
from geo.planning.scenario import Pin, Scenario
from geo.workspaces import geopackage
from geo.workspaces.home import home
from tests import lists, reading
from tests.page_run import ROOT
from tests.pages.conftest import address, headline, shown, words
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from geo.workspaces.content import Workspace
    from geo.workspaces.keys import Keys
    from tests.pages.conftest import Open

SCRIPT = "<img src=x onerror=hit=1>"


@pytest.fixture
def content() -> Workspace:
    return lists.workspace()


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: Workspace) -> Keys:
    use_settings(monkeypatch, workspaces=tmp_path)
    return home().create(content)


def link(key: str) -> str:
    return f"{own_regions.PREFIX}{key}"


def opened(run_page: Open, key: str, **params: str) -> AppTest:
    app = run_page("data", region=link(key), show="workspace", **params)
    assert not app.exception
    return app


def pressed(app: AppTest, key: str) -> AppTest:
    app = app.button(key=key).click().run()
    assert not app.exception
    return app


def codes(app: AppTest) -> str:
    return " ".join(each.value for each in app.code)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reader_sees_what_it_holds_and_no_key_that_writes(
    run_page: Open, kept: Keys, content: Workspace, lang: str
) -> None:
    app = opened(run_page, kept.read, lang=lang)
    assert content.name in headline(app)
    assert str(len(content.sites)) in headline(app)
    told = words(app)
    assert content.source in told
    assert kept.read in codes(app)
    assert kept.write not in codes(app)
    assert not [each for each in app.button if each.key in {"workspace_delete", "workspace_renew"}]


def test_holder_sees_both_links_and_the_address_neither(run_page: Open, kept: Keys) -> None:
    app = opened(run_page, kept.write)
    assert kept.write in codes(app)
    assert kept.write not in str(address(app))
    assert kept.write not in headline(app)


def test_holder_renames_it(run_page: Open, kept: Keys) -> None:
    app = opened(run_page, kept.write)
    app.text_input(key="workspace_name_1").input("新名").run()
    app = pressed(app, "workspace_rename")
    assert "新名" in headline(app)
    assert home().open(kept.read).content.name == "新名"
    assert "第 2 版" in words(app)


def test_renewed_write_link_is_shown_and_the_old_one_only_reads(run_page: Open, kept: Keys) -> None:
    other = opened(run_page, kept.write)
    app = pressed(opened(run_page, kept.write), "workspace_renew")
    assert kept.write not in codes(app)
    assert codes(app).count(kept.read) == 2
    other.text_input(key="workspace_name_1").input("改不了").run()
    assert kept.write not in codes(other)
    assert "workspace_rename" not in {each.key for each in other.button}
    assert home().open(kept.read).version.number == 1


def test_deletion_asks_for_words_and_leaves_nothing(
    run_page: Open, kept: Keys, content: Workspace
) -> None:
    reader = run_page("site", id=f"{link(kept.read)}/{content.sites['id'].iloc[0]}")
    assert headline(reader) == content.sites["name_zh"].iloc[0]
    app = pressed(opened(run_page, kept.write), "workspace_delete")
    assert "没有删除" in words(app)
    app.text_input(key="workspace_word").input("永久删除").run()
    app = pressed(app, "workspace_delete")
    assert "永久删除" in words(app)
    assert kept.read not in str(address(app))
    assert kept.read not in codes(app)
    assert not [each for each in own_regions.opened() if kept.read in each]
    reader.run()
    assert not reader.exception
    assert kept.read not in str(address(reader))
    assert "上海" in headline(run_page("overview", region=link(kept.read)))


def test_every_page_of_a_workspace_leads_to_its_page(run_page: Open, kept: Keys) -> None:
    app = run_page("overview", region=link(kept.read))
    ways = [str(each.get("href")) for each in shown(app).iter("a") if each.text == "数据"]
    assert any("show=workspace" in way and kept.read in way for way in ways)
    assert not any("show=workspace" in way for way in hrefs(run_page("overview")))


def hrefs(app: AppTest) -> list[str]:
    return [str(each.get("href")) for each in shown(app).iter("a")]


def test_layout_is_kept_and_shown_to_readers(run_page: Open, kept: Keys) -> None:
    app = run_page("layouts", region=link(kept.write))
    button = next(each for each in app.button if "没有底稿" in each.label)
    app = button.click().run()
    app.selectbox(key="draft_add_0-0_tool").select("carrier")
    app.text_area(key="draft_add_0-0_where").input("114.30, 30.60")
    [add] = [each for each in app.button if each.label == "添加"]
    app = add.click().run()
    app.text_input(key="draft_kept_name_own-draft").input(f"江边一线{SCRIPT}").run()
    app = pressed(app, "draft_keep_now")
    saved = home().open(kept.read)
    assert list(saved.content.layouts) == ["own-draft"]
    assert kept.read not in saved.content.layouts["own-draft"]
    app = pressed(app, "draft_keep_now")
    assert list(home().open(kept.read).content.layouts) == ["own-draft"]
    reader = run_page("layouts", region=link(kept.read))
    assert not reader.exception
    assert "江边一线" in headline(reader)
    assert "draft_keep_now" not in {each.key for each in reader.button}
    assert reading.words(shown(opened(run_page, kept.read))).count("江边一线") == 1
    again = pressed(reader, "draft_from_kept")
    assert again.session_state["layout_draft"].kept == "own-draft"


def test_draft_of_a_deleted_workspace_is_let_go(run_page: Open, kept: Keys) -> None:
    app = run_page("layouts", region=link(kept.write))
    button = next(each for each in app.button if "没有底稿" in each.label)
    app = button.click().run()
    owner = opened(run_page, kept.write)
    owner.text_input(key="workspace_word").input("永久删除").run()
    pressed(owner, "workspace_delete")
    app.run()
    assert not app.exception
    assert "layout_draft" not in app.session_state


def test_shortlist_is_kept_and_opened_again(run_page: Open, kept: Keys, content: Workspace) -> None:
    first, second = content.sites["id"].iloc[:2]
    app = run_page("find", region=link(kept.write), pick=f"{first},{second}")
    app.text_input(key="kept_list_name").input(f"周三去看{SCRIPT}").run()
    app = pressed(app, "kept_list_save")
    [(name, ids)] = home().open(kept.read).content.shortlists.items()
    assert (name, ids) == (f"周三去看{SCRIPT}", (first, second))
    reader = run_page("find", region=link(kept.read))
    assert not reader.exception
    assert "周三去看" in words(reader)
    assert any(f"pick={first},{second}" in way for way in hrefs(reader))
    app = pressed(app, "kept_list_remove_0")
    assert not home().open(kept.read).content.shortlists


def test_note_on_a_site_is_shown_to_readers_as_text(
    run_page: Open, kept: Keys, content: Workspace
) -> None:
    site = content.sites["id"].iloc[0]
    app = run_page("site", id=f"{link(kept.write)}/{site}")
    app.text_area(key=f"note_site_{site}_1").input(f"电话约{SCRIPT}").run()
    app = pressed(app, "note_save")
    assert headline(app) == content.sites["name_zh"].iloc[0]
    assert "电话约" in words(app)
    reader = run_page("site", id=f"{link(kept.read)}/{site}")
    assert f"电话约{SCRIPT}" in words(reader)
    assert "note_save" not in {each.key for each in reader.button}
    assert "电话约" in words(opened(run_page, kept.read))


def test_exported_workspace_becomes_another_one(
    run_page: Open, kept: Keys, content: Workspace
) -> None:
    file = geopackage.export(content)
    assert kept.read.encode() not in file
    app = run_page("data")
    app = brought(app, file)
    assert not app.exception
    assert content.name in headline(app)
    assert kept.read not in codes(app)
    refused = run_page("data")
    assert "不能作为工作区打开" in words(brought(refused, b"no"))


def test_box_takes_what_is_exported_and_the_server_lets_through(run_page: Open) -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    box = run_page("data").file_uploader(key="workspace_file_0")
    assert box.proto.max_upload_size_mb == config["server"]["maxUploadSize"]
    assert box.proto.max_upload_size_mb << 20 == geopackage.MOST_BYTES


@pytest.mark.parametrize(("lang", "said"), [("zh", "最多收 50 兆"), ("en", "at most 50 MB")])
def test_workspace_too_large_to_come_back_is_told_when_it_is_exported(
    run_page: Open,
    kept: Keys,
    content: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    said: str,
) -> None:
    def captions() -> str:
        app = run_page("data", region=link(kept.read), show="workspace", lang=lang)
        assert not app.exception
        return " ".join(each.value for each in app.caption)

    assert said not in captions()
    monkeypatch.setattr(geopackage, "MOST_BYTES", len(geopackage.export(content)) - 1)
    home().save(kept.write, replace(content, source="other.csv"), based_on=1)
    assert said in captions()


def brought(app: AppTest, file: bytes) -> AppTest:
    box = app.file_uploader(key="workspace_file_0")
    box.set_value(("w.gpkg", file, "application/octet-stream"))
    return app.run()


def saved(content: Workspace, keys: Keys, names: dict[str, str]) -> None:
    """Save the first version with other names of sites, whoever saved meanwhile."""
    sites = content.sites.copy()
    for id_, name in names.items():
        sites.loc[sites["id"] == id_, "name_zh"] = name
    with suppress(NewerVersionError):
        home().save(keys.write, replace(content, sites=sites), based_on=1)


def test_two_saves_of_one_version_are_merged(
    run_page: Open, kept: Keys, content: Workspace
) -> None:
    ids = list(content.sites["id"].iloc[:3])
    first, second, third = ids
    saved(content, kept, {first: "对方改一", second: f"对方改二{SCRIPT}"})
    saved(content, kept, {second: "我改二", third: "我改三"})
    reader = opened(run_page, kept.read)
    assert "合并" in words(reader)
    assert not [each for each in reader.button if str(each.key).startswith("merge")]
    app = opened(run_page, kept.write)
    told = words(app)
    assert "我改三" in told
    assert "对方改一" in told
    assert "name_zh" not in told
    assert app.button(key="merge_now_3").disabled
    [choice] = [each for each in app.radio if str(each.key).startswith("merge_3")]
    assert content.sites["name_zh"].iloc[1] in choice.label
    assert "<img" not in choice.label
    choice.set_value("mine").run()
    app = pressed(app, "merge_now_3")
    assert "已合并" in words(app)
    now = home().open(kept.read)
    assert (now.version.number, now.content.settled) == (4, (3,))
    names = dict(now.content.sites[["id", "name_zh"]].to_numpy())
    assert [names[each] for each in ids] == ["对方改一", "我改二", "我改三"]
    assert not [each for each in app.button if str(each.key).startswith("merge")]


def test_a_save_that_is_given_up_is_no_longer_listed(
    run_page: Open, kept: Keys, content: Workspace
) -> None:
    site = content.sites["id"].iloc[0]
    saved(content, kept, {site: "对方"})
    saved(content, kept, {site: "我"})
    app = pressed(opened(run_page, kept.write, lang="en"), "merge_all_theirs_3")
    assert not app.button(key="merge_now_3").disabled
    app = pressed(app, "merge_give_up_3")
    assert not [each for each in app.button if str(each.key).startswith("merge")]
    assert home().open(kept.read).content.sites["name_zh"].iloc[0] == "对方"


def test_scenarios_are_listed_opened_renamed_and_removed(
    run_page: Open, kept: Keys, content: Workspace
) -> None:
    pins = (Pin("A", 114.3, 30.6), Pin("B", 114.2, 30.55))
    named = f"江边{SCRIPT}"
    both = (
        Scenario(name=named, pins=pins, radius_m=2000, asked="sector=fas"),
        Scenario(name="二", pins=pins[:1], radius_m=3000),
    )
    home().save(kept.write, replace(content, scenarios=both), based_on=1)
    reader = opened(run_page, kept.read)
    assert named in words(reader)
    (way,) = [each for each in hrefs(reader) if "A:114.30000,30.60000%3BB:" in each]
    assert "sector=fas" in way
    assert "radius=2" in way
    assert "workspace_scenario_remove_0" not in {each.key for each in reader.button}
    app = opened(run_page, kept.write)
    app.text_input(key="workspace_scenario_name_0_2").input("二").run()
    app = pressed(app, "workspace_scenario_rename_0")
    assert "已有这个名称" in words(app)
    app.text_input(key="workspace_scenario_name_0_2").input("三").run()
    app = pressed(app, "workspace_scenario_rename_0")
    app = pressed(app, "workspace_scenario_remove_1")
    assert [each.name for each in home().open(kept.read).content.scenarios] == ["三"]


def test_pins_are_compared_with_a_scenario_and_kept_as_one(
    run_page: Open, kept: Keys, content: Workspace
) -> None:
    river = Scenario(name="江边", pins=(Pin("A", 114.3, 30.6),), radius_m=2000)
    home().save(kept.write, replace(content, scenarios=(river,)), based_on=1)
    pins = "A:114.30000,30.60000;B:114.20000,30.55000"
    asked = {"region": link(kept.write), "mode": "try", "pins": pins, "against": "江边"}
    app = run_page("siting", **asked)
    assert not app.exception
    assert "“江边”" in headline(app)
    assert "对照江边" in words(app)
    app = app.button(key="scenario_save").click().run()
    assert not app.exception
    assert [len(each.pins) for each in home().open(kept.read).content.scenarios] == [1, 2]


def test_pins_are_kept_as_a_scenario_and_others_compared_with_it(
    run_page: Open, kept: Keys
) -> None:
    name, there = f"江边{SCRIPT}", {"mode": "try", "radius": "2", "kind": "park"}
    app = run_page("siting", region=link(kept.write), pins="A:114.30000,30.60000", **there)
    assert not app.exception
    app.text_input(key="scenario_name").input(name).run()
    app = pressed(app, "scenario_save")
    assert [each.value for each in app.success] == ["方案已存进工作区。"]
    made = Scenario(name=name, pins=(Pin("A", 114.3, 30.6),), radius_m=2000, asked="kind=park")
    assert home().open(kept.read).content.scenarios == (made,)
    (way,) = [each for each in hrefs(opened(run_page, kept.read)) if "pins=A" in each]
    reader = run_page("siting", **dict(parse_qsl(way.partition("?")[2])))
    assert not reader.exception
    assert "提议" in headline(reader)
    assert "scenario_save" not in {each.key for each in reader.button}
    reader.selectbox(key="field_against").select(name).run()
    assert not reader.exception
    assert "100%" in headline(reader)
    assert name in headline(reader)
    assert address(reader)["against"] == name
