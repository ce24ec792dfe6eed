"""axe-core's verdict on an open page, its frames included."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
RUN = """([only, without]) => axe.run({
    resultTypes: ["violations"],
    ...(only.length && {runOnly: only}),
    rules: {
        ...(only.length || {"target-size": {enabled: true}}),
        ...Object.fromEntries(without.map((rule) => [rule, {enabled: false}])),
    },
}).then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(
    ({target, html}) => ({rule: id, where: target.flat(Infinity).join(" "), html}),
)))"""


COLOURS = ("color-contrast", "link-in-text-block")
"""Rules that look at colours, which hang on the theme alone."""


@dataclass(frozen=True)
class Accepted:
    """What a rule says of an element and stays as it is, and why."""

    rule: str
    element: str
    reason: str


ACCEPTED = (
    Accepted(
        rule="target-size",
        element=".ct-sign",
        reason="Signs of neighbouring places overlap where the map puts them; WCAG 2.5.8 excepts "
        "what must stand where it is, and the list of elements opens each as well.",
    ),
    Accepted(
        rule="presentation-role-conflict",
        element="section",
        reason="Streamlit 1.67 gives the place where files are dropped no role and a tabindex of "
        "-1; the button in it is reached and named.",
    ),
)
"""All there is; everything else that axe finds is a fault."""


def faults(page: Page, *, only: Sequence[str] = (), without: Sequence[str] = ()) -> list[str]:
    """What axe finds on a page and in its frames, as it stands, one line each.

    By all its rules, by some `only`, or `without` some.
    """
    script = SCRIPT.read_text("utf-8")
    for frame in page.frames:
        if not frame.evaluate("() => Boolean(window.axe)"):
            frame.evaluate(f"{script};0")
    return [
        f"{found['rule']}: {found['where']} {found['html'][:200]}"
        for found in page.evaluate(RUN, [list(only), list(without)])
        if not any(
            each.rule == found["rule"] and each.element in found["where"] for each in ACCEPTED
        )
    ]
