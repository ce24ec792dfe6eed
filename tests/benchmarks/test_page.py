"""Each program writes its own section of docs/benchmarks.md, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import page

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_program_replaces_its_own_section(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "images").mkdir()
    shown = tmp_path / "benchmarks.md"
    shown.write_text("# Benchmarks\n\nHead.\n\n## One\nold\n\n## Other\nkept\n", "utf-8")
    monkeypatch.setattr(page, "PAGE", shown)
    for name, title, value in (("one", "One", "1"), ("new", "New", "2"), ("one", "One", "3")):
        template = tmp_path / f"{name}.md"
        template.write_text(f"## {title}\n$value ![]($drawn) $machine\n", "utf-8")
        page.write(template, drawn=f"<svg>{value}</svg>", packages=["numpy", "none"], value=value)
    text = shown.read_text("utf-8")
    assert text.startswith("# Benchmarks\n\nHead.\n\n## One\n3 ![](images/benchmarks-one.svg) ")
    assert "\n\n## Other\nkept\n\n## New\n2 " in text
    assert text.count("numpy") == 2
    assert (tmp_path / "images/benchmarks-one.svg").read_text("utf-8") == "<svg>3</svg>"
