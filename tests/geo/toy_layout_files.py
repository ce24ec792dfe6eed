"""Files of layouts as a planner would write them, for tests of what reads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.geo import toy_layout

if TYPE_CHECKING:
    from pathlib import Path


def toml(value: object) -> str:
    """Return a value as TOML: JSON is the same but for tables."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def write(folder: Path, document: dict[str, Any], *, name: str | None = None) -> Path:
    path = folder / f"{name or document['id']}.toml"
    path.write_text("".join(f"{k} = {toml(v)}\n" for k, v in document.items()), encoding="utf-8")
    return path


def wuhan() -> dict[str, Any]:
    """A city the catalogue does not have, in one file: its districts and its document with it."""
    return {
        "id": "wh-2030-plan",
        "region": "wuhan",
        "document": "wh-2030-plan",
        "name_zh": "试验布局",
        "name_en": "Trial layout",
        "date": "2030",
        "pattern_zh": "双核",
        "pattern_en": "Two cores",
        "summary_zh": "一句话。",
        "summary_en": "One sentence.",
        "place": {
            "name_zh": "武汉市",
            "name_en": "Wuhan",
            "districts": ["420102", "420103", "420106", "420111"],
        },
        "citation": {
            "title_zh": "武汉市设计之都规划",
            "title_en": "Wuhan: City of Design plan",
            "issued": "2030-01",
            "issuer": "武汉市",
        },
        "elements": [
            toy_layout.element(
                "old-town",
                "core",
                {"districts": ["420102", "420103"]},
                specialisations=[toy_layout.spec("architecture_planning")],
            ),
            toy_layout.element("wuchang", "core", {"districts": ["420106"]}),
            toy_layout.element("valley", "node", {"unpublished": True}),
        ],
        "links": [toy_layout.link("old-town", "wuchang", relation="twin")],
    }
