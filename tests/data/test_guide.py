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
README = (ROOT / "README.md").read_text("utf-8").partition("## The same figures in Python")[2]
README = README.partition("\n## ")[0]


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


def test_what_the_guide_names_is_there() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`((?:api|data|geo|layers|server|ui)/[a-z0-9_/.]+)`", guide)
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return a folder with what `pip install .` puts among the packages."""
    built = tmp_path / "built"
    packages = tmp_path / "packages"
    build: list[str | Path] = ["hatchling", "build", "-t", "wheel", "-d", built]
    install = ["pip", "install", "--no-deps", "--no-index", "-f", built, "-t", packages, "chuangtu"]
    for command in (build, install):
        subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, check=True)
    return packages


def figures(*, folder: Path, packages: Path | None = None) -> str:
    """Run the example of README.md from a folder; return what it prints, as the text says it."""
    (example,) = re.findall(r"(?s)```python\n(.*?)```", README)
    places = os.environ | ({} if packages is None else {"PYTHONPATH": str(packages)})
    printed = subprocess.run(
        [sys.executable, "-c", example],
        cwd=folder,
        env=places,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return f"It prints {printed[0]} sites, {printed[2]} per 100 km² and {printed[8]}, as the pages"


def test_the_example_of_the_readme_prints_the_figures_that_it_says() -> None:
    assert figures(folder=ROOT) in README


def test_the_installed_package_prints_them_from_any_folder(installed: Path, tmp_path: Path) -> None:
    assert figures(folder=tmp_path, packages=installed) in README
