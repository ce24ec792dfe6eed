"""Online base maps beside our own ground; none of them is needed."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from geo import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

Datum = Literal["wgs84", "gcj02"]

_FILE = "basemaps.toml"
_AREA = Path(__file__).with_name("gcj02_area.json")


@dataclass(frozen=True, kw_only=True)
class Basemap:
    """One online base map.

    Parameters
    ----------
    key
        Short name, for addresses.
    name_zh, name_en
        Names shown.
    url
        Tile address with {s}, {z}, {x}, {y}; the key, where one is needed, is filled in.
    attribution, attribution_url
        Text and link shown on the map.
    datum
        What the tiles are drawn in: the display is shifted to it, the data are not.
    max_zoom
        Last zoom with tiles.
    subdomains
        Values of {s}.
    """

    key: str
    name_zh: str
    name_en: str
    url: str
    attribution: str
    attribution_url: str
    datum: Datum
    max_zoom: int
    subdomains: tuple[str, ...]


def basemaps(environment: Mapping[str, str] = os.environ) -> dict[str, Basemap]:
    """Base maps on offer, by key; one that needs a key only where its variable is set.

    Parameters
    ----------
    environment
        Where keys are looked up.

    Returns
    -------
    dict
        In the order of data/basemaps.toml.
    """
    offered = {}
    for key, entry in _entries().items():
        variable = entry.get("key_variable")
        secret = environment.get(variable, "").strip() if variable else ""
        if variable and not secret:
            continue
        fields = {name: value for name, value in entry.items() if name != "key_variable"}
        fields["url"] = fields["url"].replace("{key}", secret)
        fields["subdomains"] = tuple(fields["subdomains"])
        offered[key] = Basemap(key=key, **fields)
    return offered


@cache
def _entries() -> dict[str, dict[str, Any]]:
    # With a byte order mark where an editor left one.
    return tomllib.loads((settings.current().data / _FILE).read_text("utf-8-sig"))


@cache
def gcj02_area() -> list[list[list[float]]]:
    """Where GCJ-02 applies: rings of longitude and latitude, even-odd.

    The Chinese mainland with a margin of sea, simplified; exact to about 100 m where it meets
    Hong Kong and Macau, to some km along the other borders. Hong Kong, Macau, Taiwan and
    everything abroad lie outside.
    """
    rings: list[list[list[float]]] = json.loads(_AREA.read_text("utf-8"))
    return rings
