"""What a map of pins is told."""

from __future__ import annotations

from layers.results.trial_pins import Trial, TrialTexts

NAME = "Xi'an R&D <1>"


def test_the_hint_is_plain_for_the_style_sheet_shows_it_as_it_is() -> None:
    texts = TrialTexts(hint=f"Outside {NAME}", metres="{n} m", km="{n} km", outside=NAME)
    told = Trial(pins=(), removed=(), marks=(), radius_m=3000, cell_m=500, texts=texts).payload()
    assert told["hint"] == f"Outside {NAME}"
    assert "<" not in str(told["outside"])
