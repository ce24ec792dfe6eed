"""A view as a file, step by step: the one way in for the page's button and for the shell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, get_args

from geo.errors import InputError
from layers.printed.sheet import Sheet
from ui.cached import names
from ui.pack import contents, view_map

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from layers.printed.paper import FileFormat as SheetFormat
    from ui.pack.asked import Asked
    from ui.state.pages import Page

# What writes files takes 60 MB: it is loaded when somebody asks for one.
# ruff: noqa: PLC0415

FileFormat = Literal["docx", "pptx", "pdf", "png", "svg", "map"]
FILE_FORMATS: Final[tuple[FileFormat, ...]] = get_args(FileFormat)
"""The last is the map alone as a PDF."""

OF_MAPS: Final[Mapping[FileFormat, SheetFormat]] = MappingProxyType(
    {"png": "png", "svg": "svg", "map": "pdf"}
)
"""Those that are the map alone."""

MEDIA: Final[Mapping[FileFormat, str]] = MappingProxyType(
    {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "pdf": "application/pdf",
        "png": "image/png",
        "svg": "image/svg+xml",
        "map": "application/pdf",
    }
)


def formats(page: str) -> tuple[FileFormat, ...]:
    """Return the kinds of file that a page can be; one without a map is no picture."""
    mapped = "maps" in contents.on_offer(page)
    return tuple(each for each in FILE_FORMATS if mapped or each not in OF_MAPS)


@dataclass(frozen=True, kw_only=True)
class Order:
    """What somebody wants: a view, the kind of file, the sheet it is for.

    Documents stand upright and in colour; slides have no paper.
    """

    asked: Asked[Page]
    file_format: FileFormat
    sheet: Sheet = field(default_factory=Sheet)

    @property
    def name(self) -> str:
        """What the file is called."""
        stem = f"chuangtu-{names.stem(self.asked.view.region)}-{self.asked.page}"
        return f"{stem}-map.pdf" if self.file_format == "map" else f"{stem}.{self.file_format}"


def make(order: Order, tell: Callable[[float, str], object] = lambda *_: None) -> bytes:
    """Make a file.

    Parameters
    ----------
    order
        What is wanted.
    tell
        Takes the share that is done (0-1) and what is being made.

    Raises
    ------
    InputError
        Where a map is wanted of a page without one.
    """
    return write(replace(order, asked=contents.opened(order.asked)), tell)


def write(order: Order, tell: Callable[[float, str], object] = lambda *_: None) -> bytes:
    """Write a file of a view that is opened.

    Parameters and errors as of `make`.
    """
    asked = order.asked
    if order.file_format not in formats(asked.page):
        raise InputError(f"a view of /{asked.page} has no map: expected docx, pptx or pdf")
    if map_format := OF_MAPS.get(order.file_format):
        tell(0.0, asked.view.t("pack.step_map"))
        return view_map.map_file(asked.view, order.sheet, map_format)
    sheet = replace(order.sheet, landscape=False)
    front, sections = contents.front(asked), contents.sections(asked, tell)
    if order.file_format == "docx":
        from ui.pack.word import word

        return word(front, sections, sheet=sheet)
    if order.file_format == "pptx":
        from ui.pack.slides import slides

        return slides(front, sections)
    from ui.pack.portable import pdf

    return pdf(front, sections, sheet=sheet)
