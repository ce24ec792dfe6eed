"""Who is like a unit: its peers with what makes them alike, and the card of the one marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd
from markupsafe import Markup

from geo import formats
from geo.measures.peers import Weights
from layers import templates
from ui.blocks import markup
from ui.cached import names
from ui.districts.peers import plots, sentence
from ui.state import fields, links, pages
from ui.state.address import render

if TYPE_CHECKING:
    from ui.districts.peers.comparison import Comparison

TEMPLATE: Final = "ui/districts/peers/table.html"


class Line(NamedTuple):
    """A line of the table: sign, name and place, figures, and whether it is marked."""

    kind: str
    sign: str
    name: Markup | str
    place: str
    cells: tuple[str, ...]
    marked: bool


def html(shown: Comparison) -> Markup:
    """Draw the peers, or say why there are none."""
    t, name = shown.view.t, shown.name(shown.of)
    title = t("peers.who", name=shown.short(shown.of))
    method = [sentence.method(shown)]
    if shown.own:
        method.append(t("peers.own"))
    near = _neighbours(shown)
    if not shown.peers:
        missing = sentence.missing(shown)
        return templates.html(
            TEMPLATE, title=title, note="", missing=missing, near=near, method=method
        )
    return templates.html(
        TEMPLATE,
        title=title,
        note=note(shown),
        missing="",
        near=near,
        caption=t("peers.caption_who", name=name),
        peer=formats.capitalised(shown.alike),
        heads=heads(shown),
        rows=lines(shown),
        method=method,
    )


def note(shown: Comparison) -> str:
    """Return out of how many the peers were found."""
    compared = int(shown.distances["empty"].isna().sum())
    key = "chosen" if shown.asked.chosen else "found"
    return shown.view.t(f"peers.{key}", n=len(shown.peers), all=compared, unit=shown.noun(compared))


def heads(shown: Comparison) -> list[str]:
    """Return what the figures of a line are."""
    return [shown.view.t(f"peers.head_{each}") for each in ("people", "density", "n", "distance")]


def lines(shown: Comparison) -> list[Line]:
    """Return the peers, the most alike first, and what they are compared with."""
    return [
        *(_line(shown, code, "peer", shown.letters[code]) for code in shown.peers),
        _line(shown, shown.of, "own", ""),
    ]


def _neighbours(shown: Comparison) -> Markup | None:
    """Return the neighbours by name, each of which marks itself; None where there are none."""
    if not shown.neighbours:
        return None
    t = shown.view.t
    named = Markup.escape(t("list.comma")).join(
        links.change(shown.view, plots.marking(shown, code), text=shown.name(code))
        for code in shown.neighbours
    )
    label = formats.capitalised(t("peers.neighbours", unit=shown.noun()))
    return Markup.escape(t("control.choice", label=label, value="")) + named


def _line(shown: Comparison, code: str, kind: str, sign: str) -> Line:
    row, found = pd.Series(shown.units.loc[code]), shown.distances["distance"][code]
    name: Markup | str = shown.name(code)
    place = ""
    if kind == "peer":
        place = shown.place(code)
        name = links.change(shown.view, plots.marking(shown, code), text=name)
    cells = (
        formats.people(row["residents"], lang=shown.view.t.lang),
        _per_km2(row),
        formats.whole(row["n"]),
        "0" if kind == "own" else formats.ratio(found),
    )
    return Line(kind, sign, name, place, cells, shown.view.state.peer == code)


def card(shown: Comparison) -> Markup | None:
    """Return the card of the unit that is marked; None where none is."""
    t, code = shown.view.t, shown.view.state.peer
    if not code or code == shown.of or code not in shown.units.index:
        return None
    row, found = pd.Series(shown.units.loc[code]), pd.Series(shown.distances.loc[code])
    facts: list[tuple[str, Markup | str]] = [
        (t("peers.head_people"), formats.people(row["residents"], lang=t.lang)),
        (t("peers.head_density"), _per_km2(row)),
        (t("peers.head_n"), formats.whole(row["n"])),
        (t("peers.head_distance"), _distance(shown, found)),
    ]
    ways = Markup.escape(t("list.dot")).join(_ways(shown, code))
    return markup.card(
        shown.name(code),
        subtitle=shown.place(code),
        rows=[*facts, (t("peers.ways"), ways)],
        close=links.leave(shown.view, fields.PEER),
    )


def _per_km2(row: pd.Series) -> str:
    """Return the residents per km2, in three digits."""
    return formats.number(float(f"{row['residents'] / row['area_km2']:.3g}"), significant=3)


def _distance(shown: Comparison, found: pd.Series) -> str:
    t = shown.view.t
    if pd.isna(found["distance"]):
        reason = found["empty"] if isinstance(found["empty"], str) else shown.empty
        return t(f"peers.reason_{reason}")
    parts = {name: formats.ratio(found[name]) for name in Weights._fields}
    return t("peers.parts", distance=formats.ratio(found["distance"]), **parts)


def _ways(shown: Comparison, code: str) -> list[Markup]:
    """Return where the card leads: to the same view of that unit, and to a set of one's own."""
    view, t = shown.view, shown.view.t
    region = str(shown.units["region"][code])
    text = t("peers.compare", name=shown.name(code))
    if region == view.region:
        changes = {fields.SUBJECT.name: code, fields.PEER.name: ""}
        other = links.change(view, changes, text=text)
    else:
        # Another region's: its own page, by its address.
        state = {
            **view.state.values,
            "region": region,
            "unit": names.default_level(region) if shown.asked.level == "city" else "district",
            "subject": code,
            "peer": "",
            "at": fields.SELECTED.default,
            "compare": (),
            "map": "",
        }
        other = links.to_page(pages.address("districts", render(state, view.state.fields())), text)
    rest = tuple(each for each in shown.peers if each != code)
    chosen = rest if code in shown.peers else (*rest, code)[-fields.MAX_PEERS :]
    key = "leave" if code in shown.peers else "join"
    return [other, links.change(view, {fields.SET.name: chosen}, text=t(f"peers.{key}"))]
