"""The templates of packs, ours or a bureau's own, known by the styles and layouts they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast
from zipfile import BadZipFile

from geo import settings
from geo.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document
    from pptx.presentation import Presentation
    from pptx.shapes.placeholder import LayoutPlaceholder
    from pptx.slide import SlideLayout

# Both libraries take 15 MB: they are loaded when somebody asks for a file, or has a template.
# ruff: noqa: PLC0415

STYLES: Final = (
    *("Title", "Subtitle", "Heading 1", "Heading 2", "Body Text", "List Bullet", "Caption"),
    *("Chuangtu Kind", "Chuangtu Note", "Chuangtu Cell", "Chuangtu Number", "Chuangtu Value"),
    *("Chuangtu Label", "Chuangtu Picture", "footnote text", "footnote reference"),
    *("Chuangtu Table", "Chuangtu Facts", "Chuangtu Figures"),
)
"""Of a Word template; the last three are of tables."""

LAYOUTS: Final = {
    "Chuangtu Cover": frozenset({0, 10, 11, 12}),
    "Chuangtu Map": frozenset({0, 10, 11, 12, 13}),
    "Chuangtu Chart": frozenset({0, 10, 11, 12, 13}),
    "Chuangtu Table": frozenset({0, 10, 11, 13}),
    "Chuangtu Text": frozenset({0, 10, 11, 13}),
}
"""Of a template of slides, each with the numbers (``idx``) of its places."""

_BROKEN: Final = (OSError, LookupError, ValueError, BadZipFile, SyntaxError)
"""What comes of a file that is none, or is cut off: from zip, XML and the parts' own names."""


def word() -> Document:
    """Return the Word template.

    Raises
    ------
    SettingsError
        Where it is none, or lacks styles: which.
    """
    import docx
    from docx.opc.exceptions import OpcError

    path = settings.current().template_docx
    try:
        document = docx.Document(str(path))
    except (OpcError, *_BROKEN) as error:
        raise SettingsError([f"{_DOCX}: {path} is no Word document"]) from error
    known = {each.name for each in document.styles}
    if lacking := [name for name in STYLES if name not in known]:
        raise SettingsError([f"{_DOCX}: {path} lacks the styles {', '.join(lacking)}"])
    return document


def slides() -> Presentation:
    """Return the template of slides.

    Raises
    ------
    SettingsError
        Where it is none, or lacks layouts or places in them: which.
    """
    import pptx
    from pptx.exc import PythonPptxError

    path = settings.current().template_pptx
    try:
        presentation = pptx.Presentation(str(path))
    except (PythonPptxError, *_BROKEN) as error:
        raise SettingsError([f"{_PPTX}: {path} is no presentation"]) from error
    known = {
        layout.name: {place.placeholder_format.idx for place in places(layout)}
        for layout in presentation.slide_layouts
    }
    lacking = [
        f"{name} ({', '.join(map(str, sorted(places - known.get(name, set()))))})"
        for name, places in LAYOUTS.items()
        if not places <= known.get(name, set())
    ]
    if lacking:
        raise SettingsError(
            [f"{_PPTX}: {path} lacks the layouts, or places (idx) in them, {', '.join(lacking)}"]
        )
    return presentation


def places(layout: SlideLayout) -> Iterable[LayoutPlaceholder]:
    """Return the places of a layout."""
    return cast("Iterable[LayoutPlaceholder]", layout.placeholders)  # typed without its self


def check() -> None:
    """Open the templates that somebody has set.

    Raises
    ------
    SettingsError
        With what each of them lacks, all at once.
    """
    chosen = settings.current()
    faults: list[str] = []
    for path, own, opened in (
        (chosen.template_docx, settings.TEMPLATE_DOCX, word),
        (chosen.template_pptx, settings.TEMPLATE_PPTX, slides),
    ):
        if path != own:
            try:
                opened()
            except SettingsError as error:
                faults += error.faults
    if faults:
        raise SettingsError(faults)


_DOCX: Final = settings.variable("template_docx")
_PPTX: Final = settings.variable("template_pptx")
