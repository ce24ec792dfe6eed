"""What the guides show is so: the layout of CONTRIBUTING.md, the figures of README.md."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from geo.policy import layouts

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """Return a copy of the data folder with the file that the guide shows."""
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (block,) = re.findall(r"(?s)```toml\n(.*?)```", guide)
    (name,) = re.findall(r"as `data/layouts/([a-z0-9-]+\.toml)`", guide)
    copy = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    (copy / "layouts" / name).write_text(textwrap.dedent(f"   {block}"), "utf-8")
    return copy


def test_the_file_of_the_guide_is_sound(facts: Path) -> None:
    reading = layouts.read(facts / "layouts")
    assert reading.faults == ()
    assert "wh-2030-plan" in reading.layouts
    assert layouts.citation(reading.layouts["wh-2030-plan"]).issuer == "武汉市"


def test_with_it_the_tests_of_the_facts_hold_and_no_other_file_changes(facts: Path) -> None:
    tests = [str(ROOT / "tests" / "data" / f"test_{name}.py") for name in ("layouts", "wording")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=ROOT,
        env=os.environ | {"CHUANGTU_DATA": str(facts)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_example_of_the_readme_prints_the_figures_that_it_says() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    section = readme.partition("## The same figures in Python")[2].partition("\n## ")[0]
    (example,) = re.findall(r"(?s)```python\n(.*?)```", section)
    (told,) = re.findall(r"It prints (.*?), as the pages do", section)
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=ROOT, capture_output=True, text=True, check=True
    )
    printed = done.stdout.split()
    assert told == f"{printed[0]} sites, {printed[2]} per 100 km² and {printed[8]}"
