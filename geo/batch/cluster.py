"""Who computes the parts of a run: threads of this process, or workers of a cluster."""

from __future__ import annotations

import asyncio
import logging
import os
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from geo.batch import tasks
from geo.errors import ChuangtuError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

ANSWER_S: Final = 4
"""Seconds in which a scheduler answers."""

WORKERS_S: Final = 30
"""Seconds in which it has a worker: some clusters start theirs once there is something to do."""

LARGEST: Final = "64MB"
"""Of what goes to the workers: all of China's outlines are more than dask expects."""


class ClusterError(ChuangtuError):
    """A cluster cannot be used."""


class Workers(NamedTuple):
    """Who computes.

    Attributes
    ----------
    submit
        Has a call made with its arguments and returns a future; a future among the arguments
        stands for what it gives.
    finished
        Yields futures as they are done.
    districts, sites
        As calls are given them.
    """

    submit: Callable[..., Any]
    finished: Callable[[Iterable[Any]], Iterable[Any]]
    districts: Any
    sites: Any


def check(scheduler: str) -> None:
    """Refuse an address at which no scheduler answers.

    Raises
    ------
    ClusterError
        Within `ANSWER_S` seconds; and where dask.distributed is not installed.
    """
    try:
        from distributed import Security  # noqa: PLC0415 - an extra
        from distributed.comm import connect  # noqa: PLC0415
    except ImportError as error:
        raise ClusterError(
            f"--scheduler needs dask.distributed: pip install 'chuangtu[cluster]' ({error})"
        ) from error

    async def ask() -> None:
        secured = Security().get_connection_args("client")
        await (await connect(scheduler, timeout=ANSWER_S, **secured)).close()

    try:
        with ThreadPoolExecutor(1) as aside:  # in a notebook this thread has a loop already
            aside.submit(lambda: asyncio.run(ask())).result()
    except Exception as error:  # whatever else answers there may say anything
        raise ClusterError(
            f"{scheduler}: no scheduler of dask.distributed answers there ({error}); see that it "
            "runs and that this machine may reach it, or leave --scheduler out"
        ) from error


@contextmanager
def workers(
    scheduler: str | None, districts: gpd.GeoDataFrame, sites: NDArray[np.float64]
) -> Iterator[Workers]:
    """Yield who computes.

    Parameters
    ----------
    scheduler
        Address of one of dask.distributed, see `check`; None for threads of this process.
    districts, sites
        Go to each worker once.

    Raises
    ------
    ClusterError
        Where the scheduler has no workers.
    """
    if scheduler is None:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            yield Workers(
                lambda *call: threads.submit(_made, *call), as_completed, districts, sites
            )
        return
    import dask  # noqa: PLC0415 - an extra
    import distributed  # noqa: PLC0415

    for name in ("distributed", "distributed.client"):  # what is wrong is said here, once
        logging.getLogger(name).setLevel(logging.CRITICAL)
    expected = {"distributed.admin.large-graph-warning-threshold": LARGEST}
    with dask.config.set(expected), distributed.Client(scheduler, set_as_default=False) as client:
        submit = partial(client.submit, pure=False)
        # Tasks and not scattered data: what a lost worker held is made again of them.
        shared = submit(tasks.unpacked, tasks.packed(districts)), submit(np.asarray, sites)
        try:
            client.wait_for_workers(1, timeout=WORKERS_S)
        except TimeoutError as error:
            raise ClusterError(
                f"{scheduler}: the scheduler has no workers; start one with dask worker {scheduler}"
            ) from error
        finished = partial(distributed.as_completed, loop=client.loop)
        yield Workers(submit, finished, *shared)


def _made(call: Callable[..., object], *arguments: object) -> object:
    """Return what a call gives; threads take calls in turn, so that all it waits for has begun."""
    return call(*(each.result() if isinstance(each, Future) else each for each in arguments))


def failure(error: Exception) -> ClusterError | None:
    """Return what went wrong with the cluster, if it is the cluster that failed a task."""
    said = next(iter(str(error).splitlines()), "")
    if isinstance(error, CancelledError):
        return ClusterError("the scheduler was lost")
    causes = (error, error.__cause__, error.__context__)
    if any(isinstance(each, ImportError) for each in causes):
        return ClusterError(
            "scheduler and workers need the packages of this machine, chuangtu among them: "
            f"pip install 'chuangtu[cluster]' there, or name the checkout in PYTHONPATH ({said})"
        )
    return ClusterError(said) if type(error).__module__.startswith("distributed") else None
