"""A page run without a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from tests import page_run, reading

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

Open = Callable[..., AppTest]


def address(app: AppTest) -> dict[str, str]:
    """What the browser is told to show in the place of the address that the reader came by.

    That it does is seen in tests/browser/test_moving.py.
    """
    shown: dict[str, str] = app.session_state["address"]
    return shown


def shown(app: AppTest) -> ET.Element:
    """Everything written with st.html."""
    return reading.read(" ".join(str(element.proto.body) for element in app.get("html")))


def words(app: AppTest) -> str:
    return reading.words(shown(app))


def headline(app: AppTest) -> str:
    return reading.words(next(shown(app).iter("h1")))


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page waits for all that it looks for: what it shows before is in test_plan_search.py."""
    monkeypatch.setattr("ui.cached.searches.SOON_S", 600.0)


@pytest.fixture
def run_page() -> Open:
    def run(name: str, **params: str) -> AppTest:
        # The first page through the navigation, as a reader comes in; another one as a link
        # opens it, without a run of the first.
        script = "ui/shell/main.py" if name == "overview" else f"pages/{name}.py"
        return page_run.run(script, params)

    return run
