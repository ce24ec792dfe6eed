"""Tasks computed by whoever computes, in any order; finished ones are kept and not made again."""

from __future__ import annotations

from concurrent.futures import CancelledError
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from geo.batch import cluster, tasks
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geo.batch.cluster import Workers
    from geo.batch.kept_parts import KeptParts
    from geo.batch.progress import Progress

BRANCHES: Final = 8
"""Frames that a worker adds at once."""


class Task(NamedTuple):
    """A piece of work.

    Attributes
    ----------
    name
        What it reads, as messages name it.
    rows
        How many points.
    key
        Under which its frame is kept.
    call, arguments
        Of `geo.batch.tasks`.
    """

    name: str
    rows: int
    key: str
    call: Callable[..., pd.DataFrame]
    arguments: tuple[Any, ...]


class Run(NamedTuple):
    """Who computes, what an earlier run finished and this one does, and who is told."""

    workers: Workers
    kept: KeptParts
    progress: Progress


def frames(each: Sequence[Task], run: Run) -> Iterator[tuple[Task, pd.DataFrame | InputError]]:
    """Yield each task with its frame as they are finished, or why its file cannot be read.

    Raises
    ------
    ClusterError
        Where the scheduler is lost, or a task ends every worker that it is given to.
    """
    yield from _finished(each, _begun(each, run), run)


def total(
    each: Sequence[Task], run: Run, *, keep_going: bool
) -> tuple[pd.DataFrame | None, dict[str, InputError]]:
    """Return the sum of all frames, and why files could not be read.

    Workers add: the parts of a file in a tree, whole files in another. Which are added with which
    hangs on the order of the tasks alone.

    Parameters
    ----------
    each
        Tasks, those of a file in a row.
    run
        Who computes.
    keep_going
        Whether a file that cannot be read is left out.

    Returns
    -------
    DataFrame or None
        None where no file could be read, or there was none.
    dict
        Errors by the names of their tasks.

    Raises
    ------
    InputError
        Where a file cannot be read, unless it is to be left out.
    ClusterError
        As `frames` does.
    """
    if not each:
        return None, {}
    begun = _begun(each, run)
    of_files = groupby(range(len(each)), key=lambda at: each[at].name)
    files = (_tree(tasks.whole, [begun[at] for at in rows], run) for _, rows in of_files)
    root = _tree(tasks.added, list(files), run)
    left_out = {}
    for task, frame in _finished(each, begun, run):
        if isinstance(frame, InputError):
            if not keep_going:
                raise frame
            left_out[task.name] = frame
    summed = root if isinstance(root, pd.DataFrame) else _given(root)
    return (None if isinstance(summed, InputError) else summed), left_out


def _begun(each: Sequence[Task], run: Run) -> list[Any]:
    """Return the frame of each task where it is kept, or else its future."""
    kept = (run.kept.read(task.key) for task in each)
    return [
        run.workers.submit(tasks.tried, task.call, *task.arguments) if frame is None else frame
        for task, frame in zip(each, kept, strict=True)
    ]


def _tree(call: Callable[..., object], given: list[Any], run: Run) -> Any:  # noqa: ANN401 - a future, of whatever kind
    """Return what a call makes of frames and futures, `BRANCHES` at once, level by level."""
    while len(given) > 1:
        starts = range(0, len(given), BRANCHES)
        given = [run.workers.submit(call, *given[at : at + BRANCHES]) for at in starts]
    return given[0]


def _finished(
    each: Sequence[Task], begun: list[Any], run: Run
) -> Iterator[tuple[Task, pd.DataFrame | InputError]]:
    """Yield what was begun as it is finished, keep it, and let go of it."""
    open_ = {}
    for at, frame in enumerate(begun):
        if isinstance(frame, pd.DataFrame):
            run.progress.add(each[at].rows, again=True)
            yield each[at], frame
        else:
            open_[frame] = each[at]
    begun.clear()
    try:
        for future in run.workers.finished(list(open_)):
            task = open_.pop(future)
            frame = _given(future)
            if isinstance(frame, pd.DataFrame):
                run.kept.write(task.key, frame)
                run.progress.add(task.rows)
            yield task, frame
    finally:
        for future in open_:
            future.cancel()


def _given(future: Any) -> Any:  # noqa: ANN401 - likewise
    """Return what a future gives."""
    try:
        return future.result()
    except (CancelledError, Exception) as error:
        failed = cluster.failure(error)
        if failed is None:
            raise
        raise failed from error
