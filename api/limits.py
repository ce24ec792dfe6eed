"""How much may be asked of the API, and the numbers that its texts tell.

What one may ask of sites is limited by `geo.search.criteria`, the radius by `geo.settings`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from geo import settings
from geo.facts import schemas
from geo.planning import Question
from geo.planning.scenario import MOST_PINS
from geo.planning.taking_part import PRECISE_M
from geo.search import criteria

DEFAULT_FEATURES: Final = 100
"""Features on a page where nothing else is asked for."""

MOST_FEATURES: Final = 1000
"""Features on a page that nobody can exceed; as the standard has it, more is cut, not refused."""

MOST_ON_PAGE: Final = 100
"""Features on a page for people, however many are asked for."""

MOST_CHARACTERS: Final = 4096
"""Characters behind the question mark of an address."""

MOST_ZOOM: Final = 24
"""Zoom of a web map that outlines are made for."""

MOST_NEW_SITES: Final = 12
"""Sites of a plan."""

MOST_CLUSTERED: Final = 5_000
"""Sites among which clusters are looked for: the pairs of more would take the server too long."""

RADIUS_KM: Final = settings.RADIUS_M / 1000
"""Radius of the coverage that is served where none is asked for."""

FIRST_YEAR, LAST_YEAR = schemas.YEARS

TOLD: Final = MappingProxyType(
    {
        name: f"{number:g}"
        for name, number in {
            "most_features": MOST_FEATURES,
            "most_characters": MOST_CHARACTERS,
            "most_zoom": MOST_ZOOM,
            "most_new": MOST_NEW_SITES,
            "usual_new": Question.p,
            "most_pins": MOST_PINS,
            "precise_m": PRECISE_M,
            "most_clustered": MOST_CLUSTERED,
            "radius_km": RADIUS_KM,
            "least_radius_km": settings.LEAST_RADIUS_KM,
            "most_radius_km": settings.MOST_RADIUS_KM,
            "first_year": FIRST_YEAR,
            "last_year": LAST_YEAR,
            "near_km": criteria.DEFAULT_KM,
            "most_km": criteria.MOST_KM,
            "most_text": criteria.MOST_TEXT,
        }.items()
    }
)
"""Limits by the blanks that they fill in the texts."""
