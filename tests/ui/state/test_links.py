"""Links within a page: what they say, and what the session does with what was followed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
import streamlit as st

from geo.facts import catalog
from tests import reading
from tests.reading import read
from tests.ui import states
from ui.state import fields, links, pages, session
from ui.state.address import parse, render, settled
from ui.state.selection import Selection

if TYPE_CHECKING:
    from ui.state.view import PageView

KNOWN = {item.name: item for item in pages.Find.fields()}


@pytest.fixture
def view() -> PageView[pages.Find]:
    return states.view(pages.Find, region="shanghai", pick=("sh-m50",))


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    store: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", store)
    return store


def click(state: dict[str, Any], *puts: str) -> None:
    """Do what clicks do that the browser hands over together."""
    state.setdefault("clicks", []).extend(puts)
    lines = [f"{1700000000000 + i} {put}" for i, put in enumerate(state["clicks"])]
    state[links.KEY] = SimpleNamespace(put="\n".join(lines))
    links.follow(KNOWN)


def follow(state: dict[str, Any], link: str) -> None:
    """Do what a click on a link does."""
    (anchor,) = read(link).iter("a")
    click(state, anchor.attrib["data-put"])


def test_link_has_the_address_of_the_state_it_leads_to(view: PageView[pages.Find]) -> None:
    (link,) = reading.links(read(links.to(view, text="次页", page="2", at=Selection())))
    assert link.startswith("?")
    assert parse_qs(link[1:]) == {"page": ["2"], "pick": ["sh-m50"]}


def test_followed_link_sets_its_fields_and_no_other(
    view: PageView[pages.Find], state: dict[str, Any]
) -> None:
    follow(state, str(links.to(view, text="x", page="3", versus=("sh-m50", "b"))))
    assert state[session.widget_key(fields.PAGE)] == "3"
    assert state[session.widget_key(fields.VERSUS)] == ["sh-m50", "b"]
    assert session.widget_key(fields.PICKED) not in state


@pytest.mark.parametrize("text", ["a&b=c", "10% + ~x", '中文, "quoted" <b>', ""])
def test_any_text_survives_the_way(
    view: PageView[pages.Find], state: dict[str, Any], text: str
) -> None:
    follow(state, str(links.change(view, {"text": text}, text="x")))
    assert state[session.widget_key(fields.TEXT)] == text


def test_toggle_puts_in_and_takes_out_what_is_there_now(
    view: PageView[pages.Find], state: dict[str, Any]
) -> None:
    key = session.widget_key(fields.PICKED)
    state[key] = ["sh-m50"]
    link = links.toggle(view, fields.PICKED, "sh-a", text="x", name="t")
    assert 'aria-checked="false"' in link
    # Two quick clicks on different links of one page both count.
    other = links.toggle(view, fields.PICKED, "sh-b", text="x", name="t")
    follow(state, str(link))
    follow(state, str(other))
    assert state[key] == ["sh-m50", "sh-a", "sh-b"]
    follow(state, str(link))
    assert state[key] == ["sh-m50", "sh-b"]


def test_what_the_page_does_not_know_changes_nothing(state: dict[str, Any]) -> None:
    before = set(state)
    click(state, "nonsense=1&~nothing=2&=&;")
    state[links.KEY] = SimpleNamespace(put="no moment\n12 page=2\n\n-1 page=3")
    links.follow(KNOWN)
    assert not {session.widget_key(item) for item in pages.Find.fields()} & (set(state) - before)


def test_clicks_handed_over_together_all_count_and_none_twice(state: dict[str, Any]) -> None:
    key = session.widget_key(fields.PICKED)
    click(state, "~pick=a", "~pick=b", "~pick=c")
    assert state[key] == ["a", "b", "c"]
    click(state, "~pick=b")
    assert state[key] == ["a", "c"]


def test_text_of_a_link_is_escaped(view: PageView[pages.Find]) -> None:
    assert [*read(links.to(view, text="<img src=x>", page="2")).iter("img")] == []


def test_tick_beyond_the_limit_changes_nothing(state: dict[str, Any]) -> None:
    key = session.widget_key(fields.PICKED)
    state[key] = [f"s{i}" for i in range(fields.MAX_PICKED - 1)]
    click(state, "~pick=a", "~pick=b")
    assert len(state[key]) == fields.MAX_PICKED
    assert state[key][-1] == "a"


def test_state_never_holds_more_than_its_address_may() -> None:
    values = settled(
        {"pick": tuple(sorted(catalog.sites(scope=catalog.WIDE)["id"])[:25])}, pages.Find.fields()
    )
    assert len(values["pick"]) == fields.MAX_PICKED
    assert parse(render(values, pages.Find.fields()), pages.Find.fields()).refused == ()
