"""Changes of what a workspace holds: each gives a new one, and the former stays as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geo.planning.scenario import Scenario
    from geo.workspaces.content import Brought, Name, Workspace

Value = TypeVar("Value")
Kind = Literal["site", "district", "layout"]


def subject(kind: Kind, id_: str) -> str:
    """Return what a note is about, as a workspace names it: the ids of two kinds may be alike.

    Examples
    --------
    >>> subject("site", "2")
    'site/2'
    """
    return f"{kind}/{id_}"


def renamed(content: Workspace, name: str) -> Workspace:
    """Return a workspace under another name."""
    return replace(content, name=name)


def with_layout(content: Workspace, id_: str, toml: str) -> Workspace:
    """Return a workspace with a layout, in place of that of the same id."""
    return replace(content, layouts={**content.layouts, id_: toml})


def without_layout(content: Workspace, id_: str) -> Workspace:
    """Return a workspace without a layout and what was noted of it."""
    about = subject("layout", id_)
    return replace(
        content, layouts=_without(content.layouts, id_), notes=_without(content.notes, about)
    )


def with_shortlist(content: Workspace, name: str, ids: Sequence[str]) -> Workspace:
    """Return a workspace with a shortlist, in place of that of the same name."""
    return replace(content, shortlists={**content.shortlists, name: tuple(ids)})


def without_shortlist(content: Workspace, name: str) -> Workspace:
    """Return a workspace without a shortlist."""
    return replace(content, shortlists=_without(content.shortlists, name))


def with_scenario(content: Workspace, scenario: Scenario) -> Workspace:
    """Return a workspace with a scenario, in place of that of the same name."""
    held = {each.name: each for each in content.scenarios}
    return replace(content, scenarios=tuple({**held, scenario.name: scenario}.values()))


def without_scenario(content: Workspace, name: str) -> Workspace:
    """Return a workspace without a scenario."""
    kept = tuple(each for each in content.scenarios if each.name != name)
    return replace(content, scenarios=kept)


def with_renamed_scenario(content: Workspace, name: str, new: str) -> Workspace:
    """Return a workspace with a scenario under another name, in its place.

    Raises
    ------
    InputError
        For a name that another scenario has, and as `Scenario` does.
    """
    renamed = (replace(each, name=new) if each.name == name else each for each in content.scenarios)
    return replace(content, scenarios=tuple(renamed))


def with_note(content: Workspace, about: str, text: str) -> Workspace:
    """Return a workspace with a note about something; an empty text takes it away."""
    kept = _without(content.notes, about)
    return replace(content, notes={**kept, about: text} if text else kept)


def with_brought(content: Workspace, what: Name, own: Brought | None) -> Workspace:
    """Return a workspace with what a file brings beside the sites, in place of what it has.

    Parameters
    ----------
    content
        The workspace.
    what
        One of `geo.workspaces.content.BROUGHT`.
    own
        Of its kind; None takes them away.
    """
    brought: Any = {what: own}
    return replace(content, **brought)


def free_id(wanted: str, taken: Collection[str]) -> str:
    """Return an id that is not taken yet.

    Examples
    --------
    >>> free_id("own-draft", {"own-draft", "own-draft-2"})
    'own-draft-3'
    """
    n, found = 1, wanted
    while found in taken:
        n += 1
        found = f"{wanted}-{n}"
    return found


def _without(held: Mapping[str, Value], key: str) -> dict[str, Value]:
    return {each: value for each, value in held.items() if each != key}
