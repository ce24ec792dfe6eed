"""Whatever bytes coverage leads to: a table or a refusal comes out, never another error.

What it finds becomes an example of `test_fuzz.py`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SECONDS = 4
ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", ["a.csv", "a.geojson", "a.kml"])
def test_nothing_but_a_table_or_a_refusal_comes_out(name: str, tmp_path: Path) -> None:
    options = [f"-max_total_time={SECONDS}", "-timeout=20", "-max_len=2000", "-rss_limit_mb=0"]
    command = [sys.executable, "-m", "tests.geo.intake.guided_fuzz", name, str(tmp_path / "seeds")]
    run = subprocess.run(
        [*command, *options, f"-artifact_prefix={tmp_path}/"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr[-1000:]
    assert "Done" in run.stderr
