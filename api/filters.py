"""What one may ask of the collections: the names, types and choices of their filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, get_args

from api import cluster_rows, limits
from geo import clusters, memory
from geo.facts import catalog, changes, cross_checks, own_regions, schemas
from geo.policy import layouts
from geo.search import criteria

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.facts import boundaries

NUMBER: dict[str, Any] = {"type": "number"}

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
    """

    name: str
    schema: dict[str, Any] = field(hash=False)
    many: bool = False
    text_key: str = ""

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
    named = [known[name] for name in criteria.NAMES]
    return _by_name(*named) if own else _by_name(_regions(), *named)


@memory.by_facts
def of_units(level: boundaries.Level, *, own: bool = False) -> Filters:
    """Return the filters of districts or of cities; `own` as in `of_sites`."""
    named = _districts(text_key="city_district" if level == "city" else "", own=own)
    return _by_name(named) if own else _by_name(_regions(), named)


@memory.by_facts
def of_clusters() -> Filters:
    """Return the filters of clusters: what they were made with, and the family that leads them."""

    def one_of(name: str, numbers: Iterable[int], usual: int) -> Filter:
        return Filter(name, {"type": "integer", "enum": [*numbers], "default": usual})

    return _by_name(
        _regions(),
        one_of("distance", clusters.DISTANCES_M, cluster_rows.DISTANCE_M),
        one_of("least", clusters.MINIMA, cluster_rows.LEAST),
        choice("sector", catalog.families().index, text_key="leading"),
    )


@memory.by_facts
def of_quotients() -> Filters:
    """Return the filters of the location quotients of districts."""
    return _by_name(_regions(), _districts(), choice("sector", catalog.families().index))


@memory.by_facts
def of_completeness() -> Filters:
    """Return the filters of what is on record and reported."""
    kind, level = catalog.vocabulary("kind"), catalog.vocabulary("level")
    return _by_name(_regions(), choice("kind", kind.index), choice("level", level.index))


@own_regions.by_region
def of_layouts(region: str | None) -> Filters:
    """Return the filters of the layouts' elements and links: of a region's own, or of all."""
    known = layouts.all_layouts() if region is None else layouts.own_layouts(region)
    kinds: set[str] = {each.kind for layout in known.values() for each in layout.elements}
    kinds |= {each.relation for layout in known.values() for each in layout.links}
    return _by_name(
        choice("layout", known),
        *([_regions()] if region is None else []),
        choice("feature", ("element", "link")),
        choice("kind", sorted(kinds), text_key="element_kind"),
    )


@memory.by_facts
def of_changes() -> Filters:
    """Return the filters of the record of changes."""
    return _by_name(
        _regions(),
        choice("table", changes.RECORDED),
        Filter("row", {"type": "string"}, many=True),
        choice("reason", get_args(schemas.Reason)),
    )


def _regions() -> Filter:
    return choice("region", catalog.regions().index)


def _districts(*, text_key: str = "", own: bool = False) -> Filter:
    schema = {"type": "string"} | ({} if own else {"pattern": UNIT})
    return Filter("district", schema, many=True, text_key=text_key)
