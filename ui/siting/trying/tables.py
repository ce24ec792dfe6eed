"""The tables of a trial: its pins, two plans side by side, the districts, the last changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo import formats
from geo.planning.scenario import MOST_PINS
from layers import templates
from ui.blocks import markup
from ui.siting import wording
from ui.siting.trying import compared, elements, words
from ui.state import links, pins
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from geo.planning.scenario import Pin
    from ui.siting.trying.steps import Change, Steps
    from ui.siting.wording import Facts
    from ui.state.pages import Siting
    from ui.state.view import PageView

TEMPLATE: Final = "ui/siting/trying/trying.html"
COLUMNS: Final = ("place", "residents", "km2", "overlap")
ALIKE: Final = 8
"""Units of one unchanged figure that are named before the rest is counted."""

LATEST: Final = 3
"""Changes that the page lists."""


@dataclass(frozen=True, kw_only=True)
class PinRow:
    """A pin: letter, link, what was done to it and whom it serves, figures, what can be done."""

    letter: str
    link: Markup | str
    lines: tuple[str, ...]
    figures: tuple[str, ...]
    act: Markup | str
    chosen: bool = False
    removed: bool = False


@dataclass(frozen=True, kw_only=True)
class DistrictRow:
    """A district: its link, shares (0-1) now, mine and theirs as drawn, and as written."""

    link: Markup
    now: float
    mine: float | None
    theirs: float | None
    low: float
    high: float
    figures: tuple[str, ...]
    best: int


def of_pins(view: PageView[Siting], done: Steps) -> Markup:
    """Return the pins with what each adds, and those that were removed."""
    t, totals = view.t, compared.mine(view).totals
    n, proposed = len(view.state.pinned), len(wording.rows(view))
    sums = (
        t("trial.sum"),
        formats.people(totals.after - totals.before, lang=t.lang),
        formats.number(totals.km2_after - totals.km2_before),
        "",
    )
    return templates.piece(TEMPLATE, "pins")(
        t("trial.pins" if n else "trial.pins_first", n=n),
        t("trial.pins_note" if n else "trial.pins_none" if proposed else "trial.hint"),
        [*heads(view), t("trial.column_act")],
        [*pin_rows(view, done), *_removed(view, done)],
        sums if n else (),
    )


def heads(view: PageView[Siting]) -> list[str]:
    """Return what the columns of the pins are called."""
    return [view.t(f"trial.column_{name}") for name in COLUMNS]


def pin_rows(view: PageView[Siting], done: Steps) -> list[PinRow]:
    """Return the rows of the pins that count, by letter."""
    t, now = view.t, view.state.pinned
    made: list[PinRow] = []
    for row in compared.rows(view):
        letter = str(row["letter"])
        chosen = view.state.at.of("pin") == letter
        there = Selection() if chosen else Selection("pin", letter)
        less = pins.written(pin for pin in now if pin.letter != letter)
        made.append(
            PinRow(
                letter=letter,
                link=links.to(view, text=wording.name(view, row), at=there),
                lines=tuple(filter(None, _lines(view, row, done))),
                figures=figures(view, row),
                act=links.change(
                    view, {"pins": less, "at": Selection()}, text=t("trial.remove"), name="ct-act"
                ),
                chosen=chosen,
            )
        )
    return made


def figures(view: PageView[Siting], row: Facts) -> tuple[str, ...]:
    """Return what a pin adds, and how much of its reach was reached before."""
    return (
        formats.people(row["residents"], lang=view.t.lang),
        formats.number(row["km2"]),
        formats.percent(row["overlap"], digits=0),
    )


def _lines(view: PageView[Siting], row: Facts, done: Steps) -> Iterator[str]:
    """Return what was done to a pin last, whom it adds, which elements of the layout it serves."""
    t = view.t
    last = next((each for each in done.changes if row["letter"] in each.letters), None)
    if last is not None and last.kind == "moved":
        yield t(
            "trial.row_moved",
            way=words.distance(view, last.metres),
            gain=words.gain_of(view, last),
        )
    yield wording.added(view, row)
    yield elements.serves(view, row)


def _removed(view: PageView[Siting], done: Steps) -> Iterator[PinRow]:
    t = view.t
    for pin in done.removed:
        last = next(each for each in done.changes if pin.letter in each.letters)
        again = pins.written([*view.state.pinned, pin])
        room = len(view.state.pinned) < MOST_PINS
        yield PinRow(
            letter=pin.letter,
            link=_position(pin),
            lines=(t("trial.row_removed", gain=words.gain_of(view, last)),),
            figures=(formats.MISSING,) * (len(COLUMNS) - 1),
            act=links.to(view, text=t("trial.restore"), name="ct-act", pins=again) if room else "",
            removed=True,
        )


def _position(pin: Pin) -> str:
    return f"{pin.lon:.4f}, {pin.lat:.4f}"


def of_plans(view: PageView[Siting]) -> Markup | None:
    """Return today, the pins and the plan beside them; the better of two is bold."""
    t, plan = view.t, compared.beside(view)
    if plan is None:
        return None
    heads = [t("trial.column_what"), t("trial.now"), t("trial.mine"), plan.short]
    same = len(plan.places) == len(view.state.pinned)
    note = t(
        "trial.same_number" if same else "trial.other_number", n=len(plan.places), name=plan.name
    )
    rows = [
        (name, figures, best if figures[1] != figures[2] else 0)
        for name, figures, best in plan_rows(view)
    ]
    return templates.piece(TEMPLATE, "plans")(t("trial.plans"), note, heads, rows)


def plan_rows(view: PageView[Siting]) -> Iterator[tuple[str, tuple[str, str, str], int]]:
    """Return name, figures of today, mine and theirs, and which of two is the better: 1, 2 or 0."""
    t, plan = view.t, compared.beside(view)
    if plan is None:
        return
    mine = compared.mine(view)
    own, other = mine.totals, plan.totals
    before, *shares = (
        each / own.residents if own.residents else float("nan")
        for each in (own.before, own.after, other.after)
    )
    yield (
        t("siting.share", km=view.radius_km),
        (formats.percent(before), formats.percent(shares[0]), formats.percent(shares[1])),
        _better(*shares),
    )
    people = [each.after - each.before for each in (own, other)]
    first, second = (formats.people(each, lang=t.lang) for each in people)
    yield t("trial.added"), (formats.MISSING, first, second), _better(*people)
    area = [each.km2_after - each.km2_before for each in (own, other)]
    first, second = (formats.number(each) for each in area)
    yield t("trial.km2"), (formats.MISSING, first, second), _better(*area)
    newly = [table["newly"] for table in (mine.districts, plan.districts)]
    first, second = (_names(view, each) for each in newly)
    yield (
        t("trial.newly", unit=view.noun()),
        (formats.MISSING, first, second),
        _better(*(float(each.sum()) for each in newly)),
    )
    served = elements.served(view)
    if served is not None:
        counts = [int(served[name].sum()) for name in ("now", "mine", "theirs")]
        first, second, third = map(formats.whole, counts)
        yield (
            t("trial.elements", n=len(served), km=view.radius_km),
            (first, second, third),
            _better(*map(float, counts[1:])),
        )
    for name, gini in (
        ("gini", (own.gini_before, own.gini_after, other.gini_after)),
        (
            "gini_people",
            (own.gini_people_before, own.gini_people_after, other.gini_people_after),
        ),
    ):
        first, second, third = map(formats.ratio, gini)
        yield (
            t(f"siting.{name}", unit=view.noun(1)),
            (first, second, third),
            _better(-gini[1], -gini[2]),
        )


def _better(first: float, second: float) -> int:
    """Return which of two figures is greater: 1 or 2; 0 where neither is."""
    return 1 if first > second else 2 if second > first else 0


def _names(view: PageView[Siting], chosen: pd.Series) -> str:
    names = [view.district_name(str(code)) for code in chosen.index[chosen]]
    return formats.joined(names, t=view.t, most=2) or view.t("siting.newly_none")


def of_districts(view: PageView[Siting]) -> Markup | None:
    """Return the share of each district's residents in reach, those that change most first."""
    t, plan = view.t, compared.beside(view)
    if plan is None:
        return None
    heads = [view.noun(1), t("trial.now"), t("trial.mine"), plan.short]
    table = shares(view)
    return templates.piece(TEMPLATE, "districts")(
        t("trial.districts", unit=view.noun(1)),
        t("trial.districts_note", km=view.radius_km),
        heads,
        [_district(view, str(code), row) for code, row in _rows(table[_changing(table)])],
        unchanged(view),
    )


def unchanged(view: PageView[Siting]) -> str:
    """Return the districts whose share is the same in both plans; nothing where there is none."""
    table = shares(view)
    same = table[~_changing(table)]
    names = [view.district_name(str(code)) for code in same.index]
    return _unchanged(view, names, [*map(formats.percent, same["now"])])


def _unchanged(view: PageView[Siting], names: Sequence[str], figures: Sequence[str]) -> str:
    """Return what is as it was in both plans, in one sentence; of one figure together."""
    t, alike = view.t, pd.Series(names, dtype=object).groupby(list(figures), sort=False)
    told = [
        t("trial.same_at", name=formats.joined([*each], t=t, most=ALIKE), share=figure)
        for figure, each in alike
    ]
    return t("trial.same", names=t("list.stop").join(told)) if told else ""


def shares(view: PageView[Siting]) -> pd.DataFrame:
    """Return shares now, mine and theirs by district, those that change most first."""
    mine, plan = compared.mine(view).districts, compared.beside(view)
    theirs = mine["share_before"] if plan is None else plan.districts["share_after"]
    table = pd.DataFrame(
        {"now": mine["share_before"], "mine": mine["share_after"], "theirs": theirs}
    )
    most = table[["mine", "theirs"]].sub(table["now"], axis=0).max(axis=1)
    return table.iloc[(-most.fillna(-1)).argsort(kind="stable")]


def share_rows(view: PageView[Siting]) -> Iterator[tuple[str, ...]]:
    """Return name and shares as written of each district that changes, most first."""
    table = shares(view)
    for code, row in _rows(table[_changing(table)]):
        yield view.district_name(str(code)), *map(formats.percent, row.values())


def _changing(table: pd.DataFrame) -> pd.Series:
    """Return which districts have another figure in one of the plans, as it is written."""
    written = table.map(formats.percent)
    return written[["mine", "theirs"]].ne(written["now"], axis=0).any(axis=1)


def _rows(table: pd.DataFrame) -> list[tuple[object, dict[str, float]]]:
    records = table.to_dict("records")
    return [
        (code, {str(key): float(value) for key, value in row.items()})
        for code, row in zip(table.index, records, strict=True)
    ]


def _district(view: PageView[Siting], code: str, row: dict[str, float]) -> DistrictRow:
    now, mine, theirs = row["now"], row["mine"], row["theirs"]
    figures = tuple(formats.percent(each) for each in (now, mine, theirs))
    chosen = view.state.at.of("district") == code
    there = Selection() if chosen else Selection("district", code)
    return DistrictRow(
        link=links.to(view, text=view.district_name(code), at=there),
        now=now,
        mine=mine if figures[1] != figures[0] else None,
        theirs=theirs if figures[2] != figures[0] else None,
        low=min(row.values()),
        high=max(row.values()),
        figures=figures,
        best=0 if figures[1] == figures[2] else _better(mine, theirs),
    )


def of_elements(view: PageView[Siting]) -> Markup | None:
    """Return how well each element of the layout is served; those that stay as they are at last."""
    t, plan, rows = view.t, compared.beside(view), elements.rows(view)
    if plan is None or not rows:
        return None
    heads = [t("trial.column_element"), t("trial.now"), t("trial.mine"), plan.short]
    changed = [row for row in rows if len(set(row[1])) > 1]
    same = [(name, figures[0]) for name, figures, _ in rows if len(set(figures)) == 1]
    note = t("trial.of_elements_note", km=view.radius_km)
    return templates.piece(TEMPLATE, "plans")(
        t("trial.of_elements"),
        note,
        heads,
        changed,
        _unchanged(view, *zip(*same, strict=True)) if same else "",
    )


def of_changes(view: PageView[Siting], done: Steps) -> Markup:
    """Return the last changes, each with what it gained."""
    t, made = view.t, done.changes
    rows = [
        (len(made) - row, words.done(view, each), words.gain_of(view, each))
        for row, each in enumerate(made[:LATEST])
    ]
    if not rows:
        return markup.paragraph(t("trial.no_changes"))
    return templates.piece(TEMPLATE, "changes")(t("trial.changes"), t("trial.changes_note"), rows)


def last_tag(view: PageView[Siting], done: Steps) -> tuple[str, str]:
    """Return the pin of the last change, and what it did; nothing where several were changed."""
    last: Change | None = next(iter(done.changes), None)
    if last is None or len(last.letters) != 1 or last.kind == "removed":
        return "", ""
    (letter,) = last.letters
    way = words.distance(view, last.metres)
    text = view.t(f"trial.tag_{last.kind}", letter=letter, way=way, gain=words.gain_of(view, last))
    return letter, text
