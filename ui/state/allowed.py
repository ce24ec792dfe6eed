"""What a name of the address may say, where that is more than a short list of codes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from geo.search import criteria

if TYPE_CHECKING:
    from ui.state.address import Values


class Listed(Collection[str]):
    """Nothing, or kind and key such as ``site:sh-m50``: looked up, never listed anew."""

    def __init__(self, known: Mapping[str, Collection[str]], also: Collection[str] = ()) -> None:
        self._known = known
        self._also = frozenset(also) | {""}

    def __contains__(self, code: object) -> bool:
        kind, _, key = str(code).partition(":")
        return code in self._also or bool(key and key in self._known.get(kind, ()))

    def __iter__(self) -> Iterator[str]:
        yield from self._also
        for kind, keys in self._known.items():
            yield from (f"{kind}:{key}" for key in keys)

    def __len__(self) -> int:
        return len(self._also) + sum(len(keys) for keys in self._known.values())


class Readable(Collection[str]):
    """What a filter of the catalogue can read: nothing, or a value without a fault."""

    def __init__(self, name: str, values: Values) -> None:
        self._name = name
        self._near = {"near": str(values["near"])} if name == "within_km" else {}

    def __contains__(self, code: object) -> bool:
        if code == "":
            return True
        _, faults = criteria.parse({**self._near, self._name: str(code)})
        return not faults

    def __iter__(self) -> Iterator[str]:
        yield ""

    def __len__(self) -> int:
        return 1
