"""What is kept between calls: as long as the facts, or for the latest views.

Every kept result is made once, however many threads ask for it; those that ask for another do not
wait. What is handed out is the caller's own: frames share their data with the kept one until they
are changed (pandas copies on write), so that nobody's change reaches another.
"""

from __future__ import annotations

from functools import update_wrapper
from math import inf
from threading import Condition
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, cast

import pandas as pd
from cachetools import Cache, LRUCache, cached

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

P = ParamSpec("P")
R = TypeVar("R")


def by_facts(make: Callable[P, R]) -> Kept[P, R]:
    """Keep every result for the life of the process: what depends on the facts alone.

    Parameters
    ----------
    make : callable
        Of hashable arguments, of which there are not many.
    """
    return Kept(make, Cache(inf))


def by_view(
    latest: int, *, always: Callable[..., bool] | None = None
) -> Callable[[Callable[P, R]], Kept[P, R]]:
    """Return a decorator that keeps the results used last: what depends on what readers ask.

    Parameters
    ----------
    latest : int
        How many.
    always : callable, optional
        Takes the function's arguments; results of which it is true are never forgotten.
    """
    return lambda make: Kept(make, LRUCache(latest), always)


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
        self._always = always or (lambda *_, **__: False)
        self._latest = cached(cache, condition=Condition())(make)
        self._lasting = cached(Cache(inf), condition=Condition())(make)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what the function returns for these arguments."""
        known = self._lasting if self._always(*args, **kwargs) else self._latest
        return cast("R", _own(known(*args, **kwargs)))

    def cache_clear(self) -> None:
        """Forget every result."""
        self._latest.cache_clear()
        self._lasting.cache_clear()


def _own(value: Any) -> Any:  # noqa: ANN401 - whatever a function returns
    """Return a value whose change reaches nobody else."""
    if isinstance(value, pd.DataFrame | pd.Series):
        return value.copy(deep=False)
    if type(value) in {dict, list}:
        return value.copy()
    if type(value) is tuple and any(isinstance(each, pd.DataFrame) for each in value):
        return tuple(map(_own, value))
    return value
