"""Residents by place of one's own in a workspace: brought, said, in the files, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from geo.facts import own_population
from geo.settings import LANGUAGES
from geo.workspaces.home import home
from tests import lists
from tests.pages.conftest import words
from tests.pages.test_workspace import link, opened, pressed
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from geo.workspaces.keys import Keys
    from tests.pages.conftest import Open

SOURCE = "街道台账 <b>2026</b>"
LON, LAT = np.random.default_rng(3).uniform((114.1, 30.2), (114.7, 31.0), (400, 2)).T
PEOPLE = pd.DataFrame({"lon": [*LON, 10.0], "lat": [*LAT, 10.0], "residents": [25.0] * 400 + [7.0]})


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keys:
    use_settings(monkeypatch, workspaces=tmp_path)
    return home().create(lists.workspace())


def bring(app: AppTest, table: pd.DataFrame = PEOPLE, source: str = SOURCE) -> AppTest:
    content = table.to_csv(index=False).encode()
    app.file_uploader[0].set_value(("people.csv", content, "text/csv"))
    next(each for each in app.text_input if "people_source" in str(each.key)).set_value(source)
    return pressed(app.run(), "workspace_people_now")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_brought_said_and_taken_away(run_page: Open, kept: Keys, lang: str) -> None:
    app = bring(opened(run_page, kept.write, lang=lang))
    held = home().open(kept.read).content.population
    assert held is not None
    assert held.residents + held.outside == PEOPLE["residents"].sum()
    assert held.outside >= 7
    told = words(app)
    assert "&lt;b&gt;2026" in told or SOURCE in told
    assert f"{held.residents:,.0f}" in told
    assert f"{held.outside:,.0f}" in told
    even = {"zh": "均匀分布", "en": "spread evenly"}[lang]
    for page in ("overview", "districts"):
        shown = words(run_page(page, region=link(kept.read), lang=lang, radius="3"))
        assert "街道台账" in shown
        assert even not in shown
    app = pressed(opened(run_page, kept.write, lang=lang), "workspace_people_drop")
    assert home().open(kept.read).content.population is None
    shown = words(run_page("overview", region=link(kept.read), lang=lang))
    assert "街道台账" not in shown


def test_who_only_reads_cannot_change_it(run_page: Open, kept: Keys) -> None:
    app = opened(run_page, kept.read)
    assert not app.file_uploader
    assert not [each for each in app.button if "people" in str(each.key)]


def test_a_bad_file_is_told_and_changes_nothing(run_page: Open, kept: Keys) -> None:
    app = bring(opened(run_page, kept.write), PEOPLE.assign(residents=-1.0))
    assert "people.csv，residents 列：401 行" in words(app)
    app = bring(app, source=" ")
    assert "请写明来源" in words(app)
    assert home().open(kept.read).content.population is None
    assert home().open(kept.read).version.number == 1


def test_figures_are_sums_of_places(run_page: Open, kept: Keys) -> None:
    bring(opened(run_page, kept.write))
    content = home().open(kept.read).content
    held = content.population
    assert held is not None
    assert sum(own_population.unpack(held.packed, held.places)[2]) == held.residents
