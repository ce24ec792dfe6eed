"""The peers on the screen as a file, with distances, weights and method."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.facts import catalog
from geo.files import csv_file
from geo.measures.indicator_list import INDICATORS
from ui.cached import names
from ui.districts.peers import plots, sentence
from ui.downloads import files, menu
from ui.filters import wording

if TYPE_CHECKING:
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
    """Return the rows as CSV; every row carries method, weights and date."""
    asked = shown.asked
    said = {
        "title": sentence.headline(shown, plots.measures(shown)),
        "compared": shown.of,
        "level": asked.level,
        "where": "chosen" if asked.chosen else "all" if asked.everywhere else "region",
        **{f"weight_{name}": each for name, each in asked.weights._asdict().items()},
        "radius_m": shown.view.query.radius_m,
        "method": sentence.method(shown),
        "catalogue_date": catalog.catalogue_date().isoformat(),
        "boundaries": files.BOUNDARIES,
        "filters": "; ".join(
            f"{name}: {', '.join(codes)}" for name, codes in wording.codes(shown.view).items()
        ),
    }
    return csv_file.csv(rows(shown), metadata=said)


def rows(shown: Comparison) -> pd.DataFrame:
    """Return the unit, its peers and its other neighbours, a row each.

    Returns
    -------
    DataFrame
        On adcodes: ``role`` ("compared", "peer", "neighbour"), ``letter``, names, what the distance
        is made of (``residents``, ``area_km2``, ``n`` and sites by family, all sites), the
        distance and its parts, and the figures of the plots, filters applied.
    """
    roles = dict.fromkeys(shown.neighbours, "neighbour") | dict.fromkeys(shown.peers, "peer")
    codes = list(dict.fromkeys([shown.of, *shown.peers, *shown.neighbours]))
    known = shown.units.loc[codes]
    families = list(names.families("zh"))
    columns = [each.column for each in INDICATORS.values() if each.of_place]
    parts = shown.distances.drop(columns="empty").add_prefix("distance_")
    figures = shown.figures[[each for each in columns if each in shown.figures]]
    shares = shown.figures[families].add_prefix("share_")
    table = pd.DataFrame(
        {
            "role": [roles.get(code, "") if code != shown.of else "compared" for code in codes],
            "letter": [shown.letters.get(code, "") for code in codes],
            "region": known["region"].map(names.stem),
            **{name: known[name] for name in ("name_zh", "name_en", "residents", "area_km2", "n")},
            **{f"sites_{key}": known[key] for key in families},
        },
        index=known.index,
    )
    return (
        table.join(parts.rename(columns={"distance_distance": "distance"}))
        .join(shown.distances["empty"])
        .join(figures.rename(columns={"share": "coverage"}))
        .join(shares)
        .rename_axis("adcode")
    )
