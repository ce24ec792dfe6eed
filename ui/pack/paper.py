"""The sheets that packs and maps are made for."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

PaperName = Literal["a4", "a3"]
PAPERS: Final[tuple[PaperName, ...]] = get_args(PaperName)


class Paper(NamedTuple):
    """A sheet upright, mm."""

    width: float
    height: float


SIZES: Final[Mapping[PaperName, Paper]] = MappingProxyType(
    {"a4": Paper(210, 297), "a3": Paper(297, 420)}
)
