"""Which lines of a network are walked, and how fast: the table ``walking.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd
from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE: Final = Path(__file__).with_name("walking.toml")

ANY: Final = "*"

VALUE: Final = re.compile(r"[\w:-]+")
"""One of the values of a tag: ``steps``, ``['steps', 'path']``, ``steps;path``."""

OTHER: Final = "other"
"""What is no street at all."""

STREET: Final = "street"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(_Model):
    """A kind of line that is walked.

    Attributes
    ----------
    pace
        Share of the walking speed, at most 1.
    joined
        Whether places may be joined to it.
    """

    pace: float
    joined: bool


class Rule(_Model):
    """What becomes of lines with certain tags.

    Attributes
    ----------
    then
        A kind, or why the line is left out.
    when, unless
        Values by tag.
    """

    then: str
    when: dict[str, tuple[str, ...]]
    unless: dict[str, tuple[str, ...]] = {}


class Rules(_Model):
    """The table.

    Attributes
    ----------
    speed_kmh
        Of a walk, where nobody says another.
    kinds
        Of lines that are walked.
    rules
        The first that fits decides.
    """

    speed_kmh: float
    kinds: dict[str, Kind]
    rules: tuple[Rule, ...]

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag that a rule asks for."""
        asked = (tag for rule in self.rules for tag in (*rule.when, *rule.unless))
        return tuple(dict.fromkeys(asked))


class Treatment(NamedTuple):
    """What becomes of lines.

    Attributes
    ----------
    kind
        Of each line, by the names of `Rules.kinds`; missing where it is left out.
    reason
        Why it is left out; missing where it is walked.
    """

    kind: pd.Series
    reason: pd.Series


@cache
def standard() -> Rules:
    """Return the rules of the table.

    Examples
    --------
    >>> standard().kinds["stairs"].pace
    0.6
    """
    return Rules.model_validate(tomllib.loads(TABLE.read_text("utf-8")))


def treatment(tags: pd.DataFrame, rules: Rules | None = None) -> Treatment:
    """Return what becomes of each line.

    Parameters
    ----------
    tags : DataFrame, n rows
        A column for each tag, texts; other columns are ignored. Without a column ``highway`` all
        lines are streets, unless another rule fits.
    rules : Rules, optional
        The table's where none are given.

    Examples
    --------
    >>> lines = pd.DataFrame({"highway": ["steps", "motorway", "path"], "foot": ["", "", "no"]})
    >>> treatment(lines).kind.to_list(), treatment(lines).reason.to_list()
    (['stairs', nan, nan], [nan, 'motorway', 'closed'])
    """
    rules = rules or standard()
    known = [tag for tag in rules.tags if tag in tags]
    usual = OTHER if "highway" in known else STREET
    if not known:
        outcome = pd.Series(usual, tags.index, dtype="str")
    else:
        texts = tags[known].astype("str").fillna("")
        each = texts.drop_duplicates()
        rows = zip(*(each[tag] for tag in known), strict=True)
        said = [_outcome(dict(zip(known, row, strict=True)), rules, usual) for row in rows]
        outcome = texts.merge(each.assign(outcome=said), on=known, how="left")["outcome"]
        outcome = outcome.set_axis(tags.index).astype("str")
    walked = outcome.isin(list(rules.kinds))
    return Treatment(outcome.where(walked), outcome.mask(walked))


def _outcome(tags: Mapping[str, str], rules: Rules, usual: str) -> str:
    values = {tag: set(VALUE.findall(text)) for tag, text in tags.items()}
    for rule in rules.rules:
        if _fits(values, rule.when) and not _fits(values, rule.unless):
            return rule.then
    return usual


def _fits(values: Mapping[str, set[str]], asked: Mapping[str, tuple[str, ...]]) -> bool:
    return any(
        bool(values.get(tag)) if ANY in wanted else bool(values.get(tag, set()) & {*wanted})
        for tag, wanted in asked.items()
    )
