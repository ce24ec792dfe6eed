"""Read a list of sites from the shell: ``python -m geo.intake FILE --out good.geojson ...``."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from geo import settings
from geo.china.datum import DATUMS, Datum
from geo.errors import ChuangtuError, InputError, RefusedFileError
from geo.files import csv_file, geojson
from geo.intake import (
    addresses,
    columns,
    datum_hint,
    faults,
    geocoding,
    outcome,
    own_districts,
    placing,
    readers,
    treatments,
    validation,
    words,
)
from geo.intake.plan import Plan
from geo.measures import assignment
from geo.settings import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from geo.intake.table import RawTable
    from geo.intake.validation import Intake
    from geo.settings import Language

KEPT, REFUSED = 0, 2
"""Exit statuses."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Read a file, write what is kept and what is not, and say how many.

    Parameters
    ----------
    arguments
        Of the command line.

    Returns
    -------
    int
        0 where rows were kept, 2 where the file is refused.
    """
    asked = _parser().parse_args(arguments)
    t = words.IntakeTexts(asked.lang)
    for target in filter(None, (asked.out, asked.rejected)):
        if not target.parent.is_dir():
            print(t("say.no_folder", folder=target.parent), file=sys.stderr)
            return REFUSED
    try:
        region = placing.region_of(asked.region) if asked.region else ()
    except InputError:
        print(t("say.no_region", code=asked.region), file=sys.stderr)
        return REFUSED
    try:
        areas = _areas(asked.districts) if asked.districts else None
        intake = _intake(asked, region)
        if areas is not None:
            intake = replace(intake, kept=own_districts.into_areas(intake.kept, areas))
        _write(asked, intake)
    except RefusedFileError as error:
        print(words.refusal(error, asked.lang), file=sys.stderr)
        return REFUSED
    except ChuangtuError as error:
        print(t("say.failed", why=error), file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(_of_system(error, t), file=sys.stderr)
        return REFUSED
    _tell(intake, asked.lang)
    if areas is not None:
        _tell_areas(intake.kept, asked.lang)
    print(f"read {intake.read}, kept {len(intake.kept)}, rejected {len(intake.rejected)}")
    return KEPT if len(intake.kept) else REFUSED


SYSTEM: Final[Mapping[type[OSError], str]] = {
    FileNotFoundError: "no_file",
    IsADirectoryError: "is_folder",
    PermissionError: "no_permission",
}
"""What is said of a file that the system does not open or write."""


def _of_system(error: OSError, t: words.IntakeTexts) -> str:
    """Return in the chosen language what the system says in English."""
    code = SYSTEM.get(type(error), "no_file_use")
    return t(f"say.{code}", file=error.filename, why=error.strerror or error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo.intake", description=__doc__)
    parser.add_argument(
        "file",
        type=Path,
        help="CSV, Excel, GeoJSON, GeoPackage, zipped shapefile, GeoParquet or KML",
    )
    parser.add_argument("--datum", choices=get_args(Datum), help="of the coordinates (wgs84)")
    parser.add_argument(
        "--region", help="adcode of a province, city or county: rows elsewhere are rejected"
    )
    parser.add_argument(
        "--districts", type=Path, help="polygons of your own in place of the districts"
    )
    parser.add_argument(
        "--treat",
        action="append",
        default=[],
        metavar="NAME=CHOICE",
        help="what becomes of doubtful rows: "
        + "; ".join(f"{name}={'|'.join(choices)}" for name, choices in treatments.CODES.items()),
    )
    parser.add_argument(
        "--geocode",
        action="store_true",
        help="send addresses of rows without a position to the service of CHUANGTU_GEOCODER",
    )
    parser.add_argument("--out", type=Path, required=True, help="GeoJSON of what is kept")
    parser.add_argument("--rejected", type=Path, help="CSV of what is not, with the reasons")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="of the messages")
    return parser


def _intake(asked: argparse.Namespace, region: tuple[str, ...]) -> Intake:
    table = readers.read(asked.file.name, asked.file.read_bytes())
    held = columns.recognise(table.cells)
    plan = Plan(
        columns=held,
        datum=asked.datum or columns.datum_named(held) or DATUMS[0],
        region=region,
    )
    plan = replace(plan, treatments=treatments.written(asked.treat))
    if not asked.datum:
        better = datum_hint.best(datum_hint.hint(table, plan))
        if better not in {None, plan.datum}:
            t = words.IntakeTexts(asked.lang)
            print(t("say.datum", datum=better, taken=plan.datum), file=sys.stderr)
    intake = validation.take_in(table, plan)
    return _geocoded(intake, table, plan, asked.lang) if asked.geocode else intake


def _areas(file: Path) -> gpd.GeoDataFrame:
    return own_districts.own_districts(readers.read(file.name, file.read_bytes())).areas


def _geocoded(intake: Intake, table: RawTable, plan: Plan, lang: Language) -> Intake:
    """Return what becomes of the file with the positions that the service of the settings tells."""
    t = words.IntakeTexts(lang)
    service = geocoding.offered(settings.current())
    if service is None:
        raise InputError(t("say.no_geocoder"))
    asked = addresses.questions(intake, table, plan)
    sent = geocoding.unanswered(asked.values(), service)
    print(t("say.geocoding", n=len(sent), service=service.service), file=sys.stderr)
    answers = geocoding.geocode(asked.values(), service)
    told = addresses.lookup(answers, asked, intake)
    for outcome_, rows in told.outcomes.items():
        shown = ", ".join(map(str, rows[: faults.MOST_ROWS]))
        said = t(f"geocoded.{outcome_}")
        print(t("say.geocoded", n=len(rows), rows=shown, outcome=said), file=sys.stderr)
    return validation.take_in(table, replace(plan, found=told.found))


def _write(asked: argparse.Namespace, intake: Intake) -> None:
    asked.out.write_bytes(geojson.feature_collection(intake.kept))
    if asked.rejected:
        asked.rejected.write_bytes(csv_file.csv(outcome.rejected(intake, asked.lang)))


def _tell(intake: Intake, lang: Language) -> None:
    """Say each kind of fault once, with how many rows have it and the first of them."""
    t = words.IntakeTexts(lang)
    for code, group in faults.of_treatment(intake.faults).groupby("code", sort=False):
        rows = ", ".join(str(row) for row in group["row"].unique()[: faults.MOST_ROWS])
        n = group["row"].nunique()
        print(
            t(
                "say.fault",
                n=n,
                rows=rows,
                fault=t(f"fault.{code}"),
                treatment=t(f"treatment.{code}"),
            )
        )
    if len(intake.pairs):
        shown = intake.pairs.head(faults.MOST_ROWS)
        rows = ", ".join(f"{a}+{b}" for a, b in zip(shown["row"], shown["other_row"], strict=True))
        print(t("say.pairs", n=len(intake.pairs), rows=rows))
    for stack in intake.stacks.head(faults.MOST_ROWS).itertuples():
        print(t("say.stack", n=stack.rows, row=stack.first_row))


def _tell_areas(kept: gpd.GeoDataFrame, lang: Language) -> None:
    """Say how many rows lie in areas of one's own, and which in none."""
    inside, located = kept["adcode"].notna(), assignment.located(kept)
    none = kept["row"][~inside & located]
    t = words.IntakeTexts(lang)
    print(t("say.areas", n=len(kept), inside=inside.sum(), away=(~located).sum()))
    if len(none):
        rows = ", ".join(map(str, none.head(faults.MOST_ROWS)))
        print(t("say.in_no_area", n=len(none), rows=rows))


if __name__ == "__main__":
    sys.exit(main())
