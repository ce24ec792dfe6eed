from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from geo.files import archive

NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


@given(st.dictionaries(NAMES, st.binary(max_size=200), max_size=5))
def test_what_is_packed_is_unpacked(files: dict[str, bytes]) -> None:
    data = archive.archive(files)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert [(name, file.read(name)) for name in file.namelist()] == list(files.items())
    assert archive.archive(files) == data


def test_every_reader_finds_it_sound() -> None:
    data = archive.archive({"地点.csv": b"a,b\r\n" * 1_000})
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        (entry,) = file.infolist()
        assert entry.filename == "地点.csv"
        assert entry.compress_size < entry.file_size
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
