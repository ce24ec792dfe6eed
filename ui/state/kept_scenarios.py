"""The address of a scenario that a workspace keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from geo.planning import scenario
from ui.state import pages

if TYPE_CHECKING:
    from geo.planning.scenario import Scenario
    from geo.settings import Language


def address(kept: Scenario, *, region: str, lang: Language) -> str:
    """Return the address of 选址 that shows a scenario of a region, as seen from any page."""
    of_page = dict(parse_qsl(kept.asked, keep_blank_values=True))
    asked = {
        "lang": lang,
        "region": region,
        **of_page,
        # A walk says itself how far it leads.
        **({} if of_page.get("way") == "foot" else {"radius": f"{kept.radius_m / 1000:g}"}),
        "mode": "try",
        "pins": scenario.written(kept.pins),
    }
    return pages.address("siting", asked)
