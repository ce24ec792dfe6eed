"""Zip archives that somebody brings: looked through before anything of them is unpacked."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from geo.intake import words
from geo.intake.readers import limits

MOST_MEMBERS: Final = 1000

MOST_RATIO: Final = 200
"""How many times larger a member may be than it is packed; sheets of a workbook reach 30."""

SMALL: Final = 1_000_000
"""Bytes up to which a member may be packed as tightly as it likes."""


class Archive:
    """A zip whose list of members holds nothing that harms.

    Parameters
    ----------
    file
        Name of the file.
    content
        Its bytes.

    Raises
    ------
    RefusedFileError
        Where it is no zip, is encrypted, leads out of its folder or unpacks to too much.
    """

    def __init__(self, file: str, content: bytes) -> None:
        self.file = file
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            words.refuse("broken_archive", file=file)
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS:
            words.refuse("many_members", file=file, most=MOST_MEMBERS)
        for member in members:
            self._check(member)
        most = limits.unpacked_bytes()
        if sum(member.file_size for member in members) > most:
            words.refuse("unpacks_large", file=file, most=f"{most / limits.MEGABYTE:g}")
        self.members = {_name(member): member for member in members if not member.is_dir()}

    def _check(self, member: zipfile.ZipInfo) -> None:
        name = _name(member)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            words.refuse("broken_archive", file=self.file)  # LZMA asks for gigabytes beforehand
        if member.flag_bits & 0x1:
            words.refuse("encrypted", file=self.file)
        if leads_out(name) or stat.S_ISLNK(member.external_attr >> 16):
            words.refuse("leads_out", file=self.file, member=name)
        packed = max(member.compress_size, 1)
        if member.file_size > SMALL and member.file_size / packed > MOST_RATIO:
            words.refuse("packed_tightly", file=self.file, member=name, most=MOST_RATIO)

    def read(self, name: str) -> bytes:
        """Return what a member holds, no more of it than it says.

        Raises
        ------
        RefusedFileError
            Where it cannot be unpacked.
        """
        try:
            return self._zip.read(self.members[name])
        except (
            zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError,
            NotImplementedError, RuntimeError,
        ):  # fmt: skip
            words.refuse("broken_archive", file=self.file)


def leads_out(name: str) -> bool:
    """Whether a path leads out of the folder it is put in, on any system."""
    return any(
        path.is_absolute() or path.drive or path.root or ".." in path.parts
        for path in (PurePosixPath(name), PureWindowsPath(name))
    )


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; Windows in Chinese writes it in GBK and does not say so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    except UnicodeEncodeError:
        pass
    return member.filename
