"""What pygeoapi is told: its configuration, made in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from api import sources, texts
from api.query import CRS84, DEFAULT_LIMIT, MOST

STAND_IN: Final = "https://stand-in.invalid/api"
"""Address of the API in what pygeoapi writes. The true one is known with each request only, and
takes its place on the way out."""

HOME: Final = STAND_IN.removesuffix("/api")
"""The same of the app."""

TEMPLATES: Final = Path(__file__).with_name("templates")


def configuration(*, provider: str) -> dict[str, Any]:
    """Return pygeoapi's configuration.

    Parameters
    ----------
    provider : str
        Dotted name of the provider's class.
    """
    title = texts.said("service", "title")
    return {
        "server": {
            "url": STAND_IN,
            "bind": {"host": "localhost", "port": 0},
            "languages": list(texts.LANGUAGES),
            "limits": {
                "default_items": DEFAULT_LIMIT,
                "max_items": MOST,
                "on_exceed": "throttle",
            },
            "templates": {"path": str(TEMPLATES)},
            "pretty_print": False,
        },
        "logging": {"level": "CRITICAL"},
        "metadata": {
            "identification": {
                "title": title,
                "description": texts.said("service", "description"),
                "keywords": ["creative parks", "urban planning", "China"],
                "terms_of_service": texts.text("service", "terms", "en"),
                "url": HOME,
            },
            "license": {"name": texts.text("service", "licence", "en"), "url": HOME},
            "provider": {"name": title, "url": HOME},
            "contact": {"name": title},
        },
        "chuangtu": {
            "pages": texts.everything()["pages"],
            "filters": texts.everything()["filters"],
            "parameters": texts.everything()["parameters"],
        },
        "resources": {name: _resource(name, provider) for name in sources.NAMES},
    }


def _resource(name: str, provider: str) -> dict[str, Any]:
    told = texts.everything()[f"collections.{name}"]
    collection = sources.collection(name)
    return {
        "type": "collection",
        "title": told["title"],
        "description": told["description"],
        "keywords": [each.name for each in collection.filters],
        "links": [],
        "extents": {"spatial": {"bbox": collection.extent, "crs": CRS84}},
        "providers": [
            {
                "type": "feature",
                "name": provider,
                "data": name,
                "id_field": collection.key,
                "title_field": {"zh": "name_zh", "en": "name_en"},
                "crs": [CRS84],
                "storage_crs": CRS84,
                "include_extra_query_parameters": True,
            }
        ],
    }
