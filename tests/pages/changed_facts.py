"""A folder of facts with hundreds of cells changed at once, and all that shows it opened.

As every process has one folder of facts, what is opened is opened in a process of its own.
"""

from __future__ import annotations

import csv
import re
import traceback
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from itertools import cycle, product
from typing import TYPE_CHECKING, Any

import pandas as pd

from api import router, sources
from api.request import Request
from geo.errors import DataError
from geo.facts import catalog, cross_checks, schemas
from geo.files import layout_files
from geo.policy import layouts
from geo.settings import LANGUAGES
from tests.pages import other_facts
from tests.ui.states import view
from ui.downloads import files
from ui.layouts import layout_map
from ui.report import document
from ui.state import pages, sides
from ui.targets import goal_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geo.facts import dictionary
    from geo.settings import Language
    from ui.words.language import PageTexts

Rows = list[dict[str, str]]

VALUES = (
    *("", "新词 <b>{n}&`$", "newword", "New Word", "new-word-7"),
    *("2035", "0.001", "999999999", "inf", "#12AB9F"),
)
"""Values that the schema of some column or other lets through."""

FEW = 10
"""Rows of a table that are changed, spread over it."""

NAMED = re.compile(r"(\w+)\.csv row (\d+) \(.*?\), column (\w+): ")

REFERS = re.compile(r", column (\w+): found (?:no \w+ |')(.*?)'?, expected")
LACKS = re.compile(
    r"/(\w+)\.csv, column \w+: found no (?:\w+ (\w+), expected it|row, .* explains (\w+) of)"
)


@dataclass(frozen=True)
class Cell:
    """A cell and the value put there; `row` counts from 0."""

    table: str
    row: int
    column: str
    value: str

    @property
    def place(self) -> tuple[str, str, str]:
        """Table, row and column as faults name them."""
        return self.table, str(self.row + 2), self.column

    def beside(self, fault: str) -> bool:
        """Whether a fault is told of its row."""
        return f"/{self.table}.csv row {self.row + 2} (" in fault


def read(folder: Path) -> dict[str, Rows]:
    """Return all tables of a folder as they are written."""
    tables = {}
    for name in schemas.SCHEMAS:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    return tables


def with_new_words(tables: dict[str, Rows]) -> dict[str, Rows]:
    """Return tables with a word more in each list of words, and rows that use them."""
    fields_ = [each for each in cross_checks.VOCABULARY if each not in {"precision", "evidence"}]
    named = {"name_zh": "新词", "name_en": "New word"}
    more = {
        "vocabulary": [
            {"field": field, "code": "new_word", **named, "radius_m": ""}
            | {"many_en": "new words" if field == "kind" else ""}
            for field in (*fields_, *cross_checks.MEASURED)
        ],
        "families": [tables["families"][0] | {"key": "newword", **named}],
        "sectors": [{"code": "new_word", **named, "family": "newword"}],
        "sites": [
            tables["sites"][0]
            | {"id": "new-word", "sectors": "new_word"}
            | dict.fromkeys(fields_, "new_word")
        ],
        "targets": [
            tables["targets"][0]
            | {"id": "new-word", **dict.fromkeys(cross_checks.MEASURED, "new_word")}
        ],
    }
    return {name: rows + more.get(name, []) for name, rows in tables.items()}


def write(folder: Path, tables: dict[str, Rows], changes: list[Cell] | None = None) -> None:
    """Write all tables, some cells changed."""
    changed = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    for cell in changes or []:
        changed[cell.table][cell.row][cell.column] = cell.value
    for name, rows in changed.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def every_change(tables: dict[str, Rows]) -> list[Cell]:
    """Return every value for every column of every table, each in another row where there are."""
    changes: dict[tuple[str, int, str], Cell] = {}
    for name, rows in tables.items():
        # The rows that are changed are few, so that a page can be opened for each.
        few = [n * len(rows) // FEW for n in range(FEW)]
        for at, column in enumerate(rows[0]):
            others = sorted({row[column] for row in rows})
            for turn, value in enumerate((*VALUES, others[0], others[-1])):
                row = few[(turn + at) % FEW]
                if rows[row][column] != value:
                    changes[name, row, column] = Cell(name, row, column, value)
    return list(changes.values())


def faults(folder: Path) -> tuple[str, ...]:
    """Return what is wrong with a folder."""
    try:
        catalog.check(folder)
    except DataError as error:
        return error.faults
    return ()


def accepted(folder: Path, tables: dict[str, Rows], changes: list[Cell]) -> list[Cell]:
    """Return changes that the start lets through, all of them made in the folder.

    What is refused is undone: the cells that faults name, and what other rows refer to. Each
    fault has to name a cell, or what the table lacks.
    """
    while True:
        write(folder, tables, changes)
        found = faults(folder)
        if not found:
            return changes
        assert all(NAMED.search(each) or "found no " in each for each in found), found
        told = {match.groups() for match in map(NAMED.search, found) if match}
        undone = {cell for cell in changes if cell.place in told}
        if not undone:
            held = _held(tables, changes)
            undone = {cell for each in found for cell in _culprits(tables, changes, held, each)}
        assert undone, found
        changes = [cell for cell in changes if cell not in undone]


def _held(tables: dict[str, Rows], changes: list[Cell]) -> dict[str, list[Cell]]:
    """Return the cells that held a value before, by value."""
    held = defaultdict(list)
    for cell in changes:
        for value in tables[cell.table][cell.row][cell.column].split(";"):
            if value:
                held[value].append(cell)
    return held


def _culprits(
    tables: dict[str, Rows], changes: list[Cell], held: dict[str, list[Cell]], fault: str
) -> list[Cell]:
    """Return the changes that a fault of a cell that did not change comes from."""
    # What is told refers to what another cell held before.
    told = _found(REFERS, fault)
    values = {told[1], *told[2].split(";")} if told else set()
    found = [cell for value in values for cell in held.get(value, ())]
    for why in (partial(_lacks, tables), Cell.beside, _shares, _grades):
        found = found or [cell for cell in changes if why(cell, fault)]
    return found


def _lacks(tables: dict[str, Rows], cell: Cell, fault: str) -> bool:
    """Whether a fault is told of a code that the cell's row had, which is now another field's."""
    told = _found(LACKS, fault)
    row = tables[cell.table][cell.row]
    return told is not None and told[1] == cell.table and (told[2] or told[3]) in row.values()


@cache
def _found(pattern: re.Pattern[str], fault: str) -> re.Match[str] | None:
    """Look for a pattern in a fault: once, not for every cell that it may come from."""
    return pattern.search(fault)


def _shares(cell: Cell, fault: str) -> bool:
    """Whether a fault is told of the same value in another row."""
    return bool(cell.value) and f"/{cell.table}.csv" in fault and cell.value in fault


def _grades(cell: Cell, fault: str) -> bool:
    """Whether a fault is told of a grade that hangs on what a list of sources says."""
    return cell.table in {"evidence", "documents"} and ", column evidence:" in fault


def opened(folder: Path, changes: list[Cell]) -> dict[str, str]:
    """Open all that shows the facts of a folder; return what went wrong by what was opened."""
    return other_facts.elsewhere(folder, _wrong, {(cell.table, cell.row) for cell in changes})


def _wrong(changed: set[tuple[str, int]]) -> dict[str, str]:
    wrong = {}
    with ThreadPoolExecutor(1) as thread:
        for name, make in _everything(changed):
            if error := thread.submit(make).exception():
                wrong[name] = "".join(traceback.format_exception(error))[-900:]
    return wrong


def _everything(changed: set[tuple[str, int]]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Give all that shows facts by name, to be opened."""
    rows = sorted({0, *(row for name, row in changed if name == "sites")})
    sites = catalog.sites(scope=catalog.WIDE).iloc[[*rows, -1]]
    turns = cycle(LANGUAGES)
    for name, params in _pages(sites):
        told = {**params, "lang": next(turns)}
        yield f"{name} {told}", partial(_page, name, told)
    for lang in LANGUAGES:
        yield from _files(lang)
        asked = {"pick": ",".join(sites["id"].head(20)), "lang": lang}
        yield f"report {lang}", partial(document.report, asked, here="http://localhost/report")
    for name, path in product(sources.NAMES, ("", "schema", "schema/feature", "queryables")):
        yield f"api {name} {path}", partial(_answer, (name, path), f"f=html&lang={next(turns)}")
    for name, form in product(sources.NAMES, ("json", "html")):
        yield f"api {name} {form}", partial(_answer, (name, "items"), f"f={form}&limit=1000")


def _pages(sites: Any) -> Iterator[tuple[str, dict[str, str]]]:  # noqa: ANN401 - a frame
    indicators = cycle(("people", "coverage", "lq"))
    for region, levels in catalog.regions()["levels"].items():
        here = {"region": str(region)}
        yield "districts", {**here, "by": next(indicators), "view": "table"}
        yield "overview", {**here, "unit": levels[-1], "shade": "people"}
        yield "data", here
    for layout in layouts.all_layouts():
        yield "layouts", {"layout": layout}
    for _ in LANGUAGES:
        yield "targets", {}
    for number, row in enumerate(sites.to_dict("records")):
        yield "site", {"id": row["id"]}
        if number % 2:
            continue
        chosen = {name: row[name] for name in ("region", "kind", "level", "status")}
        yield "find", {**chosen, "at": f"site:{row['id']}", "evidence": row["evidence"]}


def _page(name: str, params: dict[str, str]) -> None:
    shown = other_facts.run(name, params)
    assert shown.exceptions == [], shown.exceptions


def _files(lang: Language) -> Iterator[tuple[str, Callable[[], object]]]:
    shown = view(pages.Find, lang=lang)
    tables: dict[dictionary.Table, Any] = {"sites": catalog.sites()}
    units = [
        (unit, files.districts(view(pages.Districts, region=str(region), unit=unit)))
        for region, levels in catalog.regions()["levels"].items()
        for unit in levels
    ]
    tables["districts"] = pd.concat([rows for unit, rows in units if unit == "district"])
    tables["cities"] = pd.concat([rows for unit, rows in units if unit == "city"])
    for (table, rows), form in product(tables.items(), files.FORMATS):
        make = partial(files.build, shown, form, table=table, frame=rows)
        yield f"file {table} {form} {lang}", make
    yield f"file targets {lang}", partial(_targets, shown.t)
    for layout in layouts.all_layouts().values():
        make = partial(layout_files.layout_geojson, layout, metadata={}, explained=lang)
        yield f"file {layout.id} {lang}", make
        (side,) = sides.sides(view(pages.Layouts, lang, layout=layout.id))
        yield f"map of {layout.id} {lang}", partial(layout_map.as_file, side)


def _targets(t: PageTexts) -> bytes:
    return goal_table.as_csv(t, goal_table.chosen((), (), ()), title="=1+1")


def _answer(path: tuple[str, str], asked: str) -> None:
    parts = ("collections", *(part for each in path for part in each.split("/") if part))
    found = router.answer(Request(parts, asked, "", "", "https://maps.example.org/api"))
    assert found.status == 200, found.body[:300]
