"""What one may ask of the collections: the names, types and choices of their filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, get_args

from api import chance_rows, cluster_rows, limits, peer_rows
from api.refusals import RefusedRequest, unusable
from geo import clusters, memory, settings
from geo.checks.written import listed, shortened
from geo.facts import catalog, changes, cross_checks, own_regions, schemas
from geo.planning import Question, question, taking_part
from geo.policy import layouts
from geo.search import criteria

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.facts import boundaries

NUMBER: dict[str, Any] = {"type": "number"}

STAYING: Final = ("sector", "match", "scope", "kind", "level", "status", "evidence", "until")
"""Filters of the sites that stay in a plan."""

OF_A_NUMBER: Final[tuple[question.Model, ...]] = ("cover", "median", "center", "worst")
"""What makes a plan of so many sites good."""

UNIT: Final = "^([0-9]{6}|[一-龥]{2,20})$"
"""An adcode or a Chinese name of an administrative unit."""


@dataclass(frozen=True)
class Filter:
    """A condition that the address of a collection's items may hold.

    Parameters
    ----------
    name : str
        Its name in the address.
    schema : dict
        JSON schema of its value, of each value where it is a list.
    many : bool
        Whether several values may be given, separated by commas.
    text_key : str, optional
        Key of its explanation, section ``filters`` of ``api/texts/``; its name where omitted.
    of_rows : bool
        Whether it chooses among rows, so that filters in CQL2 take its codes as well; else rows
        are made for it.
    """

    name: str
    schema: dict[str, Any] = field(hash=False)
    many: bool = False
    text_key: str = ""
    of_rows: bool = True

    @property
    def key(self) -> str:
        """Key of the explanation."""
        return self.text_key or self.name

    @property
    def choices(self) -> tuple[str | int, ...]:
        """The values that are known, none where any will do."""
        return tuple(self.schema.get("enum", ()))


Filters = Mapping[str, Filter]
"""Filters by their names."""


def choice(name: str, codes: Iterable[str], *, text_key: str = "") -> Filter:
    """Return a filter that takes several of these codes."""
    schema = {"type": "string", "enum": [str(code) for code in codes]}
    return Filter(name, schema, many=True, text_key=text_key)


def _by_name(*filters: Filter) -> Filters:
    return MappingProxyType({each.name: each for each in filters})


def codes(asked: Filter, value: str, *, known: Iterable[str] | None = None) -> set[str]:
    """Return the codes of a list, all of them known; a filter without choices takes any.

    An empty list asks nothing.

    Raises
    ------
    RefusedRequest
        For codes that are none.
    """
    found = set(listed(value)) if asked.many else {value.strip()}
    allowed = asked.schema.get("enum") if known is None else known
    if allowed is not None and (unknown := sorted(found.difference(map(str, allowed)))):
        raise refused(asked, ",".join(unknown))
    return found


def refused(asked: Filter, value: str) -> RefusedRequest:
    """Return the refusal of a filter's value."""
    name, known = asked.name, ", ".join(map(str, asked.choices))
    if known:
        return RefusedRequest("choice", name=name, value=shortened(value), known=known)
    expected = f"filters.{asked.key}"
    if asked.many:  # any that is on record will do
        return RefusedRequest("unknown", name=name, value=shortened(value), expected=expected)
    return unusable(name, value, expected=expected)


@memory.by_facts
def of_sites(*, own: bool = False) -> Filters:
    """Return the filters of sites: the region, and what `geo.search.criteria` reads.

    Parameters
    ----------
    own
        Whether they are somebody's own: of one region then, whose districts may have any names.
    """
    a_year = {"type": "integer", "minimum": limits.FIRST_YEAR, "maximum": limits.LAST_YEAR}
    known = {
        "sector": choice("sector", catalog.families().index),
        "match": Filter("match", {"type": "string", "enum": list(criteria.MATCHES)}),
        "scope": Filter(
            "scope", {"type": "string", "enum": list(criteria.SCOPES), "default": catalog.CORE}
        ),
        "district": _districts(own=own),
        **{name: Filter(name, a_year) for name in ("opened_since", "until")},
        "area_min": Filter("area_min", NUMBER | {"minimum": 0, "maximum": criteria.MOST_M2}),
        "near": Filter("near", {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}),
        "within_km": Filter(
            "within_km",
            NUMBER | {"minimum": 0, "exclusiveMinimum": True, "maximum": criteria.MOST_KM},
        ),
        "text": Filter("text", {"type": "string", "minLength": 1, "maxLength": criteria.MOST_TEXT}),
    }
    known |= {
        name: choice(name, catalog.vocabulary(name).index) for name in cross_checks.VOCABULARY
    }
    return _by_name(*_regions(own=own), *(known[name] for name in criteria.NAMES))


@memory.by_facts
def of_units(level: boundaries.Level, *, own: bool = False) -> Filters:
    """Return the filters of districts or of cities; `own` as in `of_sites`."""
    named = _districts(text_key="city_district" if level == "city" else "", own=own)
    return _by_name(*_regions(own=own), named)


@memory.by_facts
def of_clusters(*, own: bool = False) -> Filters:
    """Return the filters of clusters: what they were made with, and the family that leads them.

    `own` as in `of_sites`.
    """

    def one_of(name: str, numbers: Iterable[int], usual: int) -> Filter:
        return Filter(name, {"type": "integer", "enum": [*numbers], "default": usual})

    return _by_name(
        *_regions(own=own),
        one_of("distance", clusters.DISTANCES_M, cluster_rows.DISTANCE_M),
        one_of("least", clusters.MINIMA, cluster_rows.LEAST),
        choice("sector", catalog.families().index, text_key="leading"),
    )


@memory.by_facts
def of_quotients(*, own: bool = False) -> Filters:
    """Return the filters of the location quotients of districts; `own` as in `of_sites`."""
    sector = choice("sector", catalog.families().index)
    return _by_name(*_regions(own=own), _districts(own=own), sector)


@memory.by_facts
def of_tests(*, own: bool = False) -> Filters:
    """Return the filters of what is tested of a region's sites; `own` as in `of_sites`."""
    distance = Filter(
        "distance", {"type": "integer", "enum": [*clusters.DISTANCES_M]}, text_key="of_pairs"
    )
    test = choice("test", chance_rows.TESTS)
    return _by_name(*_regions(own=own), _districts(own=own), test, distance)


@memory.by_facts
def of_peers(*, own: bool = False) -> Filters:
    """Return the filters of the peers of districts; `own` as in `of_sites`."""
    compared = _districts(text_key="compared", own=own)
    return _by_name(*_regions(own=own), compared, choice("role", peer_rows.ROLES))


@memory.by_facts
def of_plans(*, own: bool = False) -> Filters:
    """Return what plans are made of: the question, and which of today's sites stay.

    `own` as in `of_sites`.
    """

    def one_of(name: str, codes: Iterable[str], usual: str) -> Filter:
        return Filter(name, {"type": "string", "enum": [*codes], "default": usual})

    number = {"type": "integer", "minimum": 1, "maximum": limits.MOST_NEW_SITES}
    km = {"minimum": settings.LEAST_RADIUS_KM, "maximum": settings.MOST_RADIUS_KM}
    known = of_sites(own=own)
    return _by_name(
        *_regions(own=own),
        Filter("p", number | {"default": Question.p}),
        Filter("radius", NUMBER | km | {"default": limits.RADIUS_KM}, text_key="reach"),
        one_of("model", OF_A_NUMBER, Question.model),
        one_of(
            "candidates",
            [each for each in question.CANDIDATES if own or each != "own"],
            Question.candidates,
        ),
        Filter("pins", {"type": "string"}, of_rows=False),
        one_of("demand", question.demands(), Question.demand),
        *([one_of("stay", taking_part.STAYING, taking_part.OWN)] if own else []),
        *(replace(known[name], of_rows=False) for name in STAYING),
    )


@memory.by_facts
def of_scenarios() -> Filters:
    """Return the filters of the scenarios of a workspace."""
    return _by_name(Filter("scenario", {"type": "string"}))


@memory.by_facts
def of_completeness() -> Filters:
    """Return the filters of what is on record and reported."""
    kind, level = catalog.vocabulary("kind"), catalog.vocabulary("level")
    return _by_name(*_regions(), choice("kind", kind.index), choice("level", level.index))


@own_regions.by_region
def of_layouts(region: str | None) -> Filters:
    """Return the filters of the layouts' elements and links: of a region's own, or of all."""
    known = layouts.all_layouts() if region is None else layouts.own_layouts(region)
    kinds: set[str] = {each.kind for layout in known.values() for each in layout.elements}
    kinds |= {each.relation for layout in known.values() for each in layout.links}
    return _by_name(
        choice("layout", known),
        *_regions(own=region is not None),
        choice("feature", ("element", "link")),
        choice("kind", sorted(kinds), text_key="element_kind"),
    )


@memory.by_facts
def of_changes() -> Filters:
    """Return the filters of the record of changes."""
    return _by_name(
        *_regions(),
        choice("table", changes.RECORDED),
        Filter("row", {"type": "string"}, many=True),
        choice("reason", get_args(schemas.Reason)),
    )


def _regions(*, own: bool = False) -> list[Filter]:
    """Return the filter of regions; nothing where the rows are of one that somebody brought."""
    return [] if own else [choice("region", catalog.regions().index)]


def _districts(*, text_key: str = "", own: bool = False) -> Filter:
    schema = {"type": "string"} | ({} if own else {"pattern": UNIT})
    return Filter("district", schema, many=True, text_key=text_key)
