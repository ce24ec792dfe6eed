"""The file that a reader brings and how it is to be understood: theirs alone, in their session.

Neither its bytes nor the choices go into an address or a log, and no cache that is shared holds
anything of it.
"""

from __future__ import annotations

import dataclasses
import secrets
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, get_args

import streamlit as st

from geo.intake.table import Reading
from geo.intake.treatments import Treatments
from ui.state import fields, session

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from geo.china.datum import Datum
    from geo.intake.addresses import Lookup
    from geo.intake.columns import Columns, Field
    from geo.intake.decisions import Decision
    from geo.intake.filled import Filled
    from geo.intake.found import Found
    from geo.intake.own_districts import AreaColumns
    from geo.workspaces.keys import Keys
    from ui.state.workspace import Trouble

T = TypeVar("T")

Step = Literal["file", "columns", "result", "save"]
STEPS: Final[tuple[Step, ...]] = get_args(Step)

_DRAFT: Final = "intake_draft"
_MADE: Final = "intake_made"
_NUMBER: Final = "intake_number"
_AREAS: Final = "intake_areas_number"


@dataclass(frozen=True, kw_only=True)
class AreaFile:
    """A file of areas that serve as districts, and what its reader said of it.

    Attributes
    ----------
    file, content
        Its name and its bytes.
    layer
        The one that was chosen, of several.
    columns
        Which column holds what, where the reader corrected it.
    number
        Another for each file.
    """

    file: str
    content: bytes = field(repr=False)
    layer: str | None = None
    columns: AreaColumns | None = None
    number: str = field(default_factory=partial(secrets.token_hex, 8))


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A file and what its reader said of it.

    Attributes
    ----------
    number
        Another for each file of the session.
    file, content
        Its name and its bytes.
    reading
        What they corrected of how it is read.
    columns
        Which column holds what, where they corrected it.
    datum
        Of its coordinates, where they chose it.
    region
        Codes of provinces, cities and districts, where they chose them; empty: all of China.
    areas
        In place of the districts; None where these stand.
    treatments
        Of what is doubtful in it.
    decisions
        On pairs of rows, in the order in which they were taken.
    found
        Positions that rows were given since: each time that some were, all of them at once.
    lookup, filled
        What came of the addresses that were asked for last, and of the table filled in last.
    refused
        Why the table filled in last is none.
    pinning
        Whether the reader puts rows right on the map.
    name, keys, version
        Of the workspace that it was saved as; without keys there is none yet.
    trouble
        Why the last save did not become what the workspace holds; None where it did.
    """

    number: int
    file: str
    content: bytes = field(repr=False)
    reading: Reading = field(default_factory=Reading)
    columns: tuple[tuple[Field, str], ...] | None = None
    datum: Datum | None = None
    region: tuple[str, ...] | None = None
    areas: AreaFile | None = None
    treatments: Treatments = field(default_factory=Treatments)
    decisions: tuple[Decision, ...] = ()
    found: tuple[tuple[Found, ...], ...] = ()
    lookup: Lookup | None = None
    filled: Filled | None = None
    refused: str = ""
    pinning: bool = False
    name: str = ""
    keys: Keys | None = field(default=None, repr=False)
    version: int = 0
    trouble: Trouble | None = None

    @property
    def positions(self) -> tuple[Found, ...]:
        """All positions that rows were given since; of one row the last counts."""
        return tuple(chain.from_iterable(self.found))


def held() -> Draft | None:
    """Return the file that the reader is at work on."""
    draft: Draft | None = st.session_state.get(_DRAFT)
    return draft


def begin(file: str, content: bytes) -> None:
    """Take a file up."""
    st.session_state[_DRAFT] = aside(file, content)
    st.session_state[_MADE] = {}
    step_to("columns")


def aside(file: str, content: bytes) -> Draft:
    """Return a file that is read beside the one in hand."""
    number = st.session_state[_NUMBER] = number_of_next()
    return Draft(number=number, file=file, content=content)


def drop() -> None:
    """Let the file go, and all that was made of it."""
    st.session_state.pop(_DRAFT, None)
    st.session_state.pop(_MADE, None)
    st.session_state.pop("intake_name", None)
    step_to("file")


def step_to(step: Step) -> None:
    """Go to a step: a step of the browser's history, so that back leads here again.

    The address says the step and nothing of the file, which stays where it is.
    """
    session.put(fields.STEP, "" if step == "file" else step)


def number_of_next() -> int:
    """Return the number that the next file will have."""
    return int(st.session_state.get(_NUMBER, 0)) + 1


def take_areas(file: str, content: bytes) -> None:
    """Take areas of the reader's own in place of the districts."""
    st.session_state[_AREAS] = number_of_next_areas()
    change(areas=AreaFile(file=file, content=content))


def number_of_next_areas() -> int:
    """Return the number that the next file of areas will have in the session."""
    return int(st.session_state.get(_AREAS, 0)) + 1


def change(**changes: Any) -> None:  # noqa: ANN401 - fields of Draft
    """Change what is said of the file."""
    draft = held()
    if draft is not None:
        st.session_state[_DRAFT] = dataclasses.replace(draft, **changes)


def made(name: str, of: Hashable, make: Callable[[], T]) -> T:
    """Return what is made of the file, made anew where what it is made of is another.

    Parameters
    ----------
    name
        Of the thing; the session keeps one of each.
    of
        All that it depends on beside the file itself.
    make
        Makes it.
    """
    kept: dict[str, tuple[Hashable, Any]] = st.session_state.setdefault(_MADE, {})
    if name not in kept or kept[name][0] != of:
        kept[name] = (of, make())
    made_: T = kept[name][1]
    return made_


def columns_of(draft: Draft) -> Columns | None:
    """Return the columns as the reader chose them."""
    return None if draft.columns is None else dict(draft.columns)
