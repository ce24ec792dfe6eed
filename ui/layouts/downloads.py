"""Files of the layouts on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.facts import catalog
from geo.files import layout_files
from geo.policy import writer
from ui.blocks import grid, markup
from ui.cached import names, scorecards
from ui.downloads import files, menu
from ui.layouts import layout_map, layout_sentence
from ui.state import sides

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ui.state.pages import Layouts
    from ui.state.sides import Side
    from ui.state.view import PageView


def layout(view: PageView[Layouts]) -> None:
    """Offer the layouts on the screen, their scorecards and their maps as files."""
    # A layout beside itself is one set of files.
    of(view, {side.layout.id: side for side in reversed(sides.sides(view))})


def of(view: PageView[Layouts], shown: Mapping[str, Side]) -> None:
    """Offer layouts by their ids, the last first."""
    with menu.button(view):
        for side in reversed(list(shown.values())):
            if len(shown) > 1:
                grid.write(markup.paragraph(names.layout_with_region(side.layout, view.t)))
            _layout_files(side)


def _layout_files(side: Side) -> None:
    view, shown = side.view, side.layout
    shared = {
        "title": layout_sentence.headline(view, [shown]),
        "catalogue_date": catalog.catalogue_date().isoformat(),
        "boundaries": files.BOUNDARIES,
    }

    def scores() -> bytes:
        return layout_files.scorecard_csv(
            shown,
            scorecards.scores(shown, view.query.radius_m, view.state.phase),
            methods=layout_map.methods(view),
            metadata={"phase": view.state.phase, "radius_m": view.query.radius_m, **shared},
        )

    note = view.t("draft.file_note") if shown.draft else ""
    offers: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("layout_toml", f"{shown.id}.toml", "application/toml",
         lambda: writer.to_toml(shown, note=note).encode()),
        ("layout_geojson", f"{shown.id}.geojson", files.FORMATS["geojson"].media,
         lambda: layout_files.layout_geojson(shown, metadata=shared, explained=view.t.lang)),
        ("scorecard_csv", f"{shown.id}-scorecard.csv", files.FORMATS["csv"].media, scores),
        ("map_html", f"{shown.id}.html", "text/html", lambda: layout_map.as_file(side)),
    )  # fmt: skip
    for key, ending, mime, build in offers:
        text = view.t(f"download.{key}")
        menu.file(text, build, name=ending, media=mime, key=f"{key}_{shown.id}")
