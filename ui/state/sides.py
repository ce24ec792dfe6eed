"""One or two layouts on the page, and which of them the chosen element belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.policy import layouts
from ui.state import fields

if TYPE_CHECKING:
    from geo.policy.model import Layout
    from ui.state.pages import Layouts
    from ui.state.view import PageView


@dataclass(frozen=True)
class Side:
    """A layout on the page: the only one or the left one, or the second beside it.

    Both may name an element alike, and may even be the same layout: the address names an element
    of the second one with its layout.
    """

    view: PageView[Layouts]
    layout: Layout
    second: bool = False

    @property
    def element(self) -> str:
        """The chosen element of this layout, empty where none of it is chosen."""
        chosen = self.view.state.element
        own = {self.named(each.id): each.id for each in self.layout.elements}
        return own.get(chosen, "")

    @property
    def names(self) -> dict[str, str]:
        """The names of the layout's elements, by id."""
        return {each.id: self.view.t.of(each, "name") for each in self.layout.elements}

    def named(self, element: str) -> str:
        """Return an element as the address names it; nothing stays nothing."""
        return fields.beside(self.layout.id, element) if self.second and element else element


def sides(view: PageView[Layouts]) -> tuple[Side, ...]:
    """Return the layouts on the page."""
    first = Side(view, layouts.layout(view.state.layout, view.region))
    other = view.state.beside
    if not other:
        return (first,)
    return (first, Side(view, layouts.layout(other, view.region), second=True))
