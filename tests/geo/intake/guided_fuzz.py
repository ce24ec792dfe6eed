"""Feed a reader of text what coverage leads to, for a bounded time; ends with 1 where it fails.

::

    python -m tests.geo.intake.guided_fuzz a.csv FOLDER -max_total_time=4

Run by `test_guided_fuzz.py` where atheris is installed. The readers of binary formats work in a
process of their own (`geo.files.isolation`): coverage does not reach them, and
`test_fuzz.py` damages whole files for those.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import atheris

with atheris.instrument_imports(include=["geo.intake"]):
    from geo.intake.readers import read

from geo.errors import RefusedFileError
from tests.geo.intake.test_fuzz import CSV, GEOJSON, KML, TOKENS, check_table

SEEDS: Final = {
    "a.csv": [CSV.encode(), CSV.encode("gb18030"), CSV.encode("utf-16")],
    "a.geojson": [GEOJSON],
    "a.kml": [KML.encode()],
}


def main(name: str, folder: Path, options: list[str]) -> None:
    """Run one reader on what is found from its seeds on."""
    folder.mkdir(parents=True, exist_ok=True)
    for at, seed in enumerate(SEEDS[name]):
        (folder / f"seed{at}").write_bytes(seed)
    words = folder.with_suffix(".words")
    written = ("".join(f"\\x{byte:02X}" for byte in token) for token in TOKENS)
    words.write_text("".join(f'"{word}"\n' for word in written), "ascii")

    def once(content: bytes) -> None:
        try:
            table = read(name, content)
        except RefusedFileError:
            return
        check_table(table)

    atheris.Setup([sys.argv[0], str(folder), f"-dict={words}", *options], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
