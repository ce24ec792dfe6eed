"""Coverage of more places than are measured one by one: pages say between which shares it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo import formats
from geo.facts import boundaries, catalog
from geo.measures import coverage, district_table, region_summary
from tests.pages.conftest import words

if TYPE_CHECKING:
    from tests.pages.conftest import Open

PAGES = ["overview", "districts", "layouts"]


@pytest.mark.parametrize(("lang", "said"), [("zh", "不逐处精算"), ("en", "one by one")])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_the_bounds_where_there_are_some(
    run_page: Open, monkeypatch: pytest.MonkeyPatch, page: str, lang: str, said: str
) -> None:
    # Of no other test: figures are remembered.
    radius = f"2.{3 + PAGES.index(page)}{1 if lang == 'zh' else 2}"
    assert said not in words(run_page(page, lang=lang, by="coverage"))
    monkeypatch.setattr(coverage, "EXACT_UP_TO", 0)
    at = {} if page == "layouts" else {"at": "district:310115"}
    app = run_page(page, lang=lang, radius=radius, by="coverage", **at)
    assert not app.exception
    told = words(app)
    assert said in told
    if page == "layouts":
        return
    sites, units = catalog.sites("shanghai"), boundaries.districts("shanghai")
    whole = region_summary.summary(sites, units, radius_m=1000 * float(radius))
    assert whole.coverage_low < whole.coverage < whole.coverage_high
    assert formats.between(whole.coverage_low, whole.coverage_high) in told
    table = district_table.table(sites, units, radius_m=1000 * float(radius))
    assert formats.between(*table.loc["310115", ["share_low", "share_high"]]) in told
    if page == "districts":
        assert formats.at_most(district_table.widest(table)) in told


def test_bounds_of_a_district_are_columns_of_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    sites, units = catalog.sites("harbin"), boundaries.districts("harbin")
    exact = district_table.table(sites, units, radius_m=3000)
    assert set(exact["share_method"]) == {"exact"}
    assert exact["share_low"].equals(exact["share"].rename("share_low"))
    monkeypatch.setattr(coverage, "EXACT_UP_TO", 0)
    bounded = district_table.table(sites, units, radius_m=3000)
    assert set(bounded["share_method"]) == {"bounded"}
    assert (bounded["share_low"].isna() == bounded["share"].isna()).all()
    known = bounded[bounded["share"].notna()]
    assert (known["share_low"] <= known["share"]).all()
    assert (known["share"] <= known["share_high"]).all()
