"""Why a figure is empty: what is too few, too alike or too close to say anything of."""

from __future__ import annotations

from enum import StrEnum


class Empty(StrEnum):
    """A reason, as files and texts name it.

    The function ``why_empty`` beside a figure takes what the figure takes, and returns one of
    these where it is NaN.

    Attributes
    ----------
    NOTHING_COUNTED
        No amounts, or all of them 0.
    TOO_FEW
        Fewer places or units than the figure needs.
    ONE_PLACE
        Points that all lie in one place.
    ON_ONE_LINE
        Points that all lie on one line.
    NO_AREA
        No area, or none above 0.
    NO_RESIDENTS
        No residents, or none that may be compared.
    ALL_ALIKE
        The same value in every unit.
    NO_NEIGHBOURS
        No unit that has a neighbour.
    """

    NOTHING_COUNTED = "nothing_counted"
    TOO_FEW = "too_few"
    ONE_PLACE = "one_place"
    ON_ONE_LINE = "on_one_line"
    NO_AREA = "no_area"
    NO_RESIDENTS = "no_residents"
    ALL_ALIKE = "all_alike"
    NO_NEIGHBOURS = "no_neighbours"
