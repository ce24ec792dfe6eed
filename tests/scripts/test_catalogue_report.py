"""What the guide says of the catalogue is what the catalogue says."""

from __future__ import annotations

from geo.facts import catalog
from scripts import catalogue_report


def test_the_guide_has_the_report_of_these_facts() -> None:
    told = catalogue_report.WRITTEN.read_text("utf-8")
    assert told == catalogue_report.report(), "run python -m scripts.catalogue_report --write"


def test_every_grade_precision_and_kind_adds_up_to_the_sites() -> None:
    core, every = len(catalog.sites()), len(catalog.sites(scope=catalog.WIDE))
    tables = catalogue_report.report().split("\n## ")
    for title in ("By evidence", "By precision", "By kind", "By region"):
        (table,) = (each for each in tables if each.startswith(title))
        rows = [line.split(" | ") for line in table.splitlines()[4:]]
        counts = [[int(cell.strip(" |")) for cell in row[1:3]] for row in rows]
        assert [sum(column) for column in zip(*counts, strict=True)] == [core, every - core]
