"""What becomes of what is doubtful in a file, where its reader decides otherwise than we propose.

Each way to treat a kind of fault has a code of its own among the faults: what was done with a row
is told with it wherever the fault is.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, kw_only=True)
class Treatments:
    """How doubtful rows are treated; what is proposed by default.

    Attributes
    ----------
    swapped
        Pairs that are a position only the other way round: turned, or left without a position.
    outside
        Rows outside the region: rejected, or kept all the same.
    conflict
        Rows whose position lies in another district than their words say: placed by the position,
        or counted where the words say, without a position.
    short_name
        Districts without their last character: completed, or not read as a district.
    bare_area
        What areas without a unit are in, where others of the column have one: the heading's unit
        (square metres where it names none), square metres, ten thousand of them, or mu.
    """

    swapped: Literal["turned", "void"] = "turned"
    outside: Literal["rejected", "kept"] = "rejected"
    conflict: Literal["position", "words"] = "position"
    short_name: Literal["completed", "unread"] = "completed"
    bare_area: Literal["headed", "m2", "ten_thousand_m2", "mu"] = "headed"

    def code(self, name: str) -> str:
        """Return the code of the fault that tells how a kind is treated."""
        return CODES[name][getattr(self, name)]

    def treating(self, code: str, choice: str) -> Treatments:
        """Return these with the kind of a fault treated otherwise.

        Raises
        ------
        InputError
            Where there is no such choice.
        """
        return self.but(OF_CODE[code], choice)

    def but(self, name: str, choice: str) -> Treatments:
        """Return these with one of them changed.

        Raises
        ------
        InputError
            Where there is no such treatment.
        """
        if choice not in CODES.get(name, ()):
            known = "; ".join(f"{each}={'|'.join(of)}" for each, of in CODES.items())
            raise InputError(f"{name}={choice}: expected one of {known}")
        change: dict[str, Any] = {name: choice}
        return replace(self, **change)


CODES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "swapped": {"turned": "swapped", "void": "swapped_void"},
        "outside": {"rejected": "outside", "kept": "outside_kept"},
        "conflict": {"position": "other_district", "words": "other_district_named"},
        "short_name": {"completed": "short_district", "unread": "short_district_unread"},
        "bare_area": {
            "headed": "mixed_units",
            "m2": "mixed_units_m2",
            "ten_thousand_m2": "mixed_units_wan",
            "mu": "mixed_units_mu",
        },
    }
)
"""The code of each choice, the proposed one first."""

OF_CODE: Final[Mapping[str, str]] = MappingProxyType(
    {code: name for name, choices in CODES.items() for code in choices.values()}
)
"""The kind that each of these codes belongs to."""


def written(asked: Iterable[str]) -> Treatments:
    """Return treatments as a command line has them: ``name=choice`` each.

    Raises
    ------
    InputError
        Where there is no such treatment.

    Examples
    --------
    >>> written(["swapped=void"]).swapped
    'void'
    """
    chosen = Treatments()
    for each in asked:
        name, _, choice = each.partition("=")
        chosen = chosen.but(name, choice)
    return chosen


def changed(chosen: Treatments) -> dict[str, str]:
    """Return the treatments that are not as proposed, by name."""
    usual = {each.name: each.default for each in fields(Treatments)}
    return {name: choice for name, choice in asdict(chosen).items() if choice != usual[name]}
