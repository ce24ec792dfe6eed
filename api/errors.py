"""What a client did wrong, with the status that tells it so."""

from __future__ import annotations

from http import HTTPStatus

from api import texts


class Refused(Exception):  # noqa: N818 - what happened to the request
    """A request that cannot be met.

    Parameters
    ----------
    key : str
        Key of the explanation, section ``faults`` of ``texts.toml``.
    status : HTTPStatus
        400 to 499.
    expected : tuple of str, optional
        Section and key of the text that fills the blank ``expected``.
    **blanks
        The other blanks of the explanation.
    """

    def __init__(
        self,
        key: str,
        status: HTTPStatus = HTTPStatus.BAD_REQUEST,
        *,
        expected: tuple[str, str] | None = None,
        **blanks: str,
    ) -> None:
        super().__init__(key, blanks)
        self.key = key
        self.status = status
        self.expected = expected
        self.blanks = blanks

    def detail(self, lang: texts.Language) -> str:
        """Return the explanation in a language."""
        known = {"expected": texts.text(*self.expected, lang)} if self.expected else {}
        return texts.text("faults", self.key, lang, **(self.blanks | known))


def shortened(value: str, *, most: int = 40) -> str:
    """Return a value as a message repeats it."""
    return value if len(value) <= most else f"{value[:most]}…"
