"""Reports made before: a page takes a second or two to draw, and is often asked for again."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock
from typing import TYPE_CHECKING, Final

from ui import address, report

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST: Final = 32
"""Reports kept, the least recently asked for dropped first."""

PATIENCE_S: Final = 20.0
"""How long a reader waits while reports of others are made."""

Key = tuple[tuple[tuple[str, str], ...], tuple[address.Refused, ...], str, date]

_made: dict[Key, Printed] = {}
_keeping = Lock()
_making = Lock()


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A report as it is sent.

    Attributes
    ----------
    packed
        The page, gzip.
    etag
        The same for the same page, packed or not.
    found
        Whether there is a site in it.
    """

    packed: bytes
    etag: str
    found: bool


def printed(params: Mapping[str, str], *, here: str) -> Printed:
    """Return the report of a shortlist, made only where nobody asked for it today.

    Parameters
    ----------
    params, here
        As for `report.report`.

    Raises
    ------
    TimeoutError
        When others' reports take longer than `PATIENCE_S`.
    """
    parsed = address.parse(params, report.FIELDS)
    asked = tuple(address.render(parsed.values, report.FIELDS).items())
    key = (asked, parsed.refused, here, datetime.now(UTC).date())
    kept = _kept(key)
    if kept is not None:
        return kept
    if not _making.acquire(timeout=PATIENCE_S):
        raise TimeoutError
    try:
        # The same may have been made while this one waited.
        return _kept(key) or _make(key, params)
    finally:
        _making.release()


def _kept(key: Key) -> Printed | None:
    with _keeping:
        found = _made.pop(key, None)
        if found is not None:
            _made[key] = found
        return found


def _make(key: Key, params: Mapping[str, str]) -> Printed:
    made = report.report(params, here=key[2])
    page = made.html.encode()
    digest = hashlib.sha256(page).hexdigest()[:24]
    packed = gzip.compress(page, compresslevel=4, mtime=0)
    new = Printed(packed=packed, etag=f'W/"{digest}"', found=made.found)
    if made.lasting:
        with _keeping:
            _made[key] = new
            while len(_made) > MOST:
                del _made[next(iter(_made))]
    return new
