"""Jobs of readers in C and Rust, in a process of their own: what they refuse, the file is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.errors import RefusedJobError
from geo.files import isolation
from geo.intake import words

if TYPE_CHECKING:
    from collections.abc import Mapping


def run(
    job: str,
    *options: object,
    file: str,
    content: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> tuple[dict[str, Any], memoryview]:
    """Return what a job says about a file, and the rows.

    Parameters
    ----------
    job, *options
        See `geo.files.isolation.run`.
    file
        Name of the file, for messages.
    content, environment
        As there.

    Raises
    ------
    RefusedFileError
        Where the job refuses the file, fails, or takes too much.
    """
    try:
        return isolation.run(job, *options, content=content, environment=environment)
    except RefusedJobError as refused:
        words.refuse(refused.code, file=file, **refused.blanks)
