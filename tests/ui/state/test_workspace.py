"""What breaks: a write link that does not write, or shows, and a save that is lost or hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from geo.errors import UnknownRegionError
from geo.facts import own_regions
from geo.intake import placing
from geo.workspaces import region
from geo.workspaces.home import home
from tests.geo.workspaces import toy
from tests.pages.conftest import address
from tests.settings_in_use import use_settings
from ui.cached import names

if TYPE_CHECKING:
    from collections.abc import Callable
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


def _pages() -> None:
    """A page with a region, and one without: which, the session says."""
    import streamlit as st  # noqa: PLC0415 - only what the function itself says is run

    from ui.cached import names  # noqa: PLC0415
    from ui.state import fields, session  # noqa: PLC0415

    if st.session_state.get("without"):
        session.begin([fields.LANG])
    else:
        region = str(session.begin([fields.LANG, fields.REGION])["region"])
        st.selectbox("region", [region], key=session.widget_key(fields.REGION))
        st.text(names.region(region, "zh"))


def test_who_stays_in_a_region_while_many_others_are_opened_finds_it_again(kept: Keys) -> None:
    app = _opened(kept.read, _pages)
    assert _texts(app) == [_content().name]
    app.session_state["without"] = True
    app.run()
    for _ in range(own_regions.MOST):
        region.opened(home().create(_content("other")).read)
    app.session_state["without"] = False
    app.run()
    assert _texts(app) == [_content().name]
    assert address(app)["region"] == f"{own_regions.PREFIX}{kept.read}.1"


def test_what_is_asked_of_a_region_is_answered_however_many_others_are_opened(kept: Keys) -> None:
    first = region.opened(kept.read)
    for _ in range(own_regions.MOST):
        region.opened(home().create(_content("other")).read)
    assert names.region(first, "zh") == _content().name
    own_regions.forget(first)
    home().delete(kept.write)
    with pytest.raises(UnknownRegionError):
        own_regions.known(first)
    assert not own_regions.is_open(first)


def _opened(key: str, page: Callable[[], None] = _page) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
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
