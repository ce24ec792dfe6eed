"""What is said of the methods: ``texts/``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from geo.texts import Texts


class MethodTexts(Texts):
    """Names, sentences, symbols and rules on missing values, in one language."""

    folder: ClassVar[Path] = Path(__file__).parent / "texts"
