"""A bureau's own template: taken where it has what a pack needs, refused by name where not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pptx
import pytest
from docx.shared import RGBColor

from geo import settings
from geo.errors import SettingsError
from tests.settings_in_use import use_settings
from ui.pack import template

if TYPE_CHECKING:
    from pathlib import Path


def test_one_without_the_styles_or_layouts_is_refused_with_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    word, slides = tmp_path / "letter.docx", tmp_path / "talk.pptx"
    docx.Document().save(str(word))
    pptx.Presentation().save(str(slides))
    use_settings(monkeypatch, template_docx=word, template_pptx=slides)
    with pytest.raises(SettingsError) as refused:
        template.check()
    assert len(refused.value.faults) == 2
    of_word, of_slides = refused.value.faults
    assert "CHUANGTU_TEMPLATE_DOCX" in of_word
    assert "Chuangtu Table" in of_word
    assert "Heading 1" not in of_word
    assert "CHUANGTU_TEMPLATE_PPTX" in of_slides
    assert "Chuangtu Chart (0, 10, 11, 12, 13)" in of_slides


def test_what_is_no_document_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / "letter.docx", tmp_path / "talk.pptx"]
    for path in paths:
        path.write_bytes(b"PK\x03\x04 nothing")
    use_settings(monkeypatch, template_docx=paths[0], template_pptx=paths[1])
    with pytest.raises(SettingsError, match=r"is no Word document\n.*is no presentation"):
        template.check()


def test_a_changed_copy_of_ours_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = docx.Document(str(settings.TEMPLATE_DOCX))
    own.styles["Title"].font.color.rgb = RGBColor(0xC0, 0, 0)
    own.save(str(tmp_path / "bureau.docx"))
    use_settings(monkeypatch, template_docx=tmp_path / "bureau.docx")
    template.check()
    assert template.word().styles["Title"].font.color.rgb == RGBColor(0xC0, 0, 0)
