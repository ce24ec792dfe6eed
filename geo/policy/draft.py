"""A layout of a reader's own: begun from a document's or a region, changed step by step.

A draft is never changed in place: each step gives a new one that remembers those before it. What
a reader adds or changes has the certainty "own", so that nobody takes it for the document's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from geo.facts import own_regions
from geo.policy import reader, writer
from geo.policy.model import Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.policy.model import Element

OWN: Final = "own"
SUFFIX: Final = "-draft"
MOST_STEPS: Final = 200
"""Steps that can be taken back."""


class RefusedStepError(Exception):
    """A step that would make a draft no layout; `faults` has every fault, as a reader of files."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, kw_only=True)
class Titles:
    """What a draft is called and where it comes from, in both languages."""

    name_zh: str
    name_en: str
    summary_zh: str
    summary_en: str


@dataclass(frozen=True)
class Draft:
    """A draft and the steps that led to it.

    Attributes
    ----------
    layout
        As it is now.
    base
        Id of the document's layout that it began from; empty where it began from a region.
    past, future
        What it was before each step, and what `undo` took back, the nearest last.
    """

    layout: Layout
    base: str = ""
    past: tuple[Layout, ...] = ()
    future: tuple[Layout, ...] = ()


def start(layout: Layout, titles: Titles) -> Draft:
    """Return a draft that says what a document's layout says, under another name.

    Parameters
    ----------
    layout
        Where it begins.
    titles
        What it is called.
    """
    raw = (
        layout.model_dump(mode="json")
        | vars(titles)
        | {"id": f"{layout.id}{SUFFIX}", "draft": True}
    )
    return Draft(_read(raw), base=layout.id)


def blank(region: str, titles: Titles, *, day: str, citation: Mapping[str, str]) -> Draft:
    """Return a draft without an element for a region that no document speaks of.

    Parameters
    ----------
    region
        Id of a region of the catalogue, or of one that somebody brought and that is open.
    titles
        What it is called.
    day
        Its date, YYYY-MM-DD.
    citation
        ``title_zh``, ``title_en`` and ``issuer`` of what it cites: itself.
    """
    name = OWN if own_regions.is_own(region) else region
    key = f"{name}{SUFFIX}"
    raw = vars(titles) | {
        "id": key,
        "draft": True,
        "region": region,
        "document": key,
        "citation": {**citation, "issued": day},
        "date": day,
        "pattern_zh": titles.name_zh,
        "pattern_en": titles.name_en,
        "elements": [],
    }
    return Draft(_read(raw))


def fresh_id(layout: Layout) -> str:
    """Return an id that no element of a layout has.

    Examples
    --------
    >>> from geo.policy import layouts
    >>> fresh_id(layouts.layout("cq-2022-plan"))
    'own-1'
    """
    taken = {each.id for each in layout.elements}
    n = 1
    while f"{OWN}-{n}" in taken:
        n += 1
    return f"{OWN}-{n}"


def add(draft: Draft, fields: Mapping[str, Any]) -> Draft:
    """Return a draft with one more element at the end.

    Parameters
    ----------
    draft
        The draft.
    fields
        Of the element, as its file has them; ``id`` and ``certainty`` are given here.

    Raises
    ------
    RefusedStepError
        If it is no element of this layout.
    """
    element = {**fields, "id": fresh_id(draft.layout), "certainty": OWN}
    return _step(draft, [*_rows(draft.layout), element])


def change(draft: Draft, element: str, fields: Mapping[str, Any]) -> Draft:
    """Return a draft with other fields of one element, which is the reader's own then.

    Parameters
    ----------
    draft
        The draft.
    element
        Its id.
    fields
        Those that change; where none does, the draft stays as it is.

    Raises
    ------
    RefusedStepError
        If it would be no element of this layout.
    KeyError
        For an element that there is not.
    """
    at = _at(draft.layout, element)
    rows = _rows(draft.layout)
    changed = rows[at] | dict(fields)
    if changed == rows[at]:
        return draft
    rows[at] = changed | {"certainty": OWN}
    return _step(draft, rows)


def remove(draft: Draft, element: str) -> Draft:
    """Return a draft without one element and the links to it.

    Raises
    ------
    KeyError
        For an element that there is not.
    """
    at = _at(draft.layout, element)
    rows = _rows(draft.layout)
    return _step(draft, [*rows[:at], *rows[at + 1 :]])


def move(draft: Draft, element: str, to: int) -> Draft:
    """Return a draft in which an element has another place in the order, which gives its number.

    Parameters
    ----------
    draft
        The draft.
    element
        Its id.
    to
        Its place, counted from 0; what lies beyond the ends means the ends.

    Raises
    ------
    KeyError
        For an element that there is not.
    """
    at = _at(draft.layout, element)
    rows = _rows(draft.layout)
    row = rows.pop(at)
    rows.insert(max(0, to), row)
    return _step(draft, rows)


def rename(draft: Draft, titles: Mapping[str, str]) -> Draft:
    """Return a draft with other names: some of ``name_zh``, ``name_en``, ``summary_zh``, ... .

    Raises
    ------
    RefusedStepError
        If one of them cannot be a name.
    """
    return _next(draft, _read(draft.layout.model_dump(mode="json") | dict(titles)))


def undo(draft: Draft) -> Draft:
    """Return a draft as it was before its last step; the same where there was none."""
    if not draft.past:
        return draft
    *past, layout = draft.past
    return replace(draft, layout=layout, past=tuple(past), future=(*draft.future, draft.layout))


def redo(draft: Draft) -> Draft:
    """Return a draft with the step that `undo` took back; the same where it took none."""
    if not draft.future:
        return draft
    *future, layout = draft.future
    return replace(draft, layout=layout, past=(*draft.past, draft.layout), future=tuple(future))


def loaded(layout: Layout) -> Draft:
    """Return a draft that goes on from what a file says, see `geo.policy.reader.read_upload`."""
    drawn = layout.model_copy(update={"draft": True})
    return Draft(drawn, base=layout.id.removesuffix(SUFFIX))


def named(draft: Draft, layout_id: str) -> Draft:
    """Return a draft under another id, which is no step of its reader's."""
    return replace(draft, layout=draft.layout.model_copy(update={"id": layout_id}))


def moved(draft: Draft, region: str) -> Draft:
    """Return a draft of another state of the region that somebody brought, its steps with it."""
    layout, *steps = (
        each.model_copy(update={"region": region})
        for each in (draft.layout, *draft.past, *draft.future)
    )
    past = len(draft.past)
    return replace(draft, layout=layout, past=tuple(steps[:past]), future=tuple(steps[past:]))


def texts(drafts: Iterable[Draft]) -> dict[str, str]:
    """Return drafts as the files that keep them, by id."""
    return {each.layout.id: writer.to_toml(each.layout) for each in drafts}


def read_texts(files: Mapping[str, str], region: str = "") -> dict[str, Draft]:
    """Return the drafts that `texts` wrote; a file that is none any more is left out.

    Parameters
    ----------
    files
        TOML by id.
    region
        Id of the region in view, as for `geo.policy.reader.read_upload`.
    """
    read = {
        key: reader.read_upload(text.encode(), name=key, region=region)
        for key, text in files.items()
    }
    return {key: loaded(each) for key, each in read.items() if isinstance(each, Layout)}


def element_of(layout: Layout, element: str) -> Element:
    """Return an element by its id.

    Raises
    ------
    KeyError
        For an element that there is not.
    """
    return layout.elements[_at(layout, element)]


def _at(layout: Layout, element: str) -> int:
    for at, each in enumerate(layout.elements):
        if each.id == element:
            return at
    raise KeyError(element)


def _rows(layout: Layout) -> list[dict[str, Any]]:
    return [each.model_dump(mode="json") for each in layout.elements]


def _step(draft: Draft, rows: list[dict[str, Any]]) -> Draft:
    """Return a draft with other elements, without the links of those that are no more."""
    left = {row["id"] for row in rows}
    links = [
        each.model_dump(mode="json")
        for each in draft.layout.links
        if each.source in left and each.target in left
    ]
    return _next(
        draft, _read(draft.layout.model_dump(mode="json") | {"elements": rows, "links": links})
    )


def _next(draft: Draft, layout: Layout) -> Draft:
    if layout == draft.layout:
        return draft
    past = (*draft.past, draft.layout)[-MOST_STEPS:]
    return replace(draft, layout=layout, past=past, future=())


def _read(raw: dict[str, Any]) -> Layout:
    """Return the layout that tables mean, held against the catalogue like any file's."""
    # A field that is not there is none: a file has no empty tables.
    read = reader.check({name: value for name, value in raw.items() if value is not None})
    if isinstance(read, Layout):
        return read
    raise RefusedStepError(read)
