"""What is selected: a thing of some kind."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """A kind of thing and the id of one, which an address has as ``site:sh-m50``.

    Without an id it is all of its kind, as the sites behind a score; without a kind it is nothing.
    """

    kind: str = ""
    id: str = ""

    @classmethod
    def read(cls, written: str) -> Selection:
        """Return what an address says."""
        kind, _, identity = written.partition(":")
        return cls(kind, identity) if kind and identity else cls(written)

    def of(self, kind: str) -> str | None:
        """Return the id of what is selected, if it is of that kind."""
        return self.id if self.kind == kind else None

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind

    def __bool__(self) -> bool:
        return bool(self.kind)
