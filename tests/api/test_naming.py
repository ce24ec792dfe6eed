"""Names of units in English."""

from __future__ import annotations

from api import naming
from geo.facts import boundaries, catalog


def test_units_are_called_as_in_their_own_rows() -> None:
    known = naming.english()
    for region in catalog.regions().index:
        units = boundaries.districts(region)
        for name, expected in zip(units["name_zh"], units["name_en"], strict=True):
            assert known.get(name, expected) == expected


def test_cities_and_most_districts_have_a_name() -> None:
    known, sites = naming.english(), catalog.sites()
    assert set(sites["city"].dropna()) <= set(known)
    assert sites["district"].dropna().isin(known).mean() > 0.95
