"""The file that a reader brings and how it is to be understood: theirs alone, in their session.

Neither its bytes nor the choices go into an address or a log, and no cache that is shared holds
anything of it.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, get_args

import streamlit as st

from geo.intake.table import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from geo.china.datum import Datum
    from geo.intake.columns import Columns, Field
    from geo.intake.decisions import Decision
    from geo.workspaces.keys import Keys

T = TypeVar("T")

Step = Literal["file", "columns", "result", "save"]
STEPS: Final[tuple[Step, ...]] = get_args(Step)

_DRAFT: Final = "intake_draft"
_MADE: Final = "intake_made"
_NUMBER: Final = "intake_number"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A file and what its reader said of it.

    Attributes
    ----------
    number
        Another for each file of the session.
    file, content
        Its name and its bytes.
    step
        Where the reader is.
    reading
        What they corrected of how it is read.
    columns
        Which column holds what, where they corrected it.
    datum
        Of its coordinates, where they chose it.
    region
        Codes of provinces, cities and districts, where they chose them; empty: all of China.
    decisions
        On pairs of rows, in the order in which they were taken.
    pinning
        Whether the reader puts rows right on the map.
    name, keys, version
        Of the workspace that it was saved as; without keys there is none yet.
    trouble
        Why the last save failed; empty where it did not.
    """

    number: int
    file: str
    content: bytes = field(repr=False)
    step: Step = "columns"
    reading: Reading = field(default_factory=Reading)
    columns: tuple[tuple[Field, str], ...] | None = None
    datum: Datum | None = None
    region: tuple[str, ...] | None = None
    decisions: tuple[Decision, ...] = ()
    pinning: bool = False
    name: str = ""
    keys: Keys | None = field(default=None, repr=False)
    version: int = 0
    trouble: str = ""


def held() -> Draft | None:
    """Return the file that the reader is at work on."""
    draft: Draft | None = st.session_state.get(_DRAFT)
    return draft


def begin(file: str, content: bytes) -> None:
    """Take a file up."""
    number = st.session_state[_NUMBER] = number_of_next()
    st.session_state[_MADE] = {}
    st.session_state[_DRAFT] = Draft(number=number, file=file, content=content)


def drop() -> None:
    """Let the file go, and all that was made of it."""
    st.session_state.pop(_DRAFT, None)
    st.session_state.pop(_MADE, None)
    st.session_state.pop("intake_name", None)


def number_of_next() -> int:
    """Return the number that the next file will have."""
    return int(st.session_state.get(_NUMBER, 0)) + 1


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
