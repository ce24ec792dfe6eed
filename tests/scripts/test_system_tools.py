from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts import system_tools

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No program on the path, no font, no Chromium named."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(system_tools, "FONT_FOLDERS", (str(tmp_path),))
    monkeypatch.setattr(system_tools, "DEBIAN_POSTGRES", tmp_path)


@pytest.mark.usefixtures("bare_machine")
def test_without_apt_the_message_names_every_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert system_tools.main(["--install"]) == 1
    assert (
        "apt-get install chromium-headless-shell fonts-noto-cjk gdal-bin postgresql-postgis "
        "nginx-light iproute2 libreoffice-writer-nogui libreoffice-impress-nogui poppler-utils"
        in capsys.readouterr().err
    )


@pytest.mark.usefixtures("bare_machine")
def test_chromium_named_in_the_environment_goes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "my-chromium"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(program))
    assert system_tools.chromium() == str(program)
    assert system_tools.SHELL not in system_tools.missing_packages()


@pytest.mark.usefixtures("bare_machine")
def test_a_font_in_a_subfolder_counts(tmp_path: Path) -> None:
    (tmp_path / "opentype/noto").mkdir(parents=True)
    (tmp_path / "opentype/noto/NotoSansCJK-Regular.ttc").touch()
    assert system_tools.has_chinese_font()


def test_postgresql_without_postgis_is_not_enough(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    programs, extensions = tmp_path / "lib", tmp_path / "share"
    for version in ("9", "15", "16"):
        (programs / version / "bin").mkdir(parents=True)
        (extensions / version / "extension").mkdir(parents=True)
        for name, line in (("pg_config", f"echo {extensions / version}"), ("initdb", "exit 0")):
            program = programs / version / "bin" / name
            program.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
            program.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs / "16" / "bin"))
    monkeypatch.setattr(system_tools, "DEBIAN_POSTGRES", programs)
    assert "postgresql-postgis" in system_tools.missing_packages()
    for version in ("9", "15"):
        (extensions / version / "extension/postgis.control").touch()
    assert system_tools.postgres() == programs / "15" / "bin"
    assert "postgresql-postgis" not in system_tools.missing_packages()
