"""The errors this project raises, so that a page can tell a user's mistake from a damaged file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class ChuangtuError(Exception):
    """Base of every error the project raises on purpose."""


class FaultsError(ChuangtuError):
    """Something cannot be used for one or more faults.

    Parameters
    ----------
    faults
        Every fault found. ``str()`` of the error lists them, one a line.
    """

    faults: tuple[str, ...]

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class DataError(FaultsError):
    """The files in ``data/`` cannot be used."""


class SettingsError(FaultsError):
    """Variables of the environment cannot be used."""


class InputError(ChuangtuError, ValueError):
    """An argument cannot be used. The message says what was expected."""


class RefusedFileError(InputError):
    """A file that somebody brings cannot be read at all.

    Parameters
    ----------
    code
        Key of the text that says why, see `geo.intake.words`.
    message
        The text in English.
    blanks
        What fills the text's blanks, in whatever language it is said.
    """

    def __init__(self, code: str, message: str, blanks: Mapping[str, object]) -> None:
        self.code, self.blanks = code, dict(blanks)
        super().__init__(message)


class UnknownRegionError(InputError):
    """A region is not in the catalogue.

    Parameters
    ----------
    region
        What was asked for.
    known
        The ids that would have worked.
    codes
        Whether adcodes would have worked as well.
    """

    def __init__(self, region: object, known: Iterable[str], *, codes: bool = False) -> None:
        message = f"unknown region {region!r}: expected one of {', '.join(known)}"
        super().__init__(f"{message}, or an iterable of adcodes" if codes else message)
