"""A view's map as a file: on a sheet of paper, or as a picture in a document."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from geo import formats
from geo.china import adcodes
from geo.facts import catalog
from layers import palette, templates
from layers.legend.strip import Entry, Group
from layers.printed import fonts, furniture, map_sheet
from layers.printed.map_picture import picture
from layers.printed.plate import Plate, Words
from layers.printed.sheet import Sheet
from layers.sites.symbols import APPROXIMATE
from ui.blocks import sentences
from ui.cached import base_documents, records, scorecards
from ui.clusters import cluster_map
from ui.clusters import sentence as cluster_sentence
from ui.find import result_map
from ui.layouts import layout_map, layout_sentence
from ui.map import legends, page_map
from ui.site import profile, site_map
from ui.state import pages, sides

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.facts import boundaries
    from geo.policy.model import Area
    from layers.printed.ground import Ground
    from layers.printed.paper import FileFormat
    from layers.scene import Scene
    from ui.state.pages import Clusters, Districts, Find, Layouts, Overview, Site
    from ui.state.view import PageView, View

__all__ = ["FONT_FOLDERS", "Sheet", "has_map", "map_file", "map_picture"]

FONT_FOLDERS: Final = tuple(
    sorted({str((fonts.FOLDER / path).parent) for path in fonts.FILES.values()})
)
"""Where the faces of maps are: what is set beside a map is set in the same."""

SIGNS: Final = "layers/printed/signs.html"


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """What a page's map shows, of where, and the page's headline."""

    page: str
    view: View
    scene: Scene
    area: Area
    unit: boundaries.Level
    headline: str


def map_file(view: View, sheet: Sheet, file_format: FileFormat) -> bytes:
    """Return the map of a view on a sheet of paper.

    Parameters
    ----------
    view : View
        Of 总览, 区县, 布局, 集聚, 选园 or a site; its language is that of the sheet.
    sheet : Sheet
        Which paper.
    file_format : {"png", "svg", "pdf"}
        A picture has 300 dots per inch.
    """
    shown = _shown(view)
    plate = _plate(shown, [*shown.scene.legend.groups, _ground_signs(shown)])
    return map_sheet.printed(plate, sheet, file_format)


def map_picture(view: View, width_mm: float, height_mm: float, file_format: FileFormat) -> bytes:
    """Return the map of a view as a picture: its frame with a small legend, without a title.

    Parameters
    ----------
    view, file_format
        As for `map_file`.
    width_mm, height_mm
        Of the picture.
    """
    shown = _shown(view)
    plate = _plate(shown, _small(shown))
    return picture(plate, width_mm, height_mm, file_format)


def _overview(view: PageView[Overview]) -> _Shown:
    return _of_region(
        "overview", view, page_map.with_sites(view), headline=sentences.overview(view)
    )


def _districts(view: PageView[Districts]) -> _Shown:
    return _of_region(
        "districts", view, page_map.of_districts(view), headline=sentences.districts(view)
    )


def _find(view: PageView[Find]) -> _Shown:
    return _of_region("find", view, result_map.scene(view), headline=sentences.find(view))


def _clusters(view: PageView[Clusters]) -> _Shown:
    headline = cluster_sentence.headline(view)
    return _of_region("clusters", view, cluster_map.scene(view), headline=headline)


def _of_region(page: str, view: View, scene: Scene, *, headline: str) -> _Shown:
    return _Shown(
        page=page, view=view, scene=scene, area=view.region, unit=view.unit, headline=headline
    )


def _layouts(view: PageView[Layouts]) -> _Shown:
    side = sides.sides(view)[0]
    drawn = scorecards.query(side.layout, radius_m=view.query.radius_m)
    return _Shown(
        page="layouts",
        view=view,
        scene=layout_map.scene(side, window=layout_map.focus(side.layout), alone=True),
        area=drawn.region,
        unit=drawn.unit,
        headline=layout_sentence.headline(view, [side.layout]),
    )


def _site(asked: PageView[Site]) -> _Shown:
    region, key = records.referred(asked.state.id)
    facts = records.site(key, region)
    view = profile.of(asked, facts)
    return _Shown(
        page="site",
        view=view,
        scene=site_map.around(view, facts),
        area=str(facts["region"]),
        unit="district",
        headline=str(facts[f"name_{view.t.lang}"]),
    )


_OF_PAGE: Final[Mapping[type[pages.Page], Callable[[Any], _Shown]]] = MappingProxyType(
    {
        pages.Overview: _overview,
        pages.Districts: _districts,
        pages.Layouts: _layouts,
        pages.Find: _find,
        pages.Clusters: _clusters,
        pages.Site: _site,
    }
)


def has_map(page: type[pages.Page]) -> bool:
    """Return whether views of a page have a map to hand out."""
    return page in _OF_PAGE


def _shown(view: View) -> _Shown:
    return _OF_PAGE[type(view.state)](view)


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
    """Return the groups of the legend that a picture has room for: its sites are dots."""
    groups = shown.scene.legend.groups
    if not any(group.ramp for group in groups):
        return list(groups)
    kept = [group for group in groups if group.ramp or group.name == "weak"]
    if shown.scene.sites is None:
        return kept
    t, dot = shown.view.t, templates.piece(SIGNS, "dot")
    exact = shown.scene.sites["precision"].isin(legends.PRECISE)
    rough = shown.scene.sites["precision"] == APPROXIMATE
    signs = [
        Entry(
            sign=dot(hollow=grade == "approximate"),
            label=t(f"legend.{grade}"),
            count=formats.whole(n),
        )
        for grade, n in (("precise", exact.sum()), ("approximate", rough.sum()))
        if n
    ]
    return [*kept, Group(name="precision", entries=signs, rows=1)]


def _words(shown: _Shown, ground: Ground) -> Words:
    t, view = shown.view.t, shown.view
    date = catalog.catalogue_date().isoformat()
    legend = shown.scene.legend
    told = () if legend.sources is None else legend.sources[1]
    sources = [t("paper.sources", lines=_joined(view, told))] if told else []
    return Words(
        title=shown.headline,
        subtitle=t("list.dot").join([_page(shown), view.region_name]),
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
