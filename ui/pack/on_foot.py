"""What is reached on foot beside discs, in the packs of the pages that tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.blocks import onfoot
from ui.pack import shared
from ui.pack.content import Table, bullets

if TYPE_CHECKING:
    from ui.state.pages import Walked
    from ui.state.view import PageView


def tables(view: PageView[Walked]) -> tuple[Table, ...]:
    """Return the table with what it rests on; none where reach is told by discs alone."""
    rows = tuple(onfoot.rows(view))
    if not rows:
        return ()
    first, *heads = onfoot.heads(view)
    table = Table(
        title=onfoot.caption(view),
        columns=(
            shared.column(first, width=1.5),
            *(shared.column(head, figure=True) for head in heads),
        ),
        rows=rows,
        remarks=bullets(view.t, onfoot.sentences(view)),
        total=onfoot.total(view),
    )
    return (table,)
