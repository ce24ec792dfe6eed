"""The filters in force: as codes for programs, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import criteria
from ui import fields, finding, formats, names

if TYPE_CHECKING:
    from ui.address import Field
    from ui.view import View

LISTS = (
    fields.SECTOR,
    fields.KIND,
    fields.LEVEL,
    fields.STATUS,
    fields.EVIDENCE,
    fields.PRECISION,
    fields.DISTRICT,
)


def codes(view: View) -> dict[str, list[str]]:
    """Return every filter that is on with its codes, by its name in the address."""
    if fields.NEAR.name in view.values:
        # What is in force, and not what the address holds: a distance to no place is none.
        on = criteria.render(finding.asked(view.values), names=fields.NAMES_IN_ADDRESS)
        lists = {item.name for item in LISTS}
        told = {name: text.split(",") if name in lists else [text] for name, text in on.items()}
    else:
        told = {i.name: list(value) for i in LISTS if (value := view.values.get(i.name))}
    if len(told.get("sector", ())) < 2:
        told.pop("match", None)
    if view.values.get("by") == "lq":
        # A quotient compares sectors: it needs them all.
        told.pop("sector", None)
    return told


def words(view: View) -> dict[str, str]:
    """Return every filter that is on in the reader's language, by its name there."""
    t = view.t
    on = codes(view)
    told = {
        t(f"control.{item.name}"): t("list.comma").join(_word(view, item, c) for c in on[item.name])
        for item in LISTS
        if item.name in on
    }
    if "match" in on:
        told[t("control.match")] = t("control.match_all")
    for item in (fields.OPENED, fields.AREA):
        if item.name in on:
            value = on[item.name][0]
            shown = value if item is fields.OPENED else formats.whole(float(value))
            told[t(f"control.{item.name}")] = t(f"control.{item.name}_value", value=shown)
    if "near" in on:
        lon, lat = (f"{float(part):.4f}" for part in on["near"][0].split(","))
        within = on.get("within_km", [f"{criteria.DEFAULT_KM:g}"])[0]
        told[t("control.within_km")] = t("list.comma").join(
            [t("control.near", lon=lon, lat=lat), t("control.within_km_value", value=within)]
        )
    if "text" in on:
        told[t("control.text")] = on["text"][0]
    return told


def _word(view: View, item: Field, code: str) -> str:
    if item is fields.SECTOR:
        return view.family(code)
    if item is fields.DISTRICT:
        lang = view.t.lang
        units = (
            names.districts(view.region, unit, lang) for unit in fields.unit_choices(view.region)
        )
        return next(known[code] for known in units if code in known)
    return view.term(fields.vocabulary_of(item), code)
