"""Whatever the start lets through, every page, file and answer can show."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geo.facts import schemas
from tests.pages import changed_facts
from tests.pages.changed_facts import Cell

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """Return a copy of the data folder that a test may change."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def test_what_passes_the_check_can_be_shown_everywhere(facts: Path) -> None:
    tables = changed_facts.with_new_words(changed_facts.read(facts))
    asked = changed_facts.every_change(tables)
    columns = {(cell.table, cell.column) for cell in asked}
    assert columns == {(name, each) for name in schemas.SCHEMAS for each in schemas.dtypes(name)}
    kept = changed_facts.accepted(facts, tables, asked)
    assert len(kept) > 400
    assert changed_facts.opened(facts, kept) == {}


@pytest.mark.parametrize(
    ("column", "value"), [("unit", "盏"), ("theme", "weather"), ("period", "H1")]
)
def test_a_word_of_targets_that_nothing_names_is_refused(
    facts: Path, column: str, value: str
) -> None:
    tables = changed_facts.read(facts)
    cell = Cell("targets", 3, column, value)
    changed_facts.write(facts, tables, [cell])
    (fault,) = changed_facts.faults(facts)
    match = changed_facts.NAMED.search(fault)
    assert match is not None
    assert match.groups() == cell.place
    assert repr(value) in fault
