"""A unit among its neighbours and peers: who is filled, lettered and named off the map."""

from __future__ import annotations

import pandas as pd

from layers.legend import strip
from layers.results import peer_look
from layers.results.peer_look import PeerWords
from tests import reading

UNITS = pd.Index(["one", "near", "like", "both", "other"])


def test_each_role_has_its_look() -> None:
    look = peer_look.units(
        UNITS, of=["one"], neighbours=["near", "both"], letters={"like": "A", "both": "B"}
    )
    assert look["fill"].to_dict() == {
        "one": peer_look.OF,
        "near": peer_look.NEIGHBOUR,
        "like": "",
        "both": peer_look.NEIGHBOUR,
        "other": "",
    }
    lettered = look[look["sign"] == "peer"]["badge"]
    assert lettered.to_dict() == {"like": "A", "both": "B"}
    assert look.drop(index=["like", "both"])["badge"].to_list() == [""] * 3


def test_the_legend_tells_what_is_there_and_who_is_off_the_map() -> None:
    words = PeerWords(
        of="One", neighbours="", peers="Peers", sites="Sites", outside="Off", off="C <b>"
    )
    told = reading.words(reading.read(strip.html(peer_look.legend(words))))
    assert "One" in told
    assert "Off" in told
    assert "C <b>" in told
    assert told.count("A") == 1
    near = PeerWords(of="One", neighbours="Near", peers="", sites="", outside="Off", off="")
    told = reading.words(reading.read(strip.html(peer_look.legend(near))))
    assert "Near" in told
    assert "Off" not in told
