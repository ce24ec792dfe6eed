from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scripts import app_server

if TYPE_CHECKING:
    from pathlib import Path


def test_an_app_that_ends_at_once_shows_its_log(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text("data/sites.csv row 17: no source\n", "utf-8")
    with (
        subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"]) as process,
        pytest.raises(RuntimeError, match=r"ended with 3(.|\n)*row 17"),
    ):
        app_server.wait_until_healthy(process, app_server.free_port(), log)


def test_a_port_where_nothing_listens_is_not_healthy() -> None:
    assert not app_server.is_healthy(app_server.free_port())
