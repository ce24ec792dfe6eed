"""Footnotes of a Word document: a part of its package that python-docx has no names for yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document

TEXT, MARK = "footnote text", "footnote reference"
"""Styles of a note and of its number, as Word names them."""

NAME: Final = PackURI("/word/footnotes.xml")

LINES: Final = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0">'
    "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>"
)
"""Notes of a document without any: the lines above those of a page, and above what goes on."""


def opened(document: Document) -> Any:  # noqa: ANN401 - an element of the library
    """Return the footnotes of a document to add to: its template's lines, and none of its notes.

    Parameters
    ----------
    document
        Gets a part for them, in place of that of its template.
    """
    part, written = document.part, LINES
    for key, each in list(part.rels.items()):
        if each.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            written = each.target_part.blob
            part.drop_rel(key)
    notes = parse_xml(written)
    for note in list(notes):
        if note.get(qn("w:type")) is None:
            notes.remove(note)
    kind = CONTENT_TYPE.WML_FOOTNOTES
    part.relate_to(XmlPart(NAME, kind, notes, part.package), RELATIONSHIP_TYPE.FOOTNOTES)
    return notes


def add(document: Document, notes: Any, at: Paragraph, texts: Sequence[str]) -> None:  # noqa: ANN401
    """Add a footnote with its number at the end of a paragraph.

    Parameters
    ----------
    document, notes
        The document, and its footnotes as `opened` returned them.
    at
        The paragraph.
    texts
        Paragraphs of the note; none adds no note.
    """
    if not texts:
        return
    number = str(1 + max(int(each.get(qn("w:id"))) for each in notes))
    reference, note = OxmlElement("w:footnoteReference"), OxmlElement("w:footnote")
    for element in (reference, note):
        element.set(qn("w:id"), number)
    notes.append(note)
    _number(at, reference)
    for row, text in enumerate(texts):
        paragraph = Paragraph(OxmlElement("w:p"), document)
        note.append(paragraph._p)  # noqa: SLF001 - the library has no name for it
        paragraph.style = TEXT
        if row == 0:
            _number(paragraph, OxmlElement("w:footnoteRef"))
            paragraph.add_run("\u2002")
        paragraph.add_run(text)


def _number(paragraph: Paragraph, element: Any) -> None:  # noqa: ANN401
    """Have Word count a note here."""
    run = paragraph.add_run(style=MARK)
    run._r.append(element)  # noqa: SLF001
