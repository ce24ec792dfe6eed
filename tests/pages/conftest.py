"""A page run without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]

Open = Callable[..., AppTest]


def address(app: AppTest) -> dict[str, str]:
    """What the browser is told to show in the place of the address that the reader came by.

    That it does is seen in tests/browser/test_moving.py.
    """
    shown: dict[str, str] = app.session_state["address"]
    return shown


@pytest.fixture
def run_page() -> Open:
    def run(name: str, **params: str) -> AppTest:
        # The first page through the navigation, as a reader comes in; another one as a link
        # opens it, without a run of the first.
        script = "ui/shell/main.py" if name == "overview" else f"pages/{name}.py"
        app = AppTest.from_file(str(ROOT / script), default_timeout=60)
        for key, value in params.items():
            app.query_params[key] = value
        return app.run()

    return run
