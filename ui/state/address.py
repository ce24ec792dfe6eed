"""The page's state in its address: parse, check, remember, write.

Streamlit's own ``bind="query-params"`` writes the *formatted* option into the address. Ours are
translated and carry counts ("园区　110"), so such a link would break with the language and with
every new site. Here the address holds codes: ``?region=shanghai&kind=park,base``. Defaults are
left out, unknown values fall back to the default and are reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from geo.checks.written import listed, shortened
from geo.search import criteria

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ui.state.selection import Selection

    Value = str | tuple[str, ...] | Selection

MAX_VALUES = 64
"""Values read from one list; an address with ten thousand is no link of ours."""

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One name in the address.

    Parameters
    ----------
    name : str
        The name in the address, which is also the name in the state.
    default : str, tuple of str or Selection
        Value when the address is silent. A tuple makes the field a list.
    choices : callable
        Takes the values read so far (fields are read in order) and returns the codes on offer.
    check : callable, optional
        Takes the values read so far and a value, and returns whether it is allowed, where
        `choices` cannot list all that are.
    most : int
        Longest list accepted.
    default_of : callable, optional
        Takes the values read so far and returns the default, where it depends on them.
    free : bool
        Whether the reader types it: what cannot be read is then told, as in an address.
    read : callable
        Takes what is written and returns its value, where one can be written in several ways.
    also : str
        Another name that an address may give it by.
    formerly : mapping of str to tuple of str
        Codes of a release in a list, each with those that now say the same.
    within : tuple of str
        Names of the fields that it goes with: where one of them changes, it is its default again.
        The browser writes it, without a step of its history.
    """

    name: str
    default: Value
    choices: Callable[[Values], Collection[str]] = lambda _: ()
    check: Callable[[Values, Any], bool] | None = None
    most: int = MAX_VALUES
    default_of: Callable[[Values], str] | None = None
    free: bool = False
    read: Callable[[str], str | Selection] = str
    also: str = ""
    formerly: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    within: tuple[str, ...] = ()

    def fallback(self, values: Values) -> Value:
        """Return the default, given the fields before this one."""
        return self.default if self.default_of is None else self.default_of(values)

    def allows(self, values: Values) -> Callable[[Any], bool]:
        """Return what tells whether a value is allowed, given the fields before this one."""
        if self.check is None:
            return self.choices(values).__contains__
        return partial(self.check, values)

    def code(self, written: object) -> object:
        """Return what is written as a value; what is no text is one."""
        return self.read(written) if isinstance(written, str) else written

    def of(self, state: object) -> Any:  # noqa: ANN401 - typed where the name is known
        """Return the field's value in a page's state."""
        return getattr(state, self.attribute)

    @property
    def attribute(self) -> str:
        """The field's name in a page's state."""
        return f"{self.name}_" if iskeyword(self.name) else self.name

    @property
    def many(self) -> bool:
        """Whether the field holds a list."""
        return isinstance(self.default, tuple)


@dataclass(frozen=True)
class RefusedValue:
    """A value of the address that was ignored: the field's name and the value, shortened."""

    name: str
    value: str


@dataclass(frozen=True)
class Parsed:
    """What an address says, and what of it was refused."""

    values: Values = field(default_factory=dict)
    refused: tuple[RefusedValue, ...] = ()


def parse(params: Mapping[str, str], fields: Collection[Field]) -> Parsed:
    """Read an address.

    Parameters
    ----------
    params : Mapping of str to str
        Name to raw value; lists are comma-separated.
    fields : Collection of Field
        In the order of their dependence: a field's choices may depend on those before it.

    Returns
    -------
    Parsed
        A value for every field, and what was refused, in order.
    """
    values: dict[str, Any] = {}
    refused: list[RefusedValue] = []
    for item in fields:
        raw = params.get(item.name, params.get(item.also))
        if raw is None:
            values[item.name] = item.fallback(values)
            continue
        allowed = item.allows(values)
        if item.many:
            kept, bad = _split(raw, allowed, item)
            if item.name not in params:
                # What another page can show is no fault of the address.
                bad = []
            values[item.name] = kept or item.fallback(values)
        else:
            code = item.read(raw)
            bad = [] if allowed(code) else [raw]
            values[item.name] = item.fallback(values) if bad else code
        refused += [RefusedValue(item.name, shortened(value)) for value in bad]
    return Parsed(values, tuple(refused))


def render(values: Values, fields: Collection[Field]) -> dict[str, str]:
    """Write a state as an address: the inverse of `parse`, defaults left out."""
    params: dict[str, str] = {}
    for item in fields:
        default = item.fallback(values)
        value = values.get(item.name, default)
        if value == default:
            continue
        params[item.name] = ",".join(value) if item.many else str(value)
    return params


def toggled(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    """Return a list with a code at its end, or without it where it was there."""
    without = tuple(each for each in codes if each != code)
    return (*codes, code) if without == codes else without


def without_left(before: Values, after: Values, fields: Collection[Field]) -> Values:
    """Return a state without what went with a field that is another now."""
    left = {
        item.name: item.default
        for item in fields
        if any(before.get(name) != after.get(name) for name in item.within)
    }
    return {**after, **left}


def settled(values: Values, fields: Collection[Field]) -> Values:
    """Return a state without what no longer fits after another field changed.

    A reader who changes the region did not ask for a notice that the district they had marked
    lies elsewhere: it simply goes.
    """
    seen: dict[str, Any] = {}
    for item in fields:
        default = item.fallback(seen)
        value = values.get(item.name, default)
        allowed = item.allows(seen)
        if item.many:
            kept = tuple(filter(allowed, value))
            value = kept[: item.most] or default
        elif not allowed(value):
            value = default
        seen[item.name] = value
    return {**values, **seen}


def _split(
    raw: str, allowed: Callable[[str], bool], item: Field
) -> tuple[tuple[str, ...], list[str]]:
    codes = criteria.present(listed(raw), item.formerly)
    known = list(filter(allowed, codes))
    unknown = [code for code in codes if code not in known]
    surplus = known[item.most :]
    bad = unknown + surplus
    # One notice a field is enough for an address with hundreds of unknown values.
    return tuple(known[: item.most]), [",".join(bad)] if bad else []
