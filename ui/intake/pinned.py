"""Kept rows put right by hand, before they are saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.corrections import reasons
from geo.corrections.correction import DEGREES, cell, corrected
from geo.corrections.making import SOURCE
from geo.intake import decisions
from geo.intake import sites as kept_sites
from ui.intake import area, steps, wording, work
from ui.intake import draft as drafts
from ui.pinning import tool
from ui.pinning import work as pinning
from ui.pinning.holder import Holder
from ui.pinning.regions import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

    from geo.corrections.correction import Correction
    from geo.intake.validation import Intake
    from ui.intake.draft import Draft
    from ui.state.pages import Data
    from ui.state.view import PageView


def holder(draft: Draft, intake: Intake) -> Holder:
    """Return the kept rows as they are put right: without what was merged."""
    merged = decisions.merged(intake.kept, work.decided(draft, intake))
    region = work.plan(draft).region or area.units_of(merged["city_adcode"])
    shown = area.of(merged["city_adcode"], work.region(draft))
    address = work.held_columns(draft).get("address", "")
    return Holder(
        key=_key(draft),
        kind="file",
        title=wording.title(draft.file),
        sites=merged,
        units=region,
        area=shown.units if shown else region,
        name="name",
        address=address if address in merged else "",
        degrees=False,
    )


def kept(draft: Draft, intake: Intake) -> gpd.GeoDataFrame:
    """Return the kept rows as they are now: merged as decided, and put right."""
    return pinning.rows(holder(draft, intake)).sites


def corrections(draft: Draft) -> tuple[Correction, ...]:
    """Return what was put right of a file so far."""
    return pinning.of(_key(draft)).corrections


def _key(draft: Draft) -> str:
    return f"file-{draft.number}"


def sites(
    draft: Draft, intake: Intake, *, region: str
) -> tuple[gpd.GeoDataFrame, tuple[Correction, ...]]:
    """Return the rows as sites that are put right, and the corrections made of them.

    Parameters
    ----------
    draft, intake
        The file, and what became of it.
    region
        Id of the region that the sites are of.
    """
    held = holder(draft, intake)
    rows, named = held.sites, work.held_columns(draft)
    before = kept_sites.of_kept(
        rows, named, region=region, source=draft.file, bare_area=draft.treatments.bare_area
    )
    made = _of_sites(before, corrections(draft), address=held.address)
    return corrected(before, made), made


def _of_sites(
    sites: gpd.GeoDataFrame, made: Iterable[Correction], *, address: str
) -> tuple[Correction, ...]:
    """Return corrections of kept rows as such of sites, which have columns of their own."""
    at = {str(id_): place for place, id_ in enumerate(sites["id"])}
    cells: dict[tuple[str, str], str] = {}
    found = []
    for each in made:
        named = {ADDRESS if each.field == address else each.field: each.new}
        if each.field in DEGREES:
            named[SOURCE] = reasons.source(each.reason, each.date, "zh") if each.new else ""
        elif each.field == "district":
            named["district_listed"] = each.new
        for field, new in named.items():
            old = cells.get((each.id, field), cell(sites, at[each.id], field))
            if old != new:
                found.append(replace(each, field=field, old=old, new=new))
            cells[each.id, field] = new
    return tuple(found)


def show(view: PageView[Data], draft: Draft, intake: Intake) -> None:
    """Draw the sheet, with the way back to the result."""

    def back() -> None:
        steps.back(view.t("intake.back_to_result"))

    tool.show(view, holder(draft, intake), back)


def open_sheet() -> None:
    """Take the sheet up."""
    drafts.change(pinning=True)
