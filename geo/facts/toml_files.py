"""The TOML files of ``data/``: the date of the catalogue and the online base maps on offer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

CATALOGUE: Final = "catalogue.toml"
BASEMAPS: Final = "basemaps.toml"
MOST_ZOOM: Final = 24

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class CatalogueDate(BaseModel):
    """What the catalogue says about itself.

    Attributes
    ----------
    date
        When the facts were last looked through.
    """

    date: Annotated[date, Field(strict=True)]


class ListedBasemap(BaseModel):
    """One online base map.

    Attributes
    ----------
    name_zh, name_en
        Names shown.
    url
        Tile address with {s}, {z}, {x}, {y}, and {key} where one is needed.
    attribution, attribution_url
        Text and link shown on the map.
    datum
        What the tiles are drawn in: the display is shifted to it, the data are not.
    max_zoom
        Last zoom with tiles.
    subdomains
        Values of {s}.
    key_variable
        Environment variable that holds the key; without it the map is not offered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name_zh: Text
    name_en: Text
    url: Text
    attribution: Text
    attribution_url: Text
    datum: Literal["wgs84", "gcj02"]
    max_zoom: Annotated[int, Field(strict=True, ge=1, le=MOST_ZOOM)]
    subdomains: tuple[Text, ...]
    key_variable: Text | None = None


class Basemaps(RootModel[dict[str, ListedBasemap]]):
    """The base maps on offer, by key."""
