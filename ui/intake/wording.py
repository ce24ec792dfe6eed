"""What the steps call things: fields, datums, places, rows of the file."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from geo import formats
from geo.intake import faults, regions, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.china.datum import Datum
    from geo.intake.columns import Field
    from geo.intake.table import Reading
    from ui.state.view import View

NAMED: Final = 3
"""Places that a sentence names."""

SEPARATORS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}


def field(view: View, name: Field) -> str:
    """Return what a field is called; one that a list must have carries a star."""
    return view.t(f"intake_field.{name}")


def datum(view: View, kind: Datum) -> str:
    """Return what a datum is called."""
    return view.t(f"intake.datum_{kind}")


def rows(view: View, numbers: Iterable[object], *, most: int = faults.MOST_ROWS) -> str:
    """Return numbers of rows, the first ones where there are many."""
    every = list(numbers)
    text = view.t("list.comma").join(map(str, every[:most]))
    if len(every) > most:
        return view.t("intake.rows_more", rows=text, n=formats.whole(len(every)))
    return text


def region(view: View, codes: Sequence[str]) -> str:
    """Return the names of places by their codes; of none: all of China."""
    if not codes:
        return view.t("intake.everywhere")
    known = regions.named(view.t.lang)
    text = view.t("list.comma").join(known[code] for code in codes[:NAMED])
    if len(codes) > NAMED:
        return view.t("intake.places_more", places=text, n=len(codes))
    return text


def texts(view: View) -> words.IntakeTexts:
    """Return the words for faults, in the reader's language."""
    return words.IntakeTexts(view.t.lang)


def reading(view: View, read: Reading) -> list[str]:
    """Return how a file was understood."""
    t = view.t
    said = []
    if read.encoding:
        said.append(read.encoding.upper())
    if read.separator:
        said.append(separator(view, read.separator))
    if read.layer:
        said.append(read.layer)
    if read.header is not None:
        said.append(
            t("intake.header_row", row=read.header) if read.header else t("intake.header_none")
        )
    return said


def separator(view: View, sign: str) -> str:
    """Return what a separator is called."""
    key = SEPARATORS.get(sign)
    return view.t(f"intake.separated_{key}") if key else sign


def title(file: str) -> str:
    """Return what a file is called in a sentence: its name without what kind of file it is."""
    return PurePosixPath(file).stem or file


def is_text(file: str) -> bool:
    """Return whether a file is a table of text by its name: its reading can be corrected."""
    return file.lower().endswith((".csv", ".tsv", ".txt"))
