"""Online base maps beside our own ground; none of them is needed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from geo import memory
from geo.facts import catalog, toml_files

if TYPE_CHECKING:
    from collections.abc import Mapping

_AREA = Path(__file__).with_name("gcj02_area.json")


class OfferedBasemap(toml_files.ListedBasemap):
    """An online base map on offer; the key of its address, where one is needed, is filled in.

    Attributes
    ----------
    key
        Short name, for addresses.
    """

    key: str


def basemaps(environment: Mapping[str, str] = os.environ) -> dict[str, OfferedBasemap]:
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
    for key, entry in catalog.basemaps().items():
        secret = environment.get(entry.key_variable or "", "").strip()
        if secret or entry.key_variable is None:
            url = entry.url.replace("{key}", secret)
            offered[key] = OfferedBasemap(**entry.model_dump() | {"key": key, "url": url})
    return offered


@memory.by_facts
def gcj02_area() -> tuple[tuple[tuple[float, ...], ...], ...]:
    """Where GCJ-02 applies: rings of longitude and latitude, even-odd.

    The Chinese mainland with a margin of sea, simplified; exact to about 100 m where it meets
    Hong Kong and Macau, to some km along the other borders. Hong Kong, Macau, Taiwan and
    everything abroad lie outside.
    """
    return tuple(tuple(map(tuple, ring)) for ring in json.loads(_AREA.read_text("utf-8")))
