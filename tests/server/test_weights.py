"""Headers that weigh what a client takes."""

from __future__ import annotations

import pytest

from server import weights


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", {}),
        ("gzip", {"gzip": 1.0}),
        (" GZIP ; Q=0.5 , br;q=0", {"gzip": 0.5, "br": 0.0}),
        ("text/html;level=1;q=0.4, */*", {"text/html": 0.4, "*/*": 1.0}),
        ("a;q=much, ;q=1, ,b;q=0.", {"a": 1.0, "b": 0.0}),
    ],
)
def test_values_and_weights_are_read(header: str, expected: dict[str, float]) -> None:
    assert dict(weights.weighed(header)) == expected


def test_the_dearest_comes_first_and_what_is_refused_is_left_out() -> None:
    assert weights.ranked("a;q=0.2, b, c;q=0, d, e;q=0.9") == ["b", "d", "e", "a"]


def test_an_endless_header_is_not_read_to_its_end() -> None:
    assert len(weights.ranked("a," * 100_000)) <= weights.MOST_HEADER
