"""A layout as the file that ``data/layouts/`` keeps, see ``data/README.md``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geo.facts import own_regions
from geo.policy.model import Layout
from geo.policy.reader import ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def to_toml(layout: Layout, *, note: str = "") -> str:
    """Return a layout as TOML that `geo.policy.reader` reads back as the same layout.

    Parameters
    ----------
    layout
        The layout. A region that somebody brought is written as the adcodes it is made of: its id
        is nobody else's business.
    note
        A comment above it, plain text.

    Returns
    -------
    str
        Fields in the order of the model; those at their default are left out.

    Examples
    --------
    >>> from geo.policy import layouts
    >>> to_toml(layouts.layout("cq-2022-plan")).splitlines()[:2]
    ['id = "cq-2022-plan"', 'region = "chongqing"']
    """
    raw = portable(layout).model_dump(exclude_defaults=True)
    tables = {name: raw.pop(name) for name in ("elements", "links") if raw.get(name)}
    records = {name: raw.pop(name) for name in ("place", "citation") if name in raw}
    lines = [*(f"# {line}" for line in " ".join(note.split()).splitlines()), *_lines(raw)]
    for record, fields in records.items():
        lines += ["", f"[{record}]", *_lines(fields)]
    for table, rows in tables.items():
        for row in rows:
            lines += ["", f"[[{table}]]", *_lines(row)]
    return "\n".join(lines) + "\n"


def portable(layout: Layout) -> Layout:
    """Return a layout that can be read anywhere: with the units of a region somebody brought."""
    region = own_regions.known(layout.region)
    if region is None:
        return layout
    name = " ".join(region.name.split()) or ELSEWHERE
    place = {"name_zh": name, "name_en": name, "districts": region.units}
    return Layout.model_validate(
        {**layout.model_dump(mode="json"), "region": ELSEWHERE, "place": place}
    )


def _lines(record: Mapping[str, Any]) -> Iterable[str]:
    return [f"{name} = {_value(value)}" for name, value in record.items()]


def _value(value: object) -> str:
    """Return a value of TOML: text as JSON writes it, which the rules keep free of DEL."""
    if isinstance(value, dict):
        return "{ " + ", ".join(_lines(value)) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else repr(value)
