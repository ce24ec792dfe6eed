"""Which reader a file is given to: by what its first bytes are, then by its name."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Final

from geo.intake import words
from geo.intake.readers import (
    geojson,
    kml,
    limits,
    separated,
    vectors,
    workbook,
)
from geo.intake.readers.archives import Archive
from geo.intake.table import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.intake.table import RawTable

    Reader = Callable[[str, bytes, Reading], RawTable]
    """Takes the name of a file, its bytes, and how it is to be understood: what is None in that
    is found out, and the table says it."""

BY_NAME: Final[Mapping[str, Reader]] = {
    ".csv": separated.read,
    ".tsv": separated.read,
    ".txt": separated.read,
    ".xlsx": workbook.read,
    ".xlsm": workbook.read,
    ".xls": workbook.read,
    ".ods": workbook.read,
    ".geojson": geojson.read,
    ".json": geojson.read,
    ".gpkg": vectors.geopackage,
    ".zip": vectors.shapefile,
    ".parquet": vectors.geoparquet,
    ".geoparquet": vectors.geoparquet,
    ".kml": kml.read,
    ".kmz": kml.read,
}
"""The readers by how files are called."""

TEXT: Final = (separated.read, geojson.read, kml.read)
"""Readers of what has no first bytes of its own."""

BY_CONTENT: Final[Mapping[bytes, Reader]] = {
    b"SQLite format 3\0": vectors.geopackage,
    bytes.fromhex("D0CF11E0A1B11AE1"): workbook.read,  # OLE, as .xls is
    b"PAR1": vectors.geoparquet,
}
"""The readers by what files begin with, whatever they are called."""

NO_TABLE: Final = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b",
)  # fmt: skip
"""What documents, pictures and other archives begin with."""

PARTS: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
"""Files that a shapefile consists of."""

NO_TABLE_SEEN: Final = 1024
"""First bytes in which a document may begin: some programs put a few before it."""

ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")

KNOWN: Final = "CSV, TSV, TXT, XLSX, XLS, ODS, GeoJSON, GPKG, ZIP (Shapefile), GeoParquet, KML, KMZ"


def read(file: str, content: bytes, *, reading: Reading | None = None) -> RawTable:
    r"""Read a file that somebody brings.

    Nothing of it is believed: GDAL sees only what begins as the format that it is asked for, with
    that format's driver alone, and what has no such beginning is read as text.

    Parameters
    ----------
    file
        Its name; a folder before it is dropped.
    content
        Its bytes.
    reading
        How it is to be understood, where a reader corrects what was detected; what is None in it
        is found out.

    Returns
    -------
    RawTable
        Its cells and geometry. An empty cell is missing (``isna``).

    Raises
    ------
    RefusedFileError
        Where it cannot be read as a whole: the one message says why, and how to mend it.

    Examples
    --------
    >>> table = read("list.csv", "名称;经度;纬度\n8号桥;121.47;31.21\n".encode("gbk"))
    >>> table.reading.encoding, table.cells.loc[2].to_dict()
    ('gb18030', {'名称': '8号桥', '经度': '121.47', '纬度': '31.21'})
    """
    name = PureWindowsPath(PurePosixPath(file).name).name or file
    limits.check_size(name, content)
    try:
        return _reader(name, content)(name, content, reading or Reading())
    except RecursionError:
        words.refuse("too_deep", file=name)


def _reader(file: str, content: bytes) -> Reader:
    end = PurePosixPath(file).suffix.lower()
    if content.startswith(ZIP):
        return _of_archive(Archive(file, content))
    for start, reader in BY_CONTENT.items():
        if content.startswith(start):
            return reader
    if end in PARTS:
        words.refuse("shapefile_part", file=file)
    if content.startswith(NO_TABLE) or b"%PDF-" in content[:NO_TABLE_SEEN]:
        words.refuse("wrong_content", file=file, expected=end)
    named = BY_NAME.get(end)
    if named is None:
        words.refuse("unknown_format", file=file, known=KNOWN)
    if named in TEXT:
        return named
    if end != ".xls":  # what other programs call so is text as often as not
        words.refuse("wrong_content", file=file, expected=end)
    return separated.read


def _of_archive(archive: Archive) -> Reader:
    members = [name.lower() for name in archive.members]
    if "[content_types].xml" in members or "content.xml" in members:
        return workbook.read
    return kml.read if any(name.endswith(".kml") for name in members) else vectors.shapefile
