"""Tasks computed by whoever computes, in any order; finished ones are kept and not made again."""

from __future__ import annotations

from concurrent.futures import CancelledError, as_completed
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.batch import cluster
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor

    import pandas as pd

    from geo.batch.kept_parts import KeptParts
    from geo.batch.progress import Progress


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


def frames(
    each: Sequence[Task], executor: Executor, kept: KeptParts, progress: Progress
) -> Iterator[tuple[Task, pd.DataFrame | InputError]]:
    """Yield each task with its frame as they are finished, or why its file cannot be read.

    Raises
    ------
    ClusterError
        Where the scheduler is lost, or a task ends every worker that it is given to.
    """
    open_ = []
    for task in each:
        frame = kept.read(task.key)
        if frame is None:
            open_.append(task)
        else:
            progress.add(task.rows, again=True)
            yield task, frame
    futures = {executor.submit(task.call, *task.arguments): task for task in open_}
    try:
        for future in as_completed(futures):
            # A frame is let go of once it is kept and added.
            task = futures.pop(future)
            try:
                frame = future.result()
            except InputError as error:
                yield task, error
                continue
            except (CancelledError, Exception) as error:
                failed = cluster.failure(error)
                if failed is None:
                    raise
                raise failed from error
            kept.write(task.key, frame)
            progress.add(task.rows)
            yield task, frame
    finally:
        for future in futures:
            future.cancel()
