"""The errors this project raises, so that a page can tell a user's mistake from a damaged file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

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


class NoCandidateError(InputError):
    """No place is left where new sites may stand: all are forbidden, elsewhere, or far."""


class NobodyError(InputError):
    """Nobody is known whom sites could serve."""


class NoSiteError(InputError):
    """The catalogue has no site where its sites are asked for."""


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


class RefusedCorrectionError(InputError):
    """A correction cannot be made.

    Parameters
    ----------
    code
        ``abroad``: no district of China holds the position; ``elsewhere``: none of the region
        does; ``unread``: no coordinates; ``half``: one of two coordinates; ``precision``: none is
        given; ``district``: no district of the region; ``empty``: a name may not be; ``reason``:
        none is given; ``unknown`` row, column or value; ``changed``: another value stands there;
        ``gone``: some of those in hand fit the rows no longer.
    **blanks
        What fills the blanks of the text that says so.
    """

    def __init__(self, code: str, **blanks: str) -> None:
        self.code, self.blanks = code, blanks
        super().__init__(" ".join([f"correction refused ({code})", *blanks.values()]))


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


class WorkspaceError(ChuangtuError):
    """A workspace cannot be opened, saved or deleted."""


class UnknownKeyError(WorkspaceError):
    """No workspace belongs to a key: it was never given, or the workspace is deleted."""

    def __init__(self) -> None:
        super().__init__("no workspace belongs to this link; it may have been deleted")


class ReadOnlyKeyError(WorkspaceError):
    """A key that only reads, or one that writes no longer, was used to write."""

    def __init__(self) -> None:
        super().__init__("this link only reads the workspace; saving needs its write link")


class NewerVersionError(WorkspaceError):
    """Somebody saved meanwhile. Both versions are kept.

    Parameters
    ----------
    yours
        Number of the version that was refused, kept beside the other.
    theirs
        Number of the version that stands.
    base
        Number of the version that yours was made from.
    """

    def __init__(self, *, yours: int, theirs: int, base: int) -> None:
        self.yours, self.theirs, self.base = yours, theirs, base
        super().__init__(
            f"somebody saved version {theirs} meanwhile; what you made of version {base} is kept "
            f"as version {yours}, beside it"
        )


class StorageError(WorkspaceError):
    """What keeps the workspaces cannot be read or written. Nothing is changed.

    Parameters
    ----------
    reason
        Whether no space is left, nothing may be written there, as many workspaces or as many
        bytes of one are kept as the settings allow, or it is anything else.
    detail
        What the system says.
    """

    def __init__(
        self,
        reason: Literal["full", "read_only", "too_many", "too_large", "unavailable"],
        detail: object,
    ) -> None:
        self.reason = reason
        texts = {
            "full": "no space is left where workspaces are kept",
            "read_only": "nothing may be written where workspaces are kept",
            "too_many": "no more workspaces are kept here",
            "too_large": "this workspace with all its versions may take no more room",
            "unavailable": "what keeps the workspaces cannot be used",
        }
        said = next(iter(str(detail).splitlines()), "")
        super().__init__(f"{texts[reason]} ({said}); what was saved before is unchanged")


class RefusedJobError(InputError):
    """A program that reads a file apart gives no rows.

    Parameters
    ----------
    code
        Why: ``too_costly`` where memory or time ran out, ``unreadable`` where it failed, else as
        the job says.
    **blanks
        What the job says beside it.
    """

    def __init__(self, code: str, **blanks: str) -> None:
        self.code, self.blanks = code, blanks
        super().__init__(code)


class WorkspaceFileError(InputError):
    """A file is no exported workspace. The message says what was expected."""
