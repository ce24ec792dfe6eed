"""The template is read as what it offers."""

from __future__ import annotations

import pytest

from geo.facts import catalog
from geo.intake import columns, readers, template, validation
from geo.intake.plan import Plan
from geo.settings import LANGUAGES, Language


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_of_its_columns_is_recognised_and_its_row_kept(lang: Language, ending: str) -> None:
    make = template.as_csv if ending == "csv" else template.as_excel
    table = readers.read(f"template.{ending}", make(lang))
    held = columns.recognise(table.cells)
    assert set(held) == set(template.ASKED)
    intake = validation.take_in(table, Plan(columns=held))
    assert (len(intake.kept), len(intake.rejected)) == (1, 0)
    site = catalog.sites().set_index("id").loc[template.EXAMPLE]
    assert intake.kept["adcode"].to_list() == [site["adcode"]]
    assert intake.kept["name"].to_list() == [site[f"name_{lang}"]]
