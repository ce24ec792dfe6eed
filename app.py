"""Chuangtu (创图): the page script and the HTTP routes beside it, in one process."""

from __future__ import annotations

import asyncio
import logging
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import streamlit as st
from starlette.middleware import Middleware

from api import endpoints, mount
from geo import memory, settings
from geo.errors import DataError, SettingsError
from geo.facts import catalog
from geo.policy import layouts
from layers import palette
from server import connections, heap, subpath
from server.embedding import Embedding
from server.guard import Guard
from server.previews import Previews
from ui.cached import base_documents
from ui.pack import template
from ui.shell import preview
from ui.shell.content_policy import policy
from ui.shell.routes import REPORT, routes
from ui.state import fields, pages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

heap.take_system_memory()
try:
    chosen = settings.current()
except SettingsError as error:
    sys.exit(f"Variables of the environment are wrong; the application did not start.\n{error}")
FAULTY = "The data files have faults; the application did not start."
try:
    catalog.check()
except DataError as error:
    # Half a catalogue would give wrong figures: say everything that is wrong, and stop.
    sys.exit(f"{FAULTY}\n{error}")
try:
    template.check()
except SettingsError as error:
    sys.exit(f"Templates of reports cannot be used; the application did not start.\n{error}")
try:
    palette.palettes(catalog.families())
except ValueError as error:  # of the map's own colours the facts know nothing
    sys.exit(f"{FAULTY}\n{settings.shown(chosen.data)}/families.csv, column key: {error}")


def _report(preparing: asyncio.Task[None]) -> None:
    """Log why the maps could not be prepared; pages then make them, and show the error."""
    if not preparing.cancelled() and (error := preparing.exception()) is not None:
        logging.getLogger(__name__).error("Maps not prepared", exc_info=error)


def prepare() -> None:
    """Make the maps and the API's rows, and log what is wrong with layout files.

    Files with faults are left out, the others are shown.
    """
    base_documents.prepare()
    mount.prepare()
    heap.trim()
    memory.settle()
    for fault in layouts.reading().faults:
        logging.getLogger(__name__).warning("Layout left out: %s", fault)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Prepare the regions' maps and the layouts while the server already answers."""
    connections.mend(connections.running())
    preparing = asyncio.create_task(asyncio.to_thread(prepare))
    preparing.add_done_callback(_report)
    yield
    preparing.cancel()


base = subpath.base_path(str(st.get_option("server.baseUrlPath") or ""))
guard = Middleware(
    Guard,
    policy=policy(),
    pages=pages.PATHS,
    elsewhere=(endpoints.PREFIX, REPORT),
    base=base,
    metrics=chosen.metrics,
    framed_by=chosen.embed_origins,
)
embedding = Middleware(Embedding, pages=pages.PATHS, usual=fields.USUAL_WIDGET, base=base)
previews = Middleware(
    Previews,
    head=preview.header,
    here=endpoints.public_base,
    always=preview.always(),
    pages=pages.PATHS,
    base=base,
)
app = st.App(
    "ui/shell/main.py",
    routes=subpath.below(base, [*routes(), *mount.routes()]),
    middleware=[guard, embedding, previews],
    lifespan=lifespan,
)
