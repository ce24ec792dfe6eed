"""The TOML files of ``data/``: the date of the catalogue and the online base maps on offer."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

ABOUT: Final = "catalogue.toml"
BASEMAPS: Final = "basemaps.toml"

TEXTS: Final = ("name_zh", "name_en", "url", "attribution", "attribution_url")
DATUMS: Final = ("wgs84", "gcj02")
BASEMAP_FIELDS: Final = (*TEXTS, "datum", "max_zoom", "subdomains", "key_variable")
MOST_ZOOM: Final = 24


def catalogue_date(data_dir: Path, *, shown: str) -> tuple[date | None, list[str]]:
    """Return the catalogue's date, or the faults that hide it.

    Parameters
    ----------
    data_dir
        Folder of the facts.
    shown
        How faults name it.
    """
    name = f"{shown}/{ABOUT}"
    content, faults = _read(data_dir / ABOUT, name=name, expected="'date = YYYY-MM-DD'")
    if content is None:
        return None, faults
    found = content.get("date")
    if type(found) is not date:
        return None, [f"{name}, date: found {found!r}, expected a date as YYYY-MM-DD"]
    return found, []


def basemap_faults(data_dir: Path, *, shown: str) -> list[str]:
    """Return what is wrong with the base maps on offer; parameters as for `catalogue_date`."""
    name = f"{shown}/{BASEMAPS}"
    content, faults = _read(data_dir / BASEMAPS, name=name, expected="one table a base map")
    for key, entry in (content or {}).items():
        if isinstance(entry, dict):
            faults += [f"{name}, {key}.{fault}" for fault in _basemap(entry)]
        else:
            faults.append(f"{name}, {key}: found {entry!r}, expected a table with a base map")
    return faults


def _basemap(entry: dict[str, Any]) -> list[str]:
    """Return the faults of one base map, each beginning with its field."""
    datum, zoom = entry.get("datum"), entry.get("max_zoom")
    parts, key = entry.get("subdomains"), entry.get("key_variable", "none")
    sound = {
        **{field: (_is_text(entry.get(field)), "text") for field in TEXTS},
        "datum": (datum in DATUMS, f"one of {', '.join(DATUMS)}"),
        "max_zoom": (type(zoom) is int and 0 < zoom <= MOST_ZOOM, f"1 to {MOST_ZOOM}"),
        "subdomains": (isinstance(parts, list) and all(map(_is_text, parts)), "a list of texts"),
        "key_variable": (_is_text(key), "the name of an environment variable"),
    }
    wrong = [
        f"{field}: found {entry.get(field, 'nothing')!r}, expected {expected}"
        for field, (good, expected) in sound.items()
        if not good
    ]
    surplus = sorted(set(entry) - set(BASEMAP_FIELDS))
    return wrong + [f"{f}: not expected, known are {', '.join(BASEMAP_FIELDS)}" for f in surplus]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _read(path: Path, *, name: str, expected: str) -> tuple[dict[str, Any] | None, list[str]]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig")), []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, [f"{name}: cannot be read ({reason}), expected a TOML file"]
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, an impossible number
        return None, [f"{name}: is not TOML ({error}), expected {expected}"]
