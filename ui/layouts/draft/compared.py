"""The scorecard of a draft beside that of the document it began from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo import formats
from geo.policy import layouts
from layers import templates
from ui.cached import scorecards
from ui.layouts import scores

if TYPE_CHECKING:
    from markupsafe import Markup

    from geo.policy.score import Score
    from ui.layouts.draft.work import Work
    from ui.state.sides import Side

TEMPLATE = "ui/layouts/draft/draft.html"
SMALLEST = 0.0005
"""A change below it does not show in a figure."""


def table(side: Side, work: Work) -> Markup:
    """Return every figure of the document, of the draft, and what changed."""
    view, t = side.view, side.view.t
    radius_m, phase = view.query.radius_m, view.state.phase
    after = scorecards.scores(side.layout, radius_m, phase)
    base = layouts.within_reach(work.draft.layout.region).get(work.draft.base)
    before: tuple[Score | None, ...] = (
        (None,) * len(after) if base is None else scorecards.scores(base, radius_m, phase)
    )
    heads = [t("districts.indicator"), *(t(f"draft.{key}") for key in ("document", "mine"))]
    return templates.piece(TEMPLATE, "compared")(
        t("layouts.scorecard"),
        [*heads, t("draft.change")],
        [_row(side, was, now) for was, now in zip(before, after, strict=True)],
    )


def _row(side: Side, was: Score | None, now: Score) -> tuple[str, str, str, str, bool, str]:
    t = side.view.t
    change = _change(was, now)
    texts = [
        formats.MISSING if score is None else scores.written(score.value, score.unit)
        for score in (was, now)
    ]
    same = change is None or abs(change) < SMALLEST
    if change is None:
        said = formats.MISSING
    else:
        said = t("draft.same") if same else _signed(side, change, now.unit)
    remark = t(f"empty.{now.empty}") if now.empty else _of(now)
    name = t(f"score.{now.key}", km=side.view.radius_km)
    return name, texts[0], texts[1], said, same, remark


def _change(was: Score | None, now: Score) -> float | None:
    if was is None or was.value is None or now.value is None:
        return None
    change = now.value - was.value
    return change if math.isfinite(change) else None


def _signed(side: Side, change: float, unit: str) -> str:
    """Return a change with its sign: of shares in percentage points."""
    sign = "+" if change > 0 else "−"
    if unit == "share":
        points = f"{abs(100 * change):.1f}".removesuffix(".0")
        return side.view.t("draft.points", n=f"{sign}{points}")
    return f"{sign}{abs(change):.0f}" if unit == "count" else f"{sign}{abs(change):.3f}"


def _of(score: Score) -> str:
    if score.numerator is None or score.denominator is None or score.unit != "share":
        return ""
    return f"{formats.whole(score.numerator)} / {formats.whole(score.denominator)}"
