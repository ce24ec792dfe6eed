"""Results that are kept between calls, each made once however many threads ask for it."""

from __future__ import annotations

import threading
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


def kept(*, always: Callable[..., bool], latest: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that keeps what a function returns.

    `functools.lru_cache` lets two threads make the same result at once, and keeps all results or
    the last few, whatever they are.

    Parameters
    ----------
    always : callable
        Takes the function's arguments; results of which it is true are never forgotten.
    latest : int
        How many of the others are kept, the ones used last.

    Returns
    -------
    callable
        For functions of hashable positional arguments. Threads that ask for the same result wait
        for it; those that ask for different ones do not wait for each other.
    """

    def decorate(make: Callable[P, R]) -> Callable[P, R]:
        forever: dict[object, R] = {}
        recent: dict[object, R] = {}
        making: dict[object, threading.Lock] = {}
        guard = threading.Lock()

        def known(key: object) -> tuple[R] | None:
            if key in forever:
                return (forever[key],)
            if key not in recent:
                return None
            recent[key] = recent.pop(key)  # the last is the one used last
            return (recent[key],)

        @wraps(make)
        def keeping(*args: P.args, **kwargs: P.kwargs) -> R:
            with guard:
                found = known(args)
                if found is not None:
                    return found[0]
                lock = making.setdefault(args, threading.Lock())
            with lock:
                with guard:
                    found = known(args)
                if found is not None:
                    return found[0]
                try:
                    result = make(*args, **kwargs)
                    store = forever if always(*args, **kwargs) else recent
                    with guard:
                        store[args] = result
                        while len(recent) > latest:
                            del recent[next(iter(recent))]
                finally:
                    with guard:
                        making.pop(args, None)
            return result

        return keeping

    return decorate
