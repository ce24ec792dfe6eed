from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import boundaries, catalog, location_quotient
from geo.facts import sectors
from geo.measures import sector_counts
from tests.geo import toy

SECTORS = ["film_tv", "fashion", "arts_crafts", "exhibition"]
MIXES = st.lists(st.lists(st.sampled_from(SECTORS), max_size=4, unique=True), max_size=12)


@settings(max_examples=15)
@given(mixes=MIXES, places=toy.positions())
def test_each_column_is_what_a_sector_alone_gives(
    mixes: list[list[str]], places: list[toy.Position]
) -> None:
    mixes = (mixes + [["film_tv"]] * len(places))[: len(places)]
    sites = toy.sites(places, sectors=[";".join(mix) or None for mix in mixes])
    table = sector_counts.counts(sites, toy.quarters(), by="sector")
    total = sector_counts.totals(sites, by="sector")
    quotients = location_quotient.table(table, reference=total)
    for sector in SECTORS[:2]:
        alone = location_quotient.by_district(sites, toy.quarters(), sector=sector)
        assert table[sector].to_list() == pytest.approx(alone["x_ds"].to_list())
        assert quotients[sector].to_list() == pytest.approx(alone["lq"].to_list(), nan_ok=True)
    assert table.sum(axis=None) == pytest.approx(table.attrs["used"])
    assert sum(table.attrs[name] for name in ("used", "unstated", "unplaced")) == len(sites)
    assert table.attrs["n"] == len(sites)


def test_families_add_up_their_sectors() -> None:
    sites, districts = catalog.sites("shanghai"), boundaries.districts("shanghai")
    by_sector = sector_counts.counts(sites, districts, by="sector")
    families = sector_counts.counts(sites, districts)
    assert families.columns.to_list() == catalog.families().index.to_list()
    assert by_sector.columns.to_list() == catalog.sectors().index.to_list()
    added = by_sector.T.groupby(by_sector.columns.map(dict(sectors.family_by_sector()))).sum().T
    assert families.to_numpy() == pytest.approx(added[families.columns].to_numpy())
    everywhere = sector_counts.totals(sites)
    assert everywhere.sum() - families.sum(axis=None) == pytest.approx(families.attrs["unplaced"])


@settings(max_examples=12)
@given(k=st.integers(1, 12))
def test_five_sites_are_not_few_however_many_sectors_they_share(k: int) -> None:
    sites = toy.sites([(121.45, 31.15)] * 5, sectors=";".join(catalog.sectors().index[:k]))
    counts = sector_counts.counts(sites, toy.quarters(), by="sector")
    assert not location_quotient.specialisation(counts)["few"].loc["310101"].any()


def test_without_sites_nothing_is_counted() -> None:
    table = sector_counts.counts(toy.sites([], sectors=[]), toy.quarters())
    assert (table == 0).all(axis=None)
    assert sector_counts.totals(toy.sites([], sectors=[])).sum() == 0
