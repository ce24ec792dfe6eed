"""Choices that say how many sites they would leave, as links and no widgets of Streamlit.

Its widgets hand over the label of what was chosen, and a label with a count is another one as soon
as any other filter changes: a choice made meanwhile would be lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo import formats
from layers import templates
from ui.state import links

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from ui.state.address import Field
    from ui.state.view import View

TEMPLATE = "ui/filters/choices.html"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A code, what it is called, how many sites it would leave, and the colour of its dot."""

    code: str
    name: str
    n: int | None = None
    colour: str = ""


def many(view: View, item: Field, choices: Iterable[Choice], *, label: str) -> Markup:
    """Return a list of which any number can be on.

    Parameters
    ----------
    view : View
        The state.
    item : Field
        A list.
    choices : iterable of Choice
        What it can hold.
    label : str
        What is chosen, for screen readers.
    """
    chosen = item.of(view.state)
    chips = [
        links.toggle(view, item, each.code, text=_text(each), name=_class(on=each.code in chosen))
        for each in choices
    ]
    return templates.piece(TEMPLATE, "group")(chips, label, "group")


def one(
    view: View,
    item: Field,
    choices: Iterable[Choice],
    *,
    label: str,
    default: str = "",
) -> Markup:
    """Return a list of which one is on.

    Parameters as for `many`, `item` not a list; `default` is on where nothing was chosen.
    """
    chosen = item.of(view.state) or default
    chips = [
        links.change(
            view,
            {item.name: each.code},
            text=_text(each),
            name=_class(on=each.code == chosen),
            checked=each.code == chosen,
        )
        for each in choices
    ]
    return templates.piece(TEMPLATE, "group")(chips, label, "radiogroup")


def _text(choice: Choice) -> Markup:
    n = "" if choice.n is None else formats.whole(choice.n)
    return templates.piece(TEMPLATE, "choice")(choice.name, choice.colour, n)


def _class(*, on: bool) -> str:
    return "ct-choice ct-on" if on else "ct-choice"
