"""The filters in force: as codes for programs, in words and as one phrase for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from geo.search import criteria
from ui.cached import names
from ui.state import fields

if TYPE_CHECKING:
    from ui.state.address import Field
    from ui.state.pages import Districts, Methods
    from ui.state.view import PageView, View


def codes(view: View) -> dict[str, list[str]]:
    """Return every filter that is on with its codes, by its name in the address."""
    # What is in force, and not what the address holds: a distance to no place is none.
    on = criteria.render(view.state.criteria)
    lists = {item.name for item in fields.CODED}
    in_force = {name: text.split(",") if name in lists else [text] for name, text in on.items()}
    if len(in_force.get("sector", ())) < 2:
        in_force.pop("match", None)
    return in_force


def words(view: View) -> dict[str, str]:
    """Return every filter that is on in the reader's language, by its name there."""
    t = view.t
    on = codes(view)
    phrases = {
        t(f"control.{item.name}"): t("list.comma").join(_word(view, item, c) for c in on[item.name])
        for item in fields.CODED
        if item.name in on
    }
    if "match" in on:
        phrases[t("control.match")] = t("control.match_all")
    if "scope" in on:
        phrases[t("control.scope")] = t(f"control.scope_{on['scope'][0]}")
    for item in (fields.OPENED, fields.UNTIL, fields.AREA):
        if item.name in on:
            value = on[item.name][0]
            shown = formats.whole(float(value)) if item is fields.AREA else value
            phrases[t(f"control.{item.name}")] = t(f"control.{item.name}_value", value=shown)
    if "near" in on:
        lon, lat = (f"{float(part):.4f}" for part in on["near"][0].split(","))
        within = on.get("within_km", [f"{criteria.DEFAULT_KM:g}"])[0]
        phrases[t("control.within_km")] = t("list.comma").join(
            [t("control.near", lon=lon, lat=lat), t("control.within_km_value", value=within)]
        )
    if "text" in on:
        phrases[t("control.text")] = on["text"][0]
    return phrases


def quantity(view: PageView[Districts] | PageView[Methods], indicator: str) -> str:
    """Return what an indicator is called: a quotient with its sector, coverage with its radius."""
    of = {
        "lq": view.family(view.state.focus),
        "coverage": view.t("control.radius_value", km=view.radius_km),
    }.get(indicator)
    name = view.t(f"shade.{indicator}")
    return name if of is None else view.t("areal.quantity", name=name, of=of)


MOST_NAMED = 4
"""Values of one filter that a phrase names before it counts them."""

IN_WORDS = (
    *(fields.SECTOR, fields.LEVEL, fields.STATUS, fields.EVIDENCE, fields.PRECISION),
    *(fields.DISTRICT, fields.OPENED, fields.UNTIL, fields.AREA, fields.NEAR, fields.TEXT),
)
"""Filters behind the noun as English has them; in Chinese they stand before it, the last first."""


def noun(view: View, n: int, *, otherwise: str = "") -> str:
    """Return what is asked for as a noun with every filter that is on: 国家级、做时尚的园区.

    Parameters
    ----------
    view : View
        The state.
    n : int
        How many there are, for the noun.
    otherwise : str
        What to say where no filter is on; the bare noun where omitted.
    """
    t, on = view.t, codes(view)
    wide = "scope" in on
    if not on.keys() - {"scope"} and otherwise:
        return t("what.scope", noun=otherwise) if wide else otherwise
    kinds = names.counted("kind", t.lang, one=n == 1)
    text = _or(view, [kinds[code] for code in on.get("kind", [])] or [t("what.kind_any", n=n)])
    phrases = [_phrase(view, item, on) for item in IN_WORDS if item.name in on]
    if wide:
        text = t("what.scope", noun=text)
    if not phrases:
        return text
    phrases = phrases if t.lang == "en" else phrases[::-1]
    return t("what.phrase", noun=text, text=t("list.comma").join(phrases))


def _phrase(view: View, item: Field, on: dict[str, list[str]]) -> str:
    """Return one filter as a part of a sentence."""
    t, chosen = view.t, on[item.name]
    if item is fields.NEAR:
        lon, lat = (f"{float(part):.4f}" for part in chosen[0].split(","))
        km = on.get("within_km", [f"{criteria.DEFAULT_KM:g}"])[0]
        return t("what.near", lon=lon, lat=lat, km=km)
    if item is fields.SECTOR and "match" in on:
        return t("what.sector_all", text=t("what.and").join(_lower(view, item, chosen)))
    if item in fields.CODED:
        return t(f"what.{item.name}", text=_or(view, _lower(view, item, chosen)))
    number = item is fields.AREA
    return t(f"what.{item.name}", text=formats.whole(float(chosen[0])) if number else chosen[0])


def _lower(view: View, item: Field, chosen: list[str]) -> list[str]:
    """Return values as running text has them."""
    t = view.t
    if item is fields.PRECISION:
        return [t(f"find.precision_{code}") for code in chosen]
    words = [_word(view, item, code) for code in chosen]
    return words if t.lang == "zh" or item is fields.DISTRICT else [each.lower() for each in words]


def _or(view: View, names: list[str]) -> str:
    """Return alternatives, the first few by name."""
    t = view.t
    shown = t("what.or").join(names[:MOST_NAMED])
    rest = len(names) - MOST_NAMED
    return shown if rest <= 0 else t("what.more", names=shown, n=rest)


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
