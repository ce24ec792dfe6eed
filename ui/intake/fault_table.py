"""Every kind of fault of the file: in which rows, what stands there, what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from geo import formats
from geo.intake import faults, regions
from geo.intake.treatments import CODES, OF_CODE
from layers import templates
from ui.blocks import grid, markup
from ui.intake import draft as drafts
from ui.intake import wording, work
from ui.intake.mapping import TEMPLATE

if TYPE_CHECKING:
    import pandas as pd

    from geo.intake.validation import Intake
    from ui.intake.draft import Draft
    from ui.state.view import View

VALUES: Final = 2
"""Values that are quoted of a kind."""

SHOWN: Final = 24
"""Characters of a value that are quoted."""

FIRST: Final = 4
"""Kinds that a phone shows until the reader asks for all."""

ALL: Final = "intake_all_faults"
WIDEN: Final = "widened"
"""A treatment of rows outside that is none of the rows: the region takes them in."""


class Kind(NamedTuple):
    """A kind of fault as it is told."""

    code: str
    what: str
    n: str
    numbers: str
    value: str
    treatment: str
    refused: bool = False


def show(view: View, draft: Draft, intake: Intake, *, title: str, note: str = "") -> None:
    """Draw the kinds of faults that there are; of none, say so."""
    t = view.t
    kinds = _kinds(view, intake)
    grid.write(markup.heading(title, note=note))
    if not kinds:
        grid.write(markup.paragraph(t("intake.no_faults")))
        return
    heads = {head: t(f"intake.fault_{head}") for head in HEADS}
    whole = bool(st.session_state.get(ALL)) or len(kinds) <= FIRST
    with st.container(key="intake_faults", gap=None):
        grid.write(templates.piece(TEMPLATE, "fault_heads")(list(heads.values())))
        for kind in kinds[:FIRST]:
            _row(view, draft, kind, heads)
        if kinds[FIRST:]:
            with st.container(key="intake_faults_all" if whole else "intake_faults_rest", gap=None):
                for kind in kinds[FIRST:]:
                    _row(view, draft, kind, heads)
    if not whole:
        n = formats.whole(len(kinds))
        with st.container(key="intake_faults_more"):
            st.button(t("intake.all_faults", n=n), key="intake_more", on_click=_all)


HEADS: Final = ("what", "n", "numbers", "value", "treatment")


def _all() -> None:
    st.session_state[ALL] = True


def _row(view: View, draft: Draft, kind: Kind, heads: dict[str, str]) -> None:
    """Draw a kind of fault, with the way to treat it otherwise where there is one."""
    drawn = templates.piece(TEMPLATE, "fault")(kind, list(heads.values()))
    if kind.code not in OF_CODE:
        grid.write(drawn)
        return
    t, words = view.t, wording.texts(view)
    name = OF_CODE[kind.code]
    choices = CODES[name]
    now = next(choice for choice, code in choices.items() if code == kind.code)
    key = f"intake_treatment_{name}"
    with st.container(key=f"intake_fault_{name}", gap=None):
        grid.write(drawn)
        with st.popover(t("intake.change_treatment"), key=f"intake_change_{name}"):
            st.session_state[key] = now
            st.radio(
                kind.what,
                [*choices, *([WIDEN] if name == "outside" else [])],
                key=key,
                format_func=lambda choice: (
                    t("intake.widen") if choice == WIDEN else words(f"treatment.{choices[choice]}")
                ),
                on_change=_treat,
                args=(name, key),
            )
            if name == "outside" and draft.region is None:
                region = wording.region(view, work.region(draft))
                grid.write(markup.paragraph(t("intake.outside_proposed", region=region)))


def _treat(name: str, key: str) -> None:
    """Treat a kind of fault as chosen; other rows may be pairs then."""
    draft, choice = drafts.held(), st.session_state.get(key)
    if draft is None or choice is None:
        return
    if choice == WIDEN:
        found = work.intake(draft, lambda _: None).faults
        drafts.change(region=regions.widened(work.region(draft), found))
    else:
        drafts.change(treatments=draft.treatments.but(name, choice))


def _kinds(view: View, intake: Intake) -> list[Kind]:
    t, words, stop = view.t, wording.texts(view), view.t("list.stop")
    kinds = []
    for code, group in _ordered(faults.of_treatment(intake.faults)):
        numbers = group["row"].drop_duplicates()
        values = group["value"].drop_duplicates().head(VALUES)
        kinds.append(
            Kind(
                code,
                words(f"fault.{code}"),
                formats.whole(len(numbers)),
                wording.rows(view, numbers),
                stop.join(_quoted(view, value) for value in values),
                words(f"treatment.{code}"),
                code in faults.REJECTING,
            )
        )
    if len(intake.pairs):
        numbers = intake.pairs["other_row"].drop_duplicates()
        kinds.append(
            Kind(
                "",
                t("intake.pairs"),
                formats.whole(len(intake.pairs)),
                wording.rows(view, numbers),
                t("intake.pairs_value"),
                t("intake.pairs_treatment"),
            )
        )
    stacks = intake.stacks.head(VALUES)
    columns = (stacks["lon"], stacks["lat"], stacks["rows"], stacks["first_row"])
    for lon, lat, count, first in zip(*columns, strict=True):
        n = formats.whole(count)
        kinds.append(
            Kind(
                "",
                t("intake.stack", n=n),
                n,
                t("intake.from_row", row=first),
                f"{lon:.6f}, {lat:.6f}",
                t("intake.stack_treatment"),
            )
        )
    return kinds


def _ordered(found: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the faults by kind, those that rows are refused for first, then by their number."""
    kinds = [(str(code), group) for code, group in found.groupby("code", sort=False)]
    return sorted(kinds, key=lambda each: (each[0] not in faults.REJECTING, -len(each[1])))


def _quoted(view: View, value: str) -> str:
    if not value:
        return view.t("intake.empty")
    return value if len(value) <= SHOWN else f"{value[: SHOWN - 1]}…"
