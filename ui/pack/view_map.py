"""A view's map as a file: on a sheet of paper, or as a picture in a document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from geo import formats
from geo.china import adcodes
from geo.facts import catalog
from layers import palette, templates
from layers.legend import strip
from layers.legend.strip import Entry, Group
from layers.printed import fonts, furniture, map_sheet
from layers.printed.map_picture import picture
from layers.printed.plate import Plate, Words
from layers.printed.sheet import Sheet
from layers.sites.symbols import APPROXIMATE
from ui.blocks import sentences
from ui.cached import base_documents, indicators, names, records, scorecards
from ui.clusters import cluster_map
from ui.clusters import sentence as cluster_sentence
from ui.districts.peers import comparison, peer_map, plots
from ui.districts.peers import sentence as peer_sentence
from ui.districts.units import division, division_map
from ui.districts.units import sheet as unit_sheet
from ui.find import result_map
from ui.layouts import layout_map, layout_sentence
from ui.map import counted_view, legends, page_map
from ui.pack import shared
from ui.site import profile, site_map
from ui.siting import plan_map
from ui.siting import sentence as plan_sentence
from ui.siting.trying import sentence as trial_sentence
from ui.siting.trying import trial_map
from ui.state import pages, sides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from geo.facts import boundaries
    from geo.policy.model import Area
    from layers.printed.ground import Ground
    from layers.printed.paper import FileFormat
    from layers.scene import Scene
    from ui.districts.units.division import Shown
    from ui.state.pages import Clusters, Districts, Find, Layouts, Overview, Site, Siting
    from ui.state.view import PageView, View

__all__ = ["FONT_FOLDERS", "Sheet", "has_map", "map_file", "map_picture"]

FONT_FOLDERS: Final = tuple(
    sorted({str((fonts.FOLDER / path).parent) for path in fonts.FILES.values()})
)
"""Where the faces of maps are: what is set beside a map is set in the same."""

OF_SITES: Final = ("families", "kinds", "precision")
"""Groups of a legend that say what the signs of sites are."""

SIGNS: Final = "layers/printed/signs.html"


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """What a map of a page shows, of where, and the page's headline."""

    page: str
    view: View
    scene: Scene
    area: Area
    unit: boundaries.Level
    headline: str
    place: str


def map_file(view: View, sheet: Sheet, file_format: FileFormat) -> bytes:
    """Return the map of a view on a sheet of paper; several that the page has beside each other.

    Parameters
    ----------
    view : View
        Of 总览, 区县, 布局, 集聚, 选园 or a site; its language is that of the sheet.
    sheet : Sheet
        Which paper.
    file_format : {"png", "svg", "pdf"}
        A picture has 300 dots per inch.
    """
    plates = [
        _plate(shown, [*shown.scene.legend.groups, _ground_signs(shown)]) for shown in _shown(view)
    ]
    return map_sheet.printed(plates, sheet, file_format)


def map_picture(
    view: View,
    width_mm: float,
    height_mm: float,
    file_format: FileFormat,
    *,
    of: str = "",
    enlarged: float = 1.0,
) -> bytes:
    """Return the map of a view as a picture: its frame with a small legend, without a title.

    Parameters
    ----------
    view, file_format
        As for `map_file`.
    width_mm, height_mm
        Of the picture.
    of
        Of 区县: the adcode of a district that it shows alone, or the number of a division.
    enlarged
        As for `layers.printed.map_picture.picture`.
    """
    shown = _alone(shared.seen_as(view, pages.Districts), of) if of else next(iter(_shown(view)))
    plate = _plate(shown, _small(shown))
    return picture(plate, width_mm, height_mm, file_format, enlarged=enlarged)


def _overview(view: PageView[Overview]) -> Iterator[_Shown]:
    yield _of_region("overview", view, page_map.with_sites(view), headline=sentences.overview(view))


def _districts(view: PageView[Districts]) -> Iterator[_Shown]:
    if view.state.view == "peers":
        shown = comparison.comparison(view)
        headline = peer_sentence.headline(shown, plots.measures(shown))
        yield _of_region("districts", shown.view, peer_map.scene(shown), headline=headline)
    elif view.state.view == "units":
        divided = division.shown(view)
        for row in range(len(divided.found.divisions)):
            yield _of_division(divided, row)
    else:
        scene = page_map.of_districts(view)
        yield _of_region("districts", view, scene, headline=sentences.districts(view))


def _of_division(divided: Shown, row: int) -> _Shown:
    scene = division_map.scene(divided, row)
    return _of_region("districts", divided.view, scene, headline=unit_sheet.sentence(divided))


def _alone(view: PageView[Districts], of: str) -> _Shown:
    """Return a part of 区县."""
    if of in indicators.units(view.query).index:
        scene = page_map.of_one_district(view, of)
        return _of_region("districts", view, scene, headline=view.district_name(of))
    return _of_division(division.shown(view), int(of))


def _find(view: PageView[Find]) -> Iterator[_Shown]:
    yield _of_region("find", view, result_map.scene(view), headline=sentences.find(view))


def _clusters(view: PageView[Clusters]) -> Iterator[_Shown]:
    headline = cluster_sentence.headline(view)
    yield _of_region("clusters", view, cluster_map.scene(view), headline=headline)


def _siting(view: PageView[Siting]) -> Iterator[_Shown]:
    if view.state.tries:
        headline, scene = trial_sentence.headline(view), trial_map.scene(view)
    else:
        headline, scene = plan_sentence.headline(view), plan_map.scene(view)
    yield _of_region("siting", view, scene, headline=headline)


def _of_region(page: str, view: View, scene: Scene, *, headline: str) -> _Shown:
    return _Shown(
        page=page,
        view=view,
        scene=scene,
        area=view.region,
        unit=view.unit,
        headline=headline,
        place=view.region_name,
    )


def _layouts(view: PageView[Layouts]) -> Iterator[_Shown]:
    for side in sides.sides(view):
        drawn = scorecards.query(side.layout, radius_m=view.query.radius_m)
        yield _Shown(
            page="layouts",
            view=side.view,
            scene=layout_map.scene(side, window=layout_map.focus(side.layout)),
            area=drawn.region,
            unit=drawn.unit,
            headline=layout_sentence.headline(view, [side.layout]),
            place=names.place(side.layout, view.t),
        )


def _site(asked: PageView[Site]) -> Iterator[_Shown]:
    region, key = records.referred(asked.state.id)
    facts = records.site(key, region)
    view = profile.of(asked, facts)
    yield _Shown(
        page="site",
        view=view,
        scene=site_map.around(view, facts),
        area=str(facts["region"]),
        unit="district",
        headline=str(facts[f"name_{view.t.lang}"]),
        place=view.region_name,
    )


_OF_PAGE: Final[Mapping[type[pages.Page], Callable[[Any], Iterator[_Shown]]]] = MappingProxyType(
    {
        pages.Overview: _overview,
        pages.Districts: _districts,
        pages.Layouts: _layouts,
        pages.Find: _find,
        pages.Clusters: _clusters,
        pages.Siting: _siting,
        pages.Site: _site,
    }
)


def has_map(page: type[pages.Page]) -> bool:
    """Return whether views of a page have a map to hand out."""
    return page in _OF_PAGE


def _shown(view: View) -> Iterator[_Shown]:
    """Return the maps of a view; what a screen would ask for is on them."""
    for shown in _OF_PAGE[type(view.state)](view):
        if not shown.scene.counted:
            yield shown
            continue
        scene = counted_view.on_paper(shown.view, shown.scene, region=shown.area, unit=shown.unit)
        yield replace(shown, scene=scene)


def _plate(shown: _Shown, groups: Sequence[Group]) -> Plate:
    ground = base_documents.printed_ground(shown.area, shown.unit)
    return Plate(
        scene=shown.scene,
        ground=ground,
        colours=palette.palette(catalog.families(), "light"),
        words=_words(shown, ground),
        groups=groups,
    )


def _small(shown: _Shown) -> list[Group]:
    """Return the groups of the legend that a picture has room for: its sites are discs or dots."""
    groups, scene = shown.scene.legend.groups, shown.scene
    if not any(group.ramp for group in groups):
        return [
            replace(group, entries=[each for each in group.entries if each.code != "kind"])
            for group in groups
            if group.name != "kinds"  # discs have none
        ]
    kept = [group for group in groups if group.name not in OF_SITES]
    if scene.sites is None:
        return kept
    t, dot = shown.view.t, templates.piece(SIGNS, "dot")
    exact = scene.sites["precision"].isin(legends.PRECISE)
    rough = scene.sites["precision"] == APPROXIMATE
    signs = [
        Entry(
            sign=dot(hollow=grade == "approximate"),
            label=t(f"legend.{grade}"),
            count=formats.whole(n),
        )
        for grade, n in (("precise", exact.sum()), ("approximate", rough.sum()))
        if n
    ]
    if scene.venues:
        signs.append(Entry(sign=strip.sign("venue"), label=t("legend.venues")))
    return [*kept, Group(name="precision", entries=signs, rows=1)]


def _words(shown: _Shown, ground: Ground) -> Words:
    t, view = shown.view.t, shown.view
    date = catalog.catalogue_date().isoformat()
    legend = shown.scene.legend
    told = () if legend.sources is None else legend.sources[1]
    sources = [t("paper.sources", lines=_joined(view, told))] if told else []
    return Words(
        title=shown.headline,
        subtitle=t("list.dot").join([_page(shown), shown.place]),
        credits=t("paper.credits", app=t("app.title"), tagline=t("app.tagline"), date=date),
        north=t("paper.north"),
        km=t("paper.km"),
        inset=t("paper.inset"),
        locator=t("layouts.locator") if shown.scene.layout is not None else "",
        approval=t("paper.approval"),
        approval_blank=t("paper.approval_blank"),
        notes=[
            *(
                t("paper.note", title=title, text=_joined(view, lines))
                for title, lines in legend.notes
            ),
            *sources,
            t("paper.boundary", state=adcodes.STATE),
            t("paper.projection", meridian=furniture.meridian(ground.central), step="{step}"),
        ],
    )


def _page(shown: _Shown) -> str:
    """Return what the page is called."""
    key = f"nav.{shown.page}"
    return shown.view.t(key if shown.view.t.has(key) else f"paper.{shown.page}")


def _joined(view: View, lines: Sequence[str]) -> str:
    """Return lines as one text: what ends without a stop is given one."""
    t = view.t
    ended = [line if line.endswith(("。", ".")) else line + t("paper.stop") for line in lines]
    return t("list.sentence").join(ended)


def _ground_signs(shown: _Shown) -> Group:
    """Return the group of the legend that says what the ground is made of."""
    t, scene = shown.view.t, shown.scene
    line, area = (templates.piece(SIGNS, name) for name in ("line", "area"))
    cities = shown.unit == "city"
    water = "layoutwater" if scene.layout is not None else "water"
    entries = [
        Entry(sign=line("cityline", 1.7), label=t("paper.outline")),
        Entry(
            sign=line("cityline" if cities else "line", 1),
            label=t("paper.border", unit=shown.view.noun(1)),
        ),
        Entry(sign=area("neigh"), label=t("paper.outside")),
        Entry(sign=area(water), label=t("paper.water")),
    ]
    if scene.inset is not None and scene.sites is not None and scene.view is None:
        entries.append(Entry(sign=templates.piece(SIGNS, "dot")(), label=t("paper.dot")))
    return Group(name="ground", title=t("paper.ground"), entries=entries, rows=3)
