"""区县: what is told of a district beside its density, and how a region's sites are spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo import formats
from geo.facts import boundaries, catalog, dictionary
from geo.settings import LANGUAGES
from tests.pages.conftest import words
from tests.reading import read
from tests.reading import words as text_of
from tests.ui.states import view
from ui.blocks import pattern
from ui.cached import indicators
from ui.districts import profile
from ui.downloads import files
from ui.state.pages import Districts
from ui.state.selection import Selection

if TYPE_CHECKING:
    from geo.settings import Language
    from tests.pages.conftest import Open


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_card_and_the_table_tell_what_a_district_leads_in(
    run_page: Open, lang: Language
) -> None:
    shown = view(Districts, lang, at=Selection("district", "310117"))
    row = indicators.profile(shown.query).loc["310117"]
    assert row["lead"] == "film"
    for asked in ({"at": "district:310117"}, {"view": "table"}):
        app = run_page("districts", lang=lang, **asked)
        assert not app.exception
        said = words(app)
        assert shown.family("film", short="view" in asked) in said
        assert formats.ratio(row["lead_low"]) in said
        assert formats.ratio(row["diversity"]) in said
        assert formats.probability(row["gi_p_fdr"]) in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "asked",
    [
        {"region": "guangdong", "unit": "district"},
        {"region": "jinan", "kind": "street"},
        {"region": "chongqing", "until": "1990"},
        {"region": "harbin"},
    ],
)
def test_every_region_has_a_sentence_for_each_figure_or_why_there_is_none(
    lang: Language, asked: dict[str, str]
) -> None:
    values = {name: (text,) if name == "kind" else text for name, text in asked.items()}
    shown = view(Districts, lang, **values)
    found = indicators.pattern(shown.query)
    told = [text_of(each) for each in read(pattern.block(shown)).iter("p")]
    assert len(told) == 4 + (found.empty["gini"] is None) + (found.basis.n > 0)
    if found.empty["moran"] is None:
        assert formats.ratio(found.moran.I) in " ".join(told)
    for reason in filter(None, found.empty.values()):
        assert shown.t(f"absent.{reason}") in " ".join(told)


@pytest.mark.parametrize("region", [str(each) for each in catalog.regions().index])
def test_every_district_has_a_value_or_a_reason(region: str) -> None:
    for code in boundaries.districts(region, level="district").index[::7]:
        shown = view(Districts, region=region, unit="district", at=Selection("district", code))
        told = profile.rows(shown)
        assert len(told) == 5
        assert all(value for _, value in told)
        assert "nan" not in str(told)


def test_files_have_every_column_and_say_what_it_is() -> None:
    frame = files.districts(view(Districts))
    profiled = indicators.profile(view(Districts).query)
    assert frame[profiled.columns].equals(profiled)
    assert set(profiled.columns) <= set(dictionary.columns("districts"))
