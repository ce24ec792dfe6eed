"""Packs made one after another in one process: what they take of its memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

MOST_MB = 300


def test_packs_made_one_after_another_take_no_more_than_300_mb_on_top() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "tests.ui.pack.held"],
        capture_output=True,
        cwd=Path(__file__).parents[3],
        env=os.environ | {"MALLOC_ARENA_MAX": "2"},  # as the server is started
        text=True,
        timeout=1200,  # of a machine that does much else
        check=True,
    )
    assert 0 < int(made.stdout.splitlines()[-1]) <= MOST_MB
