"""What a run says."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from geo.texts import Texts


class BatchTexts(Texts):
    """Progress, refusals and the end of a run, in one language."""

    folder: ClassVar[Path] = Path(__file__).parent / "texts"
