"""Rows, fields and cells of a workspace in the reader's words: no column's name, no code."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Final

import pandas as pd
import shapely

from geo import formats
from geo.corrections.correction import DEGREES
from geo.facts import dictionary
from ui.cached import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geo.workspaces.content import Name, Workspace
    from geo.workspaces.difference import Key
    from ui.words.language import PageTexts

LONGEST: Final = 60
"""Characters of a cell that are shown."""
BETWEEN: Final = " / "
"""Parts of a key, as people read it."""
UNITS: Final = {"adcode", "city_adcode"}
REPEATED: Final = {*DEGREES, "district", "city", "packed", "basis"}
"""Columns that say again what others say."""


class Wording:
    """Words for what two or three versions of a workspace tell differently.

    Parameters
    ----------
    t
        The texts in the reader's language.
    versions
        The versions; what one of them does not name, another may.
    """

    def __init__(self, t: PageTexts, versions: Iterable[Workspace]) -> None:
        self.t, self.versions = t, tuple(versions)
        self._columns = dictionary.columns("sites")

    def row(self, table: Name, key: Key) -> str:
        """Return what a row is about."""
        t, told = self.t, BETWEEN.join(key)
        if table == "shortlists" and len(key) > 1:
            name, site = key
            return t("workspace.row_list", name=name, site=self._site(site))
        named: dict[str, tuple[str, Callable[[str], str]]] = {
            "sites": ("site", self._site),
            "boundaries": ("area", self._area),
            "layouts": ("layout", self._layout),
            "scenarios": ("scenario", str),
            "notes": ("note", self._about),
        }
        if table in named:
            kind, name_of = named[table]
            return t(f"workspace.row_{kind}", name=name_of(told))
        return t(f"workspace.row_{table}", key=told)

    def field(self, table: Name, column: str | None) -> str:
        """Return the title of a column; of a row with none, that it is the whole row."""
        t = self.t
        if column is None:
            return t("workspace.whole_row")
        own = f"workspace.field_{table}_{column}"
        if t.has(own):
            return t(own)
        if column == "geometry":
            return t("workspace.field_geometry")
        known = self._columns.get(column)
        return known.title[t.lang] if known is not None and known.known else column

    def cell(self, table: Name, column: str | None, value: object) -> str:
        """Return a cell in words."""
        if column is None:
            return self.t("workspace.there" if value else "workspace.gone")
        if isinstance(value, dict):
            return self._whereabouts(table, value)
        if _missing(value):
            return self.t("workspace.empty")
        return self._known(table, column, value)

    def _known(self, table: Name, column: str, value: object) -> str:
        if column == "geometry":
            return self._place(str(value))
        if table == "layouts":
            return self._drawn(str(value))
        if table == "sites":
            return _short(self._coded(column, value))
        if isinstance(value, float):
            return formats.exact(value)
        return _short(self._of_whole(column, str(value)) if table == "workspace" else str(value))

    def _whereabouts(self, table: Name, cells: dict[str, object]) -> str:
        """Return cells that are one thing: of where a site is its degrees once, as its position."""
        t = self.t
        if all(map(_missing, cells.values())):
            return t("workspace.empty")
        told = [
            self.cell(table, column, value)
            if column == "geometry"
            else t("workspace.cell", field=self.field(table, column), value=text)
            for column, value in cells.items()
            if column not in REPEATED
            for text in [self.cell(table, column, value)]
        ]
        return t("list.stop").join(told)

    def _of_whole(self, column: str, text: str) -> str:
        t = self.t
        if column == "region":
            return formats.joined([self._unit(code) for code in text.split()], t=t)
        known = f"intake.datum_{text}"
        return t(known) if column == "datum" and t.has(known) else text

    def _coded(self, column: str, value: object) -> str:
        if column in UNITS:
            return self._unit(str(value))
        known = self._columns.get(column)
        if known is not None and known.codes:
            parts = str(value).split(";")
            named = [known.codes[each][self.t.lang] for each in parts if each in known.codes]
            return self.t("list.comma").join(named) or str(value)
        if isinstance(value, float):
            return formats.exact(value)
        return str(value)

    def _unit(self, code: str) -> str:
        lang = self.t.lang
        return names.counties(lang).get(code) or names.cities(lang).get(code, code)

    def _site(self, key: str) -> str:
        column = f"name_{self.t.lang}"
        for each in self.versions:
            frame = each.sites
            if column in frame and "id" in frame:
                found = frame.loc[frame["id"].astype(str) == key, column].dropna()
                if len(found):
                    return str(found.iloc[0])
        return key

    def _area(self, key: str) -> str:
        for each in self.versions:
            frame = each.boundaries
            if frame is not None and {"adcode", "name_zh"} <= {*frame}:
                found = frame.loc[frame["adcode"].astype(str) == key, "name_zh"].dropna()
                if len(found):
                    return str(found.iloc[0])
        return key

    def _layout(self, key: str) -> str:
        texts = [each.layouts[key] for each in self.versions if key in each.layouts]
        return next((name for text in texts if (name := self._title(text))), key)

    def _title(self, toml: str) -> str:
        try:
            return str(tomllib.loads(toml).get(f"name_{self.t.lang}", ""))
        except (ValueError, RecursionError):
            return ""

    def _drawn(self, toml: str) -> str:
        try:
            n = len(tomllib.loads(toml).get("elements", ()))
        except (ValueError, RecursionError, TypeError):
            n = 0
        return self.t("workspace.layout_of", name=self._title(toml), n=n)

    def _about(self, about: str) -> str:
        kind, _, key = about.partition("/")
        if kind == "site":
            return self._site(key)
        if kind == "district":
            area = self._area(key)
            return self._unit(key) if area == key else area
        return self._layout(key) if kind == "layout" else about

    def _place(self, wkt: str) -> str:
        shape = shapely.from_wkt(wkt, on_invalid="ignore")
        corners = shapely.get_coordinates(shape)
        if len(corners) != 1:
            return self.t(
                "workspace.outline" if len(corners) else "workspace.empty", n=len(corners)
            )
        [(lon, lat)] = corners
        return f"{lon:.5f}, {lat:.5f}"


def _missing(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and bool(pd.isna(value)))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
