"""The dictionary, the files and the schemas name the same columns."""

from __future__ import annotations

import csv
import re

import pytest

from geo import settings
from geo.facts import catalog, evidence, schemas

README = (settings.OWN_DATA / "README.md").read_text(encoding="utf-8")
# Words that speak of how a table was made, not of what it says.
PROCESS = re.compile(r"\b(?:STEP\s?\d|seed|TODO|FIXME|NOT)\b|stored page|layouts\.md")


def section(file: str) -> str:
    """Return the part of the dictionary whose heading names a file."""
    parts = re.split(r"^## ", README, flags=re.MULTILINE)[1:]
    named = [part for part in parts if file in part.splitlines()[0]]
    assert len(named) == 1, f"{file}: expected one section of data/README.md that names it"
    return named[0]


def test_every_file_has_a_section() -> None:
    files = {path.name for path in settings.OWN_DATA.iterdir() if path.is_file()}
    for file in files - {"README.md"}:
        assert section(file)
    assert {f"{name}.csv" for name in schemas.SCHEMAS} == {f for f in files if f.endswith(".csv")}


@pytest.mark.parametrize("name", [*schemas.SCHEMAS])
def test_every_column_is_explained(name: str) -> None:
    explained = section(f"{name}.csv")
    missing = [column for column in schemas.SCHEMAS[name].columns if f"`{column}`" not in explained]
    assert missing == []


@pytest.mark.parametrize("name", [*schemas.SCHEMAS])
def test_no_cell_speaks_of_how_the_table_was_made(name: str) -> None:
    with (settings.OWN_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if PROCESS.search(cell)] == []


def test_the_numbers_of_rows_it_states() -> None:
    told = {
        "parks": catalog.sites(),
        "cultural": catalog.venues(),
        "things": catalog.aggregates(),
        "units": catalog.district_facts(),
    }
    for word, table in told.items():
        assert f"{len(table)} {word}" in README
    known = catalog.sites()["evidence"].value_counts()
    graded = ", ".join(f"{known[grade]} {grade}" for grade in evidence.GRADES)
    assert graded.replace(" official", " are official") in README
    n_wide = len(catalog.sites(scope="wide")) - len(catalog.sites())
    assert f"{n_wide} technology" in README
    front = (settings.OWN_DATA.parent / "README.md").read_text("utf-8")
    assert f"{len(catalog.sites())} sites, each with its source" in front


def test_themes_of_targets() -> None:
    themes = set(catalog.targets()["theme"])
    row = next(line for line in section("targets.csv").splitlines() if "`theme`" in line)
    assert themes == {theme.strip() for theme in row.split("|")[2].split(",")}
