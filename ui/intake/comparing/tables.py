"""What differs, in tables: the groups of sites, districts by both lists, and the file of all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from geo import formats
from geo.facts import boundaries
from geo.files import csv_file
from geo.measures import density
from layers import templates
from layers.sites import symbols
from ui.cached import names
from ui.downloads import files
from ui.intake.comparing import lists
from ui.intake.comparing.outcome import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from ui.intake.comparing.outcome import Kind, Outcome
    from ui.state.view import View

TEMPLATE: Final = "ui/intake/comparing/comparing.html"
MOST_ROWS: Final = 100
"""Sites of a group that the page lists; the file has them all."""

MOST_DISTRICTS: Final = 40

CODED: Final = ("kind", "level", "status")

Fact = tuple[str, "str | None", "str | None"]
"""Its name, what it was, and what it is."""


def group(view: View, outcome: Outcome, kind: Kind) -> Markup:
    """Return the sites of a kind: name, district, and what differs."""
    t, rows = view.t, outcome.rows(kind)
    changes = _by_pair(outcome)
    column = f"name_{t.lang}"
    called = [symbols.named(sites, column).to_numpy() for sites in (outcome.one, outcome.other)]
    shown = []
    for one, other, metres in rows.head(MOST_ROWS).itertuples(index=False):
        site = outcome.other.iloc[other] if other >= 0 else outcome.one.iloc[one]
        facts = changes.get((one, other), [])
        said = [_fact(view, outcome, *fact) for fact in facts]
        if kind == "moved":
            said.insert(0, t("compare.by_metres", metres=_metres(metres)))
        if kind == "unclear":
            said.append(t("compare.in_one" if one >= 0 else "compare.in_other"))
        district = names.home(site, t.lang) or t("intake.nowhere")
        name = called[1][other] if other >= 0 else called[0][one]
        shown.append((name, district, said))
    n = formats.whole(len(rows))
    more = ""
    if len(rows) > MOST_ROWS:
        more = t("compare.rows_more", n=formats.whole(len(rows) - MOST_ROWS))
    heads = [t("compare.name"), t("compare.district")]
    if any(said for *_, said in shown):
        heads.append(t("compare.difference"))
    draw = templates.piece(TEMPLATE, "group")
    return draw(t(f"compare.kind_{kind}"), n, heads, shown, more)


def captions(view: View, outcome: Outcome, *, side: str, rows: Iterable[int]) -> list[str]:
    """Return what the map says of rows of one list."""
    t = view.t
    kinds = outcome.kinds()[0 if side == "one" else 1]
    moved = outcome.rows("moved").set_index(side)["metres"]
    return [
        t("compare.by_metres", metres=_metres(moved[row]))
        if kinds[row] == "moved"
        else t(f"compare.kind_{kinds[row]}")
        for row in rows
    ]


def districts(view: View, outcome: Outcome) -> Markup:
    """Return the figures of each district by both lists, where they differ most first."""
    t = view.t
    units = boundaries.districts(outcome.units)
    both = lists.made(
        "density",
        (*outcome.states, outcome.units),
        lambda: [density.density(sites, units) for sites in (outcome.one, outcome.other)],
    )
    counts = pd.DataFrame({"one": both[0]["n"], "other": both[1]["n"]})
    counts = counts[counts.gt(0).any(axis=1)]
    counts["more"] = counts["other"] - counts["one"]
    order = counts.assign(far=counts["more"].abs()).sort_values(
        ["far", "one"], ascending=False, kind="stable"
    )
    first = order.head(MOST_DISTRICTS)
    known = units[f"name_{t.lang}"]
    rows = [
        (
            known[code],
            formats.whole(row["one"]),
            formats.whole(row["other"]),
            _signed(int(row["more"])),
            formats.number(both[0]["per_100_km2"][code]),
            formats.number(both[1]["per_100_km2"][code]),
        )
        for code, (_, row) in zip(first.index.astype(str), first.iterrows(), strict=True)
    ]
    letters = [t("compare.letter_one"), t("compare.letter_other")]
    heads = [t("compare.district"), *letters, t("compare.more_of"), *letters]
    left = len(order) - len(rows)
    more = t("compare.districts_more", n=formats.whole(left)) if left else ""
    groups = [t("compare.n"), t("compare.per_100_km2")]
    return templates.piece(TEMPLATE, "districts")(
        t("compare.by_district"), groups, heads, rows, more
    )


def compared_by(view: View, outcome: Outcome) -> str:
    """Return which facts were compared."""
    t = view.t
    fields = t("list.comma").join(_field(view, each) for each in outcome.found.fields)
    return t("compare.fields", fields=fields)


def download(view: View, outcome: Outcome) -> None:
    """Offer every row of both lists with its kind and its differences as a file."""
    kind = files.FORMATS["csv"]
    st.download_button(
        view.t("compare.csv"),
        data=partial(_csv, outcome),
        file_name=f"chuangtu-comparison.{kind.ending}",
        mime=kind.media,
        on_click="ignore",
        key="compare_csv",
    )


def _csv(outcome: Outcome) -> bytes:
    return csv_file.csv(whole(outcome))


def whole(outcome: Outcome) -> pd.DataFrame:
    """Return both lists as one table: a line a site, and one more for each further difference."""
    tables = [outcome.rows(kind).assign(kind=kind) for kind in KINDS]
    table = pd.concat(tables, ignore_index=True)
    for side, sites in (("one", outcome.one), ("other", outcome.other)):
        there = table[side].to_numpy()
        for column in ("id", "name_zh", "district"):
            values = sites[column].astype("string").reset_index(drop=True)
            table[f"{column}_{side}"] = values.reindex(there).to_numpy()
        for axis in ("x", "y"):
            degrees = pd.Series(getattr(sites.geometry, axis).to_numpy())
            table[f"{'lon' if axis == 'x' else 'lat'}_{side}"] = degrees.reindex(there).to_numpy()
    changes = outcome.found.changes.astype({"one": "int64", "other": "int64"})
    joined = table.merge(changes, on=["one", "other"], how="left")
    first = ["kind", "name_zh_one", "name_zh_other", "metres", "field", "before", "after"]
    return joined[[*first, *(each for each in table if each not in {*first, "one", "other"})]]


def _by_pair(outcome: Outcome) -> dict[tuple[int, int], list[Fact]]:
    found: dict[tuple[int, int], list[Fact]] = {}
    for one, other, *fact in outcome.found.changes.itertuples(index=False):
        found.setdefault((one, other), []).append(tuple(fact))
    return found


def _fact(view: View, outcome: Outcome, field: str, before: str | None, after: str | None) -> str:
    """Return what a fact was and is."""
    values = [_value(view, outcome, field, value) for value in (before, after)]
    return view.t("compare.fact", field=_field(view, field), before=values[0], after=values[1])


def _field(view: View, field: str) -> str:
    key = f"compare.field_{field}"
    return view.t(key) if view.t.has(key) else field


def _value(view: View, outcome: Outcome, field: str, text: str | None) -> str:
    if pd.isna(text):
        return view.t("compare.empty")
    if field in CODED:
        return names.terms(field, view.t.lang).get(text, text)  # type: ignore[arg-type]
    if field == "district":
        own = names.counties("zh")
        code = next((code for code in outcome.units if own.get(code) == text), "")
        return names.counties(view.t.lang).get(code, text)
    if field == "sectors":
        known = names.sectors(view.t.lang)
        return view.t("list.comma").join(known.get(code, code) for code in text.split(";"))
    return text


def _metres(metres: float) -> str:
    return formats.whole(round(metres))


def _signed(n: int) -> str:
    return f"+{formats.whole(n)}" if n > 0 else f"−{formats.whole(-n)}" if n else "0"
