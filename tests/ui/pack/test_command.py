"""The command: a view as a file, or one message and exit status 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ui.pack.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path


def test_a_view_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "targets.pdf"
    address = "https://maps.example.org/atlas/targets?place=harbin"
    assert main([address, "--format", "pdf", "--lang", "en", "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/nowhere?region=harbin", "/nowhere"),
        ("/methods", "/methods"),
        ("/districts?region=atlantis", "region=atlantis"),
        ("/districts?region=harbin&by=beauty&unit=city", "by=beauty"),
        ("/overview?parts=cover,wishes", "parts=wishes"),
        ("/site", "?id="),
        ("/site?id=nobody", "id=nobody"),
    ],
)
def test_what_is_no_view_is_refused_in_one_line(
    address: str, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pack.docx"
    assert main([address, "--format", "docx", "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert named in said
    assert said.count("\n") == 1
    assert not out.exists()


def test_a_page_without_a_map_is_no_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["/targets", "--format", "png", "--out", str(tmp_path / "map.png")]) == 2
    assert "has no map" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nowhere" / "pack.pdf"
    assert main(["/targets?place=harbin&parts=sources", "--format", "pdf", "--out", str(out)]) == 2
    assert str(out) in capsys.readouterr().err
