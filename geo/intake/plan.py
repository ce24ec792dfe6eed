"""How the rows of a file are to be understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.intake.treatments import Treatments

if TYPE_CHECKING:
    from geo.china.datum import Datum
    from geo.intake.columns import Columns
    from geo.intake.found import Found


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How the rows of a file are to be understood.

    Attributes
    ----------
    columns
        Which column holds what.
    datum
        Of rows that name none themselves.
    region
        County-level adcodes; rows elsewhere are not kept. Empty: all of China.
    treatments
        What becomes of what is doubtful.
    found
        Positions that rows were given since, in place of those of the file.
    """

    columns: Columns
    datum: Datum = "wgs84"
    region: tuple[str, ...] = ()
    treatments: Treatments = field(default_factory=Treatments)
    found: tuple[Found, ...] = ()
