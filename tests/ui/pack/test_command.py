"""The command: a view as a file, or one message and exit status 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from layers.printed.paper import POINT
from ui.pack.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path


def test_a_view_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "targets.pdf"
    address = "https://maps.example.org/atlas/targets?place=harbin"
    assert main([address, "--format", "pdf", "--lang", "en", "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert capsys.readouterr() == ("", "")


def test_the_map_alone_stands_on_the_sheet_that_is_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "map.pdf"
    how = ("--format", "map", "--paper", "a3", "--upright", "--grey")
    assert main(["/districts?region=harbin", *how, "--out", str(out)]) == 0
    with pypdfium2.PdfDocument(out.read_bytes()) as document:
        (page,) = document
        assert page.get_size() == pytest.approx((297 / POINT, 420 / POINT), abs=0.5)
        pixels = page.render(scale=0.5).to_numpy()
    assert (pixels == pixels[..., :1]).all()


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/nowhere?region=harbin", "/nowhere"),
        ("/methods", "/methods"),
        ("/districts?region=atlantis", "region=atlantis"),
        ("/districts?region=harbin&by=beauty&unit=city", "by=beauty"),
        ("/districts?region=harbin&foo=1", "'foo' is no parameter"),
        ("/districts?region=harbin&indicator=zzz", "'indicator' is no parameter"),
        ("/overview?region=nope", "region=nope is not known: expected harbin, shanghai, jinan"),
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
