"""Lines of the record of changes in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from geo import formats
from geo.facts import dictionary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.facts.dictionary import ExplainedColumn, Table
    from ui.state.view import View

EXPLAINED_AS: Final[Mapping[str, Table]] = {
    **dict.fromkeys(("sites", "venues", "aggregates"), "sites"),
    **dict.fromkeys(("districts", "cities", "regions"), "districts"),
}
"""The table of the data dictionary that has words for the columns of a table of facts."""


TOLD: Final = ("kind", "status", "opened_year", "precision", "evidence")
"""Columns that tell what a place is that came in or went."""


def fact(view: View, table: str, line: Mapping[str, str]) -> str:
    """Return what a line tells of: the whole entry, or a fact with what it was and is.

    Parameters
    ----------
    view
        Language.
    table
        Name of the table.
    line
        ``field``, ``old`` and ``new``, empty texts where they hold nothing.
    """
    t, field = view.t, line["field"]
    known = dictionary.columns(EXPLAINED_AS[table]) if table in EXPLAINED_AS else {}
    if not field:
        cells = json.loads(line["new"] or line["old"] or "{}")
        words = [
            _value(view, known[name], cells[name])
            for name in TOLD
            if name in known and cells.get(name)
        ]
        return t("list.dot").join(words) if words else t("record.entry")
    name = title(view, table, field)
    if field not in known or not _is_told(known[field]):
        return name
    column = known[field]
    old, new = (_value(view, column, line[side]) for side in ("old", "new"))
    return t("record.fact", name=name, old=old, new=new)


def title(view: View, table: str, field: str) -> str:
    """Return the name of a table's column; empty for a whole row."""
    t = view.t
    known = dictionary.columns(EXPLAINED_AS[table]) if table in EXPLAINED_AS else {}
    if field in known:
        return known[field].title[t.lang]
    return field and t(f"record.{field}" if t.has(f"record.{field}") else "record.other")


def _is_told(column: ExplainedColumn) -> bool:
    """Whether its values are told: remarks and sources are written for the table, not for here."""
    return not column.name.endswith(("source", "note"))


def _value(view: View, column: ExplainedColumn, cell: str) -> str:
    """Return a cell in words; one whose code has no word any more as told by another rule."""
    t = view.t
    if not cell:
        return t("record.empty")
    if column.type in {"integer", "number"}:
        return formats.exact(float(cell))
    if not column.codes:
        return cell
    known = column.codes
    words = [known[code][t.lang] if code in known else "" for code in cell.split(";")]
    return t("list.comma").join(words) if all(words) else t("record.former")
