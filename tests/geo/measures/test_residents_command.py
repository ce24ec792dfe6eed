"""Residents within a radius on the command line: over districts, points, a GeoTIFF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from geo.facts import boundaries, catalog
from geo.measures import residents
from geo.measures.__main__ import REFUSED, WRITTEN, main
from tests.geo.measures.test_residents import raster

if TYPE_CHECKING:
    from pathlib import Path

CELLS = np.full((20, 20), 2.0)


def test_each_kind_of_population_is_written_as_it_is_computed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sites, districts = catalog.sites("shanghai"), boundaries.districts("shanghai")
    cells = raster(tmp_path / "people.tif", CELLS)
    lon, lat = np.meshgrid(121.405 + 0.01 * np.arange(20), 31.295 - 0.01 * np.arange(20))
    points = residents.People(lon.ravel(), lat.ravel(), CELLS.ravel())
    pd.DataFrame(points._asdict()).to_csv(tmp_path / "people.csv", index=False)
    given: dict[tuple[str, ...], pd.Series | residents.People | Path] = {
        (): districts["population"],
        (str(cells),): cells,
        (str(tmp_path / "people.csv"),): points,
    }
    for path, population in given.items():
        out = tmp_path / "reached.csv"
        assert main(["shanghai", *path, "--out", str(out), "--radius", "2000"]) == WRITTEN
        wanted = residents.reached(sites, districts, population, radius_m=2000)
        found = pd.read_csv(out, dtype={"adcode": str}).set_index("adcode")
        assert found["reached"].to_numpy() == pytest.approx(wanted["reached"], nan_ok=True)
        assert set(found["basis"]) == set(wanted["basis"])
        assert str(wanted["basis"].iloc[0]) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("region", "text", "radius"),
    [
        ("atlantis", "lon,lat,residents\n", "3000"),
        ("shanghai", "lon,lat\n121.4,31.2\n", "3000"),
        ("shanghai", "lon,lat,residents\n121.4,31.2,-1\n", "3000"),
        ("shanghai", "", "3000"),
        ("shanghai", "lon,lat,residents\n2.4,48.8,5\n", "3000"),
        ("shanghai", "lon,lat,residents\n121.4,31.2,5\n", "0"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], region: str, text: str, radius: str
) -> None:
    people, out = tmp_path / "people.csv", tmp_path / "reached.csv"
    people.write_text(text, "utf-8")
    assert main([region, str(people), "--out", str(out), "--radius", radius]) == REFUSED
    assert capsys.readouterr().err
    assert not out.exists()


def test_a_bad_point_is_named_as_a_spreadsheet_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people, out = tmp_path / "people.csv", tmp_path / "reached.csv"
    people.write_text("lon,lat,residents\n121.4,31.2,5\n\n121.4,31.2,-1\n121.4,,3\n", "utf-8")
    assert main(["shanghai", str(people), "--out", str(out)]) == REFUSED
    assert "at rows 4, 5;" in capsys.readouterr().err
