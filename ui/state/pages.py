"""What each page shows, typed: what its address can say, in the order in which it says it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from inspect import get_annotations
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Self
from urllib.parse import parse_qsl, urlencode

from geo.facts.boundaries import Level  # noqa: TC001 - read when the fields are collected
from geo.measures.indicator_list import INDICATORS, KNOWN, Rule
from geo.networks.reach import Walk
from geo.planning.question import Candidates, Model, Question, Way
from geo.planning.taking_part import Stay  # noqa: TC001
from geo.policy.phases import Phase  # noqa: TC001
from geo.search import criteria
from geo.settings import Language  # noqa: TC001
from ui.cached.clustering import Setting
from ui.state import fields
from ui.state.address import Field, Values, parse, render
from ui.state.pins import pins as read_pins
from ui.state.selection import Selection  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.planning.scenario import Pin

Codes = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every page has; what its address cannot say is as at first."""

    lang: Annotated[Language, fields.LANG] = "zh"
    widget: Annotated[str, fields.WIDGET] = ""
    region: str = "shanghai"
    unit: Level = "district"
    sector: Codes = ()
    radius: str = "3"
    classes: Rule = "natural"
    pick: Codes | None = None
    """The shortlist; None where the page leaves it to the session."""
    parts: Codes = ()
    """What a pack of files holds, in its order; empty where the page has no pack."""
    from_: str = ""
    widgets: ClassVar[Codes] = fields.WIDGETS[:1]
    """The widgets that the page can be."""

    @classmethod
    @cache
    def fields(cls) -> tuple[Field, ...]:
        """Return what the address can say: a class has its own behind those of its parent."""
        own: dict[str, Field] = {}
        for each in reversed(cls.__mro__):
            # Without the names of the class: its `fields` are these, those of the module are meant.
            for name, hint in get_annotations(each, eval_str=True, locals={}).items():
                for item in getattr(hint, "__metadata__", ()):
                    own.pop(name, None)
                    own[name] = item
        return tuple(own.values())

    @classmethod
    def of(cls, values: Values) -> Self:
        """Return the state that holds values by their names in the address."""
        return cls(**{item.attribute: values[item.name] for item in cls.fields()})

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The values by their names in the address."""
        return MappingProxyType({item.name: item.of(self) for item in self.fields()})

    @cached_property
    def criteria(self) -> criteria.Criteria:
        """What sites must be: every filter that the page has."""
        params = render(self.values, self.fields())
        if self.quotient:
            # A quotient compares sectors: it needs them all.
            params.pop(fields.SECTOR.name, None)
        # The address was held against the region's own districts already.
        return criteria.parse(params, districts=self.values.get("district", ()))[0]

    @property
    def quotient(self) -> bool:
        """Whether the page shows location quotients."""
        return False

    @property
    def walk(self) -> Walk | None:
        """The walk that reach is told by; None where it is told by discs alone."""
        return None

    @property
    def radius_m(self) -> float:
        """The radius of discs, metres: of a walk that which holds all that is reached."""
        return 1000.0 * float(self.radius) if self.walk is None else self.walk.radius_m

    @property
    def covered(self) -> bool:
        """Whether the page asks for coverage also where it takes long."""
        return False

    @property
    def shaded(self) -> str:
        """The indicator that colours a map's districts; nothing where none does."""
        return ""

    @property
    def search(self) -> str:
        """The query of 选园 that the reader comes from; nothing where it is too long."""
        return self.from_


@dataclass(frozen=True, kw_only=True)
class Sites(Page):
    """What all that shows a region's sites has."""

    region: Annotated[str, fields.REGION]
    unit: Annotated[Level, fields.UNIT]
    scope: Annotated[str, fields.SCOPE]
    sector: Annotated[Codes, fields.SECTOR]
    kind: Annotated[Codes, fields.KIND]
    level: Annotated[Codes, fields.LEVEL]
    status: Annotated[Codes, fields.STATUS]
    evidence: Annotated[Codes, fields.EVIDENCE]


@dataclass(frozen=True, kw_only=True)
class Searched(Sites):
    """What a search has beside it."""

    match: Annotated[str, fields.MATCH]
    precision: Annotated[Codes, fields.PRECISION]
    district: Annotated[Codes, fields.DISTRICT]
    opened_since: Annotated[str, fields.OPENED]
    area_min: Annotated[str, fields.AREA]
    near: Annotated[str, fields.NEAR]
    within_km: Annotated[str, fields.WITHIN]
    text: Annotated[str, fields.TEXT]


@dataclass(frozen=True, kw_only=True)
class Figures(Sites):
    """What pages with figures of a region's sites have."""

    radius: Annotated[str, fields.RADIUS]
    base: Annotated[str, fields.BASE]
    at: Selection
    compare: Codes = ()
    parts: Annotated[Codes, fields.PARTS]
    map: str


@dataclass(frozen=True, kw_only=True)
class Walked(Figures):
    """What pages have that tell reach on foot beside reach by discs."""

    way: Annotated[Way, fields.WAY]
    minutes: Annotated[str, fields.MINUTES]
    speed: Annotated[str, fields.SPEED]

    @property
    def walk(self) -> Walk | None:
        """The walk that reach is told by; None where it is told by discs alone."""
        if self.way != "foot":
            return None
        return Walk(minutes=float(self.minutes), speed_kmh=float(self.speed))


@dataclass(frozen=True, kw_only=True)
class Overview(Walked):
    """总览."""

    widgets: ClassVar[Codes] = fields.WIDGETS

    shade: Annotated[str, fields.SHADE]
    classes: Annotated[Rule, fields.CLASSES]
    venues: Annotated[str, fields.VENUES]
    until: Annotated[str, fields.UNTIL]
    at: Annotated[Selection, fields.SELECTED]
    map: Annotated[str, fields.MAP]

    @property
    def covered(self) -> bool:
        """Whether the page asks for coverage also where it takes long."""
        return self.shade == "coverage"

    @property
    def shaded(self) -> str:
        """The indicator that colours a map's districts."""
        return self.shade


@dataclass(frozen=True, kw_only=True)
class Districts(Walked):
    """区县."""

    widgets: ClassVar[Codes] = fields.WIDGETS

    until: Annotated[str, fields.UNTIL]
    view: Annotated[str, fields.VIEW]
    by: Annotated[str, fields.INDICATOR]
    classes: Annotated[Rule, fields.CLASSES]
    focus: Annotated[str, fields.FOCUS]
    subject: Annotated[str, fields.SUBJECT]
    peers: Annotated[str, fields.PEERS]
    where: Annotated[str, fields.WHERE]
    residents: Annotated[str, fields.RESIDENTS]
    density: Annotated[str, fields.DENSITY]
    mix: Annotated[str, fields.MIX]
    set: Annotated[Codes, fields.SET]
    peer: Annotated[str, fields.PEER]
    at: Annotated[Selection, fields.SELECTED]
    compare: Annotated[Codes, fields.COMPARED]
    map: Annotated[str, fields.MAP]

    @property
    def quotient(self) -> bool:
        """Whether the page shows location quotients."""
        return self.view != "peers" and KNOWN[self.by].quotient

    @property
    def ranked(self) -> str:
        """The indicator that districts are ranked by: where only squares have it, the density."""
        return self.by if self.by in INDICATORS else "area"

    @property
    def covered(self) -> bool:
        """Whether the page asks for coverage also where it takes long."""
        return self.by == "coverage"

    @property
    def shaded(self) -> str:
        """The indicator that colours a map's districts; nothing where none does."""
        return self.by if self.view in {"map", "table"} else ""


@dataclass(frozen=True, kw_only=True)
class Find(Figures, Searched):
    """选园."""

    widgets: ClassVar[Codes] = fields.WIDGETS[:2]

    sort: Annotated[str, fields.SORT]
    page: Annotated[str, fields.PAGE]
    at: Annotated[Selection, fields.AT_SITE]
    pick: Annotated[Codes, fields.PICKED]
    versus: Annotated[Codes, fields.VERSUS]
    map: Annotated[str, fields.MAP]

    @property
    def search(self) -> str:
        """The query of this search; nothing where it is too long."""
        query = urlencode(render(self.values, SEARCH), safe=",:")
        return query if len(query) <= MAX_SEARCH else ""


SEARCH: Final = tuple(
    item
    for item in Find.fields()
    if item
    not in (*(fields.LANG, fields.AT_SITE, fields.PICKED, fields.VERSUS, fields.PARTS, fields.MAP),)
)
"""What of 选园 a link back to it keeps beside language, selection and shortlist."""
MAX_SEARCH: Final = 1000


def _is_search(_: Values, text: str) -> bool:
    """Whether it is nothing, or a query of 选园 that can be read without a fault."""
    if not text or len(text) > MAX_SEARCH:
        return not text
    try:
        pairs = parse_qsl(text, strict_parsing=True, errors="strict", max_num_fields=len(SEARCH))
    except ValueError:
        return False
    known = {item.name for item in SEARCH}
    given = dict(pairs)
    readable = len(given) == len(pairs) and given.keys() <= known
    return readable and not parse(given, SEARCH).refused


FROM: Final = Field(name="from", default="", check=_is_search)


@dataclass(frozen=True, kw_only=True)
class Clusters(Figures):
    """集聚."""

    widgets: ClassVar[Codes] = fields.WIDGETS

    until: Annotated[str, fields.UNTIL]
    distance: Annotated[str, fields.DISTANCE]
    least: Annotated[str, fields.LEAST]
    at: Annotated[Selection, fields.AT_CLUSTER]
    map: Annotated[str, fields.MAP]

    @property
    def setting(self) -> Setting:
        """What makes a cluster."""
        return Setting(1000 * float(self.distance), int(self.least))


@dataclass(frozen=True, kw_only=True)
class Siting(Walked):
    """选址."""

    widgets: ClassVar[Codes] = fields.WIDGETS

    unit: Annotated[Level, fields.UNIT_OF_PLANS]
    way: Annotated[Way, fields.WAY_OF_PLANS]
    until: Annotated[str, fields.UNTIL]
    model: Annotated[Model, fields.MODEL]
    p: Annotated[str, fields.NEW_SITES]
    share: Annotated[str, fields.SHARE]
    demand: Annotated[str, fields.DEMAND]
    stay: Annotated[Stay, fields.STAY]
    alternative: Annotated[str, fields.ALTERNATIVE]
    mode: Annotated[str, fields.MODE]
    pins: Annotated[str, fields.PINS]
    candidates: Annotated[Candidates, fields.CANDIDATES]
    against: Annotated[str, fields.AGAINST]
    layout: Annotated[str, fields.OWN_LAYOUT]
    at: Annotated[Selection, fields.AT_PLACE]
    map: Annotated[str, fields.MAP]

    @property
    def tries(self) -> bool:
        """Whether the reader tries places of their own."""
        return self.mode == "try"

    @property
    def pinned(self) -> tuple[Pin, ...]:
        """The reader's pins."""
        return read_pins(self.pins) or ()

    @property
    def question(self) -> Question:
        """What is asked of a plan."""
        return Question(
            model=self.model,
            p=int(self.p),
            radius_m=self.radius_m,
            candidates=self.candidates,
            demand=self.demand,
            way=self.way,
            speed_kmh=float(self.speed),
            # Who asks no share asks the same, whichever stands in the address.
            share=float(self.share) / 100 if self.model == "fewest" else 1.0,
            pins=self.pinned if self.candidates == "pins" else (),
        )


@dataclass(frozen=True, kw_only=True)
class Counted(Searched):
    """What is counted in cells of a map: a region's sites with every filter of any page."""

    until: Annotated[str, fields.UNTIL]
    phase: Annotated[Phase, fields.PHASE]


@dataclass(frozen=True, kw_only=True)
class Site(Page):
    """A site's page."""

    id: Annotated[str, fields.SITE_ID]
    region: Annotated[str, fields.SITE_REGION]
    pick: Annotated[Codes, fields.PICKED]
    from_: Annotated[str, FROM]
    parts: Annotated[Codes, fields.PARTS]
    map: Annotated[str, fields.MAP_SITE]


@dataclass(frozen=True, kw_only=True)
class Layouts(Page):
    """布局."""

    widgets: ClassVar[Codes] = fields.WIDGETS

    region: Annotated[str, fields.REGION]
    unit: Annotated[Level, fields.UNIT]
    layout: Annotated[str, fields.LAYOUT]
    beside: Annotated[str, fields.BESIDE]
    element: Annotated[str, fields.ELEMENT]
    mark: Annotated[Selection, fields.MARKED]
    phase: Annotated[Phase, fields.PHASE]
    draft: Annotated[str, fields.DRAFT]
    radius: Annotated[str, fields.RADIUS]
    parts: Annotated[Codes, fields.PARTS]
    map: Annotated[str, fields.MAP_LAYOUT]
    map_beside: Annotated[str, fields.MAP_BESIDE]


@dataclass(frozen=True, kw_only=True)
class Targets(Page):
    """目标: without the region of other pages, which it does not follow."""

    place: Annotated[Codes, fields.PLACE]
    theme: Annotated[Codes, fields.THEME]
    state: Annotated[Codes, fields.STATE]
    parts: Annotated[Codes, fields.PARTS]


@dataclass(frozen=True, kw_only=True)
class Data(Page):
    """数据."""

    region: Annotated[str, fields.REGION]
    since: Annotated[str, fields.SINCE]
    reason: Annotated[Codes, fields.REASON]
    part: Annotated[str, fields.PART]
    show: Annotated[str, fields.SHOW]
    step: Annotated[str, fields.STEP]
    base: Annotated[str, fields.BASE]

    @property
    def record(self) -> bool:
        """Whether it shows what changed in the catalogue, as addresses of before ask for it."""
        asked = bool(self.since or self.reason or self.part != fields.PART.default)
        return self.show == "record" or (not self.show and asked)


@dataclass(frozen=True, kw_only=True)
class Methods(Page):
    """方法."""

    region: Annotated[str, fields.REGION]
    method: Annotated[str, fields.METHOD]
    example: Annotated[str, fields.EXAMPLE]
    focus: Annotated[str, fields.FOCUS]
    layout: Annotated[str, fields.LAYOUT]
    radius: Annotated[str, fields.RADIUS]
    form: Annotated[str, fields.FORM]


@dataclass(frozen=True, kw_only=True)
class Report(Page):
    """The printed shortlist."""

    region: Annotated[str, fields.REGION]
    pick: Annotated[Codes, fields.PICKED]
    from_: Annotated[str, FROM]


OF_PAGE: Final[Mapping[str, type[Page]]] = MappingProxyType(
    {
        "overview": Overview,
        "districts": Districts,
        "layouts": Layouts,
        "find": Find,
        "clusters": Clusters,
        "siting": Siting,
        "targets": Targets,
        "data": Data,
        "methods": Methods,
        "site": Site,
    }
)
"""What each page reads from its address and writes to it, by the name of its file."""

HOME: Final = next(iter(OF_PAGE))
"""The page whose address is bare."""

IN_NAVIGATION: Final = tuple(name for name, page in OF_PAGE.items() if page is not Site)
"""A site's page is reached from where the site is named."""

PATHS: Final = frozenset(OF_PAGE) - {HOME}
"""Last parts of the pages' addresses."""


def path(page: str) -> str:
    """Return where a page is, as seen from any other."""
    return "./" if page == HOME else page


def address(page: str, params: Mapping[str, str]) -> str:
    """Return the address of a page that says this, as seen from any other."""
    return f"{path(page)}?{urlencode(params, safe=',:')}"
