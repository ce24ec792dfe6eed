"""The changes in view as a file, and where programs and readers of feeds find them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.endpoints import changes_address, feed_address
from geo import formats
from geo.facts import catalog
from geo.files import csv_file
from ui.cached import names
from ui.data import changes
from ui.downloads import files, menu

if TYPE_CHECKING:
    from ui.state.pages import Data
    from ui.state.view import PageView


def lines(view: PageView[Data]) -> None:
    """Offer the lines in view as CSV, their live address, and the feed of the region."""
    t = view.t
    shown, table = changes.lines(view), files.FORMATS["csv"]
    with menu.button(view):
        menu.file(
            t("data.csv", n=formats.whole(len(shown))),
            lambda: as_csv(view),
            name=f"{names.stem(view.region)}-changes.{table.ending}",
            media=table.media,
            key="changes",
        )
        base = menu.base()
        asked = {"datetime": f"{changes.since(view)}/..", "reason": ",".join(view.state.reason)}
        for key, address in {
            "live": changes_address(base, view.region, asked),
            "feed": feed_address(base, view.region, t.lang),
        }.items():
            menu.live(t(f"data.{key}"), t(f"data.{key}_note"), address)


def as_csv(view: PageView[Data]) -> bytes:
    """Return the lines in view as CSV, with the sentence that says which they are."""
    date = catalog.catalogue_date().isoformat()
    metadata = {"title": changes.headline(view), "catalogue_date": date}
    return csv_file.csv(changes.lines(view), metadata=metadata)
