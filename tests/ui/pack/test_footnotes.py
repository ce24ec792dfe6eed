"""Footnotes of the Word file: those of the tables, whatever notes its template has."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import docx

from geo import settings
from tests.settings_in_use import use_settings
from tests.ui.pack.making import DISTRICTS, made
from ui.pack import making
from ui.pack.asked import asked

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NOTES = "word/footnotes.xml"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def parts(content: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(content)) as read:
        return {name: read.read(name).decode() for name in read.namelist() if name.endswith("l")}


def referred(content: bytes) -> list[str]:
    return re.findall(r'<w:footnoteReference w:id="(\d+)"/>', parts(content)["word/document.xml"])


def kept(content: bytes) -> dict[str, str]:
    """The notes by their numbers."""
    notes = re.findall(
        r'<w:footnote w:id="(\d+)">(.*?)</w:footnote>', parts(content)[NOTES], re.DOTALL
    )
    return {number: re.sub(r"<[^>]+>", "", note).strip() for number, note in notes}


def test_what_tables_rest_on_is_told_in_footnotes() -> None:
    content = made(DISTRICTS, "docx")
    notes = kept(content)
    assert referred(content) == list(notes)
    assert len(notes) > 2
    assert all(notes.values())
    shown = "\n".join(each.text for each in docx.Document(BytesIO(content)).paragraphs)
    assert [note for note in notes.values() if note in shown] == []
    for named in (parts(content)["[Content_Types].xml"], parts(content)["word/styles.xml"]):
        assert "footnote" in named


def test_of_a_template_with_notes_the_lines_are_kept_and_no_number_is_given_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As LibreOffice writes them: its lines have the numbers 0 and 1."""
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    lines = "".join(
        f'<w:footnote w:id="{number}" w:type="{kind}"><w:p/></w:footnote>'
        for number, kind in enumerate(("separator", "continuationSeparator"))
    )
    own = f'<w:footnotes {ns}>{lines}<w:footnote w:id="2"><w:p/></w:footnote></w:footnotes>'
    content = settings.TEMPLATE_DOCX.read_bytes()
    bureau = tmp_path / "bureau.docx"
    with ZipFile(BytesIO(content)) as read, ZipFile(bureau, "w", ZIP_DEFLATED) as changed:
        for name in read.namelist():
            part = read.read(name).decode("latin-1")
            if name == "[Content_Types].xml":
                named = f'<Override PartName="/{NOTES}" ContentType="{TYPE}"/>'
                part = part.replace("</Types>", f"{named}</Types>")
            elif name == "word/_rels/document.xml.rels":
                related = f'<Relationship Id="rId99" Type="{REL}" Target="footnotes.xml"/>'
                part = part.replace("</Relationships>", f"{related}</Relationships>")
            changed.writestr(name, part.encode("latin-1"))
        changed.writestr(NOTES, own)
    use_settings(monkeypatch, template_docx=bureau)
    order = making.Order(asked=asked("/layouts?region=jinan&parts=findings"), file_format="docx")
    written = making.make(order)
    assert list(kept(written)) == referred(written)
    assert min(map(int, referred(written))) > 1
    assert parts(written)[NOTES].count("w:type=") == 2
    assert parts(written)["[Content_Types].xml"].count(TYPE) == 1
