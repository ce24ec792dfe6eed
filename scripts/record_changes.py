"""Propose the lines of data/changes.csv that today's tables lack; with --write, add them.

Lines are made of the tables as the record has them and as they are. Exit status 1 where lines
are missing and were not written. --release keeps today's tables as those of a release.
"""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from geo import settings
from geo.facts import changes, schemas
from geo.facts.changes import Change

if TYPE_CHECKING:
    from collections.abc import Sequence


OF_ROWS: Final = frozenset({"added", "removed", "released"})
"""Reasons of rows, columns and tables, which say them by themselves."""


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=settings.OWN_DATA, help="data folder")
    options.add_argument(
        "--reason",
        choices=[each for each in get_args(schemas.Reason) if each not in OF_ROWS],
        default="corrected",
        help="why cells changed; rows, columns and tables say so themselves",
    )
    options.add_argument("--source", help="source of cells that changed, if not that of their row")
    options.add_argument("--date", default=datetime.now(UTC).date().isoformat())
    options.add_argument("--write", action="store_true", help="add the lines to the record")
    options.add_argument("--release", metavar="VERSION", help="keep today's tables as a release")
    return options


def lacking(folder: Path, *, date: str, reason: str, source: str | None) -> list[Change]:
    """Return the lines that the record of a data folder lacks, as options say."""
    lines = changes.since_release(changes.read(folder))
    recorded = changes.replay(changes.released(folder), lines)
    lines_lacking = changes.missing(recorded, changes.of_today(folder), date=date)
    return [changes.with_reason(line, reason=reason, source=source) for line in lines_lacking]


def out_of_order(folder: Path, lacking: Sequence[Change]) -> list[str]:
    """Return the tables whose rows stand in another order than the record leaves them in."""
    today = changes.of_today(folder)
    base = today | changes.released(folder)
    lines = (*changes.since_release(changes.read(folder)), *lacking)
    recorded = changes.replay(base, lines)
    return [name for name, file in today.items() if recorded[name] != file]


def add(folder: Path, lines: Sequence[Change]) -> None:
    """Add lines to the record, and to the release the tables that they add."""
    today, base = changes.of_today(folder), changes.released(folder)
    added = {line.table for line in lines if not line.id and not line.field}
    if added:
        changes.keep(folder, base | {name: today[name] for name in added})
    changes.write(folder, (*changes.read(folder), *lines))


def release(folder: Path, version: str, *, date: str) -> None:
    """Keep today's tables as those of a release, from which the record goes on."""
    line = Change(date, "", "", "", "", version, "released", "")
    changes.write(folder, (*changes.read(folder), line))
    changes.keep(folder, changes.of_today(folder))


def main(asked: Sequence[str] | None = None) -> int:
    """Run the program."""
    options = parser().parse_args(asked)
    lines = lacking(options.data, date=options.date, reason=options.reason, source=options.source)
    csv.writer(sys.stdout, lineterminator="\n").writerows(map(astuple, lines))
    if unordered := out_of_order(options.data, lines):
        print(
            f"Rows in another order (a new one comes last): {', '.join(unordered)}", file=sys.stderr
        )
        return 1
    if options.write:
        add(options.data, lines)
    elif lines:
        return 1
    if options.release:
        release(options.data, options.release, date=options.date)
    return 0


if __name__ == "__main__":
    sys.exit(main())
