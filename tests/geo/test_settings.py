"""Variables of the environment: wrong ones stop the start, and one table names them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import DirectoryPath

from geo import settings
from geo.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = settings.ROOT / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    settings.current.cache_clear()
    yield
    settings.current.cache_clear()


@pytest.mark.parametrize(
    "value",
    [
        "maps.example.org",
        "ftp://a.org",
        "https://a.org/?x=1",
        "http://[",
        "http://a b",
        "http://u@a",
    ],
)
def test_a_public_address_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("CHUANGTU_PUBLIC_URL", value)
    with pytest.raises(SettingsError, match="CHUANGTU_PUBLIC_URL"):
        settings.current()


@pytest.mark.parametrize(
    ("value", "base"),
    [
        ("", None),
        ("https://maps.example.org", "https://maps.example.org"),
        ("https://maps.example.org/atlas/", "https://maps.example.org/atlas"),
        ("http://10.0.0.5:8501", "http://10.0.0.5:8501"),
    ],
)
def test_a_public_address_ends_without_a_slash(
    monkeypatch: pytest.MonkeyPatch, value: str, base: str | None
) -> None:
    monkeypatch.setenv("CHUANGTU_PUBLIC_URL", value)
    assert settings.current().public_base == base


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in settings.Settings.model_fields:
        monkeypatch.setenv(settings.variable(name), "")
    assert settings.current() == settings.Settings()


def test_what_is_not_set_is_never_refused(tmp_path: Path) -> None:
    """Assets that are not made yet are no fault: the page says how to make them."""

    class Elsewhere(settings.Settings):
        assets: DirectoryPath = tmp_path / "later"

    assert Elsewhere().assets == tmp_path / "later"


def test_the_docs_table_is_the_settings() -> None:
    assert settings.table() in PAGE.read_text("utf-8")
    assert "docs/settings.md" in (settings.ROOT / "README.md").read_text("utf-8")
