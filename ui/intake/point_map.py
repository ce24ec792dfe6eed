"""The small map of the second step: where the rows lie as the coordinates are read now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo import formats
from geo.china.datum import DATUMS
from layers.ground import shading
from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend
from layers.results import result_view
from layers.scene import Scene
from layers.sites.look import SiteLook
from ui.blocks import grid, markup
from ui.intake import area, work
from ui.map import page_map

if TYPE_CHECKING:
    from geo.intake.validation import Intake
    from ui.intake.draft import Draft
    from ui.state.view import View

HEIGHT: Final = 470


def show(view: View, draft: Draft) -> None:
    """Draw the rows looked at over the districts of their cities."""
    intake = work.tried(draft)
    kept = area.spread(intake.kept)
    shown = area.of(intake.kept["city_adcode"], work.region(draft))
    if shown is None:
        return
    elsewhere = frozenset(intake.faults.loc[intake.faults["code"].eq("other_district"), "row"])
    sites = kept.assign(name_zh=kept["name"].astype("string").fillna(""), kind="park")
    doubtful = frozenset(sites.loc[sites["row"].isin(elsewhere), "id"])
    after = np.column_stack([sites.geometry.x, sites.geometry.y])
    before = work.stated(draft).loc[sites["row"], ["lon", "lat"]].to_numpy()
    captions = [view.t("intake.row_number", row=row) for row in sites["row"]]
    scene = Scene(
        sites=sites,
        look=SiteLook(
            families=pd.Series("mix", index=sites.index),
            captions=pd.Series(captions, index=sites.index, dtype=object),
            plain=True,
            doubtful=doubtful,
        ),
        units=shading.plain(shown.districts().index),
        legend=_legend(
            view,
            intake,
            int(intake.kept["row"].isin(elsewhere).sum()),
            moved=work.datum(draft) not in {None, DATUMS[0]},
        ),
        texts=page_map.texts(view, view.t("intake.map_label", n=formats.whole(len(kept)))),
        language=view.t.lang,
        theme=view.theme,
        short_names=shown.short_names(),
        shifts=(before, after),
        view=result_view.result_window(after[:, 0], after[:, 1]),
    )
    page_map.show(
        scene, region=shown.units, unit="district", key="intake_points", chooses=nothing,
        height=HEIGHT,
    )  # fmt: skip
    grid.write(markup.paragraph(_note(view, draft, intake, shown.left_out)))


def nothing(_: object) -> None:
    """Take no notice of a click."""


def _legend(view: View, intake: Intake, elsewhere: int, *, moved: bool) -> Legend:
    t = view.t
    located = int((intake.kept.geometry.notna() & ~intake.kept.geometry.is_empty).sum())
    entries = [
        Entry(
            sign=strip.sign("others"),
            label=t("intake.sign_placed"),
            count=formats.whole(located - elsewhere),
        )
    ]
    if elsewhere:
        entries.append(
            Entry(
                sign=strip.sign("doubtful"),
                label=t("intake.sign_elsewhere"),
                count=formats.whole(elsewhere),
            )
        )
    if moved:
        entries.append(Entry(sign=strip.sign("shift"), label=t("intake.sign_shift")))
    return Legend(groups=[Group(name="kinds", entries=entries)])


def _note(view: View, draft: Draft, intake: Intake, left_out: int) -> str:
    """Return what the map does not show."""
    t = view.t
    said = [t("intake.map_note")]
    n = len(work.table(draft).cells)
    if n > work.LOOKED_AT:
        said.append(t("intake.looked_at", n=formats.whole(work.LOOKED_AT)))
    if len(intake.kept) > area.MOST_POINTS:
        said.append(t("intake.map_points_counted", n=formats.whole(area.MOST_POINTS)))
    if left_out:
        said.append(t("intake.map_cities", n=formats.whole(left_out)))
    return t("list.sentence").join(said)
