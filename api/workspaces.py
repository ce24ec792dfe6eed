"""Workspaces, opened for whoever asks with the key that reads one."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from api.refusals import RefusedRequest
from geo.errors import StorageError, UnknownKeyError
from geo.workspaces import keys, region

if TYPE_CHECKING:
    from api.request import Request


def opened(request: Request) -> Request:
    """Return a request for a workspace's service with the workspace open, as it stands now.

    Raises
    ------
    RefusedRequest
        404 for a key that reads none, whatever is wrong with it: one that was never given, one
        that writes, one of a workspace that is deleted. 503 where nothing can be read.
    """
    key = request.key or ""
    try:
        known = region.opened(key) if keys.read_key(key) == key else None
    except UnknownKeyError:
        known = None
    except StorageError as error:
        logging.getLogger(__name__).error("Workspaces: %s", error)  # noqa: TRY400 - in one line
        raise RefusedRequest("storage", HTTPStatus.SERVICE_UNAVAILABLE) from error
    if known is None:
        raise RefusedRequest("no_workspace", HTTPStatus.NOT_FOUND)
    return request.opened(known)
