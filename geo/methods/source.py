"""The code behind a method: signature and docstring, as they are."""

from __future__ import annotations

import inspect
from importlib import import_module
from textwrap import indent
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any


class Source(NamedTuple):
    """What the code says of a function.

    Attributes
    ----------
    name
        As it is imported: ``location_quotient.interval``.
    written
        Its definition with the docstring, one parameter a line where it is long.
    home
        Full name of its module.
    module
        The module's docstring, which often holds the formula.
    """

    name: str
    written: str
    home: str
    module: str


WIDTH = 78
"""Characters of a line of a signature."""


def function(name: str) -> Callable[..., Any]:
    """Return a function by its full name.

    Examples
    --------
    >>> function("geo.measures.concentration.gini")([1, 1])
    0.0
    """
    found: Callable[..., Any] = getattr(module(name), name.rpartition(".")[2])
    return found


def module(name: str) -> ModuleType:
    """Return the module of a function by the function's full name."""
    return import_module(name.rpartition(".")[0])


def source(name: str) -> Source:
    """Return what the code says of a function.

    Parameters
    ----------
    name
        Full name, as in `geo.methods.method.Method`.

    Returns
    -------
    Source
        Signature and docstrings.

    Examples
    --------
    >>> source("geo.measures.concentration.entropy").written.splitlines()[0]
    'def entropy(x: ArrayLike) -> float:'
    """
    found, home = function(name), module(name)
    own = name.rpartition(".")[2]
    signature = inspect.signature(found)
    line = f"{own}{signature}".replace("'", "")
    if len(line) > WIDTH:
        _, _, returned = line.rpartition(" -> ")
        lines = "".join(f"    {each},\n" for each in _parameters(signature))
        line = f"{own}(\n{lines}) -> {returned}"
    docstring = indent(f'"""{inspect.getdoc(found)}\n"""', "    ")
    short = home.__name__.rpartition(".")[2]
    written = f"def {line}:\n{docstring}"
    return Source(f"{short}.{own}", written, home.__name__, inspect.getdoc(home) or "")


def _parameters(signature: inspect.Signature) -> list[str]:
    """Return the parameters as they are written, with the star before those by name alone."""
    written: list[str] = []
    star = False
    for each in signature.parameters.values():
        if each.kind is each.KEYWORD_ONLY and not star:
            written.append("*")
            star = True
        written.append(str(each).replace("'", ""))
    return written
