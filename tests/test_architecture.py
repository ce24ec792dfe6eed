"""The rules of the repository that no single module can hold."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SKIPPED_FOLDERS = {"node_modules", "build", "test-results", "__pycache__"}
KEPT_HIDDEN_FOLDERS = {".ci", ".streamlit", ".github"}
OWN_PACKAGES = {
    "api",
    "geo",
    "layers",
    "pages",
    "server",
    "ui",
    "tests",
    "scripts",
    "benchmarks",
    "app",
}
# A host of a package registry. Links that people follow in a browser need none either.
REGISTRY = re.compile(r"https?://[a-z.-]*(?:npm|pypi|pythonhosted|debian)[a-z.-]*", re.IGNORECASE)
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==[0-9][A-Za-z0-9.]*$")


def project_files() -> list[Path]:
    """Files of the project, without environments, installed assets, caches and results."""
    found = []
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = sorted(
            name
            for name in subfolders
            if name in KEPT_HIDDEN_FOLDERS or not (name.startswith(".") or name in SKIPPED_FOLDERS)
        )
        found += [Path(folder, name).relative_to(ROOT) for name in sorted(names)]
    return [path for path in found if not (ROOT / path).is_symlink()]


def modules() -> list[Path]:
    return [path for path in project_files() if path.suffix == ".py"]


def requirements(name: str) -> list[str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def required(*names: str) -> set[str]:
    """Normalised names of the packages that the requirements files name."""
    lines = [line for name in names for line in requirements(name)]
    return {normalised(re.split(r"[\[=]", line)[0]) for line in lines}


def package() -> tuple[set[str], set[str]]:
    """Normalised names of the packages that geo asks for, and of those of its extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [each for extra in project["optional-dependencies"].values() for each in extra]
    asked, optional = (
        {normalised(re.split(r"[\[>]", each)[0]) for each in group}
        for group in (project["dependencies"], extras)
    )
    return asked, optional


def third_party_imports(path: Path) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    return {name.split(".")[0] for name in names} - OWN_PACKAGES - sys.stdlib_module_names


def test_imports_keep_their_direction() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_page_imports_no_other_page_s_folder() -> None:
    folders = {path.stem for path in (ROOT / "pages").glob("*.py")}
    imported = re.compile(r"^from ui\.(\w+)", re.MULTILINE)
    strangers = {
        path.name: others
        for path in (ROOT / "pages").glob("*.py")
        if (others := {*imported.findall(path.read_text("utf-8"))} & folders - {path.stem})
    }
    assert strangers == {}


def test_a_commit_is_checked_by_what_make_check_runs() -> None:
    hooks = re.findall(r"entry: (.+)", (ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    run = makefile.replace("$(RUN)", ".venv/bin/python").replace("$(VENV)", ".venv")
    assert hooks
    assert [hook for hook in hooks if f"\t{hook}" not in run] == []


def test_no_part_of_a_page_runs_alone() -> None:
    """Streamlit runs what is set at once in the first one's fragment: a click is lost."""
    alone = re.compile(r"^@st\.fragment", re.MULTILINE)
    assert [path for path in modules() if alone.search((ROOT / path).read_text("utf-8"))] == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    odd = {"utils.py", "util.py", "helpers.py", "helper.py", "misc.py", "common.py"}
    assert [path for path in modules() if path.name in odd] == []


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_are_pinned(name: str) -> None:
    assert [line for line in requirements(name) if not REQUIREMENT.match(line)] == []


def test_requirements_are_named_in_the_readme() -> None:
    readme = normalised((ROOT / "README.md").read_text("utf-8"))
    named = required(*REQUIREMENTS)
    assert sorted(name for name in named if name not in readme) == []


def test_imports_are_named_in_the_requirements() -> None:
    for_app, for_tests, for_benchmarks = map(required, REQUIREMENTS)
    # The peers of the benchmarks need not be installed: their modules are called as they are.
    peers = {name.replace("-", "_"): [name] for name in for_benchmarks}
    distributions = peers | dict(packages_distributions())
    unnamed = {}
    for path in modules():
        in_app = path.parts[0] not in {"tests", "benchmarks", "docs", "scripts"}
        allowed = for_app | package()[1] if in_app else for_app | for_tests
        if path.parts[0] == "benchmarks":
            allowed |= for_benchmarks
        for name in third_party_imports(path):
            if not {normalised(each) for each in distributions.get(name, [])} & allowed:
                unnamed[str(path)] = name
    assert unnamed == {}


def test_imports_of_geo_are_what_its_package_asks_for() -> None:
    asked, optional = package()
    distributions = packages_distributions()
    imported = {
        normalised(distribution)
        for path in modules()
        if path.parts[0] == "geo"
        for name in third_party_imports(path)
        for distribution in distributions[name]
    }
    assert sorted(imported - asked - optional) == []
    assert sorted(asked - required("requirements.txt")) == []
    assert sorted(optional - required("requirements.txt", "requirements-dev.txt")) == []


def test_no_file_names_a_package_registry() -> None:
    hits = {}
    for path in project_files():
        content = (ROOT / path).read_bytes().decode("utf-8", errors="ignore")
        if match := REGISTRY.search(content):
            hits[str(path)] = match[0]
    assert hits == {}


def test_web_assets_are_locked_without_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))
    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        locked = packages[f"node_modules/{name}"]
        assert locked["version"] == version
        assert locked["integrity"].startswith("sha512-")
    assert [path for path, package in packages.items() if "resolved" in package] == []
