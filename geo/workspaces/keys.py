"""The two keys of a workspace: one reads, the other one also writes.

A key is all that its holder has and all that is asked for. The write key is the read key with a
secret behind it: who writes can hand on what reads, and who reads knows nothing of the secret.
Neither is kept, only hashes are; 192 random bits each need no slower hash.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Final

from geo.errors import UnknownKeyError

BYTES: Final = 24
LENGTH: Final = 32
"""Characters of 24 bytes in base64."""
FORM: Final = re.compile(rf"([\w-]{{{LENGTH}}})([\w-]{{{LENGTH}}})?", re.ASCII)


@dataclass(frozen=True)
class Keys:
    """What opens a workspace.

    Attributes
    ----------
    read
        Opens it.
    write
        Opens, saves and deletes it.
    """

    read: str
    write: str

    def __repr__(self) -> str:
        return "Keys(...)"  # a log shows none


@dataclass(frozen=True)
class Hashes:
    """What is kept of a key.

    Attributes
    ----------
    workspace
        Which workspace it opens: the hash of its read key.
    secret
        The hash of what makes it a write key; empty for a read key.
    """

    workspace: str
    secret: str


def new() -> Keys:
    """Return keys that nobody can guess."""
    read = secrets.token_urlsafe(BYTES)
    return Keys(read, read + secrets.token_urlsafe(BYTES))


def renewed(key: str) -> Keys:
    """Return the same read key with another write key."""
    hashes(key)
    return Keys(key[:LENGTH], key[:LENGTH] + secrets.token_urlsafe(BYTES))


def read_key(key: str) -> str:
    """Return what a holder of a key can hand on to those who only read."""
    hashes(key)
    return key[:LENGTH]


def hashes(key: str) -> Hashes:
    """Return what is kept of a key.

    Raises
    ------
    UnknownKeyError
        When it has not the form of one.
    """
    found = FORM.fullmatch(key)
    if found is None:
        raise UnknownKeyError
    read, secret = found.groups()
    return Hashes(_hash(read), _hash(secret) if secret else "")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
