"""What breaks: a write link that does not write, or shows, and a save that is lost or hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from geo.facts import own_regions
from geo.intake import placing
from geo.workspaces.home import home
from tests.geo.workspaces import toy
from tests.pages.conftest import address
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from pathlib import Path

    from geo.workspaces.content import Workspace
    from geo.workspaces.keys import Keys


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keys:
    use_settings(monkeypatch, workspaces=tmp_path)
    return home().create(_content())


def _content(name: str = "Wuhan") -> Workspace:
    units = placing.region_of("420100")
    return toy.workspace(name, sites=toy.sites(0), region=units, boundaries=None)


def _page() -> None:
    """A page with one thing on it: a button that gives the workspace another name."""
    import dataclasses  # noqa: PLC0415 - only what the function itself says is run

    import streamlit as st  # noqa: PLC0415

    from ui.state import fields, session, workspace, write_keys  # noqa: PLC0415

    region = str(session.begin([fields.LANG, fields.REGION])["region"])

    def rename() -> None:
        workspace.save(region, lambda content: dataclasses.replace(content, name="Renamed"))

    st.button("rename", on_click=rename)
    opened, trouble = workspace.opened(region), workspace.trouble(region)
    st.text(opened.content.name if opened else "none")
    st.text("writes" if write_keys.of(region) else "reads")
    st.text(trouble.reason if trouble else "well")
    if "beside" in st.session_state:
        of_other = workspace.trouble(st.session_state["beside"])
        st.text(of_other.reason if of_other else "well")


def _opened(key: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=60)
    app.query_params["region"] = own_regions.PREFIX + key
    return app.run()


def _texts(app: AppTest) -> list[str]:
    assert not app.exception
    return [each.value for each in app.text]


def test_who_opens_the_write_link_saves_and_the_address_shows_no_key_that_writes(
    kept: Keys,
) -> None:
    app = _opened(kept.write)
    assert _texts(app) == [_content().name, "writes", "well"]
    app.button[0].click().run()
    assert _texts(app) == ["Renamed", "writes", "well"]
    assert home().open(kept.read).content.name == "Renamed"
    assert address(app)["region"] == f"{own_regions.PREFIX}{kept.read}.2"


@pytest.mark.parametrize("secret", ["", "x" * 32])
def test_without_the_write_key_nothing_is_saved(kept: Keys, secret: str) -> None:
    app = _opened(kept.read + secret)
    assert _texts(app) == [_content().name, "reads", "well"]
    app.button[0].click().run()
    assert _texts(app)[1:] == ["reads", "reads_only"]
    assert len(home().versions(kept.read)) == 1


def test_a_save_over_a_newer_one_keeps_both_and_says_so(kept: Keys) -> None:
    app = _opened(kept.write)
    home().save(kept.write, _content("theirs"), based_on=1)
    app.button[0].click().run()
    assert _texts(app) == ["theirs", "writes", "newer"]
    assert [each.beside for each in home().versions(kept.read)] == [None, None, 2]
    assert home().open(kept.read, version=3).content.name == "Renamed"


def test_what_failed_in_one_workspace_is_not_said_of_another(kept: Keys) -> None:
    app = _opened(kept.read)
    other = home().create(_content("other"))
    app.session_state["beside"] = f"{own_regions.PREFIX}{other.read}.1"
    app.button[0].click().run()
    assert _texts(app)[2:] == ["reads_only", "well"]


def test_a_link_that_was_renewed_writes_no_longer(kept: Keys) -> None:
    app = _opened(kept.write)
    home().renew(kept.write)
    app.button[0].click().run()
    assert _texts(app)[2] == "reads_only"
    assert _texts(_opened(kept.write))[1] == "reads"
