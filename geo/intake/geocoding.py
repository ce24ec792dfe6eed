"""Positions of addresses from a service: only when asked, never twice, and nothing that came lost.

What was answered is kept in a small SQLite file, under a digest of the question: neither the
addresses that somebody brought nor the key can be read there, in a log or in a message.
"""

from __future__ import annotations

import hashlib
import http.client
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from geo import settings
from geo.intake.geocoders import (
    ADDRESSES,
    INTERVALS_S,
    KEYLESS,
    Geocoder,
    Outcome,
    Question,
    Reply,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from geo.settings import Settings

TIMEOUT_S: Final = 10.0
MOST_BYTES: Final = 1 << 20
"""An answer about one address is a few hundred bytes; what is longer is none."""

TRIES: Final = 3
BACKOFF_S: Final = 2.0
"""How often a service that wants fewer questions is asked the same again, and after how long at
first; each time after twice as long."""

FINAL: Final = frozenset[Outcome]({"rate_limited", "quota_exhausted", "key_refused"})
"""After these nothing more is asked."""

MOST_UNREACHED: Final = 3
"""Questions in a row that may fail to reach the service before nothing more is asked."""

AGENT: Final = "chuangtu (atlas of creative parks; geocodes lists on request)"

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answers (
    question TEXT PRIMARY KEY, lon REAL, lat REAL, precision TEXT, level TEXT, answered TEXT
) WITHOUT ROWID
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came of one question.

    Attributes
    ----------
    reply
        What the service says.
    service
        Which one.
    answered
        When, in UTC, as ISO 8601 has it.
    kept
        Whether it was known from before, so that nothing was sent.
    """

    reply: Reply
    service: str
    answered: str
    kept: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Geocoding:
    """What came of all questions.

    Attributes
    ----------
    answers
        By question, every one that was asked for, in their order.
    stopped
        Why the rest was not asked; None where all were.
    """

    answers: Mapping[Question, Answer]
    stopped: Outcome | None = None

    def count(self, outcome: Outcome) -> int:
        """Return how many questions came to this."""
        return sum(each.reply.outcome == outcome for each in self.answers.values())


def offered(chosen: Settings) -> Geocoder | None:
    """Return the service that is set up; None where none is, or its key is missing."""
    service = chosen.geocoder
    key = chosen.geocoder_key.get_secret_value().strip() if chosen.geocoder_key else ""
    if service is None or not (key or service in KEYLESS):
        return None
    if chosen.geocoder_url is None:
        url, interval = ADDRESSES[service], INTERVALS_S[service]
        return Geocoder(service=service, url=url, key=key, interval_s=interval)
    return Geocoder(service=service, url=str(chosen.geocoder_url), key=key)


def unanswered(
    questions: Iterable[Question], geocoder: Geocoder, *, kept: Path | None = None
) -> list[Question]:
    """Return the distinct questions that would be sent; sends nothing."""
    with closing(_Kept(_file(kept), geocoder)) as known:
        return [each for each in dict.fromkeys(questions) if known.answer(each) is None]


def geocode(
    questions: Iterable[Question],
    geocoder: Geocoder,
    *,
    kept: Path | None = None,
    told: Callable[[int, int], None] = lambda *_: None,
    wait: Callable[[float], None] = time.sleep,
) -> Geocoding:
    """Ask a service for the positions of addresses.

    Parameters
    ----------
    questions
        Addresses; each distinct one is asked once, and none that was answered before.
    geocoder
        See `offered`.
    kept
        File of what was answered before; that of the settings by default.
    told
        Is told after each question how many of how many are through.
    wait
        Waits for so many seconds.

    Returns
    -------
    Geocoding
        With an answer to every distinct question. What goes wrong is an answer as well: limits,
        a refused key or a broken line end the asking, never what was answered until then.
    """
    distinct = list(dict.fromkeys(questions))
    answers: dict[Question, Answer] = {}
    stopped: Outcome | None = None
    unreached = 0
    with closing(_Kept(_file(kept), geocoder)) as known:
        asker = _Asker(geocoder, wait)
        for question in distinct:
            answer = known.answer(question)
            if answer is None:
                nobody = Reply(outcome="not_asked")
                reply = nobody if stopped else asker.ask(question)
                answer = Answer(reply=reply, service=geocoder.service, answered=_now())
                known.keep(question, answer)
                unreached = unreached + 1 if reply.outcome == "unreachable" else 0
                if reply.outcome in FINAL or unreached == MOST_UNREACHED:
                    stopped = reply.outcome
            answers[question] = answer
            told(len(answers), len(distinct))
    return Geocoding(answers=answers, stopped=stopped)


@dataclass
class _Asker:
    """Sends questions, at the pace that the service wants."""

    geocoder: Geocoder
    wait: Callable[[float], None]
    last: float = field(default=-1e9)

    def ask(self, question: Question) -> Reply:
        """Return the reply to a question, asked again where the service wants fewer a second."""
        reply = self._once(question)
        for again in range(TRIES - 1):
            if reply.outcome != "rate_limited":
                break
            self.wait(BACKOFF_S * 2**again)
            reply = self._once(question)
        return reply

    def _once(self, question: Question) -> Reply:
        early = self.last + self.geocoder.interval_s - time.monotonic()
        if early > 0:
            self.wait(early)
        self.last = time.monotonic()
        try:
            status, body = _fetched(self.geocoder.request(question))
        except (OSError, http.client.HTTPException, ValueError) as error:
            # The error itself is not passed on: it may hold the address and the key.
            return Reply(outcome="unreachable", level=type(error).__name__)
        return self.geocoder.read(status, body)


class _NoRedirects(HTTPRedirectHandler):
    """Follows nobody: the key is for the address that is set alone."""

    def redirect_request(self, *_: object) -> None:
        """Make an error of a redirect."""


_OPENER: Final = build_opener(_NoRedirects)


def _fetched(address: str) -> tuple[int, bytes]:
    request = Request(address, headers={"User-Agent": AGENT, "Accept": "application/json"})  # noqa: S310 - settings allow http and https alone
    try:
        with _OPENER.open(request, timeout=TIMEOUT_S) as answer:
            return answer.status, answer.read(MOST_BYTES)
    except HTTPError as error:
        with error:
            return error.code, error.read(MOST_BYTES)


class _Kept:
    """The answers of a service that are known from before.

    A file that cannot be used is as good as an empty one: answers are then not kept.
    """

    def __init__(self, file: Path, geocoder: Geocoder) -> None:
        self._geocoder = geocoder
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._answers = sqlite3.connect(file, timeout=TIMEOUT_S, isolation_level=None)
            self._answers.execute(SCHEMA)
        except (OSError, sqlite3.Error):
            self._answers = sqlite3.connect(":memory:", isolation_level=None)
            self._answers.execute(SCHEMA)

    def answer(self, question: Question) -> Answer | None:
        """Return the answer to a question; None where it has none yet."""
        found = self._query(
            "SELECT lon, lat, precision, level, answered FROM answers WHERE question = ?",
            (self._digest(question),),
        )
        if not found:
            return None
        lon, lat, precision, level, answered = found[0]
        reply = Reply(outcome="found", lon=lon, lat=lat, precision=precision, level=level)
        return Answer(reply=reply, service=self._geocoder.service, answered=answered, kept=True)

    def keep(self, question: Question, answer: Answer) -> None:
        """Keep a position at once; what is none may be one tomorrow."""
        reply = answer.reply
        if reply.outcome == "found":
            place = (reply.lon, reply.lat, reply.precision, reply.level, answer.answered)
            self._query(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)",
                (self._digest(question), *place),
            )

    def close(self) -> None:
        """Let go of the file."""
        self._answers.close()

    def _query(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        try:
            return self._answers.execute(statement, values).fetchall()
        except sqlite3.Error:
            return []

    def _digest(self, question: Question) -> str:
        """Return what stands for a question: neither address nor city can be read from it."""
        parts = (self._geocoder.service, self._geocoder.url, question.city, question.address)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _file(kept: Path | None) -> Path:
    return settings.current().geocoder_kept if kept is None else kept


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
