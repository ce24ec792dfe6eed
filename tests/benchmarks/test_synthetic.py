"""What benchmarks measure on can be served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import synthetic
from geo.facts import catalog

if TYPE_CHECKING:
    from pathlib import Path


def test_a_catalogue_of_made_up_sites_passes_the_check(tmp_path: Path) -> None:
    folder = synthetic.catalogue_with(tmp_path / "data", n=50)
    catalog.check(folder)
    assert (catalog.read(folder).tables["sites"]["region"] == "shanghai").sum() == 50
