"""Which names the address knows, and what each may say."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from geo import settings
from geo.facts import own_regions, revisions, years
from geo.measures import clusters
from geo.measures.cells import Cell
from geo.measures.indicator_list import AREAL, INDICATORS, RULES
from geo.methods.method import methods
from geo.networks import rules
from geo.planning import alternatives, question, scenario, taking_part
from geo.policy import goals, layouts, scorecard
from geo.search import criteria, ordering
from geo.settings import LANGUAGES
from layers.ground import basemaps
from ui.cached import base_documents, names, peers, points, records, trials, workspaces
from ui.state import distances, map_position, pins
from ui.state.address import Field, Values
from ui.state.distances import Distances
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from geo.facts import boundaries, catalog
    from geo.policy.model import Area
    from layers.ground.base_document import Bounds

RADII_KM = Distances(settings.LEAST_RADIUS_KM, settings.MOST_RADIUS_KM, usual=("1", "3", "5", "10"))
SHADINGS = tuple(name for name, each in INDICATORS.items() if not each.quotient)
VIEWS = ("map", "table", "peers", "units")
SHOWN = ("own", "record", "compare", "pins", "workspace")
VENUES_SHOWN = ("none", "shown")
MAX_COMPARED = 12
JOINT = "."
"""Between a district and a sector of it that are selected together."""


def unit_choices(region: str) -> tuple[boundaries.Level, ...]:
    """Levels a region can be shown at: its districts and, where it has several, its cities."""
    return names.levels_of(region)


def base_map_choices() -> tuple[str, ...]:
    """Base maps on offer: the districts themselves, then the online ones."""
    return ("none", *basemaps.basemaps())


def level(code: str) -> boundaries.Level:
    """Return a code of the data as a level."""
    return "city" if code == "city" else "district"


def unit_of(values: Values) -> boundaries.Level:
    """The level in force: the one asked for, or the region's first."""
    return cast("boundaries.Level", values["unit"])


def _regions(_: Values) -> Collection[str]:
    return names.regions("zh")


def _units(values: Values) -> Collection[str]:
    return unit_choices(values["region"])


def _adcodes(values: Values) -> Collection[str]:
    return names.districts(values["region"], unit_of(values), "zh")


def _selectable(values: Values, chosen: Selection, *, kinds: Collection[str]) -> bool:
    """Whether nothing is selected, or a thing of the region that a page can show.

    A cluster is known by the site that it is called after, a district with a sector by both codes,
    a place for a new site by its number, a pin by its letter.
    """
    if not chosen or chosen.kind not in kinds:
        return not chosen
    if chosen.kind == "cell":
        return points.many(values["region"]) and str(Cell.read(chosen.id)) == chosen.id
    if chosen.kind in {"place", "pin"}:
        return chosen.id in _new_sites(values, chosen.kind)
    if chosen.kind in {"site", "cluster"}:
        return records.has(values["region"], chosen.id)
    if chosen.kind == "sector":
        adcode, _, family = chosen.id.rpartition(JOINT)
        return adcode in _adcodes(values) and family in names.families("zh")
    return chosen.id in _adcodes(values)


def _new_sites(values: Values, kind: str) -> set[str]:
    """Return the numbers of the places that are proposed, or the letters of the reader's pins."""
    if kind == "pin":
        return {each.letter for each in pins.pins(values["pins"]) or ()}
    if values["model"] == "fewest":
        return set(NUMBERS)
    return {str(n) for n in range(1, int(values["p"]) + 1)}


def vocabulary_of(item: Field) -> catalog.Field:
    """Return the catalogue's field that a filter reads."""
    return cast("catalog.Field", item.name)


def _codes(name: str) -> Field:
    field = cast("catalog.Field", name)
    former = criteria.FORMER_CODES.get(name, {})
    return Field(name=name, default=(), choices=lambda _: names.terms(field, "zh"), formerly=former)


def _first_layout(values: Values) -> str:
    """The layout shown at first: the region's own, else any; none where all files were refused."""
    if own_regions.is_own(values["region"]):
        # Another region's would be taken for one of this.
        return next(iter(layouts.own_layouts(values["region"])), "")
    known = layouts.all_layouts()
    own = (name for name, layout in known.items() if layout.region == values["region"])
    return next(own, next(iter(known), ""))


def beside(layout: str, element: str) -> str:
    """Return an element of the second layout as the address names it: with its layout."""
    return f"{layout}.{element}"


def _elements(values: Values) -> Collection[str]:
    first, second = (
        [each.id for each in layouts.layout(name, values["region"]).elements] if name else []
        for name in (values["layout"], values["beside"])
    )
    return ["", *first, *(beside(values["beside"], each) for each in second)]


def _free(name: str) -> Field:
    """Return the field of a filter that is no choice of codes: a number, a place, a text."""
    read = distances.code if name == "within_km" else str

    def readable(values: Values, text: str) -> bool:
        near = {"near": str(values["near"])} if name == "within_km" else {}
        return not criteria.parse({**near, name: text})[1]

    return Field(name=name, default="", check=readable, free=True, read=read)


def sorts(near: str) -> Collection[str]:
    """Orders of the list: by distance only where there is a place to start from."""
    return [each for each in ordering.ORDERS if each != "distance" or near]


def _years(_: Values) -> Collection[str]:
    """Every year from the first to the last that is known of a site, then none: all sites."""
    return [*map(str, years.span()), ""]


def _places_within(values: Values) -> Collection[str]:
    """Districts of the region, and its cities where there are several."""
    region = values["region"]
    return {code for unit in unit_choices(region) for code in names.districts(region, unit, "zh")}


def _markable(values: Values, mark: Selection) -> bool:
    """Whether a layout's map can mark it: sites behind a score or in a district, or one site."""
    if not mark.id:
        return mark.kind in {"", *scorecard.KEYS}
    named = (values["layout"], values["beside"])
    shown = [layouts.layout(name, values["region"]) for name in named if name]
    if mark.kind in {"site", *scorecard.KEYS}:
        return any(records.has(each.area, mark.id) for each in shown)
    return mark.kind == "district" and any(
        mark.id in names.districts(each.area, names.default_level(each.region), "zh")
        for each in shown
    )


LANG = Field(name="lang", default="zh", choices=lambda _: LANGUAGES)
USUAL_WIDGET = "view"
"""A page's map and figures."""
WIDGETS = (USUAL_WIDGET, "map", "chart")
WIDGET = Field(name="widget", default="", choices=lambda _: ("", *WIDGETS))
"""What of a page is shown within a page elsewhere, without head and filters; empty: all of it."""
REGION = Field(
    name="region",
    default="shanghai",
    choices=_regions,
    check=lambda _, code: code in names.regions("zh") or own_regions.is_open(code),
    read=workspaces.newest,
)
UNIT = Field(
    name="unit",
    default="district",
    choices=_units,
    default_of=lambda values: names.default_level(values["region"]),
)
UNIT_OF_PLANS = Field(name="unit", default="district", choices=_units)
"""The finest that there is: residents are spread evenly within each."""
SECTOR = Field(name="sector", default=(), choices=lambda _: names.families("zh"))
UNTIL = Field(name="until", default="", choices=_years)
"""The last year of what is shown; sites whose year nobody published are then left out."""
SCOPE = Field(name="scope", default=criteria.SCOPES[0], choices=lambda _: criteria.SCOPES)
KIND, LEVEL, STATUS, EVIDENCE = map(_codes, ("kind", "level", "status", "evidence"))
RADIUS = Field(
    name="radius",
    default=f"{settings.RADIUS_M / 1000:g}",
    choices=lambda _: RADII_KM.usual,
    check=lambda _, km: RADII_KM.include(km),
    free=True,
    read=distances.code,
)


def ways(region: str) -> tuple[question.Way, ...]:
    """Return by which ways reach is told in a region: on foot where somebody brought streets."""
    own = own_regions.known(region)
    if own is None or points.many(region):
        return ("straight",)
    held = {"straight": True, "barriers": own.barriers, "foot": own.streets}
    return tuple(way for way in question.WAYS if held[way])


WAY = Field(
    name="way",
    default="straight",
    choices=lambda values: [each for each in ways(values["region"]) if each != "barriers"],
)
"""How residents get to sites."""
WAY_OF_PLANS = replace(WAY, choices=lambda values: ways(values["region"]))
"""The same of plans, which keep to barriers, too."""
MINUTES = Field(name="minutes", default="15", choices=lambda _: ("5", "10", "15", "20", "30"))
"""How long a walk may take."""
SPEED = Field(
    name="speed",
    default=f"{rules.standard().speed_kmh:g}",
    choices=lambda _: ("3", "4", "4.5", "5", "6"),
)
"""Of a walk, km/h."""
VENUES = Field(name="venues", default="none", choices=lambda _: VENUES_SHOWN)
BASE = Field(name="base", default="none", choices=lambda _: base_map_choices())
SHADE = Field(name="shade", default="area", choices=lambda _: SHADINGS)
CLASSES = Field(name="classes", default=RULES[0], choices=lambda _: RULES)
FOCUS = Field(name="focus", default="ind", choices=lambda _: names.families("zh"))
VIEW = Field(name="view", default="map", choices=lambda _: VIEWS)


def _indicators(values: Values) -> Collection[str]:
    """Return the indicators that a view has: those of squares, or those of districts."""
    return AREAL if values.get("view") == "units" else INDICATORS


INDICATOR = Field(name="by", default="area", choices=_indicators)


def _compared(values: Values) -> Collection[str]:
    """What is compared with its peers: a unit of the region, or the city that it is as a whole."""
    whole = names.whole_city(values["region"])
    return [*_adcodes(values), *([whole] if whole else [])]


def _reach(values: Values) -> tuple[str, ...]:
    """Where peers are looked for: what somebody brought is compared with itself alone."""
    return ("region",) if own_regions.is_own(values["region"]) else ("all", "region")


def _comparable(values: Values) -> Collection[str]:
    return peers.codes(
        values["region"], peers.level(values["region"], unit_of(values), values["subject"])
    )


SUBJECT = Field(
    name="subject",
    default="",
    choices=_compared,
    default_of=lambda values: peers.foremost(values["region"], unit_of(values)),
)
"""What is compared with its peers; where nothing else is asked for, that with the most sites."""
PEERS = Field(name="peers", default="6", choices=lambda _: ("3", "4", "6", "8", "10"))
WHERE = Field(
    name="where", default="all", choices=_reach, default_of=lambda values: _reach(values)[0]
)


def _weight(name: str) -> Field:
    return Field(name=name, default="1", choices=lambda _: WEIGHTS)


WEIGHTS = ("0", "0.5", "1", "2", "4")
RESIDENTS, DENSITY = map(_weight, ("residents", "density"))
MIX = Field(
    name="mix",
    default="1",
    choices=lambda _: WEIGHTS,
    check=lambda values, weight: (
        weight in WEIGHTS and any(float(each) for each in (*_before_mix(values), weight))
    ),
)
"""The last of the weights, which are not all 0."""


def _before_mix(values: Values) -> tuple[str, str]:
    return values[RESIDENTS.name], values[DENSITY.name]


MAX_PEERS = 10
SET = Field(name="set", default=(), choices=_comparable, most=MAX_PEERS)
"""Peers of the reader's own choice, in place of those that the rule finds."""
PEER = Field(name="peer", default="", choices=lambda values: ["", *_comparable(values)])
"""The one that is marked in every plot."""


def _selected(*kinds: str) -> Field:
    check = partial(_selectable, kinds=kinds)
    return Field(name="at", default=Selection(), check=check, read=Selection.read)


SELECTED = _selected("site", "district", "cell")
AT_SITE = _selected("site", "cell")
"""The same where no district can be selected."""
AT_CLUSTER = _selected("site", "district", "cell", "cluster", "sector")
DISTANCE = Field(
    name="distance",
    default="1",
    choices=lambda _: [f"{metres / 1000:g}" for metres in clusters.DISTANCES_M],
    read=distances.code,
)
"""How near to each other sites cluster, km."""


def _models(values: Values) -> Collection[str]:
    """Return the aims of a plan: by other ways than straight ones it counts who is reached."""
    straight = values.get(WAY.name, WAY.default) == WAY.default
    return question.MODELS if straight else question.MODELS[:1]


MODEL = Field(name="model", default=question.MODELS[0], choices=_models)
"""What makes a plan of new sites good."""
MOST_NEW = 12
NEW_SITES = Field(name="p", default="3", choices=lambda _: [str(n) for n in range(1, MOST_NEW + 1)])
"""How many new sites are proposed."""
SHARE = Field(
    name="share", default="80", choices=lambda _: ["50", "60", "70", "80", "90", "95", "100"]
)
"""Of the residents, in percent, whom the fewest sites are to have within the radius."""


def _candidates(values: Values) -> list[question.Candidates]:
    """Return where new sites may stand: at the owner's own places and at pins where there are."""
    own = own_regions.known(values["region"])
    lacking = {"own": own is None or own.candidates is None, "pins": not values[PINS.name]}
    return [each for each in question.CANDIDATES if not lacking.get(each)]


CANDIDATES = Field(name="candidates", default=question.CANDIDATES[0], choices=_candidates)
"""Where new sites may stand."""
DEMAND = Field(
    name="demand",
    default=question.RESIDENTS,
    choices=lambda _: question.demands(),
)
"""Whom new sites are to serve."""


def staying(region: str) -> tuple[taking_part.Stay, ...]:
    """Return whose sites may stay: beside one's own those of the catalogue, where it has any."""
    both = own_regions.is_own(region) and records.catalogued(region)
    return taking_part.STAYING if both else (taking_part.OWN,)


STAY = Field(name="stay", default=taking_part.OWN, choices=lambda values: staying(values["region"]))
"""Whose sites are today's."""
ALTERNATIVE = Field(
    name="alternative",
    default="",
    choices=lambda _: ["", *(str(n) for n in range(1, alternatives.MOST + 1))],
)
"""Which of the plans almost as good as the best is shown; empty: the best."""
MODES = ("propose", "try")
MODE = Field(name="mode", default=MODES[0], choices=lambda _: MODES)
"""Whether places are proposed, or the reader tries their own."""


def _pins_stand(values: Values, text: str) -> bool:
    """Whether a text is that of pins, not too many, each within the region and where one may be."""
    found = pins.pins(text)
    if found is None or text != pins.code(text) or len(found) > scenario.MOST_PINS:
        return False
    region, unit = values["region"], unit_of(values)
    return all(
        trials.district(region, unit, each.lon, each.lat)
        and trials.buildable(region, each.lon, each.lat)
        for each in found
    )


PINS = Field(name="pins", default="", check=_pins_stand, read=pins.code)


def _layouts_of(values: Values) -> list[str]:
    """Layouts of the region itself, else none."""
    within = layouts.within_reach(values["region"])
    return [key for key, each in within.items() if each.region == values["region"]] or [""]


OWN_LAYOUT = Field(
    name="layout", default="", choices=_layouts_of, default_of=lambda values: _layouts_of(values)[0]
)
"""Whose elements a pin may serve."""
AGAINST = Field(
    name="against",
    default="",
    choices=lambda values: [
        "",
        *(each.name for each in workspaces.scenarios(values["region"])),
    ],
)
"""The scenario that pins are compared with; empty: the proposal for as many sites."""
AT_PLACE = _selected("district", "place", "pin")
LEAST = Field(name="least", default="3", choices=lambda _: [*map(str, clusters.MINIMA)])
"""How many sites make a cluster at least."""
COMPARED = Field(name="compare", default=(), choices=_adcodes, most=MAX_COMPARED)

PHASES = ("planned", "present")
LAYOUT = Field(
    name="layout",
    default="",
    choices=lambda values: list(layouts.within_reach(values["region"])),
    default_of=_first_layout,
)
BESIDE = Field(
    name="beside",
    default="",
    choices=lambda values: ["", *layouts.within_reach(values["region"])],
)
ELEMENT = Field(name="element", default="", choices=_elements)
MARKED = Field(name="mark", default=Selection(), check=_markable, read=Selection.read)
PHASE = Field(name="phase", default="planned", choices=lambda _: PHASES)
DRAFT = Field(name="draft", default="", choices=lambda _: ("", "open"))
"""Whether 布局 shows the reader's draft, which stays in their session."""


def _map(name: str, within: tuple[str, ...], ground: Callable[[Values], Bounds | None]) -> Field:
    """Return the field of where a map stands: on its ground, or as the page opens it."""

    def stands(values: Values, at: str) -> bool:
        window = ground(values) if at else None
        return not at or (window is not None and map_position.within(at, window))

    return Field(name=name, default="", check=stands, read=map_position.code, within=within)


def _ground(area: Area, unit: boundaries.Level = "district") -> Bounds:
    return base_documents.base_document(area, unit).window


def _layout_ground(values: Values, item: Field) -> Bounds | None:
    """Where the map of a layout can stand; nowhere without one."""
    name = str(values[item.name])
    return _ground(layouts.layout(name, values["region"]).area) if name else None


MAP = _map("map", ("region",), lambda values: _ground(values["region"], unit_of(values)))
"""Where the reader has moved the map to; none where it stands as the page opens it."""
MAP_LAYOUT = _map("map", ("region", "layout"), lambda values: _layout_ground(values, LAYOUT))
MAP_BESIDE = _map("map_beside", ("beside",), lambda values: _layout_ground(values, BESIDE))
MAP_SITE = _map("map", ("id",), lambda values: _ground(values["region"]))

# A link that names the region of another page means that region here too.
PLACE = Field(name="place", also="region", default=(), choices=_regions)
STATE = Field(name="state", default=(), choices=lambda _: goals.STATES)
THEME = _codes("theme")

MATCH = Field(name="match", default=criteria.ANY, choices=lambda _: criteria.MATCHES)
PRECISION = _codes("precision")
DISTRICT = Field(name="district", default=(), choices=_places_within, most=criteria.MOST_VALUES)
OPENED, AREA, NEAR, WITHIN, TEXT = map(
    _free, ("opened_since", "area_min", "near", "within_km", "text")
)
SORT = Field(name="sort", default=ordering.ORDERS[0], choices=lambda values: sorts(values["near"]))
MAX_PICKED = 20
MAX_BESIDE = 4
PICKED = Field(
    name="pick",
    default=(),
    check=lambda values, key: records.within_reach(values["region"], key),
    most=MAX_PICKED,
)
VERSUS = Field(name="versus", default=(), choices=lambda values: values["pick"], most=MAX_BESIDE)
PARTS_OF_PACKS = (
    *("cover", "findings", "maps", "ranking", "comparison"),
    *("scorecard", "districts", "methods", "sources"),
)
"""What a pack of files may hold, in the usual order; a page has some of them."""
PARTS = Field(
    name="parts",
    default=tuple(part for part in PARTS_OF_PACKS if part != "districts"),
    choices=lambda _: PARTS_OF_PACKS,
)
"""What a reader wants of them, in the order in which they want it."""
NUMBERS = tuple(map(str, range(1, 1000)))
PAGE = Field(name="page", default="1", choices=lambda _: NUMBERS)

SINCE = Field(
    name="since",
    default="",
    choices=lambda _: ["", *revisions.days()],
    check=lambda _, day: not day or revisions.follows_release(day),
)
"""From which day on changes are shown; all since the last release where none is chosen."""
REASON = _codes("reason")
PART = Field(name="part", default="1", choices=lambda _: NUMBERS)
"""The page of the list of changes."""

SHOW = Field(name="show", default="", choices=lambda _: ("", *SHOWN))
"""The part of 数据 in view; empty: the record where anything of it is asked for, else one's own."""

STEPS = ("columns", "result", "save")
STEP = Field(name="step", default="", choices=lambda _: ("", *STEPS))
"""Where the reader is with a list of their own; empty: where a file is chosen."""

METHOD = Field(name="method", default="lq", choices=lambda _: methods())
EXAMPLE = Field(
    name="example",
    default="",
    choices=lambda values: ["", *names.districts(values["region"], "district", "zh")],
)
"""The district that a method is worked through with; empty: one with many sites."""
FORMS = ("formula", "code")
FORM = Field(name="form", default="formula", choices=lambda _: FORMS)

SITE_ID = Field(
    name="id",
    default="",
    check=lambda _, reference: not reference or records.exists(reference),
    read=workspaces.newest,
)

CODED = (SECTOR, KIND, LEVEL, STATUS, EVIDENCE, PRECISION, DISTRICT)
"""The filters that are lists of codes."""
FILTERS = (*CODED, MATCH, OPENED, AREA, NEAR, WITHIN, TEXT, SCOPE, UNTIL)
"""Every filter; a page has some of them."""


def _region_of_site(values: Values) -> str:
    """The region of the site in view; without one, the first."""
    own, key = records.referred(values["id"])
    if own:
        return own
    return next((each for each in names.regions("zh") if records.has(each, key)), "shanghai")


SITE_REGION = Field(
    name="region",
    default="shanghai",
    choices=lambda values: [_region_of_site(values)],
    default_of=_region_of_site,
)
"""Never asked for: other pages open on the region of the site that was seen last."""
