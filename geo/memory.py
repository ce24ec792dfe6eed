"""What is kept between calls: as long as the facts, for the latest views, or by geometries.

Every kept result is made once, however many threads ask for it; those that ask for another do not
wait. Nobody's change reaches another: each caller is given a dict, a list, a frame or frames of a
tuple of its own, which share their data with those that are kept (pandas copies on write), and
all else is frozen, arrays among them. A result that holds anything else is refused when it is made.
"""

from __future__ import annotations

import gc
from collections.abc import Hashable
from functools import update_wrapper
from math import inf
from threading import Condition
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Concatenate, Final, Generic, ParamSpec, TypeVar, cast
from weakref import WeakSet

import numpy as np
import pandas as pd
import shapely
from cachetools import Cache, LRUCache, cached

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

FRAMES: Final = (pd.DataFrame, pd.Series)

ROWS: Final = 20_000
"""Of a frame that is kept as one result among others."""

P = ParamSpec("P")
R = TypeVar("R")


_of_views: Final[WeakSet[Kept[..., Any]]] = WeakSet()


def by_facts(make: Callable[P, R]) -> Kept[P, R]:
    """Keep every result for the life of the process: what depends on the facts alone.

    Parameters
    ----------
    make : callable
        Of hashable arguments, of which there are not many.
    """
    return Kept(make, Cache(inf))


def by_view(
    latest: int,
    *,
    always: Callable[..., bool] | None = None,
    rows: Callable[[Any], int] | None = None,
) -> Callable[[Callable[P, R]], Kept[P, R]]:
    """Return a decorator that keeps the results used last: what depends on what readers ask.

    Parameters
    ----------
    latest : int
        How many; a frame counts once more for each `ROWS` of its rows. One that is as large as all
        together is kept alone.
    always : callable, optional
        Takes the function's arguments; results of which it is true are never forgotten.
    rows : callable, optional
        Takes a result; how many rows are in it. Those of frames are known without it.
    """

    def keep(make: Callable[P, R]) -> Kept[P, R]:
        of = rows or _rows
        cache: LRUCache[Hashable, R] = LRUCache(
            latest, getsizeof=lambda result: min(latest, 1 + of(result) // ROWS)
        )
        kept = Kept(make, cache, always)
        _of_views.add(kept)
        return kept

    return keep


def by_geometries(
    vertices: int,
) -> Callable[
    [Callable[Concatenate[NDArray[np.object_], P], R]],
    Callable[Concatenate[NDArray[np.object_], P], R],
]:
    """Return a decorator that keeps what was made last of arrays of geometries.

    Geometries never change, so what is made of the same objects stays true whatever their owner
    does to the frame that they came from. They stay beside what was made of them: while they are
    there no other can be taken for them. Results are shared, not copied: a function returns
    nothing that can be changed.

    Parameters
    ----------
    vertices : int
        How many all the geometries kept may have; what has more is made anew each time.
    """

    def keep(
        make: Callable[Concatenate[NDArray[np.object_], P], R],
    ) -> Callable[Concatenate[NDArray[np.object_], P], R]:
        latest: LRUCache[Hashable, tuple[NDArray[np.object_], R]] = LRUCache(
            vertices, getsizeof=lambda entry: 1 + int(shapely.get_num_coordinates(entry[0]).sum())
        )

        @cached(latest, key=_identities, condition=Condition())
        def made(
            geometries: NDArray[np.object_], *args: P.args, **kwargs: P.kwargs
        ) -> tuple[NDArray[np.object_], R]:
            own = geometries.copy()
            return own, make(own, *args, **kwargs)

        def known(geometries: NDArray[np.object_], *args: P.args, **kwargs: P.kwargs) -> R:
            return made(geometries, *args, **kwargs)[1]

        return cast("Callable[Concatenate[NDArray[np.object_], P], R]", update_wrapper(known, make))

    return keep


def _identities(geometries: NDArray[np.object_], *args: Hashable) -> Hashable:
    own = np.fromiter(map(id, geometries), dtype=np.int64, count=len(geometries))
    return own.tobytes(), *args


def settle() -> None:
    """Take what is there now for what stays: it is no longer looked through for garbage.

    The places of a million sites are a million objects, and Streamlit has all objects looked
    through after every run of a page, while nobody else computes. What was taken for lasting
    before and is garbage now goes.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def forget_views() -> None:
    """Forget every result about what readers asked; those that are always kept stay."""
    for kept in [*_of_views]:
        kept.forget_latest()


def _rows(value: object) -> int:
    """Return how many rows a frame, or the frames of a tuple, have."""
    frames = value if isinstance(value, tuple) else (value,)
    return sum(len(each) for each in frames if isinstance(each, FRAMES))


class Kept(Generic[P, R]):
    """A function that keeps its results in a cache.

    Parameters
    ----------
    make : callable
        The function.
    cache
        Where its results are kept.
    always : callable, optional
        Whether a result is never forgotten, by the function's arguments.
    """

    def __init__(
        self,
        make: Callable[P, R],
        cache: Cache[Hashable, R],
        always: Callable[..., bool] | None = None,
    ) -> None:
        update_wrapper(self, make)
        self.make = make
        self._always = always or (lambda *_, **__: False)
        self._latest = cached(cache, condition=Condition())(self._make)
        self._lasting = cached(Cache(inf), condition=Condition())(self._make)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what the function returns for these arguments."""
        known = self._lasting if self._always(*args, **kwargs) else self._latest
        return cast("R", _own(known(*args, **kwargs)))

    def _make(self, *args: P.args, **kwargs: P.kwargs) -> R:
        made = self.make(*args, **kwargs)
        if not _ownable(made):
            raise TypeError(f"{self.make.__qualname__}: what a kept result holds is not frozen")
        return made

    def forget_latest(self) -> None:
        """Forget every result but those that are always kept."""
        self._latest.cache_clear()

    def cache_clear(self) -> None:
        """Forget every result."""
        self._latest.cache_clear()
        self._lasting.cache_clear()


def _own(value: Any) -> Any:  # noqa: ANN401 - whatever a function returns
    """Return a value whose change reaches nobody else."""
    if isinstance(value, FRAMES):
        return value.copy(deep=False)
    if type(value) in {dict, list}:
        return value.copy()
    if type(value) is tuple and any(isinstance(each, FRAMES) for each in value):
        return tuple(map(_own, value))
    return value


def _ownable(value: object) -> bool:
    """Return whether `_own` gives each caller a value of its own, or one that nobody can change."""
    if isinstance(value, dict | MappingProxyType):
        return all(map(_frozen, value.values()))
    if isinstance(value, list | tuple):
        return all(
            _frozen(each) or (isinstance(value, tuple) and isinstance(each, FRAMES))
            for each in value
        )
    return isinstance(value, FRAMES) or _frozen(value)


def _frozen(value: object) -> bool:
    """Return whether nobody can change a value; what an object holds it gives away itself.

    What can be changed has no hash: frames, dicts, lists, dataclasses that are not frozen; arrays
    never have one, and say themselves whether they can be written to.
    """
    if isinstance(value, MappingProxyType):
        return all(map(_frozen, value.values()))
    if isinstance(value, tuple | frozenset):
        return all(map(_frozen, value))
    if isinstance(value, np.ndarray):
        return value.flags.owndata and not value.flags.writeable
    return isinstance(value, Hashable)
