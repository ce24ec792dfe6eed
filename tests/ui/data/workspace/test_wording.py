"""What versions of a workspace tell differently, in the reader's words."""

from __future__ import annotations

import pytest

from ui.data.workspace.wording import Wording
from ui.words.language import PageTexts


@pytest.mark.parametrize(
    ("lang", "district", "city"), [("zh", "江岸区", "武汉市"), ("en", "Jiang'an", "Wuhan")]
)
def test_a_place_is_named_once_and_in_the_reader_s_language(
    lang: str, district: str, city: str
) -> None:
    wording = Wording(PageTexts(lang), [])  # type: ignore[arg-type]
    where = {"adcode": "420102", "district": "江岸区", "city_adcode": "420100", "city": "武汉市"}
    said = wording.cell("sites", "geometry", where)
    assert said.count(district) == said.count(city) == 1
    assert "4201" not in said
    assert lang == "zh" or "区" not in said


def test_a_site_of_a_list_is_told_from_one_whose_names_read_alike() -> None:
    wording = Wording(PageTexts("zh"), [])
    one, other = (wording.row("shortlists", key) for key in (("A / B", "C"), ("A", "B / C")))
    assert "“A / B”" in one
    assert "“B / C”" in other
