"""Settings of a test's own, in place of those of the environment."""

from typing import Any

import pytest

from geo import settings


def use_settings(monkeypatch: pytest.MonkeyPatch, **values: Any) -> None:  # noqa: ANN401 - as read
    """Let the process have these settings, the others as they are by default."""
    own = settings.Settings(**values)
    monkeypatch.setattr(settings, "current", lambda: own)
