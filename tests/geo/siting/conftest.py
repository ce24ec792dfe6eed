"""Loops are compiled before a search is timed: that may take longer than they do."""

from __future__ import annotations

import pytest

from geo.siting.compiled import ready


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    ready()
