"""What is asked: how many sites, within which distance, and what makes a plan good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from geo.checks import amounts, frames
from geo.facts import catalog
from geo.networks import rules
from geo.networks.reach import Walk
from geo.planning.scenario import Pin, check_pins

Model = Literal["cover", "median", "center", "worst", "fewest"]
Candidates = Literal["cells", "districts", "own", "pins"]
Way = Literal["straight", "barriers", "foot"]

MODELS: Final[tuple[Model, ...]] = ("cover", "median", "center", "worst", "fewest")
CANDIDATES: Final[tuple[Candidates, ...]] = ("cells", "districts", "own", "pins")
WAYS: Final[tuple[Way, ...]] = ("straight", "barriers", "foot")

RESIDENTS: Final = "residents"
SITES: Final = "sites"

MOST_SITES: Final = 1_000


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked.

    Attributes
    ----------
    model
        ``cover``: most residents within the radius; ``median``: the least sum of metres from
        residents to their nearest site; ``center``: the farthest of them as near as can be;
        ``worst``: the largest share within the radius in the district where it is least, then
        most residents of all; ``fewest``: as few sites as have a share of all residents within
        the radius.
    p
        New sites; fewer are proposed where there are not as many candidates, or where more would
        add nothing. Not asked by ``fewest``.
    radius_m
        Metres.
    share
        Of the residents, 0-1, that ``fewest`` is to have within the radius; no candidate may be
        near some: then all that can be reached.
    demand
        Whom sites are to serve: ``residents``, or ``sites``, all that are on record, or those of a
        family of sectors, a key of `geo.facts.catalog.families`. What is said of residents here is
        said of these.
    candidates
        ``cells``: squares of the region, evenly spaced; ``districts``: a point of each; ``own``:
        those of the terrain, which somebody brought; ``pins``: some that somebody set by hand.
    pins
        These; of other candidates none.
    way
        ``straight``; ``barriers``: straight, and over none of those of the terrain; ``foot``:
        along its streets, where the radius is metres of street. Other than straight is asked with
        the model ``cover`` alone: of the others every way counts, and some have none.
    speed_kmh
        On foot.

    Raises
    ------
    InputError
        For another model, demand, candidates or way, pins that are none or not asked for, a number
        of sites that is no whole one from 0 to 1,000, a radius that is no distance, a share that is
        not above 0 and at most 1; on foot for a speed or a radius that nobody walks; all faults at
        once.

    Examples
    --------
    >>> Question(p=5).radius_m
    3000.0
    """

    model: Model = "cover"
    p: int = 3
    radius_m: float = 3000.0
    candidates: Candidates = "cells"
    way: Way = "straight"
    speed_kmh: float = rules.standard().speed_kmh
    share: float = 1.0
    demand: str = RESIDENTS
    pins: tuple[Pin, ...] = ()

    def __post_init__(self) -> None:
        faults: list[str] = []
        if self.model not in MODELS:
            faults.append(f"model: found {self.model!r}, expected one of {', '.join(MODELS)}")
        if self.candidates not in CANDIDATES:
            known = ", ".join(CANDIDATES)
            faults.append(f"candidates: found {self.candidates!r}, expected one of {known}")
        elif self.candidates == "pins":
            check_pins(self.pins, faults)
        elif self.pins:
            faults.append(f"pins: found {len(self.pins)} with candidates {self.candidates!r}")
        # The usual question is made before any facts are read.
        if self.demand != RESIDENTS and self.demand not in demands():
            faults.append(f"demand: found {self.demand!r}, expected one of {', '.join(demands())}")
        if not amounts.within(self.p, least=0, most=MOST_SITES) or self.p != int(self.p):
            faults.append(f"p: found {self.p!r}, expected a whole number from 0 to {MOST_SITES:,}")
        amounts.check_radii([self.radius_m], faults, name="radius_m")
        if not amounts.within(self.share, least=0, most=1) or not self.share > 0:
            faults.append(f"share: found {self.share!r}, expected more than 0 and at most 1")
        self._check_way(faults)
        frames.refuse(faults)

    def _check_way(self, faults: list[str]) -> None:
        if self.way not in WAYS:
            faults.append(f"way: found {self.way!r}, expected one of {', '.join(WAYS)}")
        elif self.way != "straight" and self.model != "cover":
            faults.append(f"way: found {self.way!r} with {self.model!r}, expected model 'cover'")
        if self.way == "foot":
            Walk(metres=self.radius_m, speed_kmh=self.speed_kmh).check(faults)


def demands() -> tuple[str, ...]:
    """Return what a question may ask new sites to serve.

    Examples
    --------
    >>> demands()[:3]
    ('residents', 'sites', 'ind')
    """
    return (RESIDENTS, SITES, *catalog.families().index)
