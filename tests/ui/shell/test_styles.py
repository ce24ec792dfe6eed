"""The page's styles: they reach the page whole, and what a template names is there."""

from __future__ import annotations

import re
from pathlib import Path

from ui.shell import theme

UI = Path(__file__).parents[3] / "ui"
SHEETS = "\n".join((UI / "shell" / name).read_text("utf-8") for name in theme.SHEETS)
QUOTED = re.compile(r'"([^"]*)"')
NAME = re.compile(r"(?<![\w.#-])ct-[a-z][a-z0-9-]*[a-z0-9]")


def test_no_sheet_holds_what_looks_like_markup() -> None:
    # The browser's cleaner drops a style that does, and the page stands without any.
    assert re.findall(r"<.*", SHEETS) == []


def test_every_class_of_a_template_has_a_rule() -> None:
    templates = "\n".join(path.read_text("utf-8") for path in UI.rglob("*.html"))
    named = {name for quoted in QUOTED.findall(templates) for name in NAME.findall(quoted)}
    assert len(named) > 80
    assert sorted(name for name in named if not re.search(rf"\.{name}(?![\w-])", SHEETS)) == []
