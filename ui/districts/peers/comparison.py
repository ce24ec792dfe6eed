"""What is compared with what, and how each of them is called and signed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase
from typing import TYPE_CHECKING

from api.peer_rows import PeerQuery
from geo.china.romanise import specific_part
from geo.facts import own_regions
from geo.measures.peers import Weights
from ui.cached import names, peers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from ui.state.pages import Districts
    from ui.state.view import PageView


@dataclass(frozen=True)
class Comparison:
    """A unit, its peers and its neighbours, with what is known of them.

    Attributes
    ----------
    view
        The page's.
    asked
        By which rule peers are found.
    units
        Everything that can be compared, see `ui.cached.peers.units`.
    distances
        Of all of them, see `geo.measures.peers.distances`.
    peers, neighbours
        Adcodes; the most alike first.
    figures
        See `ui.cached.peers.figures`.
    """

    view: PageView[Districts]
    asked: PeerQuery
    units: pd.DataFrame
    distances: pd.DataFrame
    peers: tuple[str, ...]
    neighbours: tuple[str, ...]
    figures: pd.DataFrame

    @property
    def of(self) -> str:
        """Adcode of what is compared."""
        return self.asked.of

    @property
    def empty(self) -> str | None:
        """Why it has no peers, as `geo.measures.emptiness.Empty` names it; None where it has."""
        reason = self.distances["empty"][self.of]
        return str(reason) if isinstance(reason, str) else None

    @property
    def own(self) -> bool:
        """Whether it is of somebody's own list."""
        return own_regions.is_own(self.view.region)

    @property
    def whole(self) -> bool:
        """Whether it is the region as a whole."""
        return self.of not in names.districts(self.view.region, self.view.unit, "zh")

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The region's units of the same level that are neither it, its peers nor neighbours."""
        named = {self.of, *self.peers, *self.neighbours}
        own = self.units.index[self.units["region"] == self.view.region]
        return tuple(str(code) for code in own if code not in named)

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """The letter of each peer."""
        return dict(zip(self.peers, ascii_uppercase, strict=False))

    @cached_property
    def initials(self) -> Mapping[str, str]:
        """What stands for each neighbour: one character, two letters in English."""
        return dict(zip(self.neighbours, initials(map(self.short, self.neighbours)), strict=True))

    def name(self, code: str) -> str:
        """Return the name of a unit of any region."""
        return str(self.units[f"name_{self.view.t.lang}"][code])

    def short(self, code: str) -> str:
        """Return it as running text has it: 杨浦, not 杨浦区."""
        if self.view.t.lang == "en":
            return self.name(code)
        short = self.units["short_zh"][code]
        return short if isinstance(short, str) and not self.view.of_areas else self.name(code)

    def place(self, code: str) -> str:
        """Return the city that a unit lies in, of a city its province; nothing where it is one."""
        column = "province" if self.asked.level == "city" else "city"
        place = self.units[column][code]
        if not isinstance(place, str) or place == self.units["name_zh"][code]:
            return ""
        return specific_part(place) if self.view.t.lang == "zh" else self.view.place_name(place)

    def noun(self, count: int = 2) -> str:
        """Return the word for so many of what is compared."""
        if self.asked.level == "city":
            return self.view.t("unit.city" if count == 1 else "unit.cities")
        return self.view.noun(count)

    @property
    def alike(self) -> str:
        """The word for its peers."""
        key = "peers.alike_chosen" if self.asked.chosen else "peers.alike"
        return self.view.t(key, unit=self.noun())


def comparison(view: PageView[Districts]) -> Comparison:
    """Return what the view compares."""
    state = view.state
    asked = PeerQuery(
        region=view.region,
        of=state.subject,
        level=peers.level(view.region, view.unit, state.subject),
        k=int(state.peers),
        everywhere=state.where == "all",
        weights=Weights(float(state.residents), float(state.density), float(state.mix)),
        chosen=state.set,
    )
    near = peers.neighbours(view.region, view.unit).get(state.subject, ())
    found = peers.nearest(asked)
    return Comparison(
        view=view,
        asked=asked,
        units=peers.units(view.region, asked.level),
        distances=peers.distances(asked),
        peers=tuple(found),
        neighbours=near,
        figures=peers.figures(view.query, asked, found),
    )


def initials(names: Iterable[str]) -> list[str]:
    """Return what stands for each of some names: its first character, or another where it is taken.

    Of names in Latin letters two.

    >>> initials(["宝山", "宝坻", "浦东"]), initials(["Baoshan", "Baiyun", "Bao'an"])
    (['宝', '坻', '浦'], ['Ba', 'Bi', 'Bo'])
    """
    signs: list[str] = []
    for name in names:
        letters = [each for each in name if each.isalpha()] or [*name]
        latin = letters[0].isascii()
        tries = [letters[0] + each for each in letters[1:]] if latin else letters
        numbered = (f"{letters[0]}{n}" for n in range(2, 100))
        signs.append(next(each for each in [*tries, *numbered] if each not in signs))
    return signs
