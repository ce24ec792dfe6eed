"""The peers on the screen as a file, with distances, weights and method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api import peer_rows
from api.peer_rows import Likeness
from geo.facts import catalog
from geo.files import csv_file
from ui.cached import names
from ui.districts.peers import plots, sentence
from ui.downloads import files, menu
from ui.filters import wording

if TYPE_CHECKING:
    import geopandas as gpd

    from ui.districts.peers.comparison import Comparison


def offer(shown: Comparison) -> None:
    """Offer the unit, its peers and its neighbours with their figures."""
    table = files.FORMATS["csv"]
    menu.file(
        shown.view.t("download.peers_csv", n=len(rows(shown))),
        lambda: as_csv(shown),
        name=f"{names.stem(shown.view.region)}-{shown.of}-peers.{table.ending}",
        media=table.media,
        key="peers",
    )


def as_csv(shown: Comparison) -> bytes:
    """Return the rows as CSV; every row carries its method and date."""
    said = {
        "title": sentence.headline(shown, plots.measures(shown)),
        "method": sentence.method(shown),
        "catalogue_date": catalog.catalogue_date().isoformat(),
        "boundaries": files.BOUNDARIES,
        "filters": "; ".join(
            f"{name}: {', '.join(codes)}" for name, codes in wording.codes(shown.view).items()
        ),
    }
    return csv_file.csv(rows(shown), metadata=said)


def rows(shown: Comparison) -> gpd.GeoDataFrame:
    """Return the unit, its peers and its other neighbours, in the columns of the collection."""
    likeness = Likeness(shown.asked, shown.distances, shown.figures, shown.peers, shown.neighbours)
    radius_m = shown.view.query.radius_m
    found = peer_rows.rows([likeness], shown.units, radius_m=radius_m)
    return found.assign(**{name: found[name].map(names.stem) for name in peer_rows.REGIONS})
