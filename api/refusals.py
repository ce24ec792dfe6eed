"""What a client did wrong, with the status that tells it so."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from api.words import ApiTexts
from geo.checks.written import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.settings import Language

P = ParamSpec("P")
T = TypeVar("T")

MOST_LISTED: Final = 20
"""Faults of one request that are told."""


class RefusedRequest(Exception):  # noqa: N818 - what happened to the request
    """A request that cannot be met.

    Parameters
    ----------
    key : str
        Key of the explanation, section ``faults`` of ``api/texts/``.
    status : HTTPStatus
        400 to 499, or 503.
    expected : str, optional
        Key of the text that fills the blank ``expected``.
    several : sequence of RefusedRequest, optional
        The faults, where this one stands for several.
    **blanks
        The other blanks of the explanation.
    """

    def __init__(
        self,
        key: str,
        status: HTTPStatus = HTTPStatus.BAD_REQUEST,
        *,
        expected: str | None = None,
        several: Sequence[RefusedRequest] = (),
        **blanks: str,
    ) -> None:
        super().__init__(key, blanks)
        self.several = list(several)
        self.key = key
        self.status = status
        self.expected = expected
        self.blanks = blanks

    def detail(self, lang: Language) -> str:
        """Return the explanation in a language, of all faults where there are several."""
        if self.several:
            return ("" if lang == "zh" else " ").join(each.detail(lang) for each in self.several)
        known = {"expected": ApiTexts(lang)(self.expected)} if self.expected else {}
        return ApiTexts(lang)(f"faults.{self.key}", **(self.blanks | known))


def unusable(name: str, value: str, *, expected: str = "") -> RefusedRequest:
    """Return the refusal of a parameter's value; what is expected is its own text, or another."""
    expected = expected or f"parameters.{name}"
    return RefusedRequest("value", name=name, value=shortened(value), expected=expected)


class Faults:
    """Gathers what is wrong with a request, so that the client is told of all of it at once."""

    def __init__(self) -> None:
        self.gathered: list[RefusedRequest] = []

    def __bool__(self) -> bool:
        return bool(self.gathered)

    def of(self, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Return what a function returns, None where it refuses."""
        try:
            return read(*args, **kwargs)
        except RefusedRequest as error:
            self.add(error)
            return None

    def add(self, fault: RefusedRequest) -> None:
        """Add a fault, or the several that it tells of."""
        self.gathered += fault.several or [fault]

    def settle(self) -> None:
        """Raise what was found, if anything.

        Raises
        ------
        RefusedRequest
            The fault, or one that tells of several. A value that cannot be used goes before a
            format that cannot be had.
        """
        bad = [each for each in self.gathered if each.status is HTTPStatus.BAD_REQUEST]
        refused = list(
            {(each.key, *each.blanks.values()): each for each in bad or self.gathered}.values()
        )
        if not refused:
            return
        if len(refused) > 1 and bad:
            raise RefusedRequest(refused[0].key, several=refused[:MOST_LISTED])
        raise refused[0]
