"""Where so many new sites would serve a region's residents best, what they add, and the proof."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from geo.checks import frames
from geo.errors import NobodyError
from geo.planning import choice
from geo.planning.account import Account, Start, Totals, account, labels_at, start, with_new
from geo.planning.ground import ground
from geo.planning.question import Question
from geo.planning.taking_part import staying
from geo.planning.travel import Terrain, in_degrees, travel
from geo.siting import Status

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.planning.demand import Demand
    from geo.planning.ground import Ground
    from geo.siting import Plan
    from geo.siting.search import Progress

    Floats = NDArray[np.float64]

PROVEN: Final = {Status.PROVEN, Status.WITHIN_GAP, Status.ALL_COVERED}
"""What a number of new sites is known to be the best by, to the gap that is asked for."""

SECONDS: Final = 20.0
"""After which the best plan so far is the answer."""

ROUNDING: Final = 1e-9
"""Share of all residents that sums of many may be off by."""

TRIES: Final = 3
"""Of a share that squares take to be reached and discs do not."""

OPEN: Final = Terrain()
"""Ground of which nothing is known."""

CLOSE: Final = 0.0005
"""Gap within which a plan is good enough: squares know no more of people than that."""


class Basis(NamedTuple):
    """What a plan rests on.

    Attributes
    ----------
    people
        See `geo.planning.ground.Ground.basis`.
    exact
        Whether residents and areas are those of exact discs; else of squares, and places.
    size_m
        Side of the squares by which plans are compared, metres.
    candidates, spacing_m
        How many there are, and how far apart, metres; NaN where they are no squares.
    beyond_candidates
        How many any other square where a site may stand would add at most, by squares; NaN where
        they are evenly spaced, or no squares.
    left_out
        Candidates of the owner's own, and points of districts, where nothing may be built or
        outside the region.
    fixed, vague, unlocated
        Sites that stay; those known to worse than 500 m or the radius, and those without a
        position, which take no part.
    unknown
        Labels of the districts whose residents nobody knows.
    beyond
        Residents within the radius of no candidate and no site: pairs of a district's label and
        how many; told of the models ``fewest`` and ``worst``.
    """

    people: str
    exact: bool
    size_m: float
    candidates: int
    spacing_m: float
    beyond_candidates: float
    left_out: int
    fixed: int
    vague: int
    unlocated: int
    unknown: tuple[str, ...]
    beyond: tuple[tuple[str, float], ...]


class Proposal(NamedTuple):
    """A plan, what it changes, and how good it is.

    Attributes
    ----------
    places : GeoDataFrame, at most p rows
        WGS84 points on ``number`` from 1 on, from the one that adds most on; each counts beyond
        today's sites and the rows above it: ``district`` (label), ``part`` of it (n, ne, ... or
        middle), ``residents`` and ``km2`` that it adds within the radius, ``overlap`` (0-1: how
        much of the area in its reach was reached before), ``by_district`` (pairs of label and
        residents added, most first), ``nearest`` (label of the nearest of today's sites, NA
        without any), ``nearest_m``, ``lon``, ``lat``, ``candidate`` (what its owner calls it;
        empty where it has no name).
    districts : DataFrame, on the index of the districts
        ``residents`` (NaN where unknown), ``before`` and ``after`` (of them within the radius,
        NaN likewise), ``share_before`` and ``share_after`` (0-1; NaN also without residents),
        ``km2``, ``km2_before`` and ``km2_after`` (of it, and of what is within the radius),
        ``newly``: from nobody to 1 % of them or more.
    totals : Totals
        Of the region.
    plan : Plan
        Value, bound and status of the search. Positions are those of today's sites as one, if
        there are any, and of the candidates.
    ends : DataFrame
        What the sites that take no part could change: residents reached ``before`` and ``after``
        ``without`` them, and ``with`` those that have a position as if it were true.
    basis : Basis
        What all of it rests on.
    """

    places: gpd.GeoDataFrame
    districts: pd.DataFrame
    totals: Totals
    plan: Plan
    ends: pd.DataFrame
    basis: Basis


class _Sites(NamedTuple):
    """Where today's sites are, and which of them stay."""

    lonlat: Floats
    located: NDArray[np.bool_]
    fixed: NDArray[np.bool_]

    @property
    def now(self) -> Floats:
        """Those that stay."""
        return self.lonlat[self.fixed]


class Case(NamedTuple):
    """A question, checked, with all that its answer hangs on.

    Attributes
    ----------
    sites, districts
        As for `propose`.
    asked : Question
        What is asked.
    start : Start
        The region with the sites that stay.
    known
        Where today's sites are, and which of them stay.
    among : Choices
        Residents and candidates as the model looks at them.
    """

    sites: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    asked: Question
    start: Start
    known: _Sites
    among: choice.Choices

    @property
    def here(self) -> Ground:
        """Who lives in the region, by square."""
        return self.start.here

    def accounted(self, new: Floats) -> Account:
        """Return what new sites change, shape (n, 2), degrees."""
        return account(self.start, new, idle=self.asked.model in {"median", "center"})

    def reached(self, new: Floats) -> Floats:
        """Return whom of each district sites reach once new ones are there, shape (n, 2)."""
        return with_new(self.start, new).people

    def with_all_located(self) -> Case:
        """Return the case in which every site stays that has a position."""
        located = self.known.lonlat[self.known.located]
        return self._replace(
            start=start(self.here, located, radius_m=self.asked.radius_m, travel=self.among.travel),
            known=self.known._replace(fixed=self.known.located),
        )


def propose(
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    question: Question | None = None,
    *,
    demand: Demand | None = None,
    terrain: Terrain = OPEN,
    seconds: float = SECONDS,
    progress: Progress | None = None,
) -> Proposal:
    """Return where new sites would serve a region's residents best.

    Today's sites stay. Plans are looked for by squares: one is reached where its middle is no
    farther from a site than the radius, by the way that is asked for, see `geo.planning.travel`.
    What a plan changes is told by exact discs where residents are spread evenly over districts and
    ways are straight, see `geo.planning.reached`, else by the same squares.

    Parameters
    ----------
    sites : GeoDataFrame
        Today's: points in any CRS, empty or missing where unlocated, with ``precision``.
    districts : GeoDataFrame, m rows
        Polygons in any CRS with ``population``, and ``lon`` and ``lat`` of a point of each.
    question : Question, optional
        What is asked; three sites for most residents within 3 km where omitted.
    demand : Demand, optional
        Whom new sites are to serve, by place, see `geo.planning.demand.of_region`; where omitted
        residents of the districts. All that is said of residents is then said of these.
    terrain : Terrain
        Streets, barriers and candidates, for questions that ask for them; forbidden areas, for
        all.
    seconds : float
        After which the best plan so far is the answer; as long again, at most, `ends` is looked
        for.
    progress : callable, optional
        As of `geo.siting.maximal_covering`; `of_plan` returns what it is told of as a proposal.

    Raises
    ------
    InputError
        As `geo.planning.ground.ground`; for sites without a precision; where nobody is known to
        live in the region; where ways count and there is neither a site nor a new one; where the
        terrain lacks what is asked for; `NoCandidateError` where no candidate is left.

    Examples
    --------
    >>> from geo import boundaries, catalog
    >>> jinan = propose(catalog.sites("jinan"), boundaries.districts("jinan"), Question(p=2))
    >>> bool(np.isclose(jinan.totals.before + jinan.places["residents"].sum(), jinan.totals.after))
    True
    >>> jinan.plan.gap < 0.001
    True
    """
    given = case(sites, districts, question or Question(), demand=demand, terrain=terrain)
    found = best(given, seconds=seconds, progress=progress)
    return found._replace(ends=ends(given, found, seconds=seconds))


def best(given: Case, *, seconds: float = SECONDS, progress: Progress | None = None) -> Proposal:
    """Return the best plan of a case, without what could change it: see `ends`.

    Parameters
    ----------
    given : Case
        The question.
    seconds, progress
        As of `propose`.
    """
    found = of_plan(given, _solved(given, seconds=seconds, progress=progress))
    if given.asked.model == "fewest" and given.start.exact is not None:
        return _enough(given, found, seconds=seconds, progress=progress)
    return found


def _enough(given: Case, found: Proposal, *, seconds: float, progress: Progress | None) -> Proposal:
    """Return as few sites as reach the share by exact discs; by squares it may seem reached before.

    What is proven of fewer sites is so by squares, for the share that was asked for.
    """
    first, share = found.plan, given.asked.share
    for _ in range(TRIES):
        missing = given.asked.share - found.totals.after / found.totals.residents
        if missing <= 0 or share == 1 or found.plan.status is Status.STOPPED:
            break
        share = min(1.0, share + missing)
        more = given._replace(asked=replace(given.asked, share=share))
        plan = _solved(more, seconds=seconds, progress=progress)
        fewer = plan.status is Status.PROVEN and plan.value > first.bound
        status = Status.WITHIN_GAP if fewer else plan.status
        found = of_plan(given, plan._replace(bound=first.bound, status=status))
    return found


def _solved(given: Case, *, seconds: float, progress: Progress | None) -> Plan:
    task = choice.task(given.among, given.known.now, given.asked)
    return choice.solved(task, given.asked, seconds=seconds, gap=CLOSE, progress=progress)


def _new(given: Case, plan: Plan) -> Floats:
    """Return where the new sites of a plan are, degrees, WGS84."""
    return choice.places(given.among, given.known.now, plan)


def ends(
    given: Case,
    proposal: Proposal,
    *,
    seconds: float = SECONDS,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return what the sites that take no part could change: see `Proposal.ends`.

    Parameters
    ----------
    given : Case
        The question.
    proposal : Proposal
        Its best plan.
    seconds, progress
        As of `propose`, for the search with these sites.
    """
    totals = {"without": proposal.totals, "with": proposal.totals}
    if proposal.basis.vague:
        every = given.with_all_located()
        totals["with"] = every.accounted(
            _new(every, _solved(every, seconds=seconds, progress=progress))
        ).totals
    return pd.DataFrame(
        {when: {name: getattr(each, when) for name, each in totals.items()}
         for when in ("before", "after")}
    )  # fmt: skip


def of_plan(given: Case, plan: Plan) -> Proposal:
    """Return what a plan of a case changes: one that is told on the way, or one beside the best.

    Parameters
    ----------
    given : Case
        Which the plan is of.
    plan : Plan
        Of this model.

    Returns
    -------
    Proposal
        As of `propose`; its ``ends`` are empty: they are known of the best plan.
    """
    here, known, among = given.here, given.known, given.among
    own = given.accounted(_new(given, plan))
    basis = Basis(
        people=here.basis,
        exact=given.start.exact is not None,
        size_m=here.size_m,
        candidates=len(among.lonlat),
        spacing_m=among.places.spacing_m,
        beyond_candidates=among.places.beyond,
        left_out=among.places.left_out,
        fixed=int(known.fixed.sum()),
        vague=int((known.located & ~known.fixed).sum()),
        unlocated=int((~known.located).sum()),
        unknown=tuple(map(str, here.unknown)),
        beyond=_beyond(given),
    )
    return Proposal(
        places=own.places.assign(
            nearest=lambda rows: labels_at(given.sites.index[known.fixed], rows["nearest"]),
            candidate=lambda rows: among.places.named(rows[["lon", "lat"]].to_numpy()),
        ),
        districts=own.districts,
        totals=own.totals,
        plan=plan,
        ends=pd.DataFrame(columns=["before", "after"], dtype=np.float64),
        basis=basis,
    )


def gains(
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    question: Question,
    *,
    demand: Demand | None = None,
    terrain: Terrain = OPEN,
    seconds: float = SECONDS,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return whom each number of new sites up to the one asked reaches, each by a plan of its own.

    Parameters
    ----------
    sites, districts
        As for `propose`.
    question : Question
        The largest number, radius and candidates; most residents are reached, whatever its model.
    demand, terrain
        As for `propose`.
    seconds : float
        For each number.
    progress : callable, optional
        As for `propose`, of each number's plan; where it ends one, larger numbers are left out.

    Returns
    -------
    DataFrame, index ``p``, from 1 to as many as are asked for or there are candidates
        ``after`` (residents within the radius), ``gain`` (more than with one site less), ``gap``
        (0-1: by how much, at most, another plan may reach more, as squares count) and ``proven``
        (to 0.05 %).

    Raises
    ------
    InputError
        As `propose`.

    Examples
    --------
    >>> from geo import boundaries, catalog
    >>> jinan = catalog.sites("jinan"), boundaries.districts("jinan")
    >>> curve = gains(*jinan, Question(p=3))
    >>> curve["after"].is_monotonic_increasing, bool(curve["proven"].all())
    (True, True)
    """
    asked = replace(question, model="cover")
    given = case(sites, districts, asked, demand=demand, terrain=terrain)
    task = choice.task(given.among, given.known.now, asked)
    rows = {}
    before = given.reached(np.empty((0, 2))).sum()
    for p in range(1, min(asked.p, len(task.lonlat)) + 1):
        more = replace(asked, p=p)
        plan = choice.solved(task, more, seconds=seconds, gap=CLOSE, progress=progress)
        # One site more never reaches fewer: what is within the gap of the optimum, or the best by
        # squares, may.
        after = max(given.reached(_new(given, plan)).sum(), before)
        proven = plan.status in PROVEN
        rows[p] = {"after": after, "gain": after - before, "gap": plan.gap, "proven": proven}
        before = after
        if plan.status is Status.STOPPED:
            break
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["after", "gain", "gap", "proven"]
    ).rename_axis("p")


def case(
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    asked: Question,
    *,
    demand: Demand | None = None,
    terrain: Terrain = OPEN,
) -> Case:
    """Return a question with residents, today's sites and candidates, checked.

    Parameters and errors as of `propose`.
    """
    faults: list[str] = []
    lonlat = frames.locations(sites, faults)
    frames.require(districts, ["lon", "lat"], faults, name="districts")
    frames.refuse(faults)
    fixed = staying(sites, asked.radius_m)
    here = ground(districts, demand=demand, radius_m=asked.radius_m)
    if not here.residents.any():
        raise NobodyError(
            "districts: nobody is known to live there; expected residents of some"
            if demand is None
            else "demand: found none; expected some whose place is known"
        )
    known = _Sites(lonlat, ~np.isnan(lonlat[:, 0]), fixed)
    terrain = in_degrees(terrain)
    how = travel(asked, terrain)
    first = start(here, known.now, radius_m=asked.radius_m, travel=how)
    unserved = first.metres > asked.radius_m
    among = choice.choices(
        here, districts, asked, terrain=terrain, demand=demand, how=how, unserved=unserved
    )
    return Case(sites, districts, asked, first, known, among)


def _beyond(given: Case) -> tuple[tuple[str, float], ...]:
    """Return residents whom no candidate and no site reaches, by district."""
    if given.asked.model not in {"fewest", "worst"}:
        return ()
    here = given.here
    left = here.by_district(here.residents) - given.reached(given.among.lonlat)
    some = np.flatnonzero(left > ROUNDING * here.residents.sum())
    return tuple((str(here.labels[int(row)]), float(left[row])) for row in some)
