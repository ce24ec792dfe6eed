"""Live links: addresses that return the rows on a page to any program."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from api.negotiation import PREFIX
from api.query import MOST
from geo import criteria as sites_criteria

if TYPE_CHECKING:
    from geo.criteria import Criteria


def service_address(base_url: str) -> str:
    """Return the address of the API, as QGIS and GDAL ask for it.

    Parameters
    ----------
    base_url
        Address of the app.
    """
    return base_url.rstrip("/") + PREFIX


def items_address(base_url: str, region: str | None, criteria: Criteria) -> str:
    """Return the address of the sites of a region that meet criteria, as GeoJSON.

    Parameters
    ----------
    base_url
        Address of the app.
    region
        Id of a region, None for all.
    criteria
        What is asked of the sites.

    Returns
    -------
    str
        The rows are those of `criteria.select`, in its order; where they are more than a page
        can hold (`query.MOST`), the answer links to the next page.
    """
    params = {"region": region} if region else {}
    asked = params | sites_criteria.render(criteria) | {"limit": str(MOST), "f": "json"}
    query = urlencode(asked, safe=",")
    return f"{service_address(base_url)}/collections/sites/items?{query}"
