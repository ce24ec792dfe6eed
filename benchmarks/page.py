"""docs/benchmarks.md: a section for each program that writes there, with its machine and day."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEADING: Final = "\n## "


def write(template: Path, *, packages: Sequence[str], drawn: str = "", **values: object) -> None:
    """Put a section in the place of the one with its heading, or behind all others.

    Parameters
    ----------
    template : Path
        The section in Markdown, its heading first.
    drawn : str
        Its chart as SVG, where it has one; ``$drawn`` names the file.
    packages : sequence of str
        Whose versions ``$machine`` tells.
    **values : object
        What else it names.
    """
    picture = f"images/benchmarks-{template.stem}.svg"
    if drawn:
        (PAGE.parent / picture).write_text(drawn, "utf-8")
    section = Template(template.read_text("utf-8")).substitute(
        values, drawn=picture, machine=machine(packages)
    )
    head, *sections = PAGE.read_text("utf-8").rstrip().split(HEADING)
    by_title = {each.split("\n", 1)[0]: each.rstrip() for each in sections}
    new = section.removeprefix(HEADING.lstrip()).rstrip()
    by_title[new.split("\n", 1)[0]] = new
    PAGE.write_text(f"\n{HEADING}".join([head.rstrip(), *by_title.values()]) + "\n", "utf-8")


def machine(packages: Sequence[str]) -> str:
    """Return the day, the machine with its load, and the versions of those that are installed."""
    there = {each.metadata["Name"] for each in metadata.distributions()}
    versions = [f"{name} {metadata.version(name)}" for name in packages if name in there]
    return ", ".join(
        [
            f"{datetime.now(UTC):%Y-%m-%d}",
            platform.machine(),
            f"{os.cpu_count()} cores under a load of {os.getloadavg()[0]:.0f}",
            f"Python {platform.python_version()}",
            *versions,
        ]
    )
